"""Noting an act about a published round where pages and the synthesis print it, and in the journal."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from consult.domain.terms import NoticeKind
from consult.store.journal import Actor, append
from consult.store.notices import Notice


@dataclass(frozen=True)
class Grounds:
    """Why the office does it ("lý do"), with number and date of its letter, "" and None without one."""

    reason: str
    letter_number: str = ""
    letter_date: date | None = None


@dataclass(frozen=True)
class MovedClose:
    """The close before an act and what holds since."""

    closed_at: datetime
    closes_at: datetime
    late_until: datetime | None = None


def note(
    session: Session,
    actor: Actor,
    round_id: int,
    kind: NoticeKind,
    grounds: Grounds,
    now: datetime,
    invitation_id: int | None = None,
    moved: MovedClose | None = None,
    **more: object,
) -> int:
    """Store one act, for all agencies or for the one of ``invitation_id``, and return its id. Call it last.

    The journal's entry is named after the kind ("extended"), with the grounds and moments as its particulars, and
    ``more`` that is not for readers.
    """
    told = {"reason": grounds.reason, "letter_number": grounds.letter_number, "letter_date": grounds.letter_date}
    moments = {name: getattr(moved, name) for name in MovedClose.__dataclass_fields__} if moved else {}
    row = insert(Notice).values(
        round_id=round_id,
        invitation_id=invitation_id,
        kind=kind,
        at=now,
        official=actor.name,
        **told,
        **moments,
    )
    notice_id = session.execute(row.returning(Notice.id)).scalar_one()
    append(session, now, actor, kind.name.lower(), round_id, invitation=invitation_id, **told, **moments, **more)
    return notice_id
