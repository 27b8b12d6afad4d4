"""The outbox of one round as its officials see it: counts by state, a page of letters, one letter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.terms import LetterKind, LetterState
from consult.domain.wording import search_key
from consult.store.outbox import Letter

ROWS = 50


@dataclass(frozen=True)
class LetterLine:
    """One letter: ``fault`` is what stood in the way last (no address in it), ``bounced_at`` when it came back."""

    id: int
    kind: LetterKind
    to_name: str
    to_address: str
    state: LetterState
    attempts: int
    due_at: datetime
    sent_at: datetime | None
    bounced_at: datetime | None
    fault: str


@dataclass(frozen=True)
class LettersPage:
    """One page: the lines, how many there are in all, which page of how many."""

    lines: tuple[LetterLine, ...]
    total: int
    page: int
    pages: int


_OF_ROUND = Letter.round_id == bindparam("round_id")
_COUNTS = select(Letter.state, func.count()).where(_OF_ROUND).group_by(Letter.state)
_NAMES = select(Letter.id, Letter.to_name, Letter.to_address, Letter.state).where(_OF_ROUND).order_by(Letter.id.desc())
_LINES = (
    select(
        Letter.id,
        Letter.kind,
        Letter.to_name,
        Letter.to_address,
        Letter.state,
        Letter.attempts,
        Letter.due_at,
        Letter.sent_at,
        Letter.bounced_at,
        Letter.last_error,
    )
    .where(_OF_ROUND, Letter.id.in_(bindparam("ids", expanding=True)))
    .order_by(Letter.id.desc())
)


def counts(session: Session, round_id: int) -> Mapping[LetterState, int]:
    """Count the letters of a round in each state, zeros included."""
    found = session.execute(_COUNTS, {"round_id": round_id})
    return dict.fromkeys(LetterState, 0) | {row[0]: row[1] for row in found}


def page_of(session: Session, round_id: int, state: LetterState | None, words: str, page: int) -> LettersPage:
    """Return one page, newest first, narrowed to a state and to words of name or address (accents aside).

    A page that does not exist is the nearest that does. Always two queries.
    """
    key = search_key(words)
    ids = [
        row.id
        for row in session.execute(_NAMES, {"round_id": round_id})
        if (state is None or row.state is state) and key in search_key(f"{row.to_name} {row.to_address}")
    ]
    pages = max(1, -(-len(ids) // ROWS))
    page = min(max(page, 1), pages)
    shown = ids[(page - 1) * ROWS : page * ROWS]
    rows = session.execute(_LINES, {"round_id": round_id, "ids": shown})
    return LettersPage(tuple(LetterLine(*tuple(row)) for row in rows), len(ids), page, pages)


def letter_line(session: Session, round_id: int, letter_id: int) -> LetterLine | None:
    """Return one letter of a round, or None."""
    row = session.execute(_LINES, {"round_id": round_id, "ids": [letter_id]}).one_or_none()
    return LetterLine(*tuple(row)) if row else None
