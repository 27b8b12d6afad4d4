"""The syntheses that were written of each round: number, moment, digests and counts; never the files themselves.

A file is made again from the record; its SHA-256 tells whether it is the same to the byte.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.domain.terms import SynthesisForm
from consult.store.consultations import Round
from consult.store.database import Base, UtcDateTime, named
from consult.store.templates import SynthesisTemplate


class Synthesis(Base):
    """One synthesis; a row never changes. The columns are those of ``domain.control.Made``, ``counts`` as JSON."""

    __tablename__ = "synthesis"
    __table_args__ = (
        UniqueConstraint("round_id", "number", name="uq_synthesis_number"),
        UniqueConstraint("round_id", "data_digest", "form", "request", "edition", name="uq_synthesis_data"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    number: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    form: Mapped[SynthesisForm] = mapped_column(named(SynthesisForm))
    template_id: Mapped[int | None] = mapped_column(ForeignKey(SynthesisTemplate.id))
    request: Mapped[str]
    described: Mapped[str]
    edition: Mapped[int]
    data_digest: Mapped[str]
    file_digest: Mapped[str]
    journal_entries: Mapped[int]
    journal_digest: Mapped[str]
    counts: Mapped[str]
