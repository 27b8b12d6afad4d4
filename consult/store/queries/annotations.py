"""What is written into a draft's own file: its clauses with their addresses, comments in force, agreed wordings.

Comments on the draft as a whole belong to the first draft of a round, so that each stands in one file.
"""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Boolean, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.domain.terms import CommentKind, Disposition
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause, ClauseWording
from consult.store.queries.preparing import DraftFile
from consult.store.queries.wordings import READ, read_at
from consult.store.responses import AgreedWording, Response


class ClauseWithWording(NamedTuple):
    """A clause in the order of its draft, with its agreed wording where it has one; ``source`` is JSON of its spans."""

    id: int
    cited: str
    label: str
    text: str
    source: str
    changed_at: datetime | None
    removed_at: datetime | None
    agreed: str | None
    agreed_at: datetime | None


class RemarkFacts(NamedTuple):
    """A comment in force with its response; ``clause_id`` None is the draft as a whole."""

    clause_id: int | None
    agency: str
    short_name: str
    letter_number: str
    letter_date: date | None
    sent_at: datetime
    kind: CommentKind
    content: str
    proposed_text: str
    reason: str
    words: str
    answered_words: str | None
    disposition: Disposition | None
    sentence: str | None
    read_edition: int | None
    read_cited: str
    read_text: str
    removed: bool

    @property
    def place_changed(self) -> bool:
        """Whether a correction changed the place after the agency sent, or took it out of the draft."""
        return self.removed or self.read_edition is not None

    @property
    def answered(self) -> bool:
        """Whether the response counts."""
        return self.answered_words == self.words


_CLAUSES = (
    select(
        Clause.id,
        Clause.cited,
        Clause.label,
        Clause.text,
        Clause.source,
        Clause.changed_at,
        Clause.removed_at,
        AgreedWording.text,
        AgreedWording.agreed_at,
    )
    .outerjoin(AgreedWording, AgreedWording.clause_id == Clause.id)
    .where(Clause.draft_id == bindparam("draft_id"))
    .order_by(Clause.position)
)
_WHOLE = and_(bindparam("first", type_=Boolean), SubmittedComment.clause_id.is_(None))
_REMARKS = (
    select(
        SubmittedComment.clause_id,
        Invitation.name,
        Invitation.short_name,
        Submission.letter_number,
        Submission.letter_date,
        Submission.sent_at,
        SubmittedComment.kind,
        SubmittedComment.content,
        SubmittedComment.proposed_text,
        SubmittedComment.reason,
        SubmittedComment.words,
        Response.words,
        Response.disposition,
        Response.sentence,
        *READ,
    )
    .join(Submission, and_(Submission.id == SubmittedComment.submission_id, Submission.in_force))
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .outerjoin(ClauseWording, read_at(Submission.sent_at))
    .outerjoin(Response, and_(Response.invitation_id == Invitation.id, Response.comment_key == SubmittedComment.key))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
    .where(
        or_(Clause.draft_id == bindparam("draft_id"), and_(bindparam("first"), SubmittedComment.clause_id.is_(None)))
    )
    .order_by(
        func.coalesce(Clause.position, 0),
        Invitation.line,
        Invitation.member,
        SubmittedComment.position,
    )
)


def clauses_with_wordings(session: Session, draft: DraftFile) -> tuple[ClauseWithWording, ...]:
    """Return the clauses of a draft in its order, those that a correction took out too."""
    rows = session.connection().execute(_CLAUSES, {"draft_id": draft.id})
    return tuple(ClauseWithWording._make(row) for row in rows)


def remarks_on(session: Session, draft: DraftFile, *, first: bool) -> tuple[RemarkFacts, ...]:
    """Return the comments in force on a draft; ``first`` says that those on the whole are among them."""
    values = {"draft_id": draft.id, "round_id": draft.round_id, "first": first}
    return tuple(RemarkFacts._make(row) for row in session.connection().execute(_REMARKS, values))
