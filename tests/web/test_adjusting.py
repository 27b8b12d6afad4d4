"""The week's acts as an official meets them: what was typed comes back, one sentence says why not, all see it."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from consult.store.database import reading
from consult.store.queries.rounds import invited_lines
from tests.builders import CLOSES, OPENS, SLUG
from tests.web import requests
from tests.web.cast import Cast, Role
from tests.web.pages import Page

PAGE = f"/ban-lam-viec/{SLUG}/dieu-chinh"
WHY = "Theo đề nghị của các huyện"


def post(cast: Cast, act: str, **typed: str) -> TestResponse:
    return cast.client(Role.OFFICIAL).post(f"{PAGE}/{act}", typed)


def extend(cast: Cast, **typed: str) -> TestResponse:
    usual = {"day": "30/4/2020", "hour": "", "reason": WHY, "agency": ""}
    return post(cast, "gia-han", **{f"extend-{name}": value for name, value in (usual | typed).items()})


def test_a_day_is_a_close_at_its_end_and_an_hour_cuts_it(cast: Cast) -> None:
    assert extend(cast).status_code == 303
    assert cast.office.facts().window.closes_at == CLOSES + timedelta(days=4)
    assert extend(cast, day="2/5/2020", hour="17 giờ 30").status_code == 303
    assert cast.office.facts().deadline_text == "trước 17 giờ 30, Thứ Bảy, 02/5/2020"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"day": "20/4/2020"}, "Thời hạn mới phải muộn hơn thời hạn đang áp dụng"),
        ({"day": "31/2/2020"}, "ví dụ 27/4/2020"),
        ({"day": ""}, "Hãy ghi ngày cuối cùng."),
        ({"hour": "25:00"}, "Hãy ghi giờ, ví dụ 17:00."),
        ({"hour": "chiều"}, "Hãy ghi giờ, ví dụ 17:00."),
        ({"reason": " "}, "Hãy ghi lý do."),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_comes_back(cast: Cast, typed: dict[str, str], words: str) -> None:
    answer = extend(cast, letter_number="611/STTTT-BCVT", **typed)
    assert answer.status_code == 422
    assert words in Page(answer.text).text
    assert ("extend-letter_number", "611/STTTT-BCVT") in list(Page(answer.text).values())
    assert cast.office.facts().window.closes_at == CLOSES


def test_one_agency_is_given_longer_and_sees_it(cast: Cast) -> None:
    assert extend(cast, agency=cast.record.codes[Role.SILENT]).status_code == 303
    mine = cast.client(Role.SILENT).get(cast.page(Role.SILENT)).text
    other = cast.client(Role.ANSWERING).get(cast.page(Role.ANSWERING)).text
    assert "đến hết Thứ Năm, 30/4/2020 (24 giờ 00)" in mine
    assert f"Lý do: {WHY}" in Page(mine).text and WHY not in other
    assert "30/4/2020" not in other
    assert "30/4/2020" not in cast.client(Role.VISITOR).get(f"/ho-so/{SLUG}").text


@pytest.mark.slow
def test_everybody_reads_what_changed_and_by_which_letter(cast: Cast) -> None:
    extend(cast, letter_number="611/STTTT-BCVT", letter_date="24/4/2020")
    for role, address in ((Role.VISITOR, f"/ho-so/{SLUG}"), (Role.SILENT, cast.page(Role.SILENT))):
        words = Page(cast.client(role).get(address).text).text
        assert "gia hạn: đến hết Thứ Năm, 30/4/2020 (24 giờ 00) · Công văn số 611/STTTT-BCVT ngày 24/4/2020" in words
        assert f"Lý do: {WHY}" in words


def test_an_agency_is_found_without_accents_and_asked(cast: Cast) -> None:
    requests._know(cast)
    page = cast.client(Role.OFFICIAL).get(f"{PAGE}?tim=TU+PHAP").text
    assert "Sở Tư pháp" in page
    police = cast.client(Role.OFFICIAL).get(f"{PAGE}?tim=cong+an+tinh").text
    assert "Không có cơ quan nào" in police
    answer = cast.client(Role.OFFICIAL).post(
        f"{PAGE}/bo-sung?tim=tu+phap", {"add-agencies": "so-tu-phap", "add-reason": WHY, "add-day": "3/5/2020"}
    )
    assert answer.status_code == 303
    assert cast.office.address("Sở Tư pháp").window.closes_at == CLOSES + timedelta(days=7)


def test_an_agency_joins_a_line_for_several(cast: Cast) -> None:
    requests._know(cast)
    page = Page(cast.client(Role.OFFICIAL).get(f"{PAGE}?tim=tu+phap").text)
    assert "Vị trí trong danh sách" in page.text
    typed = {"add-agencies": "so-tu-phap", "add-reason": WHY, "add-line": "7"}
    assert cast.client(Role.OFFICIAL).post(f"{PAGE}/bo-sung?tim=tu+phap", typed).status_code == 303
    with reading(cast.office.database) as session:
        (line,) = (each for each in invited_lines(session, cast.office.facts().id) if "Sở Tư pháp" in each.members)
    assert line.line == "Ủy ban nhân dân các huyện, thị xã, thành phố"
    assert "Sở Tư pháp" in cast.client(Role.OFFICIAL).get(f"/ban-lam-viec/{SLUG}").text


def test_the_search_marks_no_wildcards(cast: Cast) -> None:
    requests._know(cast)
    assert "Không có cơ quan nào" in cast.client(Role.OFFICIAL).get(f"{PAGE}?tim=%25_").text


def test_an_agency_that_has_sent_cannot_be_taken_off(cast: Cast) -> None:
    code = cast.record.codes[Role.ANSWERING]
    answer = post(cast, "rut-de-nghi", **{"take_back-agency": code, "take_back-reason": WHY})
    assert answer.status_code == 422
    assert "Cơ quan này đã gửi ý kiến" in answer.text


def test_closing_at_once_and_twice(cast: Cast) -> None:
    cast.restore(OPENS + timedelta(days=2))
    assert post(cast, "ket-thuc-som", **{"close-reason": WHY}).status_code == 303
    assert cast.office.facts().window.closes_at == OPENS + timedelta(days=2)
    again = post(cast, "ket-thuc-som", **{"close-reason": WHY})
    assert again.status_code == 422
    assert "Không kết thúc sớm được: đợt lấy ý kiến đã kết thúc" in again.text


def test_withdrawing_needs_the_tick_and_then_nothing_is_taken(cast: Cast) -> None:
    assert post(cast, "rut-ho-so", **{"withdraw-reason": WHY}).status_code == 422
    assert post(cast, "rut-ho-so", **{"withdraw-reason": WHY, "withdraw-sure": "y"}).status_code == 303
    for role, address in (
        (Role.VISITOR, f"/ho-so/{SLUG}"),
        (Role.SILENT, cast.page(Role.SILENT)),
        (Role.OFFICIAL, PAGE),
    ):
        assert "Hồ sơ lấy ý kiến này đã được rút" in cast.client(role).get(address).text
    where = f"{cast.page(Role.SILENT)}/thong-nhat-toan-bo"
    agreeing = {"key": "5" * 32, "seen": requests.seen(cast, "silent")}
    refused = cast.client(Role.SILENT).post(where, agreeing)
    assert refused.status_code == 410
    told = Page(refused.text).text
    assert "Hồ sơ lấy ý kiến này đã được rút" in told and f"Lý do: {WHY}" in told
    assert "Đã hết thời gian" not in told and "sau thời hạn" not in told
    assert cast.client(Role.OFFICIAL).get(PAGE).text.count("<form") == 1


def test_lists_and_the_board_say_that_a_consultation_was_withdrawn(cast: Cast) -> None:
    post(cast, "rut-ho-so", **{"withdraw-reason": WHY, "withdraw-sure": "y"})
    for role, address in (
        (Role.VISITOR, "/"),
        (Role.OFFICIAL, "/ban-lam-viec"),
        (Role.OFFICIAL, f"/ban-lam-viec/{SLUG}"),
        (Role.SILENT, cast.page(Role.SILENT)),
    ):
        assert "đã rút, dừng lấy ý kiến" in Page(cast.client(role).get(address).text).text, address


def test_letters_are_counted_for_the_official(cast: Cast) -> None:
    page = cast.client(Role.OFFICIAL).get(extend(cast).location or "").text
    assert "27 thư đang được gửi đi." in page


def test_the_reminders_ahead_are_shown_and_can_be_set(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    assert "Thứ Sáu, 24/4/2020, 08 giờ 00" in Page(client.get(PAGE).text).text
    assert post(cast, "nhac-nho", reminding="chosen", reminder_days="2").status_code == 303
    assert cast.office.facts().reminder_days == (2,)
    page = Page(client.get(PAGE).text)
    assert "Thứ Năm, 23/4/2020, 08 giờ 00" in page.text and "Thứ Sáu, 24/4/2020, 08 giờ 00" not in page.text
    assert ("reminder_days", "2") in list(page.values())
    assert post(cast, "nhac-nho", reminding="never", reminder_days="2").status_code == 303
    assert cast.office.facts().reminder_days == ()
    assert "Không còn lần nhắc nào sắp tới." in client.get(PAGE).text


def test_the_letter_about_the_close_is_turned_on_and_off(cast: Cast) -> None:
    assert post(cast, "nhac-nho", reminding="usual", tells_close="y").status_code == 303
    assert cast.office.facts().tells_close
    assert post(cast, "nhac-nho", reminding="usual").status_code == 303
    assert not cast.office.facts().tells_close


@pytest.mark.parametrize("days", ["", "0", "3 1 mai", "61", "1" * 500])
def test_days_that_are_none_are_told_and_come_back(cast: Cast, days: str) -> None:
    answer = post(cast, "nhac-nho", reminding="chosen", reminder_days=days)
    assert answer.status_code == 422
    assert "Ghi từ một đến năm số" in answer.text or "quá dài" in answer.text
    assert ("reminder_days", days) in list(Page(answer.text).values())
    assert cast.office.facts().reminder_days is None
