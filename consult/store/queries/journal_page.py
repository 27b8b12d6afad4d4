"""The journal of one consultation as it is read: newest first, filtered, page by page.

The acts of all its rounds are found by the index over a round's entries. Words are looked for without regard to accents
and capitals, which no database of ours can do alone: then the entries that the other filters leave are read through.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.domain.terms import ActorKind
from consult.domain.wording import search_key
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import AnyRow
from consult.store.journal import Entry

ROWS = 100
_BLOCK = 500


@dataclass(frozen=True)
class Named:
    """A body that stands in the consultation, as the journal's particulars may mean it."""

    id: int
    code: str
    name: str


@dataclass(frozen=True)
class Wanted:
    """Which entries: every field narrows; None and "" do not.

    ``words`` are looked for in actor, act and particulars, ``said`` are the acts whose words for the reader hold them;
    ``person`` in the actor alone. ``since`` counts, ``until`` does not.
    """

    words: str = ""
    said: frozenset[str] = frozenset()
    kind: ActorKind | None = None
    person: str = ""
    body: Named | None = None
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One entry; ``raw`` are its particulars as they are stored and digested, ``round`` the round's number."""

    number: int
    at: datetime
    actor_kind: ActorKind
    actor: str
    act: str
    round: int
    raw: str
    previous: str
    digest: str

    @property
    def particulars(self) -> Mapping[str, Any]:
        """Return the particulars by name."""
        told = json.loads(self.raw)
        return told if isinstance(told, dict) else {}


@dataclass(frozen=True)
class LinesPage:
    """One page of lines; ``total`` counts all that the filters leave."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


_ENTRIES = (
    select(
        Entry.number,
        Entry.at,
        Entry.actor_kind,
        Entry.actor,
        Entry.act,
        Round.number.label("round_number"),
        Entry.particulars,
        Entry.previous,
        Entry.digest,
    )
    .join(Round, Round.id == Entry.round_id)
    .where(Round.consultation_id == bindparam("consultation_id"))
    .order_by(Entry.number.desc())
)
_ACTS = (
    select(Entry.act)
    .join(Round, Round.id == Entry.round_id)
    .where(Round.consultation_id == bindparam("consultation_id"))
    .distinct()
    .order_by(Entry.act)
)
_BODIES = (
    select(Invitation.id, Invitation.code, Invitation.name)
    .join(Round, Round.id == Invitation.round_id)
    .where(Round.consultation_id == bindparam("consultation_id"))
    .order_by(Round.number.desc(), Invitation.line, Invitation.member)
)


def acts_of(session: Session, consultation_id: int) -> tuple[str, ...]:
    """Return the acts that stand in the journal of a consultation."""
    return tuple(session.scalars(_ACTS, {"consultation_id": consultation_id}))


def bodies_of(session: Session, consultation_id: int) -> tuple[Named, ...]:
    """Return every body that stands or stood in a round of the consultation."""
    rows = session.execute(_BODIES, {"consultation_id": consultation_id})
    return tuple(Named(row.id, row.code, row.name) for row in rows)


def page_of(session: Session, consultation_id: int, wanted: Wanted, page: int) -> LinesPage:
    """Return one page of the entries; a page that does not exist is the nearest that does. Always two queries."""
    if wanted.words or wanted.person:
        numbers = [line.number for line in lines_of(session, consultation_id, wanted)]
        total = len(numbers)
    else:
        numbers = []
        counted = select(func.count()).select_from(_narrowed(wanted).order_by(None).subquery())
        total = session.execute(counted, {"consultation_id": consultation_id}).scalar_one()
    pages = max(1, -(-total // ROWS))
    page = min(max(page, 1), pages)
    start = (page - 1) * ROWS
    shown = (
        _ENTRIES.where(Entry.number.in_(numbers[start : start + ROWS]))
        if wanted.words or wanted.person
        else _narrowed(wanted).offset(start).limit(ROWS)
    )
    rows = session.execute(shown, {"consultation_id": consultation_id})
    return LinesPage(tuple(map(_line, rows)), total, page, pages)


def lines_of(session: Session, consultation_id: int, wanted: Wanted) -> Iterator[Line]:
    """Stream every entry that the filters leave, newest first."""
    rows = session.execute(
        _narrowed(wanted), {"consultation_id": consultation_id}, execution_options={"yield_per": _BLOCK}
    )
    words, person = search_key(wanted.words), search_key(wanted.person)
    for line in map(_line, rows):
        if person in search_key(line.actor) and (not words or _holds(line, words, wanted.said)):
            yield line


def _holds(line: Line, words: str, said: frozenset[str]) -> bool:
    told = " ".join(map(str, line.particulars.values()))
    return line.act in said or words in search_key(f"{line.actor} {line.act} {told}")


def _narrowed(wanted: Wanted) -> Select[*tuple[Any, ...]]:
    """Return the entries that need no reading of words."""
    chosen = _ENTRIES if wanted.body is None else _about(_ENTRIES, wanted.body)
    if wanted.kind is not None:
        chosen = chosen.where(Entry.actor_kind == wanted.kind)
    if wanted.act:
        chosen = chosen.where(Entry.act == wanted.act)
    if wanted.since is not None:
        chosen = chosen.where(Entry.at >= wanted.since)
    return chosen if wanted.until is None else chosen.where(Entry.at < wanted.until)


def _about(entries: Select[*tuple[Any, ...]], body: Named) -> Select[*tuple[Any, ...]]:
    """Keep what a body did, and what was done about it: particulars name it by code, by id or by name."""
    by_id = f'"invitation": {body.id}'
    return entries.where(
        or_(
            Entry.actor.contains(f"({body.code})", autoescape=True),
            Entry.particulars.contains(f'"{body.code}', autoescape=True),
            Entry.particulars.contains(f"{by_id},", autoescape=True),
            Entry.particulars.contains(f"{by_id}}}", autoescape=True),
            Entry.particulars.contains(f'"agency": {json.dumps(body.name, ensure_ascii=False)}', autoescape=True),
        )
    )


def _line(row: AnyRow) -> Line:
    return Line(*tuple(row))
