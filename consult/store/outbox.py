"""The outbox: letters waiting to leave, one row a letter, in the transaction of the fact that it announces.

A row holds the finished words with placeholders where secret links go; this module knows neither the links nor how
letters travel. A worker claims letters with a lease; a lease that ran out is claimed again, so that a killed worker
loses nothing. Whether a letter is due is a matter of the caller's ``now``; leases use the database's own clock, which
all workers share.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, bindparam, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.domain.terms import LetterKind, LetterState
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import Base, UtcDateTime, insert_new, named
from consult.store.directory import Official


class Letter(Base):
    """One letter to one address. ``public_id`` is random and becomes the Message-ID, the same at every attempt.

    ``bounced_at`` is set when a server had taken it and it came back; it then counts as given up. ``reported_at`` is
    when officials were told that it was.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("(state = 'SENT') = (sent_at IS NOT NULL)", name="sent"),
        CheckConstraint("(leased_by IS NULL) = (lease_until IS NULL)", name="lease"),
        Index(None, "state", "due_at"),
        Index(None, "round_id", "kind"),
        Index(None, "invitation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[LetterKind] = mapped_column(named(LetterKind))
    round_id: Mapped[int | None] = mapped_column(ForeignKey(Round.id))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey(Invitation.id))
    official_id: Mapped[int | None] = mapped_column(ForeignKey(Official.id))
    to_address: Mapped[str]
    to_name: Mapped[str]
    reply_to: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    html: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[LetterState] = mapped_column(named(LetterState))
    attempts: Mapped[int]
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leased_by: Mapped[str | None]
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    last_error: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    bounced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


@dataclass(frozen=True)
class NewLetter:
    """A letter to be queued. ``key`` names the fact that it announces ("invitation:12:1"): one letter a fact.

    ``to_address`` is None for an agency without a mailbox, ``reply_to`` empty where no answer is awaited.
    """

    key: str
    kind: LetterKind
    to_address: str | None
    to_name: str
    subject: str
    text: str
    html: str
    reply_to: str = ""
    round_id: int | None = None
    invitation_id: int | None = None
    official_id: int | None = None


@dataclass(frozen=True)
class ClaimedLetter:
    """A letter that one worker holds under a lease; ``attempts`` counts the tries before this one."""

    id: int
    key: str
    public_id: str
    kind: LetterKind
    round_id: int | None
    invitation_id: int | None
    official_id: int | None
    to_address: str
    to_name: str
    reply_to: str
    subject: str
    text: str
    html: str
    due_at: datetime
    attempts: int


@dataclass(frozen=True)
class Undelivered:
    """A letter that was given up, as the official's page lists it; ``reason`` holds no address."""

    key: str
    kind: LetterKind
    invitation_id: int | None
    to_name: str
    reason: str


LETTERS = Base.metadata.tables["letter"]
_NEW = insert_new(LETTERS, "key")
_CLAIMED = tuple(LETTERS.c[name] for name in ClaimedLetter.__dataclass_fields__)
LEFT = or_(LETTERS.c.state == LetterState.SENT, LETTERS.c.leased_by.is_not(None))
"""A server took the letter, or may just be taking it."""
_TAKEN_BACK = {"state": LetterState.CANCELLED, "leased_by": None, "lease_until": None}
_AFTER_A_TRY = {"attempts": LETTERS.c.attempts + 1, "leased_by": None, "lease_until": None}
_SENT = update(LETTERS).where(LETTERS.c.id == bindparam("letter"))
_SENT = _SENT.values(**_AFTER_A_TRY, state=LetterState.SENT, sent_at=bindparam("moment"), last_error="")


def queue(session: Session, letters: Sequence[NewLetter], now: datetime, due_at: datetime | None = None) -> None:
    """Put letters into the outbox, due at ``due_at`` (default: at once); a key that stands there already is left alone.

    A letter without an address is left out: its agency gets a printed link. A thousand letters are one batch.
    """
    fresh: dict[str, Any] = {"due_at": due_at or now, "created_at": now, "state": LetterState.DUE}
    fresh |= {"attempts": 0, "last_error": ""}
    rows = [vars(letter) | fresh | {"public_id": secrets.token_hex(16)} for letter in letters if letter.to_address]
    if rows:
        session.execute(_NEW[session.get_bind().dialect.name], rows)


def claim(session: Session, worker: str, now: datetime, limit: int, lease_seconds: int) -> list[ClaimedLetter]:
    """Take up to ``limit`` due letters for ``worker``, oldest first, in one statement that no other worker shares.

    ``worker`` must be unique among running workers. Commit at once: the lease begins with the statement.
    """
    letter = LETTERS.c
    waiting = (
        select(letter.id)
        .where(letter.state == LetterState.DUE, letter.due_at <= now)
        .where(or_(letter.lease_until.is_(None), letter.lease_until <= database_time(session, 0)))
        .order_by(letter.due_at, letter.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("waiting")
    )
    taken = (
        update(LETTERS)
        .where(letter.id.in_(select(waiting.c.id)))
        .values(leased_by=worker, lease_until=database_time(session, lease_seconds))
        .returning(*_CLAIMED)
    )
    found = [ClaimedLetter(**row) for row in session.execute(taken).mappings()]
    return sorted(found, key=lambda claimed: (claimed.due_at, claimed.id))


def database_time(session: Session, plus_seconds: int) -> ColumnElement[Any]:
    """Return the database's own present moment and some seconds, in the form in which ``UtcDateTime`` is stored."""
    if session.get_bind().dialect.name == "sqlite":
        return func.strftime("%Y-%m-%d %H:%M:%f000", "now", f"{plus_seconds:+d} seconds")
    return func.clock_timestamp() + func.make_interval(0, 0, 0, 0, 0, 0, plus_seconds)


def mark_sent(session: Session, letter_id: int, now: datetime) -> None:
    """Record that a server took the letter, whoever holds the lease by now."""
    session.execute(_SENT, {"letter": letter_id, "moment": now})


def mark_retry(session: Session, letter_id: int, worker: str, next_due: datetime, reason: str) -> None:
    """Put a letter off after a failed try; nothing happens when ``worker`` holds it no more."""
    _mark(session, _held(letter_id, worker), due_at=next_due, last_error=reason)


def mark_failed(session: Session, letter_id: int, worker: str, reason: str) -> None:
    """Give a letter up, with the reason in short and without addresses; it stays in the list of undelivered ones."""
    _mark(session, _held(letter_id, worker), state=LetterState.FAILED, last_error=reason)


def _held(letter_id: int, worker: str) -> ColumnElement[bool]:
    letter = LETTERS.c
    return (letter.id == letter_id) & (letter.leased_by == worker) & (letter.state == LetterState.DUE)


def _mark(session: Session, which: ColumnElement[bool], **values: object) -> None:
    session.execute(update(LETTERS).where(which).values(**_AFTER_A_TRY, **values))


def release(session: Session, letter_ids: Sequence[int], worker: str) -> None:
    """Hand back letters that were claimed and not tried; they are due as before."""
    letter = LETTERS.c
    held = letter.id.in_(letter_ids) & (letter.leased_by == worker)
    session.execute(update(LETTERS).where(held).values(leased_by=None, lease_until=None))


def cancel(session: Session, key: str) -> None:
    """Take back a letter that has not left; one that was sent or given up stays as it is."""
    letter = LETTERS.c
    waiting = (letter.key == key) & (letter.state == LetterState.DUE)
    session.execute(update(LETTERS).where(waiting).values(**_TAKEN_BACK))


def cancel_waiting(session: Session, round_id: int, invitation_id: int | None = None) -> None:
    """Take back the letters of a round, or of one of its agencies, that have not left; receipts still leave."""
    letter = LETTERS.c
    waiting = (letter.round_id == round_id) & (letter.state == LetterState.DUE) & (letter.kind != LetterKind.RECEIPT)
    if invitation_id is not None:
        waiting &= letter.invitation_id == invitation_id
    session.execute(update(LETTERS).where(waiting).values(**_TAKEN_BACK))


def cancel_reminders(session: Session, invitation_ids: Sequence[int]) -> None:
    """Take back the reminders of these agencies that have not left and that no worker is sending."""
    letter = LETTERS.c
    waiting = (letter.kind == LetterKind.REMINDER) & (letter.state == LetterState.DUE) & letter.leased_by.is_(None)
    which = waiting & letter.invitation_id.in_(invitation_ids)
    session.execute(update(LETTERS).where(which).values(state=LetterState.CANCELLED))


def reached(session: Session, round_id: int) -> frozenset[int]:
    """Return the invitations of a round of which a server took a letter, or may just be taking one."""
    sent = select(LETTERS.c.invitation_id).where(LETTERS.c.round_id == round_id, LEFT)
    return frozenset(filter(None, session.scalars(sent)))


def counts(session: Session) -> Mapping[LetterState, int]:
    """Count the letters in each state, zeros included."""
    found = session.execute(select(LETTERS.c.state, func.count()).group_by(LETTERS.c.state))
    return dict.fromkeys(LetterState, 0) | dict(found.all())


def undelivered(session: Session, round_id: int) -> list[Undelivered]:
    """List the letters of a round that were given up, oldest first."""
    letter = LETTERS.c
    rows = session.execute(
        select(letter.key, letter.kind, letter.invitation_id, letter.to_name, letter.last_error)
        .where(letter.round_id == round_id, letter.state == LetterState.FAILED)
        .order_by(letter.id)
    )
    return [Undelivered(*row) for row in rows]
