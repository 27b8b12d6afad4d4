"""The office's acts about a round as pages and documents print them, oldest first."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.terms import NoticeKind
from consult.store.answers import Invitation
from consult.store.notices import Notice


@dataclass(frozen=True)
class NoticeFacts:
    """One act; ``code`` and ``agency`` are empty when it is about the whole round."""

    id: int
    kind: NoticeKind
    at: datetime
    official: str
    reason: str
    letter_number: str
    letter_date: date | None
    closed_at: datetime | None
    closes_at: datetime | None
    late_until: datetime | None
    code: str
    agency: str


_OF_DRAFTS = (NoticeKind.CORRECTED, NoticeKind.REPLACED)
_NOTICES = (
    select(
        Notice.id,
        Notice.kind,
        Notice.at,
        Notice.official,
        Notice.reason,
        Notice.letter_number,
        Notice.letter_date,
        Notice.closed_at,
        Notice.closes_at,
        Notice.late_until,
        func.coalesce(Invitation.code, ""),
        func.coalesce(Invitation.name, ""),
    )
    .outerjoin(Invitation, Invitation.id == Notice.invitation_id)
    .where(Notice.round_id == bindparam("round_id"))
    .order_by(Notice.id)
)


def notices_of(session: Session, round_id: int) -> tuple[NoticeFacts, ...]:
    """Return every act about a round."""
    return tuple(NoticeFacts(*tuple(row)) for row in session.execute(_NOTICES, {"round_id": round_id}))


def withdrawal_reason(session: Session, code: str) -> str:
    """Return why the round of this invitation was withdrawn, "" while it stands."""
    asked = select(Notice.reason).join(Invitation, Invitation.round_id == Notice.round_id)
    newest = asked.where(Invitation.code == code, Notice.kind == NoticeKind.WITHDRAWN).order_by(Notice.id.desc())
    return session.scalar(newest.limit(1)) or ""


def notices_to_all(session: Session, round_id: int) -> tuple[NoticeFacts, ...]:
    """Return the acts about the whole round, which everybody may know who may read it."""
    return notices_to_agency(session, round_id, "")


def notices_to_agency(session: Session, round_id: int, code: str) -> tuple[NoticeFacts, ...]:
    """Return the acts about the whole round and about the agency of ``code``; corrections stand elsewhere."""
    told = notices_of(session, round_id)
    return tuple(each for each in told if each.code in ("", code) and each.kind not in _OF_DRAFTS)
