"""A consultation, its rounds, the drafts put out in a round, and their clauses.

A round that is published is frozen: its window, its list and its clauses change only by acts that say so.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from consult.domain.outline_nodes import NodeKind
from consult.domain.terms import CommentsVisible, ConsultationKind, Readers, SilenceRule, SynthesisForm
from consult.store.database import Base, UtcDateTime, named
from consult.store.directory import Agency, LeadAgency


class Consultation(Base):
    """The whole matter of one draft: who asks, under whose authority, by which rules."""

    __tablename__ = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    kind: Mapped[ConsultationKind] = mapped_column(named(ConsultationKind))
    lead_agency_id: Mapped[int] = mapped_column(ForeignKey(LeadAgency.id), index=True)
    superior_body: Mapped[str]
    issuing_authority: Mapped[str]
    place: Mapped[str]
    readers: Mapped[Readers] = mapped_column(named(Readers))
    comments_visible: Mapped[CommentsVisible] = mapped_column(named(CommentsVisible))
    silence: Mapped[SilenceRule] = mapped_column(named(SilenceRule))
    silence_ground: Mapped[str]
    contact_office: Mapped[str]
    contact_phone: Mapped[str]
    contact_email: Mapped[str]
    form: Mapped[SynthesisForm] = mapped_column(named(SynthesisForm))
    signer_authority: Mapped[str]
    signer_title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Round(Base):
    """One time of asking: its drafts, one window, one list of agencies, one cover letter.

    ``version`` rises with every change in preparation. ``letter_text`` are the words of the cover letter that were read
    from a file or pasted, ``letter_digest`` its signed file. ``publish_at`` opens it by itself, as ``publish_by``
    ordered; ``publish_fault`` says why that failed. ``result_digest`` is the synthesis as it was made public.

    ``reminder_days`` lists working days before the last day ("3, 1"): "" for no reminder, NULL for the usual days.
    ``tells_close`` sends each agency a letter after the close, ``gives_calendar`` a calendar entry with its invitation.
    ``revision`` rises whenever what readers see of the round changes; prerendered pages are kept by it.
    """

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("consultation_id", "number"),
        CheckConstraint("opens_at < closes_at", name="window"),
        CheckConstraint("late_until IS NULL OR late_until >= closes_at", name="late"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey(Consultation.id))
    number: Mapped[int]
    label: Mapped[str]
    opens_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    late_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deadline_text: Mapped[str]
    letter_number: Mapped[str]
    letter_date: Mapped[date | None]
    letter_subject: Mapped[str]
    requires_letter: Mapped[bool]
    source_digest: Mapped[str]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revision: Mapped[int] = mapped_column(default=1)
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    letter_text: Mapped[str] = mapped_column(default="", server_default="")
    letter_file_name: Mapped[str] = mapped_column(default="", server_default="")
    letter_digest: Mapped[str | None] = mapped_column(ForeignKey("stored_file.digest"))
    declared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publish_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    publish_by: Mapped[str] = mapped_column(default="", server_default="")
    publish_fault: Mapped[str] = mapped_column(default="", server_default="")
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    result_digest: Mapped[str | None] = mapped_column(ForeignKey("stored_file.digest"))
    reminder_days: Mapped[str | None]
    invitation_words: Mapped[str] = mapped_column(default="", server_default="")
    reminder_words: Mapped[str] = mapped_column(default="", server_default="")
    tells_close: Mapped[bool] = mapped_column(default=False, server_default=false())
    gives_calendar: Mapped[bool] = mapped_column(default=False, server_default=false())


class Recipient(Base):
    """An agency on a round's list before it is published; publishing freezes the list into invitations."""

    __tablename__ = "recipient"
    __table_args__ = (UniqueConstraint("round_id", "agency_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id))
    group_line: Mapped[str]
    line: Mapped[int]
    member: Mapped[int]


class Draft(Base):
    """A text put out in a round, with the file it was read from.

    ``version`` rises with whatever is changed about the draft before it is published; ``hands_on_file`` says that
    readers may take the file itself and not only the clean document made from its clauses. The file that stood here
    before is remembered with the edits of its reading (a JSON list), so that it can be put back.

    ``edition`` counts the corrections of a published draft from 1. A draft with ``corrects_id`` is a correction in
    preparation: it is mended like any other, seen by nobody outside, and goes when it is issued.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    position: Mapped[int]
    part: Mapped[str]
    title: Mapped[str]
    file_name: Mapped[str]
    file_digest: Mapped[str] = mapped_column(ForeignKey("stored_file.digest"))
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    hands_on_file: Mapped[bool] = mapped_column(default=False, server_default=false())
    previous_name: Mapped[str | None]
    previous_digest: Mapped[str | None]
    previous_edits: Mapped[str | None]
    edition: Mapped[int] = mapped_column(default=1, server_default="1")
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"))


class StoredFile(Base):
    """Bytes that the office handed in, by their SHA-256 in hexadecimal; never changed."""

    __tablename__ = "stored_file"

    digest: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Clause(Base):
    """One commentable unit of a draft, frame included; ``lineage`` stays with it over corrections of the draft.

    A correction writes its new words into the same row and the old ones into ``ClauseWording``: ``changed_at`` is the
    moment of the last one that changed this place, ``removed_at`` of the one that took it out of the draft.
    """

    __tablename__ = "clause"
    __table_args__ = (UniqueConstraint("draft_id", "anchor"), UniqueConstraint("draft_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(Draft.id))
    position: Mapped[int]
    anchor: Mapped[str]
    label: Mapped[str]
    parent: Mapped[str | None]
    level: Mapped[int]
    kind: Mapped[NodeKind] = mapped_column(named(NodeKind))
    text: Mapped[str]
    cited: Mapped[str]
    section: Mapped[str]
    source: Mapped[str]
    lineage: Mapped[str] = mapped_column(unique=True)
    changed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class ClauseWording(Base):
    """How a clause stood in an edition of its draft that is no longer in force."""

    __tablename__ = "clause_wording"
    __table_args__ = (UniqueConstraint("clause_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey(Clause.id))
    edition: Mapped[int]
    anchor: Mapped[str]
    label: Mapped[str]
    cited: Mapped[str]
    text: Mapped[str]
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class DraftEdition(Base):
    """The file of an edition of a published draft that is no longer in force."""

    __tablename__ = "draft_edition"
    __table_args__ = (UniqueConstraint("draft_id", "edition"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(Draft.id))
    edition: Mapped[int]
    file_name: Mapped[str]
    file_digest: Mapped[str] = mapped_column(ForeignKey("stored_file.digest"))
    until: Mapped[datetime] = mapped_column(UtcDateTime)


class Enclosure(Base):
    """A further file of a round to read along (tờ trình, bản so sánh); ``media_type`` is told by its content."""

    __tablename__ = "enclosure"
    __table_args__ = (UniqueConstraint("round_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    position: Mapped[int]
    title: Mapped[str]
    file_name: Mapped[str]
    file_digest: Mapped[str] = mapped_column(ForeignKey("stored_file.digest"))
    media_type: Mapped[str]
