"""Dates and moments as they are printed and typed."""

from datetime import date, datetime

import pytest

from consult.domain.dates import printed_deadline, printed_moment, read_date, short_date
from consult.domain.window import HO_CHI_MINH, Window, closing_before, closing_through

OPENS = datetime(2020, 4, 21, 8, 0, tzinfo=HO_CHI_MINH)


@pytest.mark.parametrize(
    ("day", "short"),
    [
        (date(2020, 4, 27), "27/4/2020"),
        (date(2020, 1, 5), "05/01/2020"),
        (date(2020, 2, 29), "29/02/2020"),
        (date(2020, 3, 1), "01/3/2020"),
    ],
)
def test_dates_as_offices_write_them(day: date, short: str) -> None:
    assert short_date(day) == short


@pytest.mark.parametrize(
    "typed", ["27/4/2020", "27/04/2020", "27-4-2020", "27.4.2020", " 27 / 4 / 2020 ", "2020-04-27"]
)
def test_dates_as_people_type_them(typed: str) -> None:
    assert read_date(typed) == date(2020, 4, 27)


@pytest.mark.parametrize("typed", ["", "31/2/2020", "27/4", "mai", "4/27/2020"])
def test_what_is_no_date(typed: str) -> None:
    assert read_date(typed) is None


def test_moments_and_deadlines_in_words() -> None:
    assert printed_moment(datetime(2020, 4, 26, 17, 5, tzinfo=HO_CHI_MINH)) == "Chủ nhật, 26/4/2020, 17 giờ 05"
    assert printed_deadline(closing_before(OPENS, date(2020, 4, 27))) == "đến hết Chủ nhật, 26/4/2020 (24 giờ 00)"
    assert printed_deadline(closing_through(OPENS, date(2020, 4, 27))) == "đến hết Thứ Hai, 27/4/2020 (24 giờ 00)"
    at_five = Window(OPENS, datetime(2020, 4, 27, 17, 0, tzinfo=HO_CHI_MINH))
    assert printed_deadline(at_five) == "trước 17 giờ 00, Thứ Hai, 27/4/2020"
