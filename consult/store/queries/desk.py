"""Comments in force as the official reads and answers them: in the order of the draft, each with its response.

A response counts only for the words that it answered; where the agency sent other words since, it is shown as changed.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.terms import Basis, Channel, CommentKind, Disposition, Stance
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Clause, ClauseWording, Draft
from consult.store.queries.wordings import READ, read_at
from consult.store.responses import AgreedWording, Response


class DeskComment(NamedTuple):
    """A comment in force with the office's response, if any; ``anchor`` is empty for the draft as a whole.

    ``read_cited`` and ``read_text`` are place and words as they stood when the agency sent, where a correction changed
    them since. A tuple, since a page makes hundreds: a frozen dataclass of so many fields takes longer to make than
    to read.
    """

    key: str
    code: str
    words: str
    agency: str
    stance: Stance
    letter_number: str
    letter_date: date | None
    late: bool
    channel: Channel
    basis: Basis
    clause_id: int | None
    anchor: str
    cited: str
    clause_text: str
    kind: CommentKind
    content: str
    proposed_text: str
    reason: str
    redline: str
    disposition: Disposition | None
    sentence: str
    answered_words: str | None
    answered_at: datetime | None
    response_version: int
    read_edition: int | None
    read_cited: str
    read_text: str
    removed: bool

    @property
    def place_changed(self) -> bool:
        """Whether a correction changed the place after the agency sent, or took it out of the draft."""
        return self.removed or self.read_edition is not None

    @property
    def changed(self) -> bool:
        """Whether the agency sent other words after the office answered."""
        return self.answered_words is not None and self.answered_words != self.words

    @property
    def answered(self) -> bool:
        """Whether the response counts."""
        return self.answered_words == self.words


@dataclass(frozen=True)
class Agreed:
    """A clause's final wording."""

    text: str
    version: int


_COMMENTS = (
    select(
        SubmittedComment.key,
        Invitation.code,
        SubmittedComment.words,
        Invitation.name,
        Submission.stance,
        Submission.letter_number,
        Submission.letter_date,
        Submission.late,
        Submission.channel,
        Invitation.basis,
        SubmittedComment.clause_id,
        func.coalesce(Clause.anchor, ""),
        func.coalesce(Clause.cited, ""),
        func.coalesce(Clause.text, ""),
        SubmittedComment.kind,
        SubmittedComment.content,
        SubmittedComment.proposed_text,
        SubmittedComment.reason,
        SubmittedComment.redline,
        Response.disposition,
        func.coalesce(Response.sentence, ""),
        Response.words,
        Response.answered_at,
        func.coalesce(Response.version, 0),
        *READ,
    )
    .join(Submission, and_(Submission.id == SubmittedComment.submission_id, Submission.in_force))
    .join(Invitation, Invitation.id == Submission.invitation_id)
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .outerjoin(Draft, Draft.id == Clause.draft_id)
    .outerjoin(ClauseWording, read_at(Submission.sent_at))
    .outerjoin(Response, and_(Response.invitation_id == Invitation.id, Response.comment_key == SubmittedComment.key))
    .where(Invitation.round_id == bindparam("round_id"), Invitation.withdrawn_at.is_(None))
)
_ALL = _COMMENTS.order_by(
    func.coalesce(Draft.position, 0),
    func.coalesce(Clause.position, 0),
    Invitation.line,
    Invitation.member,
    SubmittedComment.position,
)
_ONE = _COMMENTS.where(SubmittedComment.key == bindparam("key"))
_HELD = (
    select(Invitation.id)
    .join(Submission, Submission.invitation_id == Invitation.id)
    .join(SubmittedComment, SubmittedComment.submission_id == Submission.id)
    .where(Invitation.round_id == bindparam("round_id"), SubmittedComment.key == bindparam("key"), Submission.in_force)
    .with_for_update(of=Invitation)
)
_HELD_CLAUSE = (
    select(Clause.id)
    .join(SubmittedComment, SubmittedComment.clause_id == Clause.id)
    .where(SubmittedComment.key == bindparam("key"))
    .with_for_update(of=Clause)
)
_AGREED = select(AgreedWording.text, AgreedWording.version).where(AgreedWording.clause_id == bindparam("clause_id"))


def comments_in_force(session: Session, round_id: int) -> tuple[DeskComment, ...]:
    """Return every comment in force: on the whole first, then clause by clause in the cover letter's order."""
    return tuple(DeskComment._make(row) for row in session.connection().execute(_ALL, {"round_id": round_id}))


def comment_in_force(session: Session, round_id: int, key: str) -> DeskComment:
    """Return one comment in force; ``NotFound`` when it is not (any more)."""
    row = session.execute(_ONE, {"round_id": round_id, "key": key}).one_or_none()
    if row is None:
        raise NotFound("there is no such comment in force")
    return DeskComment._make(row)


def hold_comment(session: Session, round_id: int, key: str) -> None:
    """Lock a comment's invitation and clause until the transaction ends, so that one answers at a time.

    What is read before may be stale: read the comment and the wording afterwards.
    """
    session.execute(_HELD, {"round_id": round_id, "key": key}).all()
    session.execute(_HELD_CLAUSE, {"key": key}).all()


def agreed_wording(session: Session, clause_id: int | None) -> Agreed:
    """Return the clause's agreed wording; an empty one of version 0 when there is none."""
    row = session.execute(_AGREED, {"clause_id": clause_id}).one_or_none()
    return Agreed(*row) if row else Agreed("", 0)
