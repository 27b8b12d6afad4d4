"""The deadline: one half-open window ``[opens_at, closes_at)`` and the only comparison with it in the program.

All moments are aware datetimes. Local time is Asia/Ho_Chi_Minh (UTC+7, no daylight saving since 1975). This module
knows no clock: the caller brings ``now``.

The closing moment of each wording follows the practice of Vietnamese offices:

===============================================  ==========================================
wording of the letter                            constructor
===============================================  ==========================================
"trước ngày D"                                   ``closing_before(D)``: D 00:00
"đến hết ngày D", "chậm nhất ngày D", "trong ngày D"  ``closing_through(D)``: the day after D, 00:00
"trước 17 giờ 00 ngày D"                         ``closing_at(D 17:00)``
===============================================  ==========================================
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

HO_CHI_MINH = ZoneInfo("Asia/Ho_Chi_Minh")


class Phase(Enum):
    """What may be done at a moment: nothing yet, answer, answer late, read only."""

    UPCOMING = "upcoming"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"

    @property
    def takes_answers(self) -> bool:
        """Whether an answer is taken in this phase (on time or marked late)."""
        return self in (Phase.OPEN, Phase.LATE)


def start_of(day: date) -> datetime:
    """Return 00:00 of ``day`` in Ho Chi Minh City, aware."""
    return datetime.combine(day, time.min, HO_CHI_MINH)


def local(moment: datetime) -> datetime:
    """Return the same moment in Ho Chi Minh City's time; ``ValueError`` for a naive one."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(HO_CHI_MINH)


@dataclass(frozen=True)
class Window:
    """When answers are taken: from ``opens_at`` up to, not including, ``closes_at``; then late until ``late_until``.

    From ``withdrawn_at`` on nothing is taken, whatever the other moments say.
    """

    opens_at: datetime
    closes_at: datetime
    late_until: datetime | None = None
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        late = self.late_until or self.closes_at
        if self.opens_at.tzinfo is None or self.closes_at.tzinfo is None or late.tzinfo is None:
            raise ValueError("the moments of a window need a time zone")
        if not self.opens_at < self.closes_at:
            raise ValueError("the window closes before it opens")
        if self.late_until is not None and self.late_until < self.closes_at:
            raise ValueError("late_until is before the close")

    def phase(self, now: datetime) -> Phase:
        """Say what may be done at ``now``: at exactly ``closes_at`` the window is closed (or late)."""
        if self.withdrawn(now):
            return Phase.CLOSED
        if now < self.opens_at:
            return Phase.UPCOMING
        if now < self.closes_at:
            return Phase.OPEN
        if self.late_until is not None and now < self.late_until:
            return Phase.LATE
        return Phase.CLOSED

    def withdrawn(self, now: datetime) -> bool:
        """Say whether the consultation is withdrawn at ``now``."""
        return self.withdrawn_at is not None and self.withdrawn_at <= now

    def received_late(self, day: date) -> bool:
        """Say whether a letter that came on ``day`` came after the close.

        The stamp of an office tells the day and no hour: a letter of the day on which the window closes at some hour
        ("trước 17 giờ") is on time; where it closes at 00:00, the day before was the last.
        """
        return start_of(day) >= self.closes_at

    def ends_at(self) -> datetime:
        """Return the moment from which nothing is taken any more."""
        ends_at = self.late_until or self.closes_at
        return min(ends_at, self.withdrawn_at) if self.withdrawn_at else ends_at

    def last_day(self) -> date:
        """Return the last local day on which an answer is on time (the day before a close at 00:00)."""
        return local(self.closes_at - timedelta(microseconds=1)).date()

    def days_left(self, now: datetime) -> int:
        """Count local days from ``now`` to the last day: 0 on the last day itself, negative after it."""
        return (self.last_day() - local(now).date()).days

    def later_close(self, closes_at: datetime, now: datetime) -> bool:
        """Say whether ``closes_at`` would give more time than there is: later than the close and than ``now``."""
        return self.closes_at < closes_at and now < closes_at

    def earlier_close(self, closes_at: datetime, now: datetime) -> bool:
        """Say whether ``closes_at`` would end an open window sooner: not before ``now``, after it opened."""
        return self.phase(now) is Phase.OPEN and now <= closes_at < self.closes_at and self.opens_at < closes_at

    def later_end(self, late_until: datetime, now: datetime) -> bool:
        """Say whether taking late answers until then would give more time than there is, from ``now`` on."""
        return max(self.ends_at(), now) < late_until

    def late_beyond(self, closes_at: datetime) -> datetime | None:
        """Return until when late answers are taken after another close, None where that close is the later one."""
        return self.late_until if self.late_until is not None and closes_at < self.late_until else None

    def closing(self, closes_at: datetime) -> "Window":
        """Return the same window with another close."""
        return replace(self, closes_at=closes_at)


def closing_before(opens_at: datetime, day: date) -> Window:
    """Build the window of "trước ngày ``day``": closed from ``day`` 00:00 on."""
    return Window(opens_at, start_of(day))


def closing_through(opens_at: datetime, day: date) -> Window:
    """Build the window of "đến hết ngày ``day``": the whole of ``day`` counts."""
    return Window(opens_at, start_of(day + timedelta(days=1)))


def closing_at(opens_at: datetime, moment: datetime) -> Window:
    """Build the window of "trước 17 giờ 00 ngày …": closed from ``moment`` on."""
    return Window(opens_at, moment)


def can_open(opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Say whether a round with these moments can be published at ``now``: its close is ahead of both."""
    return opens_at < closes_at and now < closes_at
