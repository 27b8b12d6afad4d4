"""What the outbox tells the plan of reminders: which rounds are open, who was invited and reminded, and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.domain.terms import LetterKind, LetterState
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import AnyRow
from consult.store.outbox import Letter

_WHEN = func.max(func.coalesce(Letter.sent_at, Letter.due_at), type_=Letter.due_at.type)
_LAST = (
    select(Letter.invitation_id, _WHEN)
    .where(
        Letter.round_id == bindparam("round_id"),
        Letter.kind == bindparam("kind"),
        Letter.state != LetterState.CANCELLED,
        Letter.invitation_id.is_not(None),
    )
    .group_by(Letter.invitation_id)
)
_WAITING = select(Letter.invitation_id).where(
    Letter.round_id == bindparam("round_id"),
    Letter.kind == LetterKind.INVITATION,
    Letter.state == LetterState.DUE,
    Letter.invitation_id.is_not(None),
)
_IN_HAND = select(Letter.invitation_id).where(
    Letter.round_id == bindparam("round_id"),
    Letter.kind == LetterKind.REMINDER,
    Letter.state == LetterState.DUE,
    Letter.leased_by.is_not(None),
    Letter.invitation_id.is_not(None),
)
_SENT = select(func.max(Letter.sent_at, type_=Letter.due_at.type)).where(
    Letter.invitation_id == bindparam("invitation_id"),
    Letter.kind == LetterKind.REMINDER,
    Letter.state == LetterState.SENT,
)
_KEYS = select(Letter.key).where(Letter.round_id == bindparam("round_id"), Letter.kind == LetterKind.REMINDER)
_OWN_LATER = select(Invitation.round_id).where(Invitation.closes_at > bindparam("now"))
_OPEN = (
    select(Round.id)
    .where(Round.published_at.is_not(None), Round.withdrawn_at.is_(None), Round.opens_at <= bindparam("now"))
    .where(or_(Round.closes_at > bindparam("now"), Round.id.in_(_OWN_LATER)))
    .order_by(Round.id)
)


def open_rounds(session: Session, now: datetime) -> tuple[int, ...]:
    """Return the published rounds that are open at ``now`` for some agency."""
    return tuple(session.scalars(_OPEN, {"now": now}))


def last_reminded(session: Session, round_id: int) -> Mapping[int, datetime]:
    """Return when each invitation last got a reminder, or shall get the one that waits."""
    return _last(session, round_id, LetterKind.REMINDER)


def invited_at(session: Session, round_id: int) -> Mapping[int, datetime]:
    """Return when each invitation's letter left; those whose letter still waits are left out."""
    waiting = set(session.scalars(_WAITING, {"round_id": round_id}))
    left = _last(session, round_id, LetterKind.INVITATION)
    return {each: moment for each, moment in left.items() if each not in waiting}


def in_hand(session: Session, round_id: int) -> frozenset[int]:
    """Return the invitations whose reminder a worker is just sending."""
    return frozenset(filter(None, session.scalars(_IN_HAND, {"round_id": round_id})))


def keys_queued(session: Session, round_id: int) -> frozenset[str]:
    """Return the keys of all reminders of a round that were ever queued, whatever became of them."""
    return frozenset(session.scalars(_KEYS, {"round_id": round_id}))


def reminder_sent(session: Session, invitation_id: int) -> datetime | None:
    """Return when a reminder last left to an invitation, None for never."""
    return session.scalars(_SENT, {"invitation_id": invitation_id}).one()


def _last(session: Session, round_id: int, kind: LetterKind) -> dict[int, datetime]:
    rows: Sequence[AnyRow] = session.execute(_LAST, {"round_id": round_id, "kind": kind}).all()
    return {row[0]: row[1] for row in rows}
