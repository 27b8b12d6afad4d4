"""The drafts of a round in preparation: adding one, its name, its place, taking it out."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import arranging
from consult.actions.arranging import Named
from consult.actions.mending import read_file
from consult.domain.errors import PartTaken, StaleVersion, UnreadableDraft
from consult.store.database import Session
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, draft_at
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.draft_files import by_script, file_name
from consult.web.making_forms import AddDraftForm, NamedForm, VersionedForm
from consult.web.making_page import Typed, refuse_published, show_page, stale_words
from consult.web.mending_words import unreadable_told
from consult.web.request import now, reader, transaction

bp = Blueprint("arranging", __name__, url_prefix="/ban-lam-viec/<slug>/du-thao")
ActOnDraft = Callable[[Session, OfficialGrant, RoundFacts, DraftFile, datetime], None]


@bp.post("/them")
@access.takes_file
@access.official_of_newest_round
def add(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Add a draft and go on to the table where its reading is mended."""
    refuse_published(facts)
    form = AddDraftForm()
    if not form.validate_on_submit():
        return _refused(official, facts, form, "")
    try:
        handed_in = read_file(file_name(form.file.data.filename), form.file.data.read())
        with transaction() as session:
            position = arranging.add_draft(session, official, facts, _named(form), handed_in, now())
    except UnreadableDraft as refusal:
        return _refused(official, facts, form, unreadable_told(refusal))
    except PartTaken:
        return _refused(official, facts, form, _taken())
    address = url_for("mending.table", slug=facts.slug, position=position)
    return jsonify(address=address) if by_script() else redirect(address, 303)


@bp.post("/<int:position>/ten")
@access.official_of_newest_round
def rename(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Call a draft otherwise."""
    refuse_published(facts)
    form, draft = NamedForm(), draft_at(reader(), facts.id, position)
    if not form.validate_on_submit():
        return show_page(official, facts, Typed(notice=" ".join(map(str, form.title.errors)) or stale_words())), 422
    try:
        with transaction() as session:
            seen = draft.seen_at(form.version.data or 0)
            arranging.rename_draft(session, official, facts, seen, _named(form), now())
    except PartTaken:
        return show_page(official, facts, Typed(notice=_taken())), 422
    except StaleVersion:
        return show_page(official, facts, Typed(notice=stale_words())), 409
    return _back(facts)


@bp.post("/<int:position>/len")
@access.official_of_newest_round
def move_up(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Put a draft before the one that stands before it."""
    return _changed(official, facts, position, arranging.move_up)


@bp.post("/<int:position>/bo")
@access.official_of_newest_round
def remove(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Take a draft out."""
    return _changed(official, facts, position, arranging.remove_draft)


def _changed(official: OfficialGrant, facts: RoundFacts, position: int, act: ActOnDraft) -> ResponseReturnValue:
    """Carry out an act on the draft as it was on the screen."""
    refuse_published(facts)
    form, draft = VersionedForm(), draft_at(reader(), facts.id, position)
    try:
        with transaction() as session:
            act(session, official, facts, draft.seen_at(form.version.data or 0), now())
    except StaleVersion:
        return show_page(official, facts, Typed(notice=stale_words())), 409
    return _back(facts)


def _named(form: NamedForm) -> Named:
    return Named(form.part.data or "", form.title.data or "")


def _taken() -> str:
    return str(_("Another draft of this round is that part; give this one another name."))


def _back(facts: RoundFacts) -> ResponseReturnValue:
    return redirect(url_for("making.page", slug=facts.slug, _anchor="drafts"), 303)


def _refused(official: OfficialGrant, facts: RoundFacts, form: AddDraftForm, words: str) -> ResponseReturnValue:
    if by_script():
        errors = [str(error) for field in form for error in field.errors]
        return jsonify(what=words or " ".join(errors) or stale_words()), 422
    return show_page(official, facts, Typed(draft=form, notice=words)), 422
