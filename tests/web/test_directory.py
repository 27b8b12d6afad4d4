"""The directory's pages: looking up, keeping agencies and groups, bringing a list in, two people at one agency."""

import re
from http import HTTPStatus
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import insert

from consult.actions.directory import values_of
from consult.demo.visitor import Visitor
from consult.domain.directory import AgencyEntry
from consult.domain.terms import OfficialRole
from consult.store.database import writing
from consult.store.directory import Agency, AgencyGroup, GroupMember
from tests.builders import BASE_URL, POLICE, Office
from tests.statements import counted
from tests.web.cast import Cast, Role

ADMIN = "quantri@stttt.example"


@pytest.fixture
def admin(office: Office) -> Visitor:
    return office.signed_in(ADMIN, role=OfficialRole.ADMINISTRATOR)


def posted(visitor: Visitor, address: str, **data: object) -> tuple[int, str]:
    """Post a form with the token of the open page; redirects are not followed."""
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', visitor.open("/danh-ba/nhap"))
    assert token
    answer = visitor._client.post(address, data={"csrf_token": token[1], **data}, base_url=BASE_URL)
    return answer.status_code, answer.headers.get("Location", "") if answer.status_code == 303 else answer.text


def uploaded(visitor: Visitor, content: bytes, name: str = "ds.csv") -> tuple[int, str]:
    return posted(visitor, "/danh-ba/nhap", file=(BytesIO(content), name))


def rows_of(page: str) -> list[str]:
    table = re.search(r"<tbody.*?</tbody>", page, re.DOTALL)
    assert table
    texts = (re.sub(r"<[^>]+>", " ", row) for row in table[0].split("<tr")[1:])
    return [" ".join(text.split(">", 1)[1].split()) for text in texts]


def test_an_official_searches_without_accents_and_filters(office: Office) -> None:
    visitor = office.signed_in()
    page = visitor.open("/danh-ba?tim=giao+duc")
    assert len(rows_of(page)) == 1 and "Sở Giáo dục và Đào tạo" in page
    assert len(rows_of(visitor.open("/danh-ba?nhom=ubnd-huyen"))) == 17
    assert len(rows_of(visitor.open("/danh-ba?loai=department&xep=thu-tu"))) == 5
    assert len(rows_of(visitor.open("/danh-ba?tim=congan@gialai"))) == 1
    assert "Không tìm thấy cơ quan nào" in visitor.open("/danh-ba?tim=khong+ton+tai")
    assert "Danh sách không có trang này" in visitor.open("/danh-ba?trang=7")
    for address in ("/danh-ba/co-quan/moi", "/danh-ba/nhap", "/chuyen-vien"):
        assert address not in page


def test_the_directory_is_handed_out_to_every_official(office: Office) -> None:
    visitor = office.signed_in()
    book = visitor._client.get("/danh-ba/danh-ba.xlsx", base_url=BASE_URL).data
    sheet = openpyxl.load_workbook(BytesIO(book)).active
    assert [cell.value for cell in sheet[1]][:3] == ["Mã", "Tên cơ quan", "Tên viết tắt"]
    assert sheet.max_row == 29
    text = visitor._client.get("/danh-ba/danh-ba.csv", base_url=BASE_URL).data
    assert text.startswith("\ufeffMã;Tên cơ quan;".encode())
    assert text.count(b"\r\n") == 29


def test_an_administrator_adds_changes_and_ends_an_agency(office: Office, admin: Visitor) -> None:
    admin.open("/danh-ba/co-quan/moi")
    typed = {"name": "Sở Khoa học và Công nghệ", "aliases": "Sở KHCN\nSở KH&CN", "kind": "Sở, ban, ngành"}
    page = admin.press("/moi", {**typed, "valid_from": "01/3/2020"})
    assert "Sở KHCN<br>Sở KH&amp;CN" in page and "sở, ban, ngành" in page and "so-khoa-hoc-va-cong-nghe" in page

    police = f"/danh-ba/co-quan/{_id(admin, 'cong an tinh')}"
    admin.open(police)
    page = admin.press("/ket-thuc", {"last_day": "20/4/2020", "successor": "Sở Khoa học và Công nghệ"})
    assert "đã kết thúc" in page.lower() and ">Sở Khoa học và Công nghệ</a>" in page
    assert "gia-lai-2020" in page
    assert POLICE not in admin.open("/danh-ba?tim=cong+an+tinh")
    assert POLICE in admin.open("/danh-ba?tim=cong+an+tinh&hieu-luc=khong")

    admin.open(f"{police}/sua")
    page = admin.press(
        "/sua", {"last_day": "", "successor": "", "email": "a@b.example, c@d.example"}, expect=HTTPStatus(422)
    )
    assert 'id="email-error"' in page
    assert 'value="a@b.example, c@d.example"' in page


def _id(visitor: Visitor, words: str) -> str:
    found = re.search(r"/danh-ba/co-quan/(\d+)", visitor.open(f"/danh-ba?tim={words.replace(' ', '+')}"))
    assert found
    return found[1]


def test_a_refused_agency_says_why_at_its_field_and_keeps_what_was_typed(admin: Visitor) -> None:
    admin.open("/danh-ba/co-quan/moi")
    page = admin.press("/moi", {"name": "công an tỉnh", "short_name": "CAT"}, expect=HTTPStatus(422))

    assert "Tên này đã có trong danh bạ, với mã cong-an-tinh." in page
    assert 'id="name-error"' in page and 'value="CAT"' in page


def test_two_administrators_at_one_agency_see_both_texts(office: Office, admin: Visitor) -> None:
    where = f"/danh-ba/co-quan/{_id(admin, 'cong an tinh')}/sua"
    admin.open(where)
    mine = admin.form("/sua")
    other = office.signed_in("hai@stttt.example", role=OfficialRole.ADMINISTRATOR)
    other.open(where)
    other.press("/sua", {"email": "moi@gialai.example"})

    page = admin.submit(mine, {"short_name": "CA Gia Lai"}, expect=HTTPStatus(409))
    assert "moi@gialai.example" in page and 'value="CA Gia Lai"' in page
    page = admin.press("/sua")
    assert "CA Gia Lai" in page


def test_groups_are_made_and_filled(admin: Visitor) -> None:
    admin.open("/danh-ba/nhom")
    page = admin.press("/nhom", {"name": "Các sở, ban, ngành"})
    assert "Chưa có cơ quan nào trong nhóm" in page
    assert admin.response is not None
    where = admin.response.request.path
    admin.open(f"{where}?tim=so+giao+duc")
    page = admin.submit(admin.form("/thanh-vien"))
    assert "1 thành viên" in page and "Sở Giáo dục và Đào tạo" in page
    assert posted(admin, where, name="ủy ban nhân dân các huyện, thị xã, thành phố", version="1")[0] == 422
    status, text = posted(admin, where, name="Khác", version="0")
    assert (status, "Nội dung sửa chưa được lưu" in text) == (409, True)
    assert posted(admin, f"{where}/thanh-vien", agency="1", do="burn")[0] == 404


LIST = """STT;Tên cơ quan;Hộp thư;Lạ
1;Sở Y tế;syt@gialai.example;x
2;Công an Tỉnh;congan@gialai.example;
3;;;x
"""


def test_a_list_is_shown_line_by_line_and_brought_in_after_the_yes(office: Office, admin: Visitor) -> None:
    status, where = uploaded(admin, LIST.encode("utf-16"))
    assert status == 303
    page = admin.open(where)
    assert rows_of(page) == [
        "2 Sở Y tế so-y-te thêm mới",
        "3 Công an Tỉnh cong-an-tinh thay đổi Tên cơ quan: Công an tỉnh → thành Công an Tỉnh",
        "4 – không nhận Thiếu tên; hãy ghi tên đầy đủ.",
    ]
    assert "Lạ" in page and "Một số cột không nhận ra được" in page
    assert "Sở Y tế" not in admin.open("/danh-ba")

    admin.open(where)
    page = admin.press("/xem")
    assert "Đã thêm 1 cơ quan, sửa 1 cơ quan" in " ".join(page.split())
    assert "Sở Y tế" in admin.open("/danh-ba")
    assert "Danh sách không làm thay đổi gì" in admin.open(where)


def test_a_list_shown_before_the_directory_changed_is_shown_again(office: Office, admin: Visitor) -> None:
    _, where = uploaded(admin, LIST.encode())
    admin.open(where)
    old = admin.form("/xem")
    admin.open("/danh-ba/co-quan/moi")
    admin.press("/moi", {"name": "Sở Y tế"})

    page = admin.submit(old, expect=HTTPStatus(409))
    assert "danh bạ vừa thay đổi" in page
    assert "2 Sở Y tế so-y-te thay đổi" in rows_of(page)[0]
    assert "Đã thêm 0 cơ quan" in admin.press("/xem")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tệp trống"),
        (b"\x89PNG\r\n\x1a\n\x00\x8f", "tệp không phải bảng tính Excel"),
        ("Mã;Hộp thư\nx;y\n".encode(), "không có cột nào ghi tên cơ quan"),
        (("Tên cơ quan\n" + "Sở X\n" * 100_000).encode(), "danh sách có hơn 20000 dòng"),
        (b"x" * 10_000_001, "danh sách lớn hơn 10 MB"),
    ],
)
def test_a_file_that_is_no_list_is_told_in_one_sentence(admin: Visitor, content: bytes, sentence: str) -> None:
    status, page = uploaded(admin, content, "Danh sách.csv")

    assert status == 422
    assert f"Danh sách.csv: {sentence}" in page


def test_a_file_of_somebody_else_is_no_list_that_waits(cast: Cast) -> None:
    client = cast.client(Role.ADMINISTRATOR)
    for file in ("", "x", "WyIwMDAwIiwiYSJd.AAAA"):
        assert client.get(f"/danh-ba/nhap/xem?tep={file}").status_code == 404
        assert client.post("/danh-ba/nhap/xem", {"file": file, "seen": "0" * 64}).status_code == 404


def test_an_administrator_of_another_agency_sees_no_consultation_and_no_answer(cast: Cast) -> None:
    client = cast.client(Role.ADMINISTRATOR)
    police = client.get("/danh-ba/co-quan/1").text
    assert "gia-lai-2020" not in police and "khac-2020" not in police
    assert "gia-lai-2020" in cast.client(Role.OFFICIAL).get("/danh-ba/co-quan/1").text
    for address in ("/ban-lam-viec/gia-lai-2020", "/ban-lam-viec/gia-lai-2020/y-kien", cast.page(Role.NEIGHBOUR)):
        assert client.get(address).status_code == 404


def fill(office: Office, first: int, last: int) -> None:
    entries = [
        AgencyEntry(f"xa-{number}", f"Ủy ban nhân dân xã số {number}", kind="commune") for number in range(first, last)
    ]
    with writing(office.database) as session:
        session.execute(insert(Agency), [{"code": entry.code, **values_of(entry)} for entry in entries])
        group = session.query(AgencyGroup).first()
        assert group is not None
        ids = [row.id for row in session.query(Agency.id).filter(Agency.kind == "commune")][first:]
        session.execute(
            insert(GroupMember),
            [
                {"group_id": group.id, "agency_id": each, "position": 100 + place}
                for place, each in enumerate(ids, first)
            ],
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "/danh-ba",
        "/danh-ba?tim=xa+so&trang=2&xep=thu-tu",
        "/danh-ba/nhom/1",
        "/danh-ba/co-quan/1",
        "/danh-ba/danh-ba.csv",
    ],
)
def test_3500_agencies_ask_no_more_questions_than_few(office: Office, address: str) -> None:
    visitor, asked = office.signed_in(ADMIN, role=OfficialRole.ADMINISTRATOR), []
    for first, last in ((0, 120), (120, 3_500)):
        fill(office, first, last)
        visitor.open(address)
        with counted(office.database) as statements:
            visitor.open(address)
        asked.append(len(statements))

    assert asked[0] == asked[1] <= 7
