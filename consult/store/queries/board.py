"""The official's board: one line an agency, and what is still to be answered.

A page shows some lines of thousands: ``marks`` reads what decides which, ``lines`` all that stands on those.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.domain.board import Mark, Named
from consult.domain.counting import Standing
from consult.domain.terms import AgencyState, Basis, Channel, LetterKind, LetterState, Stance
from consult.domain.window import Window
from consult.store.answers import Agreement, Comment, Invitation, Submission, SubmittedComment
from consult.store.directory import Agency
from consult.store.outbox import Letter
from consult.store.queries.windows import own_in
from consult.store.responses import Response


class BoardLine(NamedTuple):
    """Where one body stands; a tuple, since a page makes hundreds.

    ``invitation_letter`` is the state of the newest letter that carries its link, ``fault`` why that did not arrive.
    ``closes_at`` and ``late_until`` are set where it was given its own window; ``own_letter`` and its date are those of
    the letter by which it was asked later.
    """

    id: int
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
    channel: Channel | None
    received_on: date | None
    secret: bool
    comments: int
    invitation_letter: LetterState | None
    fault: str
    reminded: int
    basis: Basis
    added_at: datetime | None
    own_letter: str
    own_letter_date: date | None
    closes_at: datetime | None
    late_until: datetime | None

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

    def own_window(self, of_round: Window) -> Window | None:
        """Return the window that this body alone was given, or None."""
        if self.closes_at is None and self.late_until is None:
            return None
        return own_in(of_round, self.closes_at, self.late_until)


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
_WITH_LINK = (LetterKind.INVITATION, LetterKind.LINK_AGAIN)
_NEWEST = (
    select(func.max(Letter.id))
    .where(Letter.invitation_id == _MINE, Letter.kind.in_(_WITH_LINK))
    .correlate(Invitation)
    .scalar_subquery()
)
_REMINDED = (
    select(func.count(Letter.id))
    .where(Letter.invitation_id == _MINE, Letter.kind == LetterKind.REMINDER, Letter.state == LetterState.SENT)
    .correlate(Invitation)
    .scalar_subquery()
)
_IN_FORCE: ColumnElement[bool] = and_(Submission.invitation_id == _MINE, Submission.in_force)
# A body that was not asked stands here by its answer alone.
_SHOWN: ColumnElement[bool] = and_(
    Invitation.round_id == bindparam("round_id"),
    Invitation.withdrawn_at.is_(None),
    or_(Invitation.basis != Basis.UNASKED, Submission.id.is_not(None)),
)
_ORDER = (Invitation.basis == Basis.UNASKED, Invitation.line, Invitation.member, Invitation.id)
_MARKS = (
    select(
        Invitation.id,
        (func.coalesce(Invitation.email, "") != "").label("mailbox"),
        (Invitation.basis != Basis.UNASKED).label("asked"),
        Submission.stance,
        Submission.late,
        (Submission.letter_number != "").label("numbered"),
        (Letter.state == LetterState.FAILED).label("refused"),
        Submission.sent_at,
        Submission.received_on,
        Invitation.closes_at,
        Invitation.late_until,
    )
    .outerjoin(Submission, _IN_FORCE)
    .outerjoin(Letter, Letter.id == _NEWEST)
    .where(_SHOWN)
    .order_by(*_ORDER)
)
_NAMES = (
    select(Invitation.id, Invitation.code, Invitation.name, Invitation.short_name, Agency.aliases)
    .join(Agency, Agency.id == Invitation.agency_id)
    .where(Invitation.round_id == bindparam("round_id"))
)
_ALL = (
    select(
        Invitation.id,
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
        Submission.channel,
        Submission.received_on,
        func.coalesce(Submission.secret, False),
        _COMMENTS,
        Letter.state,
        func.coalesce(Letter.last_error, ""),
        _REMINDED,
        Invitation.basis,
        Invitation.added_at,
        Invitation.letter_number.label("own_letter"),
        Invitation.letter_date.label("own_letter_date"),
        Invitation.closes_at,
        Invitation.late_until,
    )
    .outerjoin(Submission, _IN_FORCE)
    .outerjoin(Letter, Letter.id == _NEWEST)
    .where(_SHOWN)
    .order_by(*_ORDER)
)
_SOME = _ALL.where(Invitation.id.in_(bindparam("ids", expanding=True)))
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
    """Return every body of a round in the cover letter's order, those that were not asked last."""
    return tuple(map(BoardLine._make, session.connection().execute(_ALL, {"round_id": round_id}).all()))


def marks(session: Session, round_id: int) -> tuple[Mark, ...]:
    """Return what decides which lines a page shows, in the order of ``board``."""
    return tuple(map(Mark._make, session.connection().execute(_MARKS, {"round_id": round_id}).all()))


def names(session: Session, round_id: int) -> dict[int, Named]:
    """Return how the bodies of a round are called, by the invitation's id."""
    rows = session.connection().execute(_NAMES, {"round_id": round_id}).all()
    return {row[0]: Named(*row[1:]) for row in rows}


def lines(session: Session, round_id: int, ids: Sequence[int]) -> list[BoardLine]:
    """Return the lines of these invitations in the order given."""
    rows = session.connection().execute(_SOME, {"round_id": round_id, "ids": tuple(ids)})
    found = {row[0]: BoardLine._make(row) for row in rows}
    return [found[each] for each in ids]


def work(session: Session, round_id: int) -> Work:
    """Count the comments in force and the unanswered among them."""
    return Work(*tuple(session.execute(_WORK, {"round_id": round_id}).one()))
