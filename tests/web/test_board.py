"""The board in a browser: what it shows and tells, page by page, and what it hands out."""

from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest

from consult.domain import board
from tests.builders import CLOSES, POLICE, SLUG, Office
from tests.web.cast import Cast, Role
from tests.web.pages import Page

BOARD = f"/ban-lam-viec/{SLUG}"
MAILLESS = "Ủy ban nhân dân huyện Ia Pa"


def seen(cast: Cast, **asked: str) -> Page:
    answer = cast.client(Role.OFFICIAL).get(f"{BOARD}?{urlencode(asked)}")
    assert answer.status_code == 200
    return Page(answer.text)


def listed(page: Page) -> int:
    return sum(1 for tag, values in page.tags if tag == "tr" and values.get("id", "").startswith("a-"))


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ({}, 28),
        ({"loc": "sent"}, 2),
        ({"loc": "silent"}, 26),
        ({"loc": "no-mailbox"}, 1),
        ({"loc": "late"}, 0),
        ({"loc": "made-up"}, 28),
        ({"tim": "cong an TINH"}, 1),
        ({"tim": "uy ban", "loc": "no-mailbox", "theo": "name"}, 1),
        ({"trang": "99"}, 28),
        ({"trang": "x"}, 28),
        ({"tim": "x" * 5000}, 0),
    ],
)
def test_an_address_shows_the_lines_it_names(cast: Cast, asked: dict[str, str], number: int) -> None:
    assert listed(seen(cast, **asked)) == number


def test_the_counts_stand_with_their_identities(cast: Cast) -> None:
    words = " ".join(seen(cast).text.split())
    assert "28 cơ quan được lấy ý kiến = 2 đã gửi + 26 chưa gửi." in words
    assert "2 đã gửi = 0 thống nhất + 2 có ý kiến góp ý + 0 không có ý kiến." in words


def test_many_lines_come_in_pages(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "PAGE", 10)
    pages = [seen(cast, trang=str(number)) for number in (1, 2, 3)]
    assert [listed(page) for page in pages] == [10, 10, 8]
    codes = [values["id"] for page in pages for tag, values in page.tags if values.get("id", "").startswith("a-")]
    assert len(set(codes)) == 28


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({}, ["26 cơ quan", "1 cơ quan"]),
        ({"do": "chosen"}, ["Chưa chọn cơ quan nào"]),
        ({"one": "answering"}, ["Không có cơ quan nào được nhắc", "1 cơ quan đã chọn vừa gửi ý kiến"]),
        ({"one": "made-up"}, ["Không có cơ quan nào được nhắc"]),
    ],
)
def test_what_became_of_a_click_is_told(cast: Cast, form: dict[str, str], told: list[str]) -> None:
    client = cast.client(Role.OFFICIAL)
    if form.get("one") == "answering":
        form = {"one": cast.record.codes[Role.ANSWERING]}
    answer = client.post(f"{BOARD}/nhac", {**form, "loc": "silent", "tim": "a"})
    assert answer.status_code == 303
    where = answer.headers["Location"]
    assert "loc=silent" in where and "tim=a" in where
    page = unescape(client.get(where).text)
    assert [words for words in told if words not in page] == []


def test_one_is_reminded_once_a_day(cast: Cast) -> None:
    client, one = cast.client(Role.OFFICIAL), {"one": cast.record.codes[Role.SILENT]}
    assert "nhac=1" in client.post(f"{BOARD}/nhac", one).headers["Location"]
    again = client.post(f"{BOARD}/nhac", one).headers["Location"]
    assert "nhac=0" in again and "roi=1" in again
    cast.office.clock.at = CLOSES
    cast.keep_awake()
    assert "het=1" in client.post(f"{BOARD}/nhac", one).headers["Location"]


def test_the_sheet_carries_link_and_code_and_the_page_stays_closed_to_scripts(cast: Cast) -> None:
    code = cast.record.codes[Role.SILENT]
    page = Page(cast.client(Role.OFFICIAL).post(f"{BOARD}/in-lien-ket/{code}").text)
    pictures = [values for tag, values in page.tags if tag == "img" and values["src"].startswith("data:image/svg")]
    assert [values["alt"] for values in pictures] == [f"Mã QR mở liên kết góp ý của {POLICE}"]
    assert cast.office.link(POLICE) in "".join(page.text.split())


def test_several_sheets_are_printed_at_once(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    page = client.post(f"{BOARD}/in-lien-ket").text
    assert page.count("link-sheet-to") == 1 and MAILLESS in page
    codes = [cast.record.codes[Role.SILENT], cast.record.codes[Role.NEIGHBOUR]]
    assert client.post(f"{BOARD}/in-lien-ket", {"code": codes}).text.count("link-sheet-to") == 2


def test_the_silent_are_listed_to_be_copied(cast: Cast) -> None:
    page = unescape(cast.client(Role.OFFICIAL).get(f"{BOARD}/chua-gui").text)
    assert "còn 26 cơ quan, đơn vị chưa gửi ý kiến góp ý" in page
    assert "tại Công văn số 532/STTTT-BCVT ngày 21/4/2020" in page
    assert f"\n1. {POLICE};" in page


@pytest.mark.parametrize("name", ["tien-do", "vi-tri"])
def test_a_plot_is_a_picture_under_the_sites_policy(cast: Cast, name: str) -> None:
    answer = cast.client(Role.OFFICIAL).get(f"{BOARD}/bieu-do/{name}.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
    assert b"<style" not in answer.data and b"style=" not in answer.data


def test_after_the_close_the_silent_have_sent_nothing(office: Office) -> None:
    office.clock.at = CLOSES + timedelta(hours=1)
    assert office.signed_in().open(BOARD).count("<span>không gửi") == 28


def test_an_answer_of_today_stands_in_the_table_beside_the_plot(cast: Cast) -> None:
    words = "".join(seen(cast).text.split())
    assert "Sốcơquangửitrongngày" in words and "22/4/2020220" in words
