"""The only door for an uploaded draft: tells what kind of file it is by its content, refuses what is unsafe, reads it.

It knows file formats and the limits for hostile files, and refuses to know what a draft says. Every refusal is an
UnreadableDraft: the file's name, the reason, what to do.
"""

from consult.documents.docx_reader import read_docx
from consult.documents.text_reader import read_text
from consult.domain.errors import UnreadableDraft
from consult.domain.outline import SourceText

LARGEST_FILE = 20_000_000
"""Bytes of a draft file; a longer one is no draft but a scan or an attack."""

_SAVE_AS = "open it and save it as a Word document (.docx) or as UTF-8 text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_FOREIGN = {
    b"%PDF-": "a PDF file",
    b"{\\rtf": "an RTF file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7z archive",
}
_PDF_HEAD = 1024


def read_draft(name: str, content: bytes) -> SourceText:
    """Return the lines of the draft file ``name``, text or DOCX, told by its bytes and not by its suffix.

    Raises UnreadableDraft: empty, too long, PDF, RTF, pictures, .doc, encrypted, a damaged or absurd zip, not Word,
    text in another encoding than UTF-8 and UTF-16, nothing to read in it.
    """
    _refuse_size(name, content)
    _refuse_foreign(name, content)
    source = read_docx(name, content) if content.startswith(_ZIP) else read_text(name, content)
    if not any(line.text for line in source.lines):
        raise UnreadableDraft(f"{name}: there is no text in it; choose the file that holds the draft's words")
    return source


def _refuse_size(name: str, content: bytes) -> None:
    if not content:
        raise UnreadableDraft(f"{name}: the file is empty; choose the file that holds the draft")
    if len(content) > LARGEST_FILE:
        raise UnreadableDraft(
            f"{name}: {len(content) // 1_000_000} MB is more than a draft has (at most {LARGEST_FILE // 1_000_000} MB);"
            " take the pictures and scans out of it"
        )


def _refuse_foreign(name: str, content: bytes) -> None:
    if content.startswith(_OLE):
        raise UnreadableDraft(f"{name}: {_ole_fault(content)}")
    if b"%PDF-" in content[:_PDF_HEAD]:
        raise UnreadableDraft(f"{name}: it is a PDF file; {_SAVE_AS}")
    for head, kind in _FOREIGN.items():
        if content.startswith(head):
            raise UnreadableDraft(f"{name}: it is {kind}; {_SAVE_AS}")
    if content[:200].lstrip().lower().startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnreadableDraft(f"{name}: it is a web page or an XML file; {_SAVE_AS}")


def _ole_fault(content: bytes) -> str:
    """Tell what a compound file of old Office holds by the names of its streams (MS-CFB stores them as UTF-16)."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "it is protected by a password; take the password off and save it again"
    return f"it is in the old Word format (.doc) or another old Office format; {_SAVE_AS}"
