"""What a letter's wording of the deadline means: the closing moment of a fixed day, by the practice of offices.

"trước ngày D" closes at D 00:00; "trước 17 giờ 00 ngày D" at D 17:00; "đến hết", "chậm nhất", "trong", "hạn cuối" close
with the end of D. Wordings without a fixed day ("trong thời hạn 7 ngày …") are not read.
"""

import re
from datetime import date, datetime, time, timedelta

from consult.domain.window import HO_CHI_MINH, start_of
from consult.domain.wording import clean_line

_DAY = re.compile(r"(\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(\d{4})")
_HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|h|:)\s*(\d{2})?")
_BEFORE = re.compile(r"\btrước\b")
_THROUGH = re.compile(r"đến hết|chậm nhất|trong ngày|hạn cuối|hết ngày")


def closing_of(wording: str) -> datetime | None:
    """Return the closing moment that a wording names, or None when it names none for certain."""
    text = clean_line(wording).casefold()
    days = _DAY.findall(text)
    if len(days) != 1:
        return None
    day = _day(*map(int, days[0]))
    hour = _HOUR.search(_DAY.split(text)[0])
    if day is None:
        return None
    if hour:
        return _at(day, hour)
    if _BEFORE.search(text) and not _THROUGH.search(text):
        return start_of(day)
    return start_of(day + timedelta(days=1)) if _THROUGH.search(text) else None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, hour: re.Match[str]) -> datetime | None:
    hours, minutes = int(hour[1]), int(hour[2] or 0)
    if (hours, minutes) == (24, 0):
        return start_of(day + timedelta(days=1))
    if hours > 23 or minutes > 59:
        return None
    return datetime.combine(day, time(hours, minutes), HO_CHI_MINH)
