"""When officials are told by letter of what happens to their rounds. Pure; the caller brings ``now``.

A digest is meant for 8:00 of each working day and is made within working hours or not at all: what was missed stands
in the next one. Undelivered letters are told of together.
"""

from datetime import datetime, timedelta

from consult.domain.reminder_plan import EVENING, Moment, moments, morning_of
from consult.domain.window import Phase, Window, local
from consult.domain.working_days import is_working_day

SETTLED = timedelta(minutes=1)
"""A digest leaves out what is younger: an answer may still be on its way into the record under its own moment."""
FAILURES_APART = timedelta(hours=1)
"""The least time between two letters about undelivered requests; about others there is one a day."""
STORM = timedelta(minutes=15)
"""For so long a sending that is going on is waited for, so that one letter tells what became of it."""
CLOSED_LETTERS_FOR = timedelta(days=7)
"""A letter about the close is sent within this time of it, or not at all."""


def at_work(now: datetime) -> bool:
    """Say whether letters that nobody waits for leave now: on a working day, from 8:00 and before 17:00."""
    here = local(now)
    return is_working_day(here.date()) and morning_of(here.date()) <= now and here.time() < EVENING


def digest_until(told_until: datetime | None, now: datetime) -> datetime | None:
    """Return up to which moment a digest is to tell, None when none is due; ``told_until`` is that of the last."""
    if not at_work(now):
        return None
    morning = morning_of(local(now).date())
    told_today = told_until is not None and told_until + SETTLED >= morning
    return None if told_today else now - SETTLED


def failures_due(last: datetime | None, urgent: bool, now: datetime) -> bool:
    """Say whether undelivered letters are told of now; ``last`` is when some were, ``urgent``: a request is among them.

    Requests are told of at any hour of the day, others in the morning.
    """
    if urgent:
        return last is None or last + FAILURES_APART <= now
    return at_work(now) and (last is None or local(last).date() < local(now).date())


def closing_soon(window: Window, opened_at: datetime, now: datetime) -> Moment | None:
    """Return the morning of the working day before the last one when it has come and the window is open, else None.

    There is none within 24 hours of the opening.
    """
    planned = moments(window, (1,), opened_at)
    open_still = window.withdrawn_at is None and window.phase(now) is Phase.OPEN
    return planned[0] if planned and planned[0].at <= now and open_still else None


def many_silent(silent: int, asked: int) -> bool:
    """Say whether so many are silent that the officials are told: half of those asked or more."""
    return 0 < asked <= 2 * silent


def told_of_close(window: Window, now: datetime) -> bool:
    """Say whether a letter about the close may be made now: nothing is taken any more, for a week, in working hours."""
    over = window.withdrawn_at is None and window.phase(now) is Phase.CLOSED
    return over and now < window.ends_at() + CLOSED_LETTERS_FOR and at_work(now)
