"""An office's own forms of the synthesis: those in use and those that were superseded."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.terms import ConsultationKind
from consult.store.templates import SynthesisTemplate


class TemplateFacts(NamedTuple):
    """A form; ``kind`` None means for whatever is drafted, ``superseded_at`` is set once it is out of use."""

    id: int
    name: str
    kind: ConsultationKind | None
    file_name: str
    digest: str
    official: str
    kept_at: datetime
    superseded_at: datetime | None


_OF_OFFICE = (
    select(
        SynthesisTemplate.id,
        SynthesisTemplate.name,
        SynthesisTemplate.kind,
        SynthesisTemplate.file_name,
        SynthesisTemplate.file_digest,
        SynthesisTemplate.official,
        SynthesisTemplate.kept_at,
        SynthesisTemplate.superseded_at,
    )
    .where(SynthesisTemplate.lead_agency_id == bindparam("office"))
    .order_by(SynthesisTemplate.name, SynthesisTemplate.id.desc())
)
_IN_USE = _OF_OFFICE.where(SynthesisTemplate.superseded_at.is_(None))
_ONE = _OF_OFFICE.where(SynthesisTemplate.id == bindparam("number"))


def templates_of(session: Session, office: int) -> tuple[TemplateFacts, ...]:
    """Return every form of a lead agency by name, the newest of a name first."""
    return tuple(TemplateFacts._make(row) for row in session.execute(_OF_OFFICE, {"office": office}))


def templates_in_use(session: Session, office: int, kind: ConsultationKind) -> tuple[TemplateFacts, ...]:
    """Return the forms that a round of this kind may be written in."""
    every = (TemplateFacts._make(row) for row in session.execute(_IN_USE, {"office": office}))
    return tuple(each for each in every if each.kind in (None, kind))


def template_of(session: Session, office: int, number: int) -> TemplateFacts:
    """Return one form of a lead agency, in use or not. Raises NotFound: it has no such form."""
    row = session.execute(_ONE, {"office": office, "number": number}).one_or_none()
    if row is None:
        raise NotFound("there is no such form")
    return TemplateFacts._make(row)
