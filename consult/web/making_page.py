"""The one page of a round in preparation: its fields, drafts, further files, list, and what it still lacks."""

from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from wtforms import Field

from consult.actions.issuing import readiness
from consult.actions.sampling import first_words
from consult.domain.errors import AlreadyPublished
from consult.domain.readiness import differing_close
from consult.store.queries.door import OfficialGrant
from consult.store.queries.enclosures import enclosures
from consult.store.queries.making import asking_of, matter_of, standing_of
from consult.store.queries.rounds import RoundFacts, newest_round
from consult.web.making_forms import (
    AddDraftForm,
    ConsultationForm,
    EncloseForm,
    RoundForm,
    matter_shown,
)
from consult.web.making_words import LACKING, PLACES, fault_told
from consult.web.request import now, reader


@dataclass(frozen=True)
class Typed:
    """The form that was refused, whose words come back, and why when no field says it."""

    form: RoundForm | None = None
    draft: AddDraftForm | None = None
    enclosure: EncloseForm | None = None
    notice: str = ""


NOTHING_TYPED = Typed()


def refuse_published(facts: RoundFacts) -> None:
    """Make sure that a round is still in preparation. Raises AlreadyPublished."""
    if facts.published_at is not None:
        raise AlreadyPublished("the round is published; it is changed by acts of their own")


def form_of(facts: RoundFacts, locked: bool) -> RoundForm:
    """Return the form of a round as it stands; ``locked`` leaves out what letters of an earlier round said."""
    asking = asking_of(facts)
    if locked:
        return RoundForm.showing(asking, facts.version)
    return ConsultationForm.showing(asking, facts.version, **matter_shown(matter_of(facts)))


def show_page(official: OfficialGrant, facts: RoundFacts, typed: Typed = NOTHING_TYPED, saved: str = "") -> str:
    """Show the round as it stands now; ``typed`` is what was refused, ``saved`` what was just done."""
    facts = newest_round(reader(), facts.slug)
    standing = standing_of(reader(), facts)
    ready = readiness(reader(), facts, now())
    return render_template(
        "making/page.html",
        official=official,
        facts=facts,
        standing=standing,
        fault=fault_told(standing.publish_fault),
        ready=ready,
        meant=differing_close(asking_of(facts)),
        enclosed=enclosures(reader(), facts.id),
        form=typed.form or form_of(facts, standing.matter_locked),
        draft_form=typed.draft or AddDraftForm(formdata=None),
        enclose_form=typed.enclosure or EncloseForm(formdata=None),
        notice=typed.notice,
        saved=saved,
        lacking=LACKING,
        said=first_words(facts),
        places=PLACES,
        now=now(),
    )


def show_conflict(official: OfficialGrant, facts: RoundFacts, form: RoundForm) -> str:
    """Show what stands now beside what was typed; saving again goes over what is shown here."""
    facts = newest_round(reader(), facts.slug)
    stands = form_of(facts, not isinstance(form, ConsultationForm))
    form.version.process_data(facts.version)
    form.version.raw_data = None
    return render_template(
        "making/conflict.html",
        official=official,
        facts=facts,
        form=form,
        differing=[pair for pair in zip(stands, form, strict=True) if _shown(pair[0]) != _shown(pair[1])],
        shown=_shown,
        said=first_words(facts),
        now=now(),
    )


def stale_words() -> str:
    """Return what somebody is told who saw an older state of a list."""
    return str(_("Somebody changed this in the meantime. It is shown as it stands now; nothing of yours was stored."))


def _shown(field: Any) -> str:
    """Return what a field holds, as a person reads it; "" for what is not read."""
    if not isinstance(field, Field) or field.name in ("version", "do", "csrf_token"):
        return ""
    if hasattr(field, "choices"):
        return next((str(choice.label) for choice in field.choices if choice.value == field.data), "")
    if isinstance(field.data, bool):
        return str(_("yes") if field.data else _("no"))
    return str(field.data or "")
