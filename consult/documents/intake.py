"""The only door for an uploaded draft: tells its kind by its bytes and has the reader of that kind read it.

It knows which reader takes which kind, and what to install for it. It refuses to know what a draft says. Every refusal
is an UnreadableDraft: the file's name, the reason, what to do.
"""

from dataclasses import replace

from consult.documents.children import Reader, ask, is_installed
from consult.documents.file_kinds import LARGEST_FILE, FileKind, kind_of
from consult.documents.office import Conversion, converted
from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import Origin, SourceText
from consult.domain.unreadable import Fault

__all__ = ["LARGEST_FILE", "read_draft"]

_PLAIN = Reader("consult.documents.parse", ("lxml",), longest_wait=20)
_PDF = Reader("consult.documents.pdf_parse", ("lxml", "pdfplumber"), longest_wait=90)
_CONVERSIONS = {
    FileKind.ODT: Conversion("writer8", "odt"),
    FileKind.DOC: Conversion("MS Word 97", "doc"),
    FileKind.RTF: Conversion("Rich Text Format", "rtf"),
}


def read_draft(name: str, content: bytes) -> SourceText:
    """Return the lines of the draft file ``name``, told by its bytes and not by its suffix.

    Text (UTF-8 or UTF-16) and DOCX are read as they are; .odt, .doc and .rtf through LibreOffice, where it is
    installed; PDF with a text layer by the extra ``pdf``.
    Raises UnreadableDraft: empty, too long, pictures, scans, encrypted, with macros, a damaged or absurd package, text
    in another encoding, nothing to read in it, or a reader that is not installed.
    """
    kind = kind_of(name, content)
    if kind is FileKind.PLAIN:
        return ask(_PLAIN, name, content)
    if kind is FileKind.PDF:
        return _read_pdf(name, content)
    word = converted(name, content, kind, _CONVERSIONS[kind])
    return replace(ask(_PLAIN, name, word), origin=Origin.CONVERTED)


def _read_pdf(name: str, content: bytes) -> SourceText:
    if not is_installed("pdfplumber"):
        raise UnreadableDraft(name, Fault.NO_PDF_READER)
    return ask(_PDF, name, content)
