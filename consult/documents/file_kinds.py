"""Which kind of file a draft is, told by its bytes and never by its name; what no reader takes is refused by name.

It knows the heads of file formats and, of the compound files of old Office, the names of their streams. It refuses to
know how a file is read.
"""

import re
from enum import Enum

from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

LARGEST_FILE = 50_000_000
"""Bytes of a draft file; a longer one is no draft but a scan or an attack."""


class FileKind(Enum):
    """A kind that can be read; the value is its name for people."""

    PLAIN = "a text or Word file"
    ODT = "an OpenDocument text (.odt)"
    DOC = "in the old Word format (.doc)"
    RTF = "an RTF file"
    PDF = "a PDF file"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {
    b"\x89PNG": Fault.PICTURE,
    b"\xff\xd8\xff": Fault.PICTURE,
    b"GIF8": Fault.PICTURE,
    b"II*\x00": Fault.PICTURE,
    b"MM\x00*": Fault.PICTURE,
    b"RIFF": Fault.MEDIA,
    b"Rar!": Fault.ARCHIVE,
    b"7z\xbc\xaf": Fault.ARCHIVE,
    b"\x1f\x8b": Fault.ARCHIVE,
}
_PDF_HEAD = 1024
# The first entry of an OpenDocument file is stored as it is, so that its kind stands at a fixed place (ODF 1.3, 2.3.3).
_ODF = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.(?P<of>[a-z-]*)", re.DOTALL)
_SECTOR = 512
_WORD_HEAD = b"\xec\xa5\xc1\x00"
_WORD_FLAGS = 11
_WORD_ENCRYPTED = 0x01


def kind_of(name: str, content: bytes) -> FileKind:
    """Return the kind of a file. Raises UnreadableDraft: empty, too long, or nothing that a draft can be read from."""
    _refuse_size(name, content)
    if content.startswith(_OLE):
        return _compound(name, content)
    if odf := _ODF.match(content):
        return _open_document(name, odf["of"])
    if b"%PDF-" in content[:_PDF_HEAD]:
        return FileKind.PDF
    if content.startswith(b"{\\rtf"):
        return FileKind.RTF
    _refuse_foreign(name, content)
    return FileKind.PLAIN


def _refuse_size(name: str, content: bytes) -> None:
    if not content:
        raise UnreadableDraft(name, Fault.EMPTY)
    if len(content) > LARGEST_FILE:
        raise UnreadableDraft(name, Fault.TOO_LARGE, megabytes=LARGEST_FILE // 1_000_000)


def _refuse_foreign(name: str, content: bytes) -> None:
    for head, fault in _FOREIGN.items():
        if content.startswith(head):
            raise UnreadableDraft(name, fault)
    if content[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnreadableDraft(name, Fault.WEB_PAGE)


def _open_document(name: str, of: bytes) -> FileKind:
    if of != b"text":
        raise UnreadableDraft(name, Fault.OTHER_OPEN_DOCUMENT)
    return FileKind.ODT


def _compound(name: str, content: bytes) -> FileKind:
    """Tell what a compound file of old Office holds by the names of its streams (MS-CFB stores them as UTF-16)."""
    if _has_stream(content, "EncryptedPackage") or _is_encrypted_doc(content):
        raise UnreadableDraft(name, Fault.PASSWORD)
    if not _has_stream(content, "WordDocument"):
        raise UnreadableDraft(name, Fault.OTHER_OLD_OFFICE)
    if _has_stream(content, "_VBA_PROJECT"):
        raise UnreadableDraft(name, Fault.MACROS)
    return FileKind.DOC


def _has_stream(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _is_encrypted_doc(content: bytes) -> bool:
    """Whether a sector begins like the main stream of a .doc that says it is encrypted (MS-DOC, FibBase)."""
    sectors = range(_SECTOR, len(content) - _WORD_FLAGS, _SECTOR)
    heads = (place for place in sectors if content.startswith(_WORD_HEAD, place))
    return any(content[place + _WORD_FLAGS] & _WORD_ENCRYPTED for place in heads)
