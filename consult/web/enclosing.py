"""The further files of a round in preparation: adding one, its title, its place, taking it out, looking at it."""

from flask import Blueprint, Response, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from consult.actions import enclosing
from consult.domain.errors import StaleVersion, UnreadableDraft
from consult.store.queries.door import OfficialGrant
from consult.store.queries.enclosures import EnclosedFile, enclosure_at
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.draft_files import by_script, file_name, handed_out
from consult.web.making_forms import EncloseForm, EnclosureForm
from consult.web.making_page import Typed, refuse_published, show_page, stale_words
from consult.web.mending_words import unreadable_told
from consult.web.request import now, reader, transaction

bp = Blueprint("enclosing", __name__, url_prefix="/ban-lam-viec/<slug>/tai-lieu")


@bp.post("")
@access.takes_file
@access.official_of_newest_round
def add(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Put a further file behind those of the round."""
    refuse_published(facts)
    form = EncloseForm()
    if not form.validate_on_submit():
        return _refused(official, facts, form, "")
    try:
        file = enclosing.read_enclosure(file_name(form.file.data.filename), form.file.data.read())
        with transaction() as session:
            enclosing.enclose(session, official, facts, form.title.data or "", file, now())
    except UnreadableDraft as refusal:
        return _refused(official, facts, form, unreadable_told(refusal))
    address = url_for("making.page", slug=facts.slug, _anchor="enclosed", xong="tep")
    return jsonify(address=address) if by_script() else redirect(address, 303)


@bp.get("/<int:position>")
@access.official_of_newest_round
def file(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Hand a further file out to the office."""
    return enclosed_file(enclosure_at(reader(), facts.id, position))


@bp.post("/<int:position>/ten")
@access.official_of_newest_round
def retitle(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Call a further file otherwise."""
    form = EnclosureForm()
    if not form.validate_on_submit():
        return show_page(official, facts, Typed(notice=" ".join(map(str, form.title.errors)))), 422
    try:
        seen = _seen(facts, position, form)
        with transaction() as session:
            enclosing.retitle(session, official, facts, seen, form.title.data or "", now())
    except StaleVersion:
        return show_page(official, facts, Typed(notice=stale_words())), 409
    return _back(facts)


@bp.post("/<int:position>/len")
@access.official_of_newest_round
def move_up(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Put a further file before the one that stands before it."""
    try:
        seen = _seen(facts, position, EnclosureForm())
        with transaction() as session:
            enclosing.move_up(session, official, facts, seen, now())
    except StaleVersion:
        return show_page(official, facts, Typed(notice=stale_words())), 409
    return _back(facts)


@bp.post("/<int:position>/bo")
@access.official_of_newest_round
def take_out(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Take a further file out again."""
    try:
        seen = _seen(facts, position, EnclosureForm())
        with transaction() as session:
            enclosing.take_out(session, official, facts, seen, now())
    except StaleVersion:
        return show_page(official, facts, Typed(notice=stale_words())), 409
    return _back(facts)


def enclosed_file(enclosure: EnclosedFile) -> Response:
    """Answer with a further file, to be kept and never shown by the browser."""
    return handed_out(enclosure.digest, enclosure.media_type, enclosure.name)


def _seen(facts: RoundFacts, position: int, form: EnclosureForm) -> EnclosedFile:
    """Return the entry when it stands as it was on the screen.

    Raises:
        AlreadyPublished: the round is published.
        StaleVersion: somebody changed it.
    """
    refuse_published(facts)
    found = enclosure_at(reader(), facts.id, position)
    if found.mark != form.seen.data:
        raise StaleVersion("somebody changed the list of files meanwhile", stored=found, version=0)
    return found


def _back(facts: RoundFacts) -> ResponseReturnValue:
    return redirect(url_for("making.page", slug=facts.slug, _anchor="enclosed"), 303)


def _refused(official: OfficialGrant, facts: RoundFacts, form: EncloseForm, words: str) -> ResponseReturnValue:
    if by_script():
        errors = [str(error) for field in form for error in field.errors]
        return jsonify(what=words or " ".join(errors)), 422
    return show_page(official, facts, Typed(enclosure=form, notice=words)), 422
