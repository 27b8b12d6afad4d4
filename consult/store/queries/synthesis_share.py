"""A share of the synthesis table: of one body, below one heading, some rows of these; and the headings there are."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause, Draft
from consult.store.database import AnyRow

_draft = func.coalesce(Draft.position, 0)
_section = func.coalesce(Clause.section, "")


@dataclass(frozen=True)
class Share:
    """Which rows: those of the body of ``code``, those below ``heading`` (the draft's position and the words).

    ``most`` rows from ``start`` on; None stands for all. ``draft`` is the position of one draft, ``span`` the first and
    the last position of its clauses that are wanted. ``ids`` are the rows themselves, by
    the ids of their comments.
    """

    code: str | None = None
    heading: tuple[int, str] | None = None
    start: int = 0
    most: int | None = None
    draft: int | None = None
    span: tuple[int, int] | None = None
    ids: tuple[str, ...] | None = None

    def of(self, rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """Return the statement of the table narrowed to this share."""
        if self.code is not None:
            rows = rows.where(Invitation.code == self.code)
        if self.heading is not None:
            draft, section = self.heading
            rows = rows.where(_draft == draft, _section == section)
        if self.draft is not None:
            rows = rows.where(_draft == self.draft)
        if self.span is not None:
            rows = rows.where(Clause.position.between(*self.span))
        if self.ids is not None:
            rows = rows.where(SubmittedComment.row_id.in_(self.ids))
        return rows if self.most is None else rows.offset(self.start).limit(self.most)


@dataclass(frozen=True)
class Heading:
    """A top heading with comments below it; ``draft`` is the draft's position, 0 for the draft as a whole."""

    draft: int
    words: str
    rows: int


WHOLE_TABLE = Share()
_HEADINGS = (
    select(_draft, _section, func.count(SubmittedComment.id))
    .select_from(SubmittedComment)
    .join(Submission, and_(Submission.id == SubmittedComment.submission_id, Submission.in_force))
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .outerjoin(Draft, Draft.id == Clause.draft_id)
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
    .group_by(_draft, _section)
    .order_by(_draft, func.min(func.coalesce(Clause.position, 0)))
)


def headings(session: Session, round_id: int, code: str | None = None) -> tuple[Heading, ...]:
    """Return the headings below which comments in force stand, of all bodies or of one, in the order of the draft."""
    return tuple(map(_heading, session.execute(Share(code).of(_HEADINGS), {"round_id": round_id})))


def _heading(row: AnyRow) -> Heading:
    return Heading(*tuple(row))
