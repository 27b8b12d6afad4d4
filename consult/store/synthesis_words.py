"""The words that a lead agency prints in a form of the synthesis instead of the house's, for each kind of draft."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.domain.terms import ConsultationKind, SynthesisForm
from consult.store.database import Base, named
from consult.store.directory import LeadAgency


class SynthesisWords(Base):
    """One sentence, head or title; a field without a row is printed in the house's words."""

    __tablename__ = "synthesis_words"
    __table_args__ = (UniqueConstraint("lead_agency_id", "kind", "form", "field"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_agency_id: Mapped[int] = mapped_column(ForeignKey(LeadAgency.id))
    kind: Mapped[ConsultationKind] = mapped_column(named(ConsultationKind))
    form: Mapped[SynthesisForm] = mapped_column(named(SynthesisForm))
    field: Mapped[str]
    words: Mapped[str]


def own_words(session: Session, lead_agency_id: int, kind: ConsultationKind, form: SynthesisForm) -> Mapping[str, str]:
    """Return what the office prints instead of the house's words, by field; empty when nothing was changed."""
    found = session.execute(select(SynthesisWords.field, SynthesisWords.words).where(*_of(lead_agency_id, kind, form)))
    return {row.field: row.words for row in found}


def mark_of(words: Mapping[str, str]) -> str:
    """Return 64 hexadecimal digits, others whenever the words are others: what a form says that it was shown."""
    return hashlib.sha256(repr(sorted(words.items())).encode()).hexdigest()


def changes_by_form(session: Session, lead_agency_id: int) -> Mapping[tuple[ConsultationKind, SynthesisForm], int]:
    """Return how many fields the office prints in words of its own, for each form that has any."""
    of_form = (SynthesisWords.kind, SynthesisWords.form)
    mine = select(*of_form, func.count()).where(SynthesisWords.lead_agency_id == lead_agency_id).group_by(*of_form)
    return {(kind, form): number for kind, form, number in session.execute(mine)}


def replace_words(
    session: Session, lead_agency_id: int, kind: ConsultationKind, form: SynthesisForm, words: Mapping[str, str]
) -> None:
    """Put ``words`` in the place of all that the office had for this form; none goes back to the house's."""
    session.execute(delete(SynthesisWords).where(*_of(lead_agency_id, kind, form)))
    session.add_all(
        SynthesisWords(lead_agency_id=lead_agency_id, kind=kind, form=form, field=field, words=text)
        for field, text in words.items()
    )


def _of(lead_agency_id: int, kind: ConsultationKind, form: SynthesisForm) -> tuple[ColumnElement[bool], ...]:
    return (
        SynthesisWords.lead_agency_id == lead_agency_id,
        SynthesisWords.kind == kind,
        SynthesisWords.form == form,
    )
