"""Letters of a round that have not left: which there are, giving them other words, stopping them."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.domain.terms import LetterKind, LetterState
from consult.store.database import Base
from consult.store.outbox import LEFT

_TABLE = Base.metadata.tables["letter"]


@dataclass(frozen=True)
class Waiting:
    """A letter to an agency that has not left; ``leased``: a worker may just be sending it."""

    id: int
    kind: LetterKind
    invitation_id: int
    leased: bool


def waiting_letters(session: Session, round_id: int) -> list[Waiting]:
    """Return the letters to agencies of a round that have not left, and keep workers from claiming them meanwhile."""
    letter = _TABLE.c
    due = (letter.round_id == round_id, letter.state == LetterState.DUE, letter.invitation_id.is_not(None))
    found = select(letter.id, letter.kind, letter.invitation_id, letter.leased_by.is_not(None)).where(*due)
    return [Waiting(*row) for row in session.execute(found.order_by(letter.id).with_for_update())]


def rewrite(session: Session, letter_id: int, subject: str, text: str, html: str) -> None:
    """Put other words into a letter that has not left."""
    meant = (_TABLE.c.id == letter_id) & (_TABLE.c.state == LetterState.DUE)
    session.execute(update(_TABLE).where(meant).values(subject=subject, text=text, html=html))


def stop(session: Session, round_id: int, kind: LetterKind, ending: str) -> frozenset[int]:
    """Take back the letters of one kind whose keys end so and that have not left; return whom the others reached."""
    letter = _TABLE.c
    meant = (letter.round_id == round_id) & (letter.kind == kind) & letter.key.endswith(ending, autoescape=True)
    left = frozenset(filter(None, session.scalars(select(letter.invitation_id).where(meant, LEFT))))
    waiting = meant & (letter.state == LetterState.DUE)
    session.execute(update(_TABLE).where(waiting).values(state=LetterState.CANCELLED, leased_by=None, lease_until=None))
    return left
