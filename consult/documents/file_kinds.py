"""Which kind of file a draft is, told by its bytes and never by its name; what no reader takes is refused by name.

It knows the heads of file formats and, of the compound files of old Office, the names of their streams. It refuses to
know how a file is read.
"""

import re
from enum import Enum

from consult.domain.errors import UnreadableDraft

LARGEST_FILE = 50_000_000
"""Bytes of a draft file; a longer one is no draft but a scan or an attack."""


class FileKind(Enum):
    """A kind that can be read; the value is its name for people."""

    PLAIN = "a text or Word file"
    ODT = "an OpenDocument text (.odt)"
    DOC = "in the old Word format (.doc)"
    RTF = "an RTF file"
    PDF = "a PDF file"


_SAVE_AS = "open it and save it as a Word document (.docx) or as UTF-8 text"
_TAKE_OFF = "it is protected by a password; take the password off and save it again"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"II*\x00": "a picture",
    b"MM\x00*": "a picture",
    b"RIFF": "a picture, a sound or a film",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x1f\x8b": "a compressed file",
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
        raise UnreadableDraft(f"{name}: the file is empty; choose the file that holds the draft")
    if len(content) > LARGEST_FILE:
        raise UnreadableDraft(
            f"{name}: the file is larger than {LARGEST_FILE // 1_000_000} MB, the most that a draft may have;"
            " take the pictures and scans out of it"
        )


def _refuse_foreign(name: str, content: bytes) -> None:
    for head, kind in _FOREIGN.items():
        if content.startswith(head):
            raise UnreadableDraft(f"{name}: it is {kind}; {_SAVE_AS}")
    if content[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnreadableDraft(f"{name}: it is a web page or an XML file; {_SAVE_AS}")


def _open_document(name: str, of: bytes) -> FileKind:
    if of != b"text":
        raise UnreadableDraft(f"{name}: it is an OpenDocument file but no text; {_SAVE_AS}")
    return FileKind.ODT


def _compound(name: str, content: bytes) -> FileKind:
    """Tell what a compound file of old Office holds by the names of its streams (MS-CFB stores them as UTF-16)."""
    if _has_stream(content, "EncryptedPackage") or _is_encrypted_doc(content):
        raise UnreadableDraft(f"{name}: {_TAKE_OFF}")
    if not _has_stream(content, "WordDocument"):
        raise UnreadableDraft(f"{name}: it is in an old Office format, but no text of Word; {_SAVE_AS}")
    if _has_stream(content, "_VBA_PROJECT"):
        raise UnreadableDraft(f"{name}: it holds macros; save it as a Word document without macros (.docx)")
    return FileKind.DOC


def _has_stream(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content


def _is_encrypted_doc(content: bytes) -> bool:
    """Whether a sector begins like the main stream of a .doc that says it is encrypted (MS-DOC, FibBase)."""
    sectors = range(_SECTOR, len(content) - _WORD_FLAGS, _SECTOR)
    heads = (place for place in sectors if content.startswith(_WORD_HEAD, place))
    return any(content[place + _WORD_FLAGS] & _WORD_ENCRYPTED for place in heads)
