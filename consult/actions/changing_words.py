"""Changing the words that an office prints in a form of the synthesis, and looking at them with an invented round."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.actions.preparing import acting
from consult.documents.synthesis_docx import write_synthesis
from consult.documents.template_sample import SAMPLE_OPINIONS, SAMPLE_SUMMARY
from consult.domain.errors import StaleVersion
from consult.domain.synthesis import Tally
from consult.domain.synthesis_words import changed
from consult.domain.terms import ConsultationKind, SynthesisForm
from consult.store.directory import LeadAgency
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.synthesis_words import mark_of, own_words, replace_words


def change_words(
    session: Session,
    official: OfficialGrant,
    of: tuple[ConsultationKind, SynthesisForm],
    words: Mapping[str, str],
    seen: str,
    now: datetime,
) -> None:
    """Print ``words`` in a form for a kind of draft, the house's where they do not differ; nothing when none changes.

    The journal is told the fields that changed, "" for one that has the house's words again.

    Raises:
        WordsRefused: some could not be printed; nothing is stored.
        StaleVersion: somebody changed them since ``seen`` (``mark_of``) was shown.
    """
    kind, form = of
    own = changed(form, words)
    session.execute(select(LeadAgency.id).where(LeadAgency.id == official.lead_agency_id).with_for_update()).all()
    before = own_words(session, official.lead_agency_id, kind, form)
    if own == before:
        return
    if mark_of(before) != seen:
        raise StaleVersion("somebody changed these words meanwhile", stored=before, version=0)
    replace_words(session, official.lead_agency_id, kind, form, own)
    told = {field: own.get(field, "") for field in {*before, *own} if own.get(field) != before.get(field)}
    append(session, now, acting(official), "word form", drafted=kind.name, form=form.name, changed=told)


def write_sample(form: SynthesisForm, words: Mapping[str, str], target: Path) -> Tally:
    """Write an invented round in ``words``, kept or not. Raises WordsRefused."""
    own = tuple(sorted(changed(form, words).items()))
    return write_synthesis(replace(SAMPLE_SUMMARY, form=form, own=own), SAMPLE_OPINIONS, target)
