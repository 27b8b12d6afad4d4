"""What delivery works with and what it reports: plain values, no sending."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy.orm import Session

from consult.domain.links import LinkMaker
from consult.mail.filling import Mint
from consult.mail.messages import Mailbox
from consult.mail.transport import Transport
from consult.store.database import Database
from consult.store.outbox import ClaimedLetter

# How long a letter waits after its first, second, … failed try; it is given up after the last, about four hours on.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 60, 60))

Clock = Callable[[], datetime]
StillDue = Callable[[Session, ClaimedLetter, datetime], bool]


class Fate(Enum):
    """What became of one letter in one try."""

    SENT = "sent"
    RETRIED = "retried"
    FAILED = "failed"
    CANCELLED = "cancelled"
    HANDED_BACK = "handed back"
    """Not begun: it is due as before."""
    UNRECORDED = "unrecorded"
    """The record could not be had: its lease runs out, and it leaves once more."""


@dataclass(frozen=True)
class Outcome:
    """What became of one letter: ``fault`` is what stood in the way, ``tried`` is False when it was not begun."""

    letter: ClaimedLetter
    fault: Exception | None = None
    tried: bool = True
    due: bool = True


@dataclass(frozen=True)
class PostOffice:
    """All that delivery works with. ``worker`` is unique among running workers; a lease outlasts a slow batch twice.

    ``connections`` are kept at most; ``per_minute`` is what all workers together may send in a minute (0: no limit).

    ``still_due`` is asked of each reminder just before it leaves: it says no when the agency has answered or the round
    is closed; and of each letter about the close: no when more time was given. ``told`` hears what became of each
    letter, once it is recorded.
    """

    database: Database
    transport: Transport
    links: LinkMaker
    sender: Mailbox
    mint: Mint
    still_due: StillDue
    worker: str
    limit: int = 20
    connections: int = 1
    per_minute: int = 0
    lease_seconds: int = 900
    told: Callable[[Outcome, Fate], None] = lambda _outcome, _fate: None


@dataclass(frozen=True)
class DeliveryReport:
    """How many letters of one batch were sent, put off, given up, found to be no longer due."""

    sent: int = 0
    retried: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def tried(self) -> int:
        """How many letters the batch dealt with; none means that nothing is due."""
        return self.sent + self.retried + self.failed + self.cancelled

    def __add__(self, other: "DeliveryReport") -> "DeliveryReport":
        """Add up two batches."""
        return DeliveryReport(*map(sum, zip(astuple(self), astuple(other), strict=True)))


def report_of(fates: Iterable[Fate]) -> DeliveryReport:
    """Count what became of the letters of a batch; what was handed back or not recorded counts as nothing."""
    of = Counter(fates)
    return DeliveryReport(of[Fate.SENT], of[Fate.RETRIED], of[Fate.FAILED], of[Fate.CANCELLED])


def put_off_for(attempts: int) -> timedelta:
    """Return how long after its first try a letter is due again that was tried ``attempts`` times."""
    beyond = max(0, attempts - len(PAUSES)) * PAUSES[-1]
    return sum(PAUSES[:attempts], timedelta()) + beyond
