"""Sending again keeps what the agency said last; what a person types in the letter's date is weighed."""

from datetime import date, timedelta
from http import HTTPStatus

import pytest

from consult.domain.terms import Stance
from consult.store.database import reading
from consult.store.queries.own_answer import submissions
from tests.builders import CLOSES, OPENS, Office

POSITION = "DISAGREES"


def test_the_review_begins_from_what_was_sent_last(office: Office) -> None:
    office.clock.at = OPENS + timedelta(days=2)
    visitor = office.entered()
    code = office.address().code
    visitor.open(f"/gop-y/{code}/y-kien/moi?vi-tri=2.2")
    visitor.submit(visitor.form_with("content"), {"kind": "AMEND", "content": "Đề nghị bỏ."})
    visitor.open(f"/gop-y/{code}/xem-lai")
    visitor.press("/gui", {"stance": POSITION, "letter_number": "1127/CAT", "letter_date": "22/4/2020"})

    visitor.open(f"/gop-y/{code}/xem-lai")
    form = visitor.form("/gui").fields
    assert (form["stance"], form["letter_number"], form["letter_date"]) == (POSITION, "1127/CAT", "22/4/2020")
    visitor.press("/gui")
    with reading(office.database) as session:
        again = submissions(session, office.address().id)[0]
    assert (again.version, again.stance, again.letter_number) == (2, Stance.DISAGREES, "1127/CAT")
    assert again.letter_date == date(2020, 4, 22)


def test_a_stance_that_fits_no_more_is_asked_again(office: Office) -> None:
    visitor = office.entered()
    code = office.address().code
    visitor.open(f"/gop-y/{code}/xem-lai")
    visitor.press("/gui", {"stance": "AGREES"})
    visitor.open(f"/gop-y/{code}/y-kien/moi")
    visitor.submit(visitor.form_with("content"), {"kind": "OTHER", "content": "Đề nghị bổ sung."})
    visitor.open(f"/gop-y/{code}/xem-lai")
    assert "stance" not in visitor.form("/gui").fields


@pytest.mark.parametrize("typed", ["20/4/2020", "22/4/2020", "1/1/1900"])
def test_a_letter_is_dated_between_the_office_s_letter_and_today(office: Office, typed: str) -> None:
    visitor = office.entered()
    visitor.open(f"/gop-y/{office.address().code}/xem-lai")
    answer = {"stance": "AGREES", "letter_number": "864/UBND", "letter_date": typed}
    page = visitor.press("/gui", answer, HTTPStatus.UNPROCESSABLE_ENTITY)
    assert "Ngày văn bản phải từ 21/4/2020 đến hôm nay." in page
    assert 'value="864/UBND"' in page
    with reading(office.database) as session:
        assert submissions(session, office.address().id) == ()


def test_no_field_cuts_what_is_pasted(office: Office) -> None:
    visitor = office.entered()
    code = office.address().code
    for path in (f"/gop-y/{code}", f"/gop-y/{code}/y-kien/moi?vi-tri=2.1", f"/gop-y/{code}/xem-lai"):
        assert "maxlength" not in visitor.open(path)


def test_who_comes_in_again_is_still_known(office: Office) -> None:
    visitor = office.entered()
    link = office.link()
    visitor.open(link)
    page = visitor.press(link.rsplit("/", 1)[1])
    assert "Nguyễn Văn Mẫu" in page
    assert "/nguoi-gop-y" not in (visitor.response.request.path if visitor.response else "")


def test_late_words_come_back_with_the_way_to_the_office(office: Office) -> None:
    office.clock.at = CLOSES - timedelta(hours=1)
    visitor = office.entered()
    code = office.address().code
    visitor.open(f"/gop-y/{code}/y-kien/moi")
    form = visitor.form_with("content")
    office.clock.at = office.facts().window.closes_at
    page = visitor.submit(form, {"kind": "OTHER", "content": "Ý kiến muộn."}, HTTPStatus.GONE)
    assert "Ý kiến muộn." in page and f'href="/gop-y/{code}#contact"' in page
    assert "gopy@stttt.example" in visitor.open(f"/gop-y/{code}")
