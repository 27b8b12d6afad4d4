"""A look at a file before LibreOffice opens it, in a bounded process: what it unpacks to, macros, links to elsewhere.

It knows OpenDocument packages as far as that needs. It refuses to know texts: it tells no line.
"""

import zipfile

from lxml import etree

from consult.documents.archive import open_archive, read_part, streamed_part
from consult.documents.child import Bounds, tell
from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import SourceText
from consult.domain.unreadable import Fault

BOUNDS = Bounds(memory=512_000_000, seconds=10)

_ZIP = b"PK\x03\x04"
_MANIFEST = "META-INF/manifest.xml"
_PARTS = ("content.xml", "styles.xml")
_MACRO_LISTS = ("script-lc.xml", "script-lb.xml")
_LINK = "{http://www.w3.org/1999/xlink}href"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
# Links that a reader follows by clicking, and no program by opening the file.
_HYPERLINKS = {f"{_TEXT}a", f"{_DRAW}a"}


def main() -> None:
    """Tell no line, or why the file on standard input is not fit to be opened."""
    tell(check, BOUNDS)


def check(name: str, content: bytes) -> SourceText:
    """Look at a file; only OpenDocument packages can be looked into. Raises UnreadableDraft."""
    if content.startswith(_ZIP):
        _check_package(name, open_archive(name, content))
    return SourceText(name, ())


def _check_package(name: str, archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if _MANIFEST in names and b"encryption-data" in read_part(name, archive, _MANIFEST):
        raise UnreadableDraft(name, Fault.PASSWORD)
    if any(_is_macro(entry) for entry in names):
        raise UnreadableDraft(name, Fault.MACROS)
    for part in _PARTS:
        if part in names:
            for element in streamed_part(name, archive, part, None):
                _refuse_link(name, element)
                element.clear()


def _is_macro(entry: str) -> bool:
    return entry.startswith(("Basic/", "Scripts/")) and not entry.endswith(("/", *_MACRO_LISTS))


def _refuse_link(name: str, element: etree._Element) -> None:
    target = element.get(_LINK, "")
    elsewhere = element.tag not in _HYPERLINKS and (":" in target or target.startswith(("/", "../")))
    if elsewhere or element.tag in (f"{_OFFICE}dde-source", f"{_TEXT}dde-connection-decl"):
        raise UnreadableDraft(name, Fault.PART_ELSEWHERE, target=target[:80])
