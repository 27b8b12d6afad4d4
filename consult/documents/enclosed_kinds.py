"""Which kind of file an enclosure is, told by its bytes and never by its name; what nobody should open is refused.

An enclosure is handed on as it came and is read by nobody here. It knows PDF, Word and Excel documents, OpenDocument
texts and sheets, and pictures; it refuses macros, passwords, damaged or absurd packages, and every other kind.
"""

import re
import zipfile

from consult.documents.archive import open_archive, read_part
from consult.documents.file_kinds import LARGEST_FILE
from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

PDF = "application/pdf"
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PDF_HEAD = 1024
_OFFICE = {
    b"wordprocessingml.document.main+xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"spreadsheetml.sheet.main+xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
}
_MACRO_ENTRY = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|Basic/|Scripts/)", re.IGNORECASE)


def media_type_of(name: str, content: bytes) -> str:
    """Return the media type of a file that may be enclosed.

    Raises UnreadableDraft: empty, larger than 50 MB, with macros or a password, damaged, or of another kind.
    """
    if not content:
        raise UnreadableDraft(name, Fault.EMPTY)
    if len(content) > LARGEST_FILE:
        raise UnreadableDraft(name, Fault.TOO_LARGE, megabytes=LARGEST_FILE // 1_000_000)
    if is_pdf(content):
        return PDF
    for head, media_type in _PICTURES.items():
        if content.startswith(head):
            return media_type
    if content.startswith(_OLE):
        raise UnreadableDraft(name, Fault.PASSWORD if _ENCRYPTED in content else Fault.NOT_ENCLOSED)
    if content.startswith(b"PK\x03\x04"):
        return _packed(name, open_archive(name, content))
    raise UnreadableDraft(name, Fault.NOT_ENCLOSED)


def is_pdf(content: bytes) -> bool:
    """Say whether a file is a PDF by its head."""
    return b"%PDF-" in content[:_PDF_HEAD]


def _packed(name: str, archive: zipfile.ZipFile) -> str:
    entries = archive.namelist()
    if any(_MACRO_ENTRY.search(entry) for entry in entries):
        raise UnreadableDraft(name, Fault.MACROS)
    if "mimetype" in entries:
        media_type = _OPEN.get(read_part(name, archive, "mimetype").strip())
    elif "[Content_Types].xml" in entries:
        media_type = _office(name, read_part(name, archive, "[Content_Types].xml"))
    else:
        media_type = None
    if media_type is None:
        raise UnreadableDraft(name, Fault.NOT_ENCLOSED)
    return media_type


def _office(name: str, types: bytes) -> str | None:
    if b"macroEnabled" in types:
        raise UnreadableDraft(name, Fault.MACROS)
    return next((media_type for told, media_type in _OFFICE.items() if told in types), None)
