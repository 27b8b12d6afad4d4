"""A long draft as its pages read it: its outline without the texts, and the clauses of one section.

It knows rows and their order; where a draft is cut is a rule of ``domain.sections``.
"""

from collections.abc import Sequence

from sqlalchemy import bindparam, func
from sqlalchemy.orm import Session

from consult.store.consultations import Clause
from consult.store.queries.clauses import CLAUSES, DraftFacts, drafts_from

# The longest that a contents list prints of a heading, and a little more.
_OPENING = 100
_OUTLINE = CLAUSES.with_only_columns(
    *(
        func.substr(Clause.text, 1, _OPENING).label("text") if column.name == "text" else column
        for column in CLAUSES.selected_columns
    )
)
_SECTION = CLAUSES.where(Clause.id.in_(bindparam("ids", expanding=True)))


def outline_of(session: Session, round_id: int) -> tuple[DraftFacts, ...]:
    """Return the drafts of a round like ``drafts_of``, of each text its first words alone."""
    return drafts_from(session.execute(_OUTLINE, {"round_id": round_id}).all())


def section_of(session: Session, round_id: int, ids: Sequence[int]) -> tuple[DraftFacts, ...]:
    """Return the clauses of these ids in order, by draft; a draft that has none of them is left out."""
    return drafts_from(session.execute(_SECTION, {"round_id": round_id, "ids": list(ids)}).all())
