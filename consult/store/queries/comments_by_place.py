"""Comments in force counted over the draft: one number for each clause of the top level and all below it."""

from itertools import groupby
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.outline_nodes import NodeKind
from consult.domain.wording import opening_words
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause, Draft

_WORDS = 9
_CHARACTERS = 160


class PlaceCount(NamedTuple):
    """A place of the top level with the comments on it and below; ``cited`` and ``anchor`` are empty for the whole.

    ``part`` names its draft where the round has several. ``label`` is what is printed before it, or "".
    """

    part: str
    anchor: str
    label: str
    cited: str
    opening: str
    comments: int


class _Row(NamedTuple):
    position: int
    part: str
    anchor: str
    label: str
    level: int
    kind: NodeKind
    cited: str
    opening: str
    comments: int


_COUNTED = (
    select(SubmittedComment.clause_id, func.count().label("comments"))
    .join(Submission, Submission.id == SubmittedComment.submission_id)
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None), Submission.in_force)
    .group_by(SubmittedComment.clause_id)
    .cte("counted")
)
_WHOLE = select(_COUNTED.c.comments).where(_COUNTED.c.clause_id.is_(None)).scalar_subquery()
_CLAUSES = (
    select(
        Draft.position,
        func.coalesce(func.nullif(Draft.part, ""), Draft.title),
        Clause.anchor,
        Clause.label,
        Clause.level,
        Clause.kind,
        Clause.cited,
        func.substr(Clause.text, 1, _CHARACTERS),
        func.coalesce(_COUNTED.c.comments, 0),
        func.coalesce(_WHOLE, 0),
    )
    .join(Clause, Clause.draft_id == Draft.id)
    .outerjoin(_COUNTED, _COUNTED.c.clause_id == Clause.id)
    .where(Draft.round_id == bindparam("round_id"), Draft.corrects_id.is_(None))
    .order_by(Draft.position, Clause.position)
)


def comments_by_place(session: Session, round_id: int) -> tuple[PlaceCount, ...]:
    """Return the draft as a whole, then every place of the top level in order, with what was said there.

    What stands around a draft's body is left out while nobody comments on it; a place that was taken out of the draft
    stays while there are comments on it.
    """
    rows = session.connection().execute(_CLAUSES, {"round_id": round_id}).all()
    on_whole = PlaceCount("", "", "", "", "", rows[0][-1] if rows else 0)
    clauses = [_Row._make(row[:-1]) for row in rows]
    several = len({row.position for row in clauses}) > 1
    found = [on_whole]
    for _, group in groupby(clauses, key=lambda row: row.position):
        found += _tops(list(group), named=several)
    return tuple(found)


def _tops(clauses: list[_Row], *, named: bool) -> list[PlaceCount]:
    tops: list[list[_Row]] = []
    for row in clauses:
        if row.level == 0 or not tops:
            tops.append([])
        tops[-1].append(row)
    counted = [(rows[0], sum(row.comments for row in rows)) for rows in tops]
    return [
        PlaceCount(
            top.part if named else "", top.anchor, top.label, top.cited, opening_words(top.opening, _WORDS), said
        )
        for top, said in counted
        if said or not top.kind.in_frame
    ]
