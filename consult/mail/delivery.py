"""Sends what is due: claims letters, fills in the links, has them carried out and records what became of each.

Letters are made ready side by side and leave in turn: the next sets out when the one before is recorded, or, where the
server is slow, beside it. A letter is sent once in normal life; when a worker dies between the server's yes and the
record, the letter leaves again with the same Message-ID: with a server that answers at once one letter at most, with a
slow one as many as there are connections.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from types import TracebackType
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from consult.domain.errors import BusyStore
from consult.domain.terms import LetterKind
from consult.domain.window import local
from consult.mail.calendar import CARRYING, Entry, Publisher, entry_of
from consult.mail.carriers import CannotOpen, Carriers, Way
from consult.mail.filling import filled
from consult.mail.messages import Mailbox, Outgoing, Unwritable
from consult.mail.post_office import PAUSES, Clock, DeliveryReport, Fate, Outcome, PostOffice, report_of
from consult.mail.transport import PutOff, Refused, Unreachable, short_reason
from consult.mail.turns import Turn
from consult.store import outbox, pace
from consult.store.database import reading, writing
from consult.store.outbox import ClaimedLetter

LAPSING = (LetterKind.REMINDER, LetterKind.CLOSED)
LOOK_SECONDS = 0.5
RECORD_TRIES = 30
# A reply that takes longer comes from afar; then several connections at once are worth more than one after the other.
SLOW_SECONDS = 0.01


def deliver_due(office: PostOffice, clock: Clock, stop: Callable[[], bool]) -> DeliveryReport:
    """Deliver one batch; once ``stop`` says so, finish the letters in hand and hand the rest back."""
    with Delivery(office, clock, stop) as delivery:
        delivery.take_up()
        return delivery.finish()


class Delivery:
    """Letters on their way: what is due is taken up, carried over kept connections, recorded by who carried it.

    Used by one thread, beside its carriers; leaving it finishes what is in hand. ``throttled`` says that the rate
    allowed nothing just now.
    """

    def __init__(self, office: PostOffice, clock: Clock, stop: Callable[[], bool]) -> None:
        self._office, self._clock, self._stop = office, clock, stop
        self._turn = Turn(SLOW_SECONDS)
        self._carriers = Carriers(office.transport, office.connections, self._bring_out, self._leave_be)
        self._claimed_at: dict[int, float] = {}
        self._looked = 0.0
        self._unrecorded: Exception | None = None
        self.throttled = False

    def __enter__(self) -> "Delivery":
        """Begin."""
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, tb: TracebackType | None
    ) -> None:
        """Finish what is in hand and part from the server."""
        try:
            self.finish()
        finally:
            self._carriers.end()

    @property
    def held(self) -> int:
        """How many letters are claimed and not recorded yet."""
        return self._carriers.held

    def turn(self) -> DeliveryReport:
        """Take up what is due where there is room, and tell what is done by then."""
        if not self.held or (self._has_room() and time.monotonic() - self._looked > LOOK_SECONDS):
            self.take_up()
        return self._told()

    def take_up(self) -> None:
        """Claim up to a batch of letters and give them to the carriers."""
        office, rate = self._office, self._office.per_minute
        with writing(office.database, durable=False) as session:
            allowed = pace.allowed(session, rate, office.limit) if rate else office.limit
            letters = outbox.claim(session, office.worker, self._clock(), allowed, office.lease_seconds)
            if rate and letters:
                pace.spend(session, rate, len(letters))
        self.throttled = allowed == 0
        now = time.monotonic()
        self._looked = 0.0 if len(letters) == allowed > 0 else now
        self._claimed_at |= {letter.id: now for letter in letters}
        self._carriers.hand(letters)

    def finish(self) -> DeliveryReport:
        """Wait for all that is in hand."""
        total = DeliveryReport()
        while self.held:
            total += self._told()
        return total

    def _told(self) -> DeliveryReport:
        done = report_of(self._carriers.fates(LOOK_SECONDS))
        fault, self._unrecorded = self._unrecorded, None
        if fault is not None:
            raise fault
        return done

    def _has_room(self) -> bool:
        return not self._carriers.away and self.held <= self._office.connections and not self._stop()

    def _bring_out(self, way: Way, letter: ClaimedLetter) -> Fate:
        """Bring one letter out; none is begun after half its lease, so that none is in hand when the lease runs out.

        Raises:
            CannotOpen: there is no connection, and nothing was recorded.
        """
        if self._stop() or time.monotonic() - self._claimed_at[letter.id] > self._office.lease_seconds / 2:
            return self._record(Outcome(letter, tried=False))
        try:
            outgoing = _prepared(self._office, letter, self._clock())
        except Exception as fault:  # one letter's fault must not stop the others; the record names its kind
            return self._record(Outcome(letter, fault))
        if outgoing is None:
            return self._record(Outcome(letter, due=False))
        with self._turn.taken():
            return self._record(Outcome(letter, _sent(way, outgoing)))

    def _leave_be(self, letter: ClaimedLetter, fault: CannotOpen) -> Fate:
        return self._record(Outcome(letter, fault))

    def _record(self, outcome: Outcome) -> Fate:
        """Record what became of a letter; a fault of it is raised where letters are handed out."""
        try:
            fate = self._recorded(outcome)
            self._office.told(outcome, fate)
            return fate
        except Exception as fault:  # a carrier has nobody to tell, and goes on with the other letters
            self._unrecorded = fault
            return Fate.UNRECORDED
        finally:
            self._claimed_at.pop(outcome.letter.id, None)

    def _recorded(self, outcome: Outcome) -> Fate:
        """A database that is busy is asked again, since the letter left already."""
        for _ in range(RECORD_TRIES - 1):
            with suppress(BusyStore):
                return _noted(self._office, outcome, self._clock())
            time.sleep(1)
        return _noted(self._office, outcome, self._clock())


def _sent(way: Way, outgoing: Outgoing) -> Exception | None:
    """Send a letter, and return what stood in the way of it alone."""
    try:
        way.send(outgoing)
    except CannotOpen:
        raise
    except Exception as fault:  # as for making it ready
        return fault
    return None


def _noted(office: PostOffice, outcome: Outcome, now: datetime) -> Fate:
    with writing(office.database, durable=False) as session:
        return _in_record(session, office, outcome, now)


def _in_record(session: Session, office: PostOffice, outcome: Outcome, now: datetime) -> Fate:
    letter, fault = outcome.letter, outcome.fault
    if not outcome.tried:
        outbox.release(session, [letter.id], office.worker)
        return Fate.HANDED_BACK
    if not outcome.due:
        outbox.cancel(session, letter.key)
        return Fate.CANCELLED
    if fault is None:
        outbox.mark_sent(session, letter.id, now)
        return Fate.SENT
    if isinstance(fault, Refused | Unwritable):
        return _given_up(session, office, letter, fault)
    return _put_off(session, office, letter, now, fault)


def _given_up(session: Session, office: PostOffice, letter: ClaimedLetter, fault: Exception) -> Fate:
    outbox.mark_failed(session, letter.id, office.worker, _reason(fault))
    return Fate.FAILED


def _put_off(session: Session, office: PostOffice, letter: ClaimedLetter, now: datetime, fault: Exception) -> Fate:
    """Try again later. A letter's own troubles are given up in the end; a server that is away is waited for."""
    if letter.attempts >= len(PAUSES) and not isinstance(fault, Unreachable):
        return _given_up(session, office, letter, fault)
    pause = PAUSES[min(letter.attempts, len(PAUSES) - 1)]
    outbox.mark_retry(session, letter.id, office.worker, now + pause, _reason(fault))
    return Fate.RETRIED


def _prepared(office: PostOffice, letter: ClaimedLetter, now: datetime) -> Outgoing | None:
    """Return the letter, composed before its turn comes, or None for one that is due no more."""
    opened = writing if letter.kind is LetterKind.SIGN_IN else reading
    with opened(office.database) as session:
        if letter.kind in LAPSING and not office.still_due(session, letter, now):
            return None
        letter = filled(session, letter, office.links, office.mint, now)
        calendar = _calendar(session, office, letter, now)
    outgoing = Outgoing(
        name=f"{letter.id}-{letter.kind.value}",
        message_id=f"<{letter.public_id}@{urlsplit(office.links.base_url).hostname}>",
        date=local(now),
        sender=office.sender,
        to=Mailbox(letter.to_name, letter.to_address),
        reply_to=letter.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        calendar=calendar,
    )
    return outgoing.compose()


def _calendar(session: Session, office: PostOffice, letter: ClaimedLetter, now: datetime) -> Entry | None:
    if letter.kind not in CARRYING or letter.invitation_id is None:
        return None
    return entry_of(session, letter.invitation_id, Publisher(office.links.base_url, office.sender.address), now)


def _reason(fault: Exception) -> str:
    """Return what the record keeps: the server's words without addresses, or only the kind of an inner fault."""
    told = isinstance(fault, Refused | PutOff | Unreachable | Unwritable)
    return short_reason(str(fault)) if told else type(fault).__name__
