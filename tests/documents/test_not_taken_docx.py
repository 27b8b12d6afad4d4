"""The annex of opinions that were not taken, read back: title, letter and rows; and that validators take it."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import docx
import pytest
from openxml_audit import OpenXmlValidator

from consult.documents.not_taken_docx import write_not_taken
from consult.domain.submission_texts import NotTaken
from consult.domain.synthesis import Summary
from tests.documents.written import cells, paragraphs
from tests.synthesis_samples import SUMMARY

KEPT = (
    NotTaken(1, "Mục 2.2 (Công an tỉnh)", "Công an tỉnh", "Bỏ từ.\nĐề nghị sửa thành: x", "Giữ nguyên. Lý do: <&>\x00"),
    NotTaken(2, "Ý kiến chung", "Sở A", "Dài. " * 400, "Tiếp thu một phần. Phần còn lại giữ nguyên."),
)


def written(kept: tuple[NotTaken, ...], summary: Summary = SUMMARY) -> bytes:
    file = io.BytesIO()
    write_not_taken(summary, kept, file)
    return file.getvalue()


def test_it_says_what_it_is_and_which_letter_it_goes_with() -> None:
    document = docx.Document(io.BytesIO(written(KEPT)))
    assert paragraphs(document) == [
        "Phụ lục",
        "TỔNG HỢP Ý KIẾN KHÔNG TIẾP THU, TIẾP THU MỘT PHẦN VÀ LÝ DO",
        "ĐỐI VỚI DỰ THẢO VĂN BẢN TĂNG CƯỜNG QUẢN LÝ DỊCH VỤ INTERNET",
        "(Kèm theo Tờ trình số …/… ngày … tháng … năm … của Sở Thông tin và Truyền thông)",
        "./.",
    ]
    assert cells(document.tables[0]) == [
        ["TT", "Vị trí trong dự thảo", "Cơ quan, đơn vị", "Nội dung góp ý", "Lý do không tiếp thu"],
        [
            "01",
            "Mục 2.2 (Công an tỉnh)",
            "Công an tỉnh",
            "Bỏ từ.\nĐề nghị sửa thành: x",
            "Giữ nguyên. Lý do: <&>\ufffd",
        ],
        ["02", "Ý kiến chung", "Sở A", "Dài. " * 400, "Tiếp thu một phần. Phần còn lại giữ nguyên."],
    ]


def test_while_the_round_is_open_it_says_up_to_when_it_counts() -> None:
    summary = replace(SUMMARY, provisional_at=datetime(2020, 4, 24, 2, 5, tzinfo=UTC))
    document = docx.Document(io.BytesIO(written((), summary)))
    assert paragraphs(document)[-3:] == [
        "(tính đến 09 giờ 05 ngày 24/4/2020)",
        "Không có ý kiến nào không tiếp thu hoặc chỉ tiếp thu một phần.",
        "./.",
    ]
    assert document.tables == []


@pytest.mark.slow
def test_validators_accept_it(tmp_path: pytest.TempPathFactory) -> None:
    path = tmp_path / "annex.docx"  # type: ignore[operator]
    path.write_bytes(written(KEPT))
    result = OpenXmlValidator().validate(str(path))
    assert result.is_valid, result.errors
