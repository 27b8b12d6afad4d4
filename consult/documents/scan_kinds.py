"""Which kind of file a scan is, told by its bytes and never by its name: PDF, PNG, JPEG or TIFF, and whole.

It knows the heads and the last marks of these formats. It refuses to look into a page.
"""

from enum import Enum

from consult.documents.file_kinds import LARGEST_FILE
from consult.domain.errors import ScanRefused
from consult.domain.hindrances import ScanFault

_PDF_HEAD = 1024


class ScanKind(Enum):
    """A kind that is kept; the value is its media type."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"


_HEADS = {
    b"\x89PNG\r\n\x1a\n": ScanKind.PNG,
    b"\xff\xd8\xff": ScanKind.JPEG,
    b"II*\x00": ScanKind.TIFF,
    b"MM\x00*": ScanKind.TIFF,
    b"II+\x00": ScanKind.TIFF,
    b"MM\x00+": ScanKind.TIFF,
}
# What a whole file has somewhere behind its head (ISO 32000 7.5.5, PNG 11.2.5, JPEG B.1.1.3); TIFF has no last mark.
_LAST = {ScanKind.PDF: b"%%EOF", ScanKind.PNG: b"IEND", ScanKind.JPEG: b"\xff\xd9"}


def scan_kind(content: bytes) -> ScanKind:
    """Return the kind of a scan.

    Raises:
        ScanRefused: empty, longer than 50 MB, of another kind, or cut off.
    """
    if not content:
        raise ScanRefused(ScanFault.EMPTY)
    if len(content) > LARGEST_FILE:
        raise ScanRefused(ScanFault.TOO_LARGE)
    kind = next((kind for head, kind in _HEADS.items() if content.startswith(head)), None)
    if kind is None and b"%PDF-" in content[:_PDF_HEAD]:
        kind = ScanKind.PDF
    if kind is None:
        raise ScanRefused(ScanFault.OTHER_KIND)
    if _LAST.get(kind, b"") not in content:
        raise ScanRefused(ScanFault.CUT_OFF)
    return kind
