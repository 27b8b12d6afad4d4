"""What the letters about the office's acts of the week say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain.window import closing_before
from consult.mail import notices
from consult.mail.layout import render
from consult.mail.notices import ActFacts
from consult.mail.parts import Letter
from tests.mail.test_letters import OCCASION, OPENING, OPENS, POLICE

AT = datetime(2020, 4, 23, 2, 5, tzinfo=UTC)
ACT = ActFacts("Theo đề nghị của các huyện", "611/STTTT-BCVT", date(2020, 4, 24))
BEFORE = OCCASION.window
LONGER = replace(OCCASION, window=closing_before(OPENS, date(2020, 4, 30)))
LATE = replace(OCCASION, window=replace(BEFORE, late_until=BEFORE.closes_at + timedelta(days=2)))
LETTERS = {
    "extended": notices.extended(LONGER, POLICE, BEFORE, ACT),
    "late_allowed": notices.late_allowed(LATE, POLICE, ACT),
    "closed_early": notices.closed_early(OCCASION, POLICE, LONGER.window, ACT),
    "withdrawn": notices.withdrawn(OCCASION, POLICE, AT, ACT),
    "taken_back": notices.taken_back(OCCASION, POLICE, AT, ACT),
}


@pytest.mark.parametrize("letter", LETTERS.values(), ids=LETTERS)
def test_each_begins_from_the_offices_own_letter_and_names_that_about_the_act_and_why(letter: Letter) -> None:
    words = render(letter)
    paragraphs = words.text.split("\n\n")
    assert paragraphs[0] == "Kính gửi: Công an tỉnh"
    assert paragraphs[1].startswith(OPENING)
    assert ", theo Công văn số 611/STTTT-BCVT ngày 24/4/2020." in paragraphs[1]
    assert "Lý do: Theo đề nghị của các huyện" in words.text
    assert "\n" not in words.subject and "Tăng cường công tác quản lý Internet" in words.subject


def test_both_deadlines_stand_in_a_letter_about_another_close() -> None:
    text = render(LETTERS["extended"]).text
    assert "Thời hạn mới: đến hết Thứ Tư, 29/4/2020 (24 giờ 00)" in text
    assert "Thời hạn cũ: đến hết Chủ nhật, 26/4/2020 (24 giờ 00)" in text


def test_without_a_letter_of_its_own_an_act_names_none() -> None:
    text = render(notices.withdrawn(OCCASION, POLICE, AT, ActFacts("Nhầm tệp", "", None))).text
    assert text.count("Công văn số") == 1


def test_a_withdrawal_leads_to_no_page_where_nothing_is_taken() -> None:
    assert "dừng việc góp ý" in render(LETTERS["withdrawn"]).text
    assert "liên kết đã gửi không còn hiệu lực" in render(LETTERS["taken_back"]).text
    assert "09 giờ 05" in render(LETTERS["withdrawn"]).text
