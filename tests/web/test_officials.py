"""The page of the officials: invited, changed, ended; the last administrator stays; two people at one official."""

import re
from http import HTTPStatus

from consult.domain.terms import OfficialRole
from consult.store.database import reading
from consult.store.queries.officials import by_address
from tests.builders import BASE_URL, OFFICIAL, Office

ADMIN = "quantri@stttt.example"
INVITED = {"email": "tran@snv.example", "name": "Trần Thị Mẫu", "role": "OFFICIAL"}


def number(office: Office, email: str) -> int:
    with reading(office.database) as session:
        found = by_address(session, email)
    assert found is not None
    return found.id


def test_an_official_is_invited_into_a_new_lead_agency_and_comes_in(office: Office) -> None:
    admin = office.signed_in(ADMIN, role=OfficialRole.ADMINISTRATOR)
    admin.open("/chuyen-vien")
    page = admin.press("/chuyen-vien", {**INVITED, "lead_agency": "", "new_lead_agency": "Sở Nội vụ"})
    assert "Thư mời đang được gửi" in page and "Trần Thị Mẫu" in page

    theirs = office.signed_in("tran@snv.example", "Sở Nội vụ")
    desk = theirs.open("/ban-lam-viec")
    assert "gia-lai-2020" not in desk and "/danh-ba" in desk and "/chuyen-vien" not in desk
    assert "/chuyen-vien" in admin.open("/ban-lam-viec")


def test_what_cannot_be_is_told_at_its_field(office: Office) -> None:
    admin = office.signed_in(ADMIN, role=OfficialRole.ADMINISTRATOR)
    admin.open("/chuyen-vien")
    both = {**INVITED, "lead_agency": "1", "new_lead_agency": "Sở Nội vụ"}
    assert "Chỉ chọn cơ quan chủ trì hoặc ghi tên mới" in admin.press("/chuyen-vien", both, expect=HTTPStatus(422))
    none = {**INVITED, "lead_agency": "", "new_lead_agency": ""}
    assert "Hãy chọn cơ quan chủ trì, hoặc ghi tên" in admin.press("/chuyen-vien", none, expect=HTTPStatus(422))
    taken = {**INVITED, "email": ADMIN.upper(), "lead_agency": "1"}
    page = admin.press("/chuyen-vien", taken, expect=HTTPStatus(422))
    assert "Đã có chuyên viên với địa chỉ" in page and 'value="Trần Thị Mẫu"' in page


def test_the_last_administrator_is_told_in_one_sentence(office: Office) -> None:
    admin = office.signed_in(ADMIN, role=OfficialRole.ADMINISTRATOR)
    own = number(office, ADMIN)
    admin.open("/chuyen-vien")
    page = admin.press(f"/{own}/thoi", expect=HTTPStatus(409))
    assert "Đây là người quản trị cuối cùng; hãy giao quyền quản trị cho người khác trước." in page
    admin.open(f"/chuyen-vien/{own}")
    page = admin.press(f"/chuyen-vien/{own}", {"role": "OFFICIAL", "lead_agency": "1"}, expect=HTTPStatus(409))
    assert 'id="role-error"' in page


def test_an_ended_official_is_out_with_the_next_press_and_can_be_taken_on_again(office: Office) -> None:
    theirs = office.signed_in()
    admin = office.signed_in(ADMIN, role=OfficialRole.ADMINISTRATOR)
    theirs.open("/ban-lam-viec")
    admin.open("/chuyen-vien")
    page = admin.press(f"/{number(office, OFFICIAL)}/thoi")
    assert "đã bị đăng xuất ở mọi nơi" in page

    answer = theirs._client.get("/ban-lam-viec", base_url=BASE_URL)
    assert answer.status_code == 404 and "/dang-nhap" in answer.text
    assert "nhận lại; thư mời đang được gửi" in admin.press("/tro-lai")


def test_two_administrators_at_one_official_see_what_stands(office: Office) -> None:
    admin = office.signed_in(ADMIN, role=OfficialRole.ADMINISTRATOR)
    office.official()
    where = f"/chuyen-vien/{number(office, OFFICIAL)}"
    admin.open(where)
    mine = admin.form(where)
    other = office.signed_in("hai@stttt.example", role=OfficialRole.ADMINISTRATOR)
    other.open(where)
    other.press(where, {"name": "Tên thứ nhất", "lead_agency": "1"})

    page = admin.submit(mine, {"name": "Tên thứ hai", "lead_agency": "1"}, expect=HTTPStatus(409))
    assert "Tên thứ nhất" in page and 'value="Tên thứ hai"' in page
    page = admin.press(where, {"lead_agency": "1"})
    assert re.search("Tên thứ hai", page) and "Tên thứ nhất" not in page


def test_an_official_turns_the_letters_off_and_on_for_themselves_alone(office: Office) -> None:
    one, other = office.signed_in(), office.signed_in("dongnghiep@stttt.example")
    assert "Tắt thư báo" in one.open("/ban-lam-viec")
    assert "Đồng chí không nhận thư báo" in one.press("/thu-bao")
    assert "Tắt thư báo" in other.open("/ban-lam-viec")
    assert "Tắt thư báo" in one.press("/thu-bao")
