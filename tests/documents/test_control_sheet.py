"""The control sheet: every number and digest on one page, and no person."""

import io
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from docx import Document
from openxml_audit import OpenXmlValidator
from pypdf import PdfReader

from consult.clock import machine_clock
from consult.documents.control_sheet import Around, write_control_sheet
from consult.domain.control import NAMES, Made
from consult.domain.terms import SynthesisForm

AROUND = Around("UBND tỉnh Mẫu", "Sở Mẫu", "Tỉnh Mẫu", "dự thảo Kế hoạch mẫu", "Dự thảo lần 1")
MADE = Made(
    number=3,
    at=datetime(2026, 3, 4, 2, 5, tzinfo=UTC),
    form=SynthesisForm.QPPL,
    own_form="",
    request="0" * 64,
    described="Tạm tổng hợp; toàn bộ",
    edition=1,
    data_digest="a" * 64,
    file_digest="b" * 64,
    journal_entries=41,
    journal_digest="c" * 64,
    counts={name: number for number, name in enumerate(NAMES, start=100)},
)


def sheet(around: Around = AROUND, made: Made = MADE) -> bytes:
    content = io.BytesIO()
    write_control_sheet(around, made, content)
    return content.getvalue()


def rows(content: bytes, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(content)).tables[table].rows]


def test_what_the_sheet_says() -> None:
    content = sheet()
    assert rows(content, 1) == [
        ["Đợt lấy ý kiến", "Dự thảo lần 1"],
        ["Thời điểm lập", "Thứ Tư, 04/3/2026, 09 giờ 05"],
        ["Mẫu", "Mẫu dùng cho văn bản quy phạm pháp luật"],
        ["Nội dung", "Tạm tổng hợp; toàn bộ"],
    ]
    counts = rows(content, 2)
    assert counts[0] == ["Cơ quan, đơn vị được lấy ý kiến", "100", list(NAMES.values())[8], "108"]
    assert [row[1] for row in counts] + [row[3] for row in counts] == [str(number) for number in range(100, 116)]
    assert rows(content, 3) == [
        ["Tệp DOCX", "b" * 64],
        ["Dữ liệu in trong bảng", "a" * 64],
        ["Nhật ký, mục số 41", "c" * 64],
    ]
    lines = [paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs]
    assert lines[:3] == ["PHIẾU ĐỐI SOÁT", "BẢNG TỔNG HỢP Ý KIẾN SỐ 3", "Đối với dự thảo Kế hoạch mẫu"]
    assert any("phải có 115 dòng ý kiến trong bảng" in line for line in lines)


def test_another_edition_of_the_same_data_says_so() -> None:
    told = rows(sheet(made=replace(MADE, edition=2, own_form="Mẫu của Sở")), 1)
    assert told[2] == ["Mẫu", "Mẫu riêng: Mẫu của Sở"]
    assert told[4][1].startswith("Lần ghi thứ 2 của cùng dữ liệu")


def test_equal_sheets_are_equal_and_valid(tmp_path: Path) -> None:
    (tmp_path / "phieu.docx").write_bytes(sheet())
    with time_machine.travel(machine_clock() + timedelta(days=1)):
        assert sheet() == (tmp_path / "phieu.docx").read_bytes()
    result = OpenXmlValidator().validate(str(tmp_path / "phieu.docx"))
    assert result.is_valid, result.errors


@pytest.mark.libreoffice
def test_it_is_one_page_with_long_names_too(tmp_path: Path) -> None:
    around = Around(
        superior="Ủy ban nhân dân tỉnh Mẫu có tên dài",
        issuer="Sở Khoa học, Công nghệ và Truyền thông Mẫu",
        place="Tỉnh Mẫu",
        subject="dự thảo Quyết định ban hành Quy chế " + "quản lý, cung cấp, sử dụng dịch vụ " * 6,
        round_label="Dự thảo lần 1",
    )
    made = replace(MADE, edition=2, own_form="Mẫu của Sở " * 9, described="Tạm tổng hợp; trích khoản 1 Điều 1; " * 4)
    (tmp_path / "phieu.docx").write_bytes(sheet(around, made))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "phieu.docx"], cwd=tmp_path, check=True, capture_output=True)
    assert len(PdfReader(tmp_path / "phieu.pdf").pages) == 1
