"""The only door for an uploaded draft: refuses what its first bytes give away, has the rest read in a child process.

It knows file formats by their heads and how the child (``parse``) is run and watched. It refuses to know what a draft
says. Every refusal is an UnreadableDraft: the file's name, the reason, what to do.
"""

import subprocess
import sys
from pathlib import Path

import lxml

from consult import paths
from consult.documents.line_json import OUT_OF_MEMORY, source_of
from consult.domain.errors import UnreadableDraft
from consult.domain.outline import SourceText

LARGEST_FILE = 50_000_000
"""Bytes of a draft file; a longer one is no draft but a scan or an attack."""

_SAVE_AS = "open it and save it as a Word document (.docx) or as UTF-8 text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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

# Without the user's site, the environment and this process's open files; with the two folders that reading needs.
_START = "import sys; sys.path += sys.argv[1:]; from consult.documents.parse import main; main()"
_FOLDERS = (str(paths.PACKAGE.parent), str(Path(lxml.__path__[0]).parent))
_LONGEST_WAIT = 20
"""Seconds; the child's own bound is on processor time, and a busy machine gives it less of that than the clock says."""


def read_draft(name: str, content: bytes) -> SourceText:
    """Return the lines of the draft file ``name``, text or DOCX, told by its bytes and not by its suffix.

    Raises UnreadableDraft: empty, too long, PDF, RTF, pictures, .doc, encrypted, a damaged or absurd zip, not Word,
    text in another encoding than UTF-8 and UTF-16, nothing to read in it.
    """
    _refuse_size(name, content)
    _refuse_foreign(name, content)
    return source_of(name, _parsed(name, content))


def _parsed(name: str, content: bytes) -> bytes:
    """Return what the child tells. Raises UnreadableDraft when it runs out of memory or time, or stumbles."""
    command = [sys.executable, "-I", "-S", "-c", _START, *_FOLDERS]
    try:
        done = subprocess.run(  # noqa: S603 - nothing in the command comes from outside
            command, input=content, capture_output=True, timeout=_LONGEST_WAIT, env={}, check=False
        )
    except subprocess.TimeoutExpired as fault:
        raise _too_much(name) from fault
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        raise _too_much(name)
    if done.returncode:
        stumbled = RuntimeError(done.stderr.decode(errors="replace"))
        raise UnreadableDraft(f"{name}: the file is damaged; save it again or send another copy") from stumbled
    return done.stdout


def _too_much(name: str) -> UnreadableDraft:
    return UnreadableDraft(
        f"{name}: reading it takes more memory or time than any draft needs; save it again from Word, or as UTF-8 text"
    )


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
