"""The reading of one text or DOCX file in a process of its own: bytes on standard input, lines as JSON on output.

``children`` starts it, ``child`` bounds it. It imports what reading needs and no more.
"""

import gc

from consult.documents.child import Bounds, tell
from consult.documents.docx_reader import read_docx
from consult.documents.source_lines import refuse_absurd, refuse_tables_alone, refuse_wordless
from consult.documents.text_reader import read_text
from consult.domain.outline_nodes import SourceText

BOUNDS = Bounds(memory=512_000_000, seconds=10)

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def main(bounds: Bounds = BOUNDS) -> None:
    """Tell the lines of the file on standard input, or why it is refused."""
    # The process is short and its memory bounded: looking for garbage would cost it a tenth of its time.
    gc.disable()
    tell(read_file, bounds)


def read_file(name: str, content: bytes) -> SourceText:
    """Return the lines of a text or DOCX file, told by its bytes. Raises UnreadableDraft."""
    source = read_docx(name, content) if content.startswith(_ZIP) else read_text(name, content)
    refuse_absurd(name, 0, len(source.lines))
    refuse_wordless(name, source)
    refuse_tables_alone(name, source)
    return source


if __name__ == "__main__":
    main()
