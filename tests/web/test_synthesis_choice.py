"""The choice of a synthesis at the desk: what is chosen stands in the file, and a wrong choice comes back."""

import io

import pytest
from docx import Document

from tests.builders import SLUG
from tests.web.cast import Cast, Role

ADDRESS = f"/ban-lam-viec/{SLUG}/bang-tong-hop/tai-ve"
CHOICE = {"form": "FIVE_COLUMN", "part": "", "clause": "", "proposal": "PASSAGE"}


def test_the_page_offers_every_form_and_the_places_of_the_draft(cast: Cast) -> None:
    page = cast.client(Role.OFFICIAL).get(ADDRESS).text
    for value in ("ADMINISTRATIVE", "QPPL", "PRACTICE", "FIVE_COLUMN", "BY_AGENCY", "1.2.2", "FULL", "REDLINE"):
        assert f'value="{value}"' in page


def test_what_is_chosen_stands_in_the_file(cast: Cast) -> None:
    grant = cast.grant(Role.SILENT)
    cast.office.comment(grant, "2.2", "Bỏ một từ “mất”.")
    cast.office.comment(grant, "8.1", "Đề nghị làm rõ.")
    cast.office.send(grant)
    letter = {"annex": "y", "letter_number": "15/CV", "letter_date": "2020-05-04"}
    answer = cast.client(Role.OFFICIAL).get(ADDRESS, query_string={**CHOICE, "part": "1.2.2", **letter})
    document = Document(io.BytesIO(answer.data))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert lines[:2] == ["Phụ lục", "TRÍCH BẢNG TẠM TỔNG HỢP (tính đến 08 giờ 00 ngày 22/4/2020)"]
    assert any("đối với mục 2.2 (Công an tỉnh);" in line for line in lines)
    assert "(Kèm theo Văn bản số 15/CV ngày 04 tháng 5 năm 2020 của Sở Thông tin và Truyền thông)" in lines
    assert [cell.text for cell in document.tables[0].rows[0].cells][1] == "NỘI DUNG DỰ THẢO"
    words = " ".join(cell.text for cell in document.tables[0].rows[1].cells)
    assert "Bỏ một từ" in words
    assert "làm rõ" not in document.element.xml


@pytest.mark.parametrize(
    "wrong", [{"form": "NONE"}, {"part": "9"}, {"part": "1.99"}, {"letter_date": "31/02/2020"}, {"proposal": ""}]
)
def test_a_choice_that_cannot_be_is_said_on_the_page(cast: Cast, wrong: dict[str, str]) -> None:
    answer = cast.client(Role.OFFICIAL).get(ADDRESS, query_string={**CHOICE, **wrong})
    assert answer.status_code == 422
    assert "is-invalid" in answer.text
