"""Working days of Vietnamese offices: Monday to Friday less public holidays.

The days of Tết and of Giỗ Tổ follow the moon and are announced each year, as are days off that make up for a holiday
on a weekend or are exchanged for a Saturday; ``ANNOUNCED`` and ``MADE_UP`` hold them for the years that they know. For
another year only the fixed holidays of the Labour Code (Bộ luật Lao động, Điều 112) are left out, so that a count over
Tết of such a year comes too early.

The days of 2020 to 2026 were compared with the package "holidays" 0.109 (country VN), which names the announcements:
dispatch 2450/VPCP-KGVX of 2024 (29/4/2024 for 4/5), announcement 6150/TB-BLĐTBXH of 2024 (2/5/2025 for 26/4), the days
of National Day 2026 (31/8 for 22/8), and resolution 80-NQ/TW (Culture Day, 24/11, from 2026).
"""

from collections.abc import Mapping
from datetime import date, timedelta

_FIXED = frozenset({(1, 1), (4, 30), (5, 1), (9, 2)})


def _days(year: int, *months: tuple[int, tuple[int, ...]]) -> frozenset[date]:
    return frozenset(date(year, month, day) for month, days in months for day in days)


ANNOUNCED: Mapping[int, frozenset[date]] = {
    2020: _days(2020, (1, (23, 24, 27, 28, 29)), (4, (2,))),
    2021: _days(2021, (2, (10, 11, 12, 15, 16)), (4, (21,)), (5, (3,)), (9, (3,))),
    2022: _days(2022, (1, (3, 31)), (2, (1, 2, 3, 4)), (4, (11,)), (5, (2, 3)), (9, (1,))),
    2023: _days(2023, (1, (2, 20, 23, 24, 25, 26)), (5, (2, 3)), (9, (1, 4))),
    2024: _days(2024, (2, (8, 9, 12, 13, 14)), (4, (18, 29)), (9, (3,))),
    2025: _days(2025, (1, (27, 28, 29, 30, 31)), (4, (7,)), (5, (2,)), (9, (1,))),
    2026: _days(2026, (2, (16, 17, 18, 19, 20)), (4, (27,)), (8, (31,)), (9, (1,)), (11, (24,))),
}
MADE_UP = frozenset({date(2024, 5, 4), date(2025, 4, 26), date(2026, 8, 22)})
"""Saturdays on which offices work instead of an exchanged day."""


def is_working_day(day: date) -> bool:
    """Say whether offices work on this day, as far as holidays are known."""
    if day in MADE_UP:
        return True
    return day.weekday() < 5 and (day.month, day.day) not in _FIXED and day not in ANNOUNCED.get(day.year, ())


def holidays_known(year: int) -> bool:
    """Say whether the holidays that follow the moon are known for this year."""
    return year in ANNOUNCED


def rolled(day: date) -> date:
    """Return the day itself when offices work on it, else the next one on which they do."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def after_working_days(day: date, number: int) -> date:
    """Return the working day that is the ``number``-th after ``day``."""
    for _ in range(number):
        day = rolled(day + timedelta(days=1))
    return day


def before_working_days(day: date, number: int) -> date:
    """Return the working day that is the ``number``-th before ``day``."""
    for _ in range(number):
        day -= timedelta(days=1)
        while not is_working_day(day):
            day -= timedelta(days=1)
    return day
