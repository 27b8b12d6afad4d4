"""The words that an office prints in a form: shown beside the house's, kept, refused, put back, looked at, collided."""

import html
from io import BytesIO

import docx
import pytest
from sqlalchemy import select

from consult.domain.terms import ConsultationKind, SynthesisForm
from consult.store.database import reading
from consult.store.journal import Entry
from consult.store.synthesis_words import own_words
from tests.builders import SLUG
from tests.web.cast import HEAD, Cast, Client, Role
from tests.web.requests import own_words_form

ADDRESS = "/mau-bang-tong-hop/loi-van/administrative/practice"
CHOICE = f"/ban-lam-viec/{SLUG}/bang-tong-hop/tai-ve"


def kept(cast: Cast) -> dict[str, str]:
    with reading(cast.office.database) as session:
        office = cast.office.official().lead_agency_id
        return dict(own_words(session, office, ConsultationKind.ADMINISTRATIVE, SynthesisForm.PRACTICE))


def post(cast: Cast, **changed: str) -> tuple[int, str]:
    answer = cast.client(Role.OFFICIAL).post(ADDRESS, own_words_form(cast, **changed))
    return answer.status_code, html.unescape(answer.text)


def entries(cast: Cast) -> list[str]:
    with reading(cast.office.database) as session:
        return list(session.scalars(select(Entry.particulars).where(Entry.act == "word form")))


def heads(content: bytes) -> list[str]:
    return [cell.text for cell in docx.Document(BytesIO(content)).tables[-1].rows[0].cells]


def test_kept_words_are_printed_and_told_to_the_journal(cast: Cast) -> None:
    status, _ = post(cast, head_content="GÓP Ý", name="  BẢNG \n GHÉP ", widths="10 20 30 40")
    assert status == 303
    assert kept(cast) == {
        "head_body": HEAD,
        "head_content": "GÓP Ý",
        "name": "BẢNG GHÉP",
        "widths": "10 20 30 40",
    }
    told = '{"changed": {"head_content": "GÓP Ý", "name": "BẢNG GHÉP", '
    assert entries(cast) == [told + '"widths": "10 20 30 40"}, "drafted": "ADMINISTRATIVE", "form": "PRACTICE"}']
    file = cast.client(Role.OFFICIAL).get(f"{CHOICE}?form=PRACTICE&part=&clause=&proposal=PASSAGE").data
    assert heads(file) == ["NHÓM VẤN ĐỀ HOẶC ĐIỀU, KHOẢN", HEAD, "GÓP Ý", "NỘI DUNG TIẾP THU, GIẢI TRÌNH"]


def test_words_that_stand_already_write_nothing(cast: Cast) -> None:
    assert post(cast)[0] == 303
    assert entries(cast) == []


def test_the_page_shows_the_houses_words_and_the_marks(cast: Cast) -> None:
    page = html.unescape(cast.client(Role.OFFICIAL).get(ADDRESS).text)
    assert f'name="head_body" type="text" value="{HEAD}"' in page
    assert '<p lang="vi">CHỦ THỂ GÓP Ý</p>' in page
    assert '<samp lang="vi">{số_văn_bản}</samp>' in page
    assert 'name="head_number"' not in page
    assert f'href="{ADDRESS}"' in cast.client(Role.OFFICIAL).get("/mau-bang-tong-hop/loi-van").text
    link = 'href="/mau-bang-tong-hop/loi-van/administrative/administrative"'
    assert link in cast.client(Role.OFFICIAL).get(CHOICE).text


@pytest.mark.parametrize("ending", ["", "/xem-thu.docx"])
def test_each_field_says_what_is_wrong_and_nothing_is_kept(cast: Cast, ending: str) -> None:
    wrong = {
        "name": "",
        "subject": "VỀ {dự_thảo} {tên_hồ_sơ}",
        "letters": "Số văn bản nhận được",
        "preamble": "{cơ_quan_chủ_trì lấy ý kiến {tên_hồ_sơ}",
        "widths": "50 20 20 20",
    }
    answer = cast.client(Role.OFFICIAL).post(ADDRESS + ending, own_words_form(cast, **wrong))
    page = html.unescape(answer.text)
    assert answer.status_code == 422
    for said in (
        "Tên văn bản: Mục này không được để trống.",
        "Dòng nêu dự thảo: {dự_thảo} không phải là dấu của mục này",
        "Câu về số văn bản nhận được: Thiếu {số_văn_bản}",
        "Câu mở đầu: Có dấu ngoặc nhọn không thành cặp; hãy viết dấu như {tên_hồ_sơ}",
        "Cần 4 số nguyên cách nhau bằng dấu cách, mỗi số ít nhất là 4, tổng bằng 100.",
    ):
        assert said in page
    assert 'value="50 20 20 20"' in page
    assert kept(cast) == {"head_body": HEAD}


def test_a_text_beyond_all_measure_is_refused(cast: Cast) -> None:
    status, page = post(cast, head_body="x" * 301)
    assert status == 422
    assert "tối đa 300 ký tự" in page


def test_the_houses_words_come_back_for_a_field_or_for_all_and_wait_to_be_saved(cast: Cast) -> None:
    _, page = post(cast, house="head_body", head_content="GÕ DỞ")
    assert 'name="head_body" type="text" value="CHỦ THỂ GÓP Ý"' in page
    assert 'name="head_content" type="text" value="GÕ DỞ"' in page
    assert "Chưa lưu gì" in page
    _, page = post(cast, house="*", head_content="GÕ DỞ")
    assert 'value="GÕ DỞ"' not in page
    assert kept(cast) == {"head_body": HEAD}
    assert post(cast, head_body="CHỦ THỂ GÓP Ý")[0] == 303
    assert kept(cast) == {}
    assert entries(cast) == ['{"changed": {"head_body": ""}, "drafted": "ADMINISTRATIVE", "form": "PRACTICE"}']


def test_words_on_the_screen_are_looked_at_before_they_are_kept(cast: Cast) -> None:
    typed = own_words_form(cast, head_content="XEM THỬ <b>&")
    answer = cast.client(Role.OFFICIAL).post(f"{ADDRESS}/xem-thu.docx", typed)
    assert heads(answer.data)[2] == "XEM THỬ <b>&"
    assert kept(cast) == {"head_body": HEAD}


def test_the_second_of_two_officials_is_told_and_may_go_over_the_first(cast: Cast) -> None:
    seen_by_second = own_words_form(cast, head_content="CỦA NGƯỜI HAI")
    assert post(cast, head_content="CỦA NGƯỜI MỘT")[0] == 303
    answer = cast.client(Role.OFFICIAL).post(ADDRESS, seen_by_second)
    page = html.unescape(answer.text)
    assert answer.status_code == 409
    assert "CỦA NGƯỜI MỘT" in page
    assert 'name="head_content" type="text" value="CỦA NGƯỜI HAI"' in page
    assert kept(cast)["head_content"] == "CỦA NGƯỜI MỘT"
    assert post(cast, head_content="CỦA NGƯỜI HAI")[0] == 303
    assert kept(cast)["head_content"] == "CỦA NGƯỜI HAI"


def test_each_office_has_its_own_words(cast: Cast) -> None:
    outsider: Client = cast.client(Role.OUTSIDER)
    assert HEAD not in outsider.get(ADDRESS).text
    post(cast, head_content="GÓP Ý")
    assert "GÓP Ý" not in [text for text in outsider.get(ADDRESS).text.split('"') if text == "GÓP Ý"]
