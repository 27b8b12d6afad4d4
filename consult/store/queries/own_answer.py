"""An agency's own answer: its working copy, its agreements, what it sent. Never another agency's."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.answering import Words
from consult.domain.terms import Channel, CommentKind, Stance
from consult.store.answers import (
    Agreement,
    Comment,
    Submission,
    SubmittedAgreement,
    SubmittedComment,
)
from consult.store.consultations import Clause, ClauseWording, Draft
from consult.store.queries.wordings import READ, read_at


@dataclass(frozen=True)
class OwnComment:
    """A comment in the working copy, "" for the place of one on the whole; ``read_…`` stand where it was corrected."""

    key: str
    clause_id: int | None
    anchor: str
    cited: str
    kind: CommentKind
    content: str
    proposed_text: str
    reason: str
    redline: str
    passage: str
    author_name: str
    version: int
    saved_at: datetime
    read_edition: int | None = None
    read_cited: str = ""
    read_text: str = ""
    removed: bool = False

    @property
    def place_changed(self) -> bool:
        """Whether a correction changed the place after the comment was saved, or took it out of the draft."""
        return self.removed or self.read_edition is not None

    @property
    def words(self) -> Words:
        """Return the words alone."""
        return Words(self.kind, self.content, self.proposed_text, self.reason)


@dataclass(frozen=True)
class OwnSubmission:
    """A version that was sent."""

    id: int
    version: int
    code: str
    stance: Stance
    letter_number: str
    letter_date: date | None
    late: bool
    sender_name: str
    sent_at: datetime
    digest: str
    recalled_at: datetime | None
    in_force: bool
    comments: int
    channel: Channel = Channel.ONLINE
    received_on: date | None = None
    secret: bool = False


@dataclass(frozen=True)
class SentComment:
    """A comment of a sent version."""

    anchor: str
    cited: str
    kind: CommentKind
    content: str
    proposed_text: str
    reason: str
    redline: str


_COMMENTS = (
    select(
        Comment.key,
        Comment.clause_id,
        func.coalesce(Clause.anchor, "").label("anchor"),
        func.coalesce(Clause.cited, "").label("cited"),
        Comment.kind,
        Comment.content,
        Comment.proposed_text,
        Comment.reason,
        Comment.redline,
        Comment.passage,
        Comment.author_name,
        Comment.version,
        Comment.saved_at,
        *READ,
    )
    .outerjoin(Clause, Clause.id == Comment.clause_id)
    .outerjoin(Draft, Draft.id == Clause.draft_id)
    .outerjoin(ClauseWording, read_at(Comment.saved_at))
    .where(Comment.invitation_id == bindparam("invitation_id"), Comment.withdrawn_at.is_(None))
)
_ALL_COMMENTS = _COMMENTS.order_by(Comment.clause_id.is_not(None), Draft.position, Clause.position, Comment.id)
_ONE_COMMENT = _COMMENTS.where(Comment.key == bindparam("key"))
_AGREEMENTS = (
    select(Clause.id, Clause.anchor)
    .join(Agreement, Agreement.clause_id == Clause.id)
    .where(Agreement.invitation_id == bindparam("invitation_id"))
)
_SUBMISSIONS = (
    select(
        Submission.id,
        Submission.version,
        Submission.code,
        Submission.stance,
        Submission.letter_number,
        Submission.letter_date,
        Submission.late,
        Submission.sender_name,
        Submission.sent_at,
        Submission.digest,
        Submission.recalled_at,
        Submission.in_force,
        select(func.count(SubmittedComment.id))
        .where(SubmittedComment.submission_id == Submission.id)
        .correlate(Submission)
        .scalar_subquery(),
        Submission.channel,
        Submission.received_on,
        Submission.secret,
    )
    .where(Submission.invitation_id == bindparam("invitation_id"))
    .order_by(Submission.version.desc())
)
_SENT = (
    select(
        func.coalesce(Clause.anchor, ""),
        func.coalesce(ClauseWording.cited, Clause.cited, ""),
        SubmittedComment.kind,
        SubmittedComment.content,
        SubmittedComment.proposed_text,
        SubmittedComment.reason,
        SubmittedComment.redline,
    )
    .select_from(SubmittedComment)
    .join(Submission, Submission.id == SubmittedComment.submission_id)
    .outerjoin(Clause, Clause.id == SubmittedComment.clause_id)
    .outerjoin(ClauseWording, read_at(Submission.sent_at))
    .where(SubmittedComment.submission_id == bindparam("submission_id"))
    .order_by(SubmittedComment.position)
)
_SENT_AGREEMENTS = (
    select(func.coalesce(ClauseWording.cited, Clause.cited))
    .select_from(Clause)
    .join(SubmittedAgreement, SubmittedAgreement.clause_id == Clause.id)
    .join(Submission, Submission.id == SubmittedAgreement.submission_id)
    .outerjoin(ClauseWording, read_at(Submission.sent_at))
    .join(Draft, Draft.id == Clause.draft_id)
    .where(SubmittedAgreement.submission_id == bindparam("submission_id"))
    .order_by(Draft.position, Clause.position)
)
_SENT_ANCHORS = (
    select(Clause.anchor)
    .join(SubmittedAgreement, SubmittedAgreement.clause_id == Clause.id)
    .where(SubmittedAgreement.submission_id == bindparam("submission_id"))
)


def working_copy(session: Session, invitation_id: int) -> tuple[OwnComment, ...]:
    """Return the agency's comments, those on the whole first, then in the order of the draft."""
    return tuple(
        OwnComment(*tuple(row)) for row in session.connection().execute(_ALL_COMMENTS, {"invitation_id": invitation_id})
    )


def own_comment(session: Session, invitation_id: int, key: str) -> OwnComment | None:
    """Return one comment of this agency by its key, or None when it does not exist (or was withdrawn)."""
    row = session.connection().execute(_ONE_COMMENT, {"invitation_id": invitation_id, "key": key}).one_or_none()
    return OwnComment(*tuple(row)) if row else None


def agreed_anchors(session: Session, invitation_id: int) -> frozenset[str]:
    """Return the anchors of the clauses this agency agrees with one by one."""
    return frozenset(row.anchor for row in session.connection().execute(_AGREEMENTS, {"invitation_id": invitation_id}))


def submissions(session: Session, invitation_id: int) -> tuple[OwnSubmission, ...]:
    """Return all versions that were sent, the newest first."""
    return tuple(
        OwnSubmission(*tuple(row))
        for row in session.connection().execute(_SUBMISSIONS, {"invitation_id": invitation_id})
    )


def sent_comments(session: Session, submission_id: int) -> tuple[SentComment, ...]:
    """Return the comments of one version in order."""
    return tuple(SentComment(*row) for row in session.execute(_SENT, {"submission_id": submission_id}))


def sent_agreements(session: Session, submission_id: int) -> tuple[str, ...]:
    """Return the places that one version agrees with one by one, as cited."""
    return tuple(session.scalars(_SENT_AGREEMENTS, {"submission_id": submission_id}))


def sent_anchors(session: Session, submission_id: int) -> frozenset[str]:
    """Return the anchors of the places that one version agrees with one by one."""
    return frozenset(session.scalars(_SENT_ANCHORS, {"submission_id": submission_id}))
