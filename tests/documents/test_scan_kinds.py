"""Scans are told by their bytes: four kinds, whole, of at most 50 MB."""

import pytest

from consult.documents.file_kinds import LARGEST_FILE
from consult.documents.scan_kinds import ScanKind, scan_kind
from consult.domain.errors import ScanRefused
from consult.domain.hindrances import ScanFault

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, ScanKind.PDF),
        (b"\r\n" + PDF, ScanKind.PDF),
        (b"\x89PNG\r\n\x1a\n..IEND\xaeB`\x82", ScanKind.PNG),
        (b"\xff\xd8\xff\xe1..\xff\xd9", ScanKind.JPEG),
        (b"II*\x00..", ScanKind.TIFF),
        (b"MM\x00*..", ScanKind.TIFF),
        (b"II+\x00..", ScanKind.TIFF),
        (PDF + bytes(LARGEST_FILE - len(PDF)), ScanKind.PDF),
    ],
)
def test_the_kind_is_told_by_the_bytes(content: bytes, kind: ScanKind) -> None:
    assert scan_kind(content) is kind


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", ScanFault.EMPTY),
        (PDF + bytes(LARGEST_FILE + 1 - len(PDF)), ScanFault.TOO_LARGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", ScanFault.OTHER_KIND),
        (b"GIF89a", ScanFault.OTHER_KIND),
        (b"PK\x03\x04", ScanFault.OTHER_KIND),
        (b"MZ%%EOF", ScanFault.OTHER_KIND),
        (bytes(1020) + PDF, ScanFault.OTHER_KIND),
        (b"%PDF-1.4\nhalf of it", ScanFault.CUT_OFF),
        (b"\x89PNG\r\n\x1a\n..", ScanFault.CUT_OFF),
        (b"\xff\xd8\xff\xe1..", ScanFault.CUT_OFF),
    ],
)
def test_what_is_no_whole_scan_is_refused(content: bytes, fault: ScanFault) -> None:
    with pytest.raises(ScanRefused) as refused:
        scan_kind(content)
    assert refused.value.why is fault
