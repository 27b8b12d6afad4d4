"""Agencies of the directory that a published round can still ask."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import Session

from consult.domain.wording import search_key
from consult.store.answers import ASKED, Invitation
from consult.store.directory import Agency

MOST_FOUND = 30


@dataclass(frozen=True)
class Askable:
    """An agency that is not on the list; ``email`` is None for one without a mailbox."""

    code: str
    name: str
    email: str | None


@dataclass(frozen=True)
class GroupLine:
    """A line of the cover letter that stands for several agencies; ``last`` is the place of its last member."""

    line: int
    printed: str
    last: int


_GROUP_LINES = (
    select(Invitation.line, Invitation.group_line, func.max(Invitation.member))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.group_line != "", ASKED)
    .group_by(Invitation.line, Invitation.group_line)
    .order_by(Invitation.line)
)
_ON_THE_LIST = exists().where(Invitation.agency_id == Agency.id, Invitation.round_id == bindparam("round_id"), ASKED)


def askable(session: Session, round_id: int, words: str, on: date) -> tuple[Askable, ...]:
    """Return the first agencies that exist on a day, are not on the list, and whose names hold all the words.

    Accents and capitals do not count; without words there are none.
    """
    wanted = search_key(words).split()
    if not wanted:
        return ()
    found = (
        select(Agency.code, Agency.name, Agency.email)
        .where(~_ON_THE_LIST, *(Agency.search_key.contains(word, autoescape=True) for word in wanted))
        .where(or_(Agency.valid_from.is_(None), Agency.valid_from <= on))
        .where(or_(Agency.valid_to.is_(None), Agency.valid_to > on))
        .order_by(Agency.rank, Agency.sort_key)
        .limit(MOST_FOUND)
    )
    rows = session.execute(found, {"round_id": round_id})
    return tuple(Askable(row.code, row.name, row.email) for row in rows)


def group_lines(session: Session, round_id: int) -> tuple[GroupLine, ...]:
    """Return the lines of a round that stand for several agencies, in their order."""
    rows = session.execute(_GROUP_LINES, {"round_id": round_id})
    return tuple(GroupLine(row[0], row[1], row[2]) for row in rows)
