"""The official's board: one line an agency, and what is still to be answered."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.domain.counting import Standing
from consult.domain.terms import AgencyState, Basis, LetterKind, LetterState, Stance
from consult.store.answers import Agreement, Comment, Invitation, Submission, SubmittedComment
from consult.store.outbox import Letter
from consult.store.responses import Response


@dataclass(frozen=True)
class BoardLine:
    """Where one invited agency stands."""

    code: str
    name: str
    group_line: str
    email: str | None
    opened_at: datetime | None
    drafted: int
    stance: Stance | None
    sent_at: datetime | None
    version: int | None
    letter_number: str
    letter_date: date | None
    late: bool
    comments: int
    invitation_letter: LetterState | None
    reminded: int
    basis: Basis

    @property
    def state(self) -> AgencyState:
        """Return sent, drafting, opened or silent."""
        if self.stance is not None:
            return AgencyState.SENT
        if self.drafted:
            return AgencyState.DRAFTING
        return AgencyState.OPENED if self.opened_at else AgencyState.SILENT

    @property
    def standing(self) -> Standing:
        """Return what the counts need."""
        return Standing(self.stance, self.late, self.basis)


@dataclass(frozen=True)
class Work:
    """Comments in force, and those that no response of the office counts for yet."""

    comments: int
    unanswered: int


_MINE = Invitation.id
_DRAFTED = (
    select(func.count(Comment.id))
    .where(Comment.invitation_id == _MINE, Comment.withdrawn_at.is_(None))
    .correlate(Invitation)
    .scalar_subquery()
)
_AGREED = (
    select(func.count(Agreement.clause_id))
    .where(Agreement.invitation_id == _MINE)
    .correlate(Invitation)
    .scalar_subquery()
)
_COMMENTS = (
    select(func.count(SubmittedComment.id))
    .where(SubmittedComment.submission_id == Submission.id)
    .correlate(Submission)
    .scalar_subquery()
)
_INVITED_BY = (
    select(Letter.state)
    .where(Letter.invitation_id == _MINE, Letter.kind == LetterKind.INVITATION)
    .correlate(Invitation)
    .limit(1)
    .scalar_subquery()
)
_REMINDED = (
    select(func.count(Letter.id))
    .where(Letter.invitation_id == _MINE, Letter.kind == LetterKind.REMINDER, Letter.state == LetterState.SENT)
    .correlate(Invitation)
    .scalar_subquery()
)
_LINES = (
    select(
        Invitation.code,
        Invitation.name,
        Invitation.group_line,
        Invitation.email,
        Invitation.opened_at,
        _DRAFTED + _AGREED,
        Submission.stance,
        Submission.sent_at,
        Submission.version,
        func.coalesce(Submission.letter_number, ""),
        Submission.letter_date,
        func.coalesce(Submission.late, False),
        _COMMENTS,
        _INVITED_BY,
        _REMINDED,
        Invitation.basis,
    )
    .outerjoin(Submission, and_(Submission.invitation_id == Invitation.id, Submission.in_force))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
    .order_by(Invitation.line, Invitation.member)
)
_WORK = (
    select(
        func.count(SubmittedComment.id),
        func.count(SubmittedComment.id).filter(or_(Response.id.is_(None), Response.words != SubmittedComment.words)),
    )
    .join(Submission, and_(Submission.id == SubmittedComment.submission_id, Submission.in_force))
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .outerjoin(Response, and_(Response.invitation_id == Invitation.id, Response.comment_key == SubmittedComment.key))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
)


def board(session: Session, round_id: int) -> tuple[BoardLine, ...]:
    """Return every invited agency in the cover letter's order."""
    return tuple(BoardLine(*tuple(row)) for row in session.execute(_LINES, {"round_id": round_id}))


def work(session: Session, round_id: int) -> Work:
    """Count the comments in force and the unanswered among them."""
    return Work(*tuple(session.execute(_WORK, {"round_id": round_id}).one()))
