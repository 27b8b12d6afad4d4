"""An office's own forms of the synthesis."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.domain.terms import ConsultationKind
from consult.store.consultations import StoredFile
from consult.store.database import Base, UtcDateTime, named
from consult.store.directory import LeadAgency


class SynthesisTemplate(Base):
    """A form as it was handed in; a newer one of the same name supersedes it, and it stays in the record.

    ``kind`` says for what is drafted it is meant, None for either.
    """

    __tablename__ = "synthesis_template"
    __table_args__ = (Index(None, "lead_agency_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_agency_id: Mapped[int] = mapped_column(ForeignKey(LeadAgency.id))
    name: Mapped[str]
    kind: Mapped[ConsultationKind | None] = mapped_column(named(ConsultationKind))
    file_name: Mapped[str]
    file_digest: Mapped[str] = mapped_column(ForeignKey(StoredFile.digest))
    official: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
