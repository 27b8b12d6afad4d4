"""Having remarks and agreed wordings written into a Word file by a bounded process (``annotate``)."""

from collections.abc import Sequence

from consult.documents.annotations import Place, told
from consult.documents.children import Reader
from consult.documents.children import told as answer_of
from consult.documents.line_json import source_of

_WRITER = Reader("consult.documents.annotate", ("lxml", "docx", "typing_extensions", "rapidfuzz"), longest_wait=90)
_ZIP = b"PK"


def annotated(name: str, content: bytes, places: Sequence[Place]) -> bytes:
    """Return the Word file ``content`` with what is written to its places.

    Raises UnreadableDraft for a file that cannot be read, or not be written to.
    """
    answer = answer_of(_WRITER, name, told(places, content))
    if not answer.startswith(_ZIP):
        source_of(name, answer)
    return answer
