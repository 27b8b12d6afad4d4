"""Working days over the holidays that move, as they were announced."""

from datetime import date, timedelta

import pytest

from consult.domain.working_days import after_working_days, holidays_known, is_working_day, rolled

# First and last day off of Tết, by the year, with the days of Giỗ Tổ as offices had them off.
TET = [
    (date(2020, 1, 23), date(2020, 1, 29), date(2020, 4, 2)),
    (date(2021, 2, 10), date(2021, 2, 16), date(2021, 4, 21)),
    (date(2022, 1, 29), date(2022, 2, 6), date(2022, 4, 11)),
    (date(2023, 1, 20), date(2023, 1, 26), date(2023, 5, 2)),
    (date(2024, 2, 8), date(2024, 2, 14), date(2024, 4, 18)),
    (date(2025, 1, 25), date(2025, 2, 2), date(2025, 4, 7)),
    (date(2026, 2, 14), date(2026, 2, 22), date(2026, 4, 27)),
]


@pytest.mark.parametrize(("first", "last", "ancestors"), TET)
def test_no_office_works_at_tet_nor_on_the_day_of_the_ancestors(first: date, last: date, ancestors: date) -> None:
    assert holidays_known(first.year)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert not [day for day in (*days, ancestors) if is_working_day(day)]
    assert is_working_day(last + timedelta(days=1))
    assert after_working_days(first, 1) == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("off", "made_up"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 8, 31), date(2026, 8, 22)),
    ],
)
def test_an_exchanged_day_is_off_and_its_saturday_is_worked(off: date, made_up: date) -> None:
    assert off.weekday() < 5 and made_up.weekday() == 5
    assert not is_working_day(off)
    assert is_working_day(made_up)


def test_four_working_days_over_the_holidays_of_april_2025() -> None:
    assert after_working_days(date(2025, 4, 25), 4) == date(2025, 5, 5), "after 26/4, 28/4 and 29/4"


def test_culture_day_is_off_from_2026() -> None:
    assert rolled(date(2026, 11, 24)) == date(2026, 11, 25)
    assert is_working_day(date(2025, 11, 24))
