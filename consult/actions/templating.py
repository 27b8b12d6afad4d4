"""Keeping an office's own forms of the synthesis, and filling one with an invented round."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.drafting import keep_file
from consult.actions.preparing import acting
from consult.documents.template_filling import fill_template
from consult.documents.template_reading import read_template
from consult.documents.template_sample import SAMPLE_OPINIONS, SAMPLE_SUMMARY
from consult.documents.template_starter import starter_template
from consult.domain.errors import NotFound
from consult.domain.synthesis import Tally
from consult.domain.terms import ConsultationKind
from consult.store.directory import LeadAgency
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import file_content
from consult.store.queries.templates import TemplateFacts
from consult.store.templates import SynthesisTemplate

__all__ = ["check", "fill_sample", "keep", "retire", "starter_template"]


def check(name: str, content: bytes) -> None:
    """Look at a file before anything is locked. Raises UnreadableDraft, TemplateRefused: see ``template_reading``."""
    read_template(name, content)


def keep(
    session: Session,
    official: OfficialGrant,
    name: str,
    kind: ConsultationKind | None,
    file: tuple[str, bytes],
    now: datetime,
) -> None:
    """Keep a form that was checked, by its file's name and bytes; one of the same name goes out of use."""
    _hold(session, official)
    digest = keep_file(session, file[1])
    same = (SynthesisTemplate.name == name, *_in_use(official))
    session.execute(update(SynthesisTemplate).where(*same).values(superseded_at=now))
    values = {"lead_agency_id": official.lead_agency_id, "name": name, "kind": kind, "file_name": file[0]}
    values |= {"file_digest": digest, "official": official.name, "kept_at": now}
    session.execute(insert(SynthesisTemplate).values(**values))
    append(session, now, acting(official), "keep form", name=name, file=file[0], digest=digest)


def retire(session: Session, official: OfficialGrant, number: int, now: datetime) -> None:
    """Take a form out of use; it stays in the record. Raises NotFound: it is in use no more, or another office's."""
    _hold(session, official)
    mine = (SynthesisTemplate.id == number, *_in_use(official))
    done = update(SynthesisTemplate).where(*mine).values(superseded_at=now)
    row = session.execute(done.returning(SynthesisTemplate.name, SynthesisTemplate.file_digest)).one_or_none()
    if row is None:
        raise NotFound("there is no such form in use")
    append(session, now, acting(official), "retire form", name=row.name, digest=row.file_digest)


def fill_sample(session: Session, form: TemplateFacts, target: Path) -> Tally:
    """Write an invented round into a form, for looking at it."""
    return fill_template(file_content(session, form.digest), SAMPLE_SUMMARY, SAMPLE_OPINIONS, target)


def _hold(session: Session, official: OfficialGrant) -> None:
    """Lock the office, so that one of two forms of a name handed in at once supersedes the other."""
    session.execute(select(LeadAgency.id).where(LeadAgency.id == official.lead_agency_id).with_for_update()).all()


def _in_use(official: OfficialGrant) -> tuple[ColumnElement[bool], ...]:
    return (SynthesisTemplate.lead_agency_id == official.lead_agency_id, SynthesisTemplate.superseded_at.is_(None))
