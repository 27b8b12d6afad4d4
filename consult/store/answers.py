"""What agencies say: the invitation, the working copy of their comments, and what they sent.

The working copy (``Comment``, ``Agreement``) may change until the close. Sending copies it into rows that never change
(``Submission`` and its rows); sending again makes the next version. A submission in force is the newest of its
invitation that was not recalled: the database allows at most one.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from consult.domain.terms import Basis, Channel, CommentKind, Stance
from consult.store.consultations import Clause, Round
from consult.store.database import Base, UtcDateTime, named
from consult.store.directory import Agency


class Invitation(Base):
    """One agency asked in one round, with the names and address it had at that moment.

    ``code`` stands in addresses and on receipts; it says nothing about order or number. ``generation`` rises when the
    link is revoked. ``closes_at`` and ``late_until`` are set only where this agency was given its own window. One
    asked later (``added_at``) may have its own letter. ``withdrawn_at`` takes it off the list; it is counted no more.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("round_id", "agency_id"), Index(None, "round_id", "line", "member"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id))
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    email: Mapped[str | None]
    group_line: Mapped[str]
    line: Mapped[int]
    member: Mapped[int]
    generation: Mapped[int] = mapped_column(default=1)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    basis: Mapped[Basis] = mapped_column(named(Basis), default=Basis.LISTED, server_default="LISTED")
    added_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    letter_number: Mapped[str] = mapped_column(default="", server_default="")
    letter_date: Mapped[date | None]


ASKED = Invitation.withdrawn_at.is_(None) & (Invitation.basis != Basis.UNASKED)
"""Who stands on a round's list: asked at its publishing or later, and not taken off again."""


class Concern(Base):
    """A clause that names an invited agency (or its group) in its heading: shown to it first."""

    __tablename__ = "concern"

    invitation_id: Mapped[int] = mapped_column(ForeignKey(Invitation.id), primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey(Clause.id), primary_key=True)


class Comment(Base):
    """An opinion in an agency's working copy, on a clause or (``clause_id`` empty) on the draft as a whole.

    ``key`` is the lineage that sent versions and the office's response share. ``version`` travels in the form. The
    redline and the passage that the synthesis prints of a proposed wording are computed once, when it is stored.
    """

    __tablename__ = "comment"
    __table_args__ = (Index(None, "invitation_id", "clause_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey(Invitation.id))
    clause_id: Mapped[int | None] = mapped_column(ForeignKey(Clause.id))
    kind: Mapped[CommentKind] = mapped_column(named(CommentKind))
    content: Mapped[str]
    proposed_text: Mapped[str]
    reason: Mapped[str]
    redline: Mapped[str]
    passage: Mapped[str]
    author_name: Mapped[str]
    author_email: Mapped[str]
    version: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Agreement(Base):
    """ "Thống nhất" on one clause in the working copy; never a comment."""

    __tablename__ = "agreement"

    invitation_id: Mapped[int] = mapped_column(ForeignKey(Invitation.id), primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey(Clause.id), primary_key=True)


class Submission(Base):
    """An agency's answer as sent, one row a version; only letter number and date may be added later.

    ``key`` and ``posted`` (a digest of what the form held) tell a form that is sent again from another one. An answer
    that came by another ``channel`` was keyed in by the official ``entered_by``; ``received_on`` is the day it came
    ("ngày đến"). A ``secret`` one ("Mật") is recorded without any content.
    """

    __tablename__ = "submission"
    __table_args__ = (
        UniqueConstraint("invitation_id", "version"),
        Index(
            "uq_submission_in_force",
            "invitation_id",
            unique=True,
            sqlite_where=text("in_force"),
            postgresql_where=text("in_force"),
        ),
        CheckConstraint("NOT (in_force AND recalled_at IS NOT NULL)", name="recalled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey(Invitation.id))
    version: Mapped[int]
    key: Mapped[str] = mapped_column(unique=True)
    posted: Mapped[str]
    stance: Mapped[Stance] = mapped_column(named(Stance))
    letter_number: Mapped[str]
    letter_date: Mapped[date | None]
    late: Mapped[bool]
    sender_name: Mapped[str]
    sender_email: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    code: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]
    recalled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    in_force: Mapped[bool]
    channel: Mapped[Channel] = mapped_column(named(Channel), default=Channel.ONLINE, server_default="ONLINE")
    received_on: Mapped[date | None]
    entered_by: Mapped[str] = mapped_column(default="", server_default="")
    secret: Mapped[bool] = mapped_column(default=False, server_default=false())


class SubmittedComment(Base):
    """A comment as sent: a frozen copy. ``words`` is the digest a response hangs on; ``row_id`` marks its row."""

    __tablename__ = "submitted_comment"
    __table_args__ = (Index(None, "submission_id", "clause_id"), Index(None, "clause_id"), Index(None, "key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id))
    row_id: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str]
    clause_id: Mapped[int | None] = mapped_column(ForeignKey(Clause.id))
    position: Mapped[int]
    kind: Mapped[CommentKind] = mapped_column(named(CommentKind))
    content: Mapped[str]
    proposed_text: Mapped[str]
    reason: Mapped[str]
    redline: Mapped[str]
    passage: Mapped[str]
    words: Mapped[str]


class SubmittedAgreement(Base):
    """An agreement as sent."""

    __tablename__ = "submitted_agreement"

    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id), primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey(Clause.id), primary_key=True)


class Scan(Base):
    """A file of the official letter of an answer: a PDF or a picture, told by its content."""

    __tablename__ = "scan"
    __table_args__ = (UniqueConstraint("submission_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey(Submission.id))
    position: Mapped[int]
    file_name: Mapped[str]
    media_type: Mapped[str]
    file_digest: Mapped[str] = mapped_column(ForeignKey("stored_file.digest"))
