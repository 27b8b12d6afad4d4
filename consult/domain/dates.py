"""Dates and moments as Vietnamese offices print them and as people type them.

It knows the forms of Nghị định 30/2020/NĐ-CP and local time. It refuses to know when a window closes (``window``) and
what the wording of a letter means (``deadline_wording``).
"""

import re
from datetime import date, datetime

from consult.domain.window import Window, local
from consult.domain.wording import clean_line

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def weekday(day: date) -> str:
    """Return the Vietnamese name of the weekday ("Chủ nhật")."""
    return _WEEKDAYS[day.weekday()]


def short_date(day: date) -> str:
    """Return a date as offices write it in running text: 27/4/2020 (a leading 0 for days < 10 and months 1 and 2).

    Nghị định 30/2020/NĐ-CP, annex I, II.4.b.
    """
    return f"{_padded_day(day)}/{_padded_month(day)}/{day.year}"


def _padded_day(day: date) -> str:
    return f"{day.day:02d}"


def _padded_month(day: date) -> str:
    return f"{day.month:02d}" if day.month <= 2 else str(day.month)


def printed_moment(moment: datetime) -> str:
    """Return a moment in local time as people read it: "Chủ nhật, 26/4/2020, 17 giờ 05"."""
    at = local(moment)
    return f"{weekday(at.date())}, {short_date(at.date())}, {at.hour:02d} giờ {at.minute:02d}"


def moment_in_title(moment: datetime) -> str:
    """Return a moment in local time as titles and sentences of documents have it: "17 giờ 05 ngày 26/4/2020"."""
    at = local(moment)
    return f"{at.hour:02d} giờ {at.minute:02d} ngày {short_date(at.date())}"


def printed_deadline(window: Window) -> str:
    """Return "đến hết Chủ nhật, 26/4/2020 (24 giờ 00)" or "trước 17 giờ 00, Thứ Hai, 27/4/2020"."""
    closes = local(window.closes_at)
    if (closes.hour, closes.minute, closes.second, closes.microsecond) == (0, 0, 0, 0):
        last = window.last_day()
        return f"đến hết {weekday(last)}, {short_date(last)} (24 giờ 00)"
    return f"trước {closes.hour:02d} giờ {closes.minute:02d}, {weekday(closes.date())}, {short_date(closes.date())}"


def read_date(text: str) -> date | None:
    """Read a date as people write it (27/4/2020, 27-4-2020, 27.4.2020, 2020-04-27); None when it is none."""
    text = clean_line(text)
    for pattern, order in ((_DAY_FIRST, (2, 1, 0)), (_YEAR_FIRST, (0, 1, 2))):
        found = pattern.fullmatch(text)
        if found:
            parts = [int(part) for part in found.groups()]
            return _date_or_none(*(parts[index] for index in order))
    return None


def names_day(text: str) -> bool:
    """Say whether a text is written as a date, though the calendar may have no such day (31/2/2020)."""
    return any(pattern.fullmatch(clean_line(text)) for pattern in (_DAY_FIRST, _YEAR_FIRST))


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
