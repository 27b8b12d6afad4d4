"""Files to read along: their kind by content, and what is refused with its reason."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from consult.documents import enclosed_kinds
from consult.documents.enclosed_kinds import media_type_of
from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def packed(**parts: str) -> bytes:
    """Return a zip; ``__`` in a name stands for its folder's slash, ``types`` for the list of content types."""
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, text in parts.items():
            archive.writestr("[Content_Types].xml" if name == "types" else name.replace("__", "/"), text)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\x00junk before\n%PDF-1.4\n", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (packed(types="application/vnd.….wordprocessingml.document.main+xml"), DOCX),
        (packed(types="application/vnd.….spreadsheetml.sheet.main+xml"), XLSX),
        (packed(mimetype=ODT), ODT),
        (
            packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"),
            "application/vnd.oasis.opendocument.spreadsheet",
        ),
    ],
)
def test_the_kind_is_told_by_the_content(content: bytes, media_type: str) -> None:
    assert media_type_of("anh.exe", content) == media_type


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"MZ\x90\x00", Fault.NOT_ENCLOSED),
        (b"<html><script>x</script>", Fault.NOT_ENCLOSED),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Fault.NOT_ENCLOSED),
        (b"GIF89a", Fault.NOT_ENCLOSED),
        (packed(anything="x"), Fault.NOT_ENCLOSED),
        (packed(mimetype="application/vnd.oasis.opendocument.presentation"), Fault.NOT_ENCLOSED),
        (packed(types="application/vnd.ms-word.document.macroEnabled.main+xml"), Fault.MACROS),
        (packed(types="wordprocessingml.document.main+xml", word__vbaProject_bin="x"), Fault.NOT_ENCLOSED),
        (packed(mimetype=ODT, Basic__Standard__Module1="x"), Fault.MACROS),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old office", Fault.NOT_ENCLOSED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Fault.PASSWORD),
    ],
)
def test_what_is_refused_is_refused_with_its_reason(content: bytes, fault: Fault) -> None:
    if b"vbaProject_bin" in content:
        content, fault = content.replace(b"vbaProject_bin", b"vbaProject.bin"), Fault.MACROS
    with pytest.raises(UnreadableDraft) as refused:
        media_type_of("tep.docx", content)
    assert refused.value.fault is fault


def test_a_damaged_package_is_refused() -> None:
    with pytest.raises(UnreadableDraft) as refused:
        media_type_of("tep.docx", b"PK\x03\x04 cut off")
    assert refused.value.fault is Fault.DAMAGED_AT


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enclosed_kinds, "LARGEST_FILE", 9)
    assert media_type_of("a.pdf", b"%PDF-1.7\n") == "application/pdf"
    with pytest.raises(UnreadableDraft) as refused:
        media_type_of("a.pdf", b"%PDF-1.7\n\n")
    assert refused.value.fault is Fault.TOO_LARGE
