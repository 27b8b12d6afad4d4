"""When letters leave by themselves: the moments of reminders, and the one that is due. Pure; the caller brings ``now``.

A reminder is meant for 8:00 of a working day, so many working days before the last day of an agency's window. It is
due from then until it is sent or the window closes: whoever comes too late for several sends the newest alone.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from consult.domain.window import HO_CHI_MINH, Phase, Window, local, start_of
from consult.domain.working_days import before_working_days, is_working_day

MORNING, EVENING = time(8, 0), time(17, 0)
"""Letters leave by themselves between these hours of a working day, while there is time left for that."""
USUAL_DAYS = (3, 1)
"""Working days before the last day on which an agency is reminded, unless the office says otherwise."""
SHORT_WINDOW = timedelta(days=7)
"""A window of at most this length has one reminder, unless the office says otherwise."""
MOST_DAYS, MOST_REMINDERS = 60, 5
_APART = timedelta(hours=24)


@dataclass(frozen=True)
class Moment:
    """A reminder: ``days`` working days before the last day, ``at`` 8:00 there."""

    days: int
    at: datetime


def morning_of(day: date) -> datetime:
    """Return 8:00 of a day in Ho Chi Minh City."""
    return datetime.combine(day, MORNING, HO_CHI_MINH)


def days_for(window: Window, chosen: tuple[int, ...] | None) -> tuple[int, ...]:
    """Return how many working days before the last day there are reminders; ``chosen`` is None for the usual ones."""
    if chosen is not None:
        return tuple(sorted(set(chosen), reverse=True))
    return USUAL_DAYS[-1:] if window.closes_at - window.opens_at <= SHORT_WINDOW else USUAL_DAYS


def moments(window: Window, days: tuple[int, ...], invited_at: datetime) -> tuple[Moment, ...]:
    """Return the reminders of a window, earliest first: none within 24 hours of the invitation, none after the close.

    ``days`` are working days before the last day, as ``days_for`` gives them.
    """
    last = window.last_day()
    planned = (Moment(each, morning_of(before_working_days(last, each))) for each in days)
    earliest = max(invited_at, window.opens_at) + _APART
    return tuple(each for each in planned if earliest < each.at and window.phase(each.at) is Phase.OPEN)


def due_moment(planned: tuple[Moment, ...], window: Window, reminded: datetime | None, now: datetime) -> Moment | None:
    """Return the reminder that is due: the newest whose time has come, unless there was one on its day or later.

    ``reminded`` is when the agency last got a reminder, by the plan or by a click; None for never.
    """
    if window.withdrawn_at is not None or window.phase(now) is not Phase.OPEN:
        return None
    come = [each for each in planned if each.at <= now]
    if not come or (reminded is not None and reminded >= start_of(local(come[-1].at).date())):
        return None
    return come[-1]


def leaving_at(now: datetime, window: Window) -> datetime:
    """Return when a letter that is due now leaves: now within working hours, else the next working morning.

    Where that would be after the close it leaves now: late in the day is better than never.
    """
    here = local(now)
    if is_working_day(here.date()) and MORNING <= here.time() < EVENING:
        return now
    next_morning = next_working_morning(now)
    return next_morning if window.phase(next_morning) is Phase.OPEN else now


def next_working_morning(now: datetime) -> datetime:
    """Return the first 8:00 of a working day that is not before ``now``."""
    day = local(now).date()
    if morning_of(day) < now:
        day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return morning_of(day)


def coming(window: Window, days: tuple[int, ...], invited_at: datetime, now: datetime) -> tuple[Moment, ...]:
    """Return the reminders of a window that are still ahead at ``now``, earliest first."""
    return tuple(each for each in moments(window, days, invited_at) if each.at > now)


def read_days(text: str) -> tuple[int, ...] | None:
    """Read working days as people list them ("3, 1", "3 và 1"), the largest first; None for what is no such list.

    A list has 1 to ``MOST_REMINDERS`` numbers from 1 to ``MOST_DAYS``.
    """
    found = re.fullmatch(r"\s*\d{1,2}(\s*(,|;|và|\s)\s*\d{1,2})*\s*", text)
    days = {int(each) for each in re.findall(r"[0-9]+", text)} if found else set()
    fits = 0 < len(days) <= MOST_REMINDERS and min(days) >= 1 and max(days) <= MOST_DAYS
    return tuple(sorted(days, reverse=True)) if fits else None


def printed_days(days: tuple[int, ...]) -> str:
    """Return days as a list that ``read_days`` reads."""
    return ", ".join(str(each) for each in days)


def stored_days(days: tuple[int, ...] | None) -> str | None:
    """Return what the record keeps: None for the usual days, "" for no reminder, else the list."""
    return None if days is None else printed_days(days)


def from_stored(text: str | None) -> tuple[int, ...] | None:
    """Return the days that ``stored_days`` kept."""
    return None if text is None else read_days(text) or ()
