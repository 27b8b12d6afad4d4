"""A published draft and its correction in preparation: clauses of every edition, and what agencies sent about them."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.store.answers import Comment, Invitation, Submission, SubmittedAgreement, SubmittedComment
from consult.store.consultations import Clause, Draft

LAST_OF_DRAFTS = 100
"""A round has fewer drafts; corrections stand behind, so that no draft of the next round has their address."""


class OldClause(NamedTuple):
    """A clause of a published draft, taken out by an earlier correction or not."""

    id: int
    position: int
    anchor: str
    label: str
    cited: str
    text: str
    changed_at: datetime | None
    removed_at: datetime | None


class Touched(NamedTuple):
    """How many comments and agreements of the answers in force a clause has."""

    comments: int = 0
    agreements: int = 0


_CLAUSES = (
    select(*(getattr(Clause, name) for name in OldClause._fields))
    .where(Clause.draft_id == bindparam("draft_id"))
    .order_by(Clause.position)
)
_COMMENTS = (
    select(Clause.id, func.count())
    .select_from(SubmittedComment)
    .join(Submission, Submission.id == SubmittedComment.submission_id)
    .join(Clause, Clause.id == SubmittedComment.clause_id)
    .where(Clause.draft_id == bindparam("draft_id"), Submission.in_force)
    .group_by(Clause.id)
)
_AGREEMENTS = (
    select(SubmittedAgreement.clause_id, func.count())
    .join(Submission, Submission.id == SubmittedAgreement.submission_id)
    .join(Clause, Clause.id == SubmittedAgreement.clause_id)
    .where(Clause.draft_id == bindparam("draft_id"), Submission.in_force)
    .group_by(SubmittedAgreement.clause_id)
)
_CONCERNED = (
    select(Comment.invitation_id, func.count())
    .join(Clause, Clause.id == Comment.clause_id)
    .where(Clause.draft_id == bindparam("draft_id"), Comment.withdrawn_at.is_(None))
    .where(Clause.changed_at == bindparam("at"))
    .group_by(Comment.invitation_id)
)


def old_clauses(session: Session, draft_id: int) -> tuple[OldClause, ...]:
    """Return all clauses that a draft has or had, in their order."""
    return tuple(OldClause._make(row) for row in session.execute(_CLAUSES, {"draft_id": draft_id}))


def touched_clauses(session: Session, draft_id: int) -> Mapping[int, Touched]:
    """Return what was sent about each clause of a draft; clauses without anything are left out."""
    comments: dict[int, int] = {row[0]: row[1] for row in session.execute(_COMMENTS, {"draft_id": draft_id})}
    agreements: dict[int, int] = {row[0]: row[1] for row in session.execute(_AGREEMENTS, {"draft_id": draft_id})}
    places = comments.keys() | agreements.keys()
    return {each: Touched(comments.get(each, 0), agreements.get(each, 0)) for each in places}


def comments_at_changed(session: Session, draft_id: int, at: datetime) -> Mapping[int, int]:
    """Count by invitation the comments of working copies on clauses that the correction of ``at`` changed."""
    rows = session.execute(_CONCERNED, {"draft_id": draft_id, "at": at})
    return {row[0]: row[1] for row in rows}


def hold_answers(session: Session, round_id: int) -> None:
    """Lock the invitations of a round until the transaction ends, so that no answer is written meanwhile."""
    held = select(Invitation.id).where(Invitation.round_id == round_id).order_by(Invitation.id)
    session.execute(held.with_for_update()).all()


def free_position(session: Session, round_id: int) -> int:
    """Return a position for a correction of a round's draft: beyond those that drafts of any round have."""
    last = session.scalar(select(func.max(Draft.position)).where(Draft.round_id == round_id)) or 0
    return max(last, LAST_OF_DRAFTS) + 1
