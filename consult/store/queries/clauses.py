"""The clauses of a round's drafts as readers see them: no correction in preparation, nothing that one took out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.domain.outline_nodes import NodeKind
from consult.store.consultations import Clause, Draft
from consult.store.database import AnyRow


@dataclass(frozen=True)
class ClauseFacts:
    """One clause as shown: ``level`` counts from 0; ``kind`` is the word of the outline ("heading")."""

    id: int
    anchor: str
    label: str
    parent: str | None
    level: int
    kind: str
    text: str
    cited: str
    in_frame: bool


@dataclass(frozen=True)
class DraftFacts:
    """A draft with its clauses in order."""

    id: int
    part: str
    title: str
    clauses: tuple[ClauseFacts, ...]


CLAUSES = (
    select(
        Draft.id,
        Draft.part,
        Draft.title,
        Clause.id,
        Clause.anchor,
        Clause.label,
        Clause.parent,
        Clause.level,
        Clause.kind,
        Clause.text,
        Clause.cited,
    )
    .join(Clause, Clause.draft_id == Draft.id)
    .where(Draft.round_id == bindparam("round_id"), Draft.corrects_id.is_(None), Clause.removed_at.is_(None))
    .order_by(Draft.position, Clause.position)
)


def drafts_of(session: Session, round_id: int) -> tuple[DraftFacts, ...]:
    """Return the drafts of a round with their clauses, frame included, in order."""
    return drafts_from(session.execute(CLAUSES, {"round_id": round_id}).all())


def drafts_from(rows: Sequence[AnyRow]) -> tuple[DraftFacts, ...]:
    """Return the rows of ``CLAUSES``, or of some of them, by draft."""
    return tuple(
        DraftFacts(head[0], head[1], head[2], tuple(_clause(tuple(row[3:])) for row in group))
        for head, group in groupby(rows, key=lambda row: tuple(row[:3]))
    )


def _clause(row: tuple[object, ...]) -> ClauseFacts:
    number, anchor, label, parent, level, kind, text, cited = row
    assert isinstance(kind, NodeKind)
    return ClauseFacts(number, anchor, label, parent, level, kind.value, text, cited, kind.in_frame)  # type: ignore[arg-type]
