"""All that a letter may mean by its deadlines: each passage with its closing moments, for an official to choose from.

It finds the passages in running text and lists their readings, the usual one of the practice first. It refuses to
choose: a passage with one reading is as much a proposal as one with three.

====================================================  =====================================================
wording                                               readings
====================================================  =====================================================
trước ngày D                                          D 00:00 (the last day is D−1); whole of D counts
đến ngày D                                            whole of D counts; D 00:00
chậm nhất, muộn nhất, đến hết, trong, hạn cuối ngày D   whole of D counts
trước 17 giờ 00 ngày D                                D 17:00
trước ngày D, 17 giờ 00                               D 17:00; D 00:00
trong giờ hành chính, cuối giờ ngày D                   D 17:00; whole of D counts
trước thứ Sáu, ngày D (which is a Monday)             the readings of D; those of the nearest Friday
trong thời hạn N ngày (làm việc) kể từ ngày nhận      counted from the letter's date; counted from today
====================================================  =====================================================
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from consult.domain.deadline_wording import HOUR, day_of, moment_at
from consult.domain.window import local, start_of
from consult.domain.working_days import after_working_days, rolled


class ReadAs(Enum):
    """How a moment came out of a wording."""

    BEFORE_DAY = "the day named does not count any more"
    WHOLE_DAY = "the whole of the day named counts"
    AT_HOUR = "at the hour named"
    OFFICE_HOURS = "when offices close on the day named"
    OTHER_WEEKDAY = "the nearest day with the weekday named"
    FROM_LETTER = "counted from the date of the letter"
    FROM_TODAY = "counted from today"
    FROM_DAY = "counted from the day named"

    @property
    def counted(self) -> bool:
        """Whether the moment was computed from an assumed day and stands nowhere in the letter."""
        return self in (ReadAs.FROM_LETTER, ReadAs.FROM_TODAY, ReadAs.FROM_DAY)


@dataclass(frozen=True)
class DeadlineReading:
    """One meaning of one passage: the printed ``wording``, the moment, and how it was read."""

    wording: str
    closes_at: datetime
    read_as: ReadAs

    @property
    def last_day(self) -> date:
        """The last local day on which an answer is on time."""
        return local(self.closes_at - timedelta(microseconds=1)).date()

    @property
    def on_weekend(self) -> bool:
        """Whether the last day is a Saturday or Sunday."""
        return self.last_day.weekday() > 4


_DATE = (
    r"(?P<day>\d{1,2})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{1,2})(?:\s*(?:[/.-]|,?\s+năm\s+)\s*(?P<year>\d{4}))?"
    r"(?!\s*[/.-]?\d)"
)
_WEEKDAYS = ("hai|2", "ba|3", "tư|4", "năm|5", "sáu|6", "bảy|7")
_WEEKDAY = r"(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)\b"
_CLOCK = r"(?:\d{1,2}\s*(?:giờ|h|g|:)\s*(?:\d{2})?\s*(?:phút|['’′])?)"
_OFFICE_HOURS = r"(?:cuối\s+giờ(?:\s+(?:chiều|làm\s+việc))?|giờ\s+(?:hành\s+chính|làm\s+việc))"
_LEAD = r"(?:chậm\s+nhất|muộn\s+nhất|hạn\s+cuối(?:\s+cùng)?|đến\s+hết|trước|trong|đến|hết)"
_FIXED = re.compile(
    rf"\b(?P<lead>{_LEAD})\b(?P<between>(?:\s|[,:(]|là|vào|hết|trước|lúc|{_OFFICE_HOURS}|của"
    rf"|{_CLOCK}|{_WEEKDAY}|ngày)*?)\(?\s*{_DATE}"
    rf"(?P<after>\)?(?:\s*[,(]\s*(?:trước\s+|vào\s+)?(?:lúc\s+)?(?:{_CLOCK}|{_WEEKDAY})[^\d,;.()]{{0,12}}\)?)?)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:trong\s+(?:(?:thời\s+hạn|thời\s+gian|vòng)\s+(?:là\s+)?)?|(?:chậm|muộn)\s+nhất\s+(?:là\s+|sau\s+)*|sau\s+)"
    r"(?P<number>\d{1,3})\s*(?:\([^)\d]{1,24}\)\s*)?ngày\b(?P<working>\s+làm\s+việc\b)?"
    rf"(?P<from>,?\s*\(?(?:kể\s+|tính\s+)*từ\s+(?:(?:ngày|khi)\s+)?(?:{_DATE}|[^.,;()]{{2,60}})\)?)?",
    re.IGNORECASE,
)
_ASKED = re.compile(r"góp\s+ý|ý\s+kiến|gửi|trả\s+lời|phản\s+hồi|thời\s+hạn|hạn\s+cuối|tham\s+gia", re.IGNORECASE)
_SIGNED = re.compile(
    r"ngày\s+(?:ký|ban\s+hành|phát\s+hành|gửi)|văn\s+bản\s+này\s+được\s+(?:ký|ban\s+hành)", re.IGNORECASE
)
_NEAR = 260
_OFFICE_CLOSES = timedelta(hours=17)


def readings_of(text: str, letter_date: date | None, today: date) -> tuple[DeadlineReading, ...]:
    """Return every reading of every deadline in running text, in its order, the usual reading of a passage first.

    ``letter_date`` gives the year where none is printed, and with ``today`` the days that a period is counted from.
    """
    found: list[tuple[int, DeadlineReading]] = []
    for match in _FIXED.finditer(text):
        if _about_answers(text, match):
            found += [(match.start(), each) for each in _fixed(match, letter_date or today)]
    for match in _RELATIVE.finditer(text):
        if _about_answers(text, match):
            found += [(match.start(), each) for each in _relative(match, letter_date, today)]
    found.sort(key=lambda pair: pair[0])
    return tuple(dict.fromkeys(reading for _, reading in found))


def _about_answers(text: str, match: re.Match[str]) -> bool:
    """Whether the sentence is about answering: other dates of the letter are no deadlines."""
    before = text[max(0, match.start() - _NEAR) : match.end()]
    sentence = re.split(r"[.!?]\s+(?=[A-ZĐÀ-Ỹ])", before)[-1]
    return bool(_ASKED.search(sentence) or _ASKED.search(text[match.end() : match.end() + 60].partition(". ")[0]))


def _fixed(match: re.Match[str], about: date) -> Iterator[DeadlineReading]:
    day = _day(match, about)
    if day is None:
        return
    wording = _printed(match[0])
    yield from _readings(match, day, wording)
    said = _weekday_said(f"{match['between']} {match['after']}")
    if said is not None and said != day.weekday():
        for reading in _readings(match, _nearest(day, said), wording):
            yield DeadlineReading(wording, reading.closes_at, ReadAs.OTHER_WEEKDAY)


def _readings(match: re.Match[str], day: date, wording: str) -> Iterator[DeadlineReading]:
    lead, between = " ".join(match["lead"].casefold().split()), match["between"].casefold()
    before, through = start_of(day), start_of(day + timedelta(days=1))
    hour, hour_after = HOUR.search(between), HOUR.search(match["after"])
    if hour or hour_after:
        moment = moment_at(day, hour or hour_after)  # type: ignore[arg-type]
        if moment is not None:
            yield DeadlineReading(wording, moment, ReadAs.AT_HOUR)
        if hour or lead != "trước":
            return
        yield DeadlineReading(wording, before, ReadAs.BEFORE_DAY)
    elif re.search(_OFFICE_HOURS, between):
        yield DeadlineReading(wording, before + _OFFICE_CLOSES, ReadAs.OFFICE_HOURS)
        yield DeadlineReading(wording, through, ReadAs.WHOLE_DAY)
    elif lead == "trước" and "hết" not in between:
        yield DeadlineReading(wording, before, ReadAs.BEFORE_DAY)
        yield DeadlineReading(wording, through, ReadAs.WHOLE_DAY)
    else:
        yield DeadlineReading(wording, through, ReadAs.WHOLE_DAY)
        if lead == "đến" and "hết" not in between:
            yield DeadlineReading(wording, before, ReadAs.BEFORE_DAY)


def _day(match: re.Match[str], about: date) -> date | None:
    """Return the day named; without a year the first such day from ``about`` on."""
    day, month = int(match["day"]), int(match["month"])
    if match["year"]:
        return day_of(day, month, int(match["year"]))
    this = day_of(day, month, about.year)
    return this if this is None or this >= about else day_of(day, month, about.year + 1)


def _weekday_said(text: str) -> int | None:
    words = " ".join(text.casefold().split())
    if "chủ nhật" in words:
        return 6
    said = re.search(r"thứ (\w+)", words)
    return next((at for at, names in enumerate(_WEEKDAYS) if said and said[1] in names.split("|")), None)


def _nearest(day: date, weekday: int) -> date:
    ahead = (weekday - day.weekday()) % 7
    return day + timedelta(days=ahead if ahead < 4 else ahead - 7)


def _relative(match: re.Match[str], letter_date: date | None, today: date) -> Iterator[DeadlineReading]:
    number, working, since = int(match["number"]), bool(match["working"]), match["from"] or ""
    for day, read_as in _counted_from(match, since, letter_date, today):
        last = after_working_days(day, number) if working else rolled(day + timedelta(days=number))
        yield DeadlineReading(_printed(match[0]), start_of(last + timedelta(days=1)), read_as)


def _counted_from(
    match: re.Match[str], since: str, letter_date: date | None, today: date
) -> Iterator[tuple[date, ReadAs]]:
    if match["day"]:
        named = _day(match, letter_date or today)
        if named is not None:
            yield named, ReadAs.FROM_DAY
        return
    if letter_date is not None:
        yield letter_date, ReadAs.FROM_LETTER
    if (letter_date is None or not _SIGNED.search(since)) and today != letter_date:
        yield today, ReadAs.FROM_TODAY


def _printed(passage: str) -> str:
    return " ".join(passage.split()).rstrip(" ,;(")
