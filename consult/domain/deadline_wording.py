"""What a letter's wording of the deadline means: the closing moment of a fixed day, by the practice of offices.

"trước ngày D" closes at D 00:00; "trước 17 giờ 00 ngày D" at D 17:00; "đến hết", "chậm nhất", "trong", "hạn cuối" close
with the end of D. ``closing_of`` says only what is certain; which other readings a wording has, and those without a
fixed day ("trong thời hạn 7 ngày …"), is the matter of ``deadline_readings``.
"""

import re
from datetime import date, datetime, time, timedelta

from consult.domain.window import HO_CHI_MINH, start_of
from consult.domain.wording import clean_line

DAY = re.compile(r"(\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(\d{4})")
HOUR = re.compile(r"(\d{1,2})\s*(?:giờ|h|:)\s*(\d{2})?")
BEFORE = re.compile(r"\btrước\b")
THROUGH = re.compile(r"đến hết|chậm nhất|muộn nhất|trong ngày|hạn cuối|hết ngày")


def closing_of(wording: str) -> datetime | None:
    """Return the closing moment that a wording names, or None when it names none for certain."""
    text = clean_line(wording).casefold()
    days = DAY.findall(text)
    if len(days) != 1:
        return None
    day = day_of(*map(int, days[0]))
    hour = HOUR.search(DAY.split(text)[0])
    if day is None:
        return None
    if hour:
        return moment_at(day, hour)
    if BEFORE.search(text) and not THROUGH.search(text):
        return start_of(day)
    return start_of(day + timedelta(days=1)) if THROUGH.search(text) else None


def day_of(day: int, month: int, year: int) -> date | None:
    """Return the date, None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moment_at(day: date, hour: re.Match[str]) -> datetime | None:
    """Return the moment of a found ``HOUR`` on a day; 24 giờ is the end of it, None when there is no such hour."""
    hours, minutes = int(hour[1]), int(hour[2] or 0)
    if (hours, minutes) == (24, 0):
        return start_of(day + timedelta(days=1))
    if hours > 23 or minutes > 59:
        return None
    return datetime.combine(day, time(hours, minutes), HO_CHI_MINH)
