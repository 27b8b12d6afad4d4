"""Answers on paper as the desk lists them: whose letter may have come, what is being keyed in, what was recorded."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.terms import Basis, Channel, Stance
from consult.domain.wording import search_key
from consult.store.answers import Invitation, Submission
from consult.store.database import AnyRow
from consult.store.directory import Agency
from consult.store.keyed import KeyedInAnswer


@dataclass(frozen=True)
class AnsweringBody:
    """A body that stands in a round, asked or not, with its answer in force, if any."""

    code: str
    name: str
    short_name: str
    group_line: str
    basis: Basis
    version: int | None
    stance: Stance | None
    channel: Channel | None


@dataclass(frozen=True)
class DirectoryBody:
    """A body of the directory that was not asked."""

    code: str
    name: str


@dataclass(frozen=True)
class KeyedLine:
    """An answer that somebody is keying in."""

    key: str
    name: str
    code: str | None
    official: str
    saved_at: datetime


@dataclass(frozen=True)
class RecordedLine:
    """An answer that was recorded from a letter, in force or not."""

    code: str
    name: str
    basis: Basis
    version: int
    stance: Stance
    channel: Channel
    letter_number: str
    letter_date: date | None
    received_on: date | None
    late: bool
    secret: bool
    in_force: bool
    recalled_at: datetime | None


_BODIES = (
    select(
        Invitation.code,
        Invitation.name,
        Invitation.short_name,
        Invitation.group_line,
        Invitation.basis,
        Submission.version,
        Submission.stance,
        Submission.channel,
    )
    .outerjoin(Submission, and_(Submission.invitation_id == Invitation.id, Submission.in_force))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
    .order_by(Submission.id.is_not(None), Invitation.line, Invitation.member)
)
_ASKED = select(Invitation.agency_id).where(
    Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None)
)
_DIRECTORY = (
    select(Agency.code, Agency.name)
    .where(Agency.id.not_in(_ASKED), Agency.search_key.contains(bindparam("wanted")))
    .order_by(Agency.sort_key)
    .limit(bindparam("most"))
)
_KEYED = (
    select(
        KeyedInAnswer.key,
        func.coalesce(Invitation.name, Agency.name, KeyedInAnswer.name),
        Invitation.code,
        KeyedInAnswer.official,
        KeyedInAnswer.saved_at,
    )
    .outerjoin(Invitation, Invitation.id == KeyedInAnswer.invitation_id)
    .outerjoin(Agency, Agency.id == KeyedInAnswer.agency_id)
    .where(KeyedInAnswer.round_id == bindparam("round_id"))
    .order_by(KeyedInAnswer.saved_at.desc())
)
_RECORDED = (
    select(
        Invitation.code,
        Invitation.name,
        Invitation.basis,
        Submission.version,
        Submission.stance,
        Submission.channel,
        Submission.letter_number,
        Submission.letter_date,
        Submission.received_on,
        Submission.late,
        Submission.secret,
        Submission.in_force,
        Submission.recalled_at,
    )
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
    .where(or_(Submission.channel != Channel.ONLINE, Submission.received_on.is_not(None)))
    .order_by(Submission.id.desc())
)


def bodies(session: Session, round_id: int, wanted: str = "") -> tuple[AnsweringBody, ...]:
    """Return the bodies of a round whose name holds the words of ``wanted``, accents aside; the silent ones first."""
    sought = search_key(wanted)
    rows = (AnsweringBody(*_values(row)) for row in session.execute(_BODIES, {"round_id": round_id}))
    return tuple(each for each in rows if not sought or sought in search_key(f"{each.name} {each.short_name}"))


def directory_bodies(session: Session, round_id: int, wanted: str, most: int) -> tuple[DirectoryBody, ...]:
    """Return bodies of the directory that were not asked and whose name holds ``wanted``; none for no words."""
    sought = search_key(wanted)
    if not sought:
        return ()
    rows = session.execute(_DIRECTORY, {"round_id": round_id, "wanted": sought, "most": most})
    return tuple(DirectoryBody(*row) for row in rows)


def directory_name(session: Session, code: str) -> str:
    """Return the name of a body of the directory; ``NotFound`` when there is none of that code."""
    name = session.scalar(select(Agency.name).where(Agency.code == code))
    if name is None:
        raise NotFound("no such body stands in the directory")
    return name


def being_keyed_in(session: Session, round_id: int) -> tuple[KeyedLine, ...]:
    """Return the answers that are being keyed in, the newest first."""
    return tuple(KeyedLine(*_values(row)) for row in session.execute(_KEYED, {"round_id": round_id}))


def recorded(session: Session, round_id: int) -> tuple[RecordedLine, ...]:
    """Return what was recorded from letters, the newest first: whole answers, and signed copies of online ones."""
    return tuple(RecordedLine(*tuple(row)) for row in session.execute(_RECORDED, {"round_id": round_id}))


def _values(row: AnyRow) -> tuple[Any, ...]:
    return tuple(row)
