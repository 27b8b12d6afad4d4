"""The synthesis as a page looks at it: what decides about every row, and, for a search alone, the words of every row.

Both come in the order of the document, each in one statement. The rows that are shown are read by their ids
(``synthesis_share.Share``).
"""

from collections.abc import Iterator

from sqlalchemy import and_, bindparam, case, func, literal, select
from sqlalchemy.orm import Session

from consult.domain.table_view import Line
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause, ClauseWording, Draft
from consult.store.queries.synthesis_rows import POSITION
from consult.store.queries.wordings import read_at
from consult.store.responses import Response

_ANSWERED = Response.words == SubmittedComment.words
_OF_ROUND = and_(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
_MINE = and_(Response.invitation_id == Invitation.id, Response.comment_key == SubmittedComment.key)
_LINES = (
    select(
        SubmittedComment.row_id,
        SubmittedComment.key,
        Invitation.code,
        func.coalesce(Draft.position, literal(0)),
        func.coalesce(Clause.section, ""),
        Submission.late,
        case((_ANSWERED, Response.disposition)),
        and_(Response.words.is_not(None), Response.words != SubmittedComment.words),
    )
    .join(Submission, and_(Submission.id == SubmittedComment.submission_id, Submission.in_force))
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .outerjoin(Draft, Draft.id == Clause.draft_id)
    .outerjoin(ClauseWording, read_at(Submission.sent_at))
    .outerjoin(Response, _MINE)
    .where(_OF_ROUND)
    .order_by(*POSITION)
)
_TEXTS = (
    select(
        SubmittedComment.row_id,
        SubmittedComment.content,
        SubmittedComment.proposed_text,
        SubmittedComment.reason,
        Invitation.name,
        func.coalesce(Clause.cited, ""),
        func.coalesce(case((_ANSWERED, Response.sentence)), ""),
    )
    .join(Submission, and_(Submission.id == SubmittedComment.submission_id, Submission.in_force))
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .outerjoin(Response, _MINE)
    .where(_OF_ROUND)
)


def lines(session: Session, round_id: int) -> tuple[Line, ...]:
    """Return every comment in force by what it is chosen by, in the order of the document."""
    rows = session.connection().execute(_LINES, {"round_id": round_id})
    return tuple(Line._make(row) for row in rows)


def texts(session: Session, round_id: int) -> Iterator[tuple[str, str]]:
    """Yield the id of every comment in force with all of the words that a reader may look for."""
    for id_, *words in session.connection().execute(_TEXTS, {"round_id": round_id}):
        yield id_, " ".join(words)
