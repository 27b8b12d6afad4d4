"""Rounds whose time is over, and what each of their agencies had sent by then: for the letter about the close."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from consult.domain.terms import Stance
from consult.store.answers import Invitation, Submission
from consult.store.consultations import Round
from consult.store.database import UtcDateTime


@dataclass(frozen=True)
class InForce:
    """An agency's answer in force."""

    code: str
    stance: Stance
    late: bool
    letter_number: str


_BETWEEN = (bindparam("since", type_=UtcDateTime), bindparam("now", type_=UtcDateTime))
_OWN_OVER = select(Invitation.round_id).where(
    or_(Invitation.closes_at.between(*_BETWEEN), Invitation.late_until.between(*_BETWEEN))
)
_OVER = (
    select(Round.id)
    .where(Round.tells_close, Round.published_at.is_not(None), Round.withdrawn_at.is_(None), Round.result_at.is_(None))
    .where(
        or_(Round.closes_at.between(*_BETWEEN), Round.late_until.between(*_BETWEEN), Round.id.in_(_OWN_OVER)),
    )
    .order_by(Round.id)
)
_IN_FORCE = (
    select(Submission.invitation_id, Submission.code, Submission.stance, Submission.late, Submission.letter_number)
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .where(Invitation.round_id == bindparam("round_id"), Submission.in_force)
)


def rounds_over(session: Session, since: datetime, now: datetime) -> tuple[int, ...]:
    """Return the rounds that tell of their close and ended for some agency between the two moments."""
    return tuple(session.scalars(_OVER, {"since": since, "now": now}))


def in_force(session: Session, round_id: int) -> Mapping[int, InForce]:
    """Return the answers in force of a round by invitation."""
    return {row[0]: InForce(*row[1:]) for row in session.execute(_IN_FORCE, {"round_id": round_id})}
