"""The comments of an answer that is being keyed in, one after the other."""

from uuid import uuid4

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import keying_in
from consult.actions.commenting import weigh
from consult.domain.errors import NotFound, StaleVersion
from consult.domain.keyed import KeyedComment
from consult.store.queries.door import OfficialGrant
from consult.store.queries.keyed_answers import Keyed, keyed_answer, place_in, places
from consult.store.queries.places import Place
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.commenting import says_something
from consult.web.keyed import keyed_page
from consult.web.paper_forms import PaperCommentForm, VersionForm
from consult.web.request import now, reader, transaction

bp = Blueprint("keyed_comments", __name__, url_prefix="/ban-lam-viec/<slug>/van-ban/<key>/y-kien/<int:position>")


@bp.get("")
@access.official_of_round
def comment(official: OfficialGrant, facts: RoundFacts, key: str, position: int) -> ResponseReturnValue:
    """Open the form of a comment: 0 is a new one, on the place that was chosen."""
    stands = _comment(keyed_answer(reader(), facts.id, key), position)
    chosen = request.args.get("vi-tri", stands.anchor if stands else "")
    place = _place(facts, chosen)
    text = place.text if place else ""
    form = PaperCommentForm(
        formdata=None,
        place=chosen,
        key=stands.key if stands else uuid4().hex,
        kind=stands.kind.name if stands else None,
        content=stands.content if stands else "",
        proposed_text=(stands.proposed_text if stands else "") or text,
        reason=stands.reason if stands else "",
        version=stands.version if stands else 0,
    )
    return _comment_page(official, facts, key, position, form, place)


def _comment(keyed: Keyed, position: int) -> KeyedComment | None:
    """Return the comment of that number, None for a new one."""
    found = keyed.answer.comment(position)
    if position and found is None:
        raise NotFound("this comment was taken out meanwhile")
    return found


def _place(facts: RoundFacts, anchor: str) -> Place | None:
    return place_in(reader(), facts.id, anchor) if anchor else None


def _comment_page(
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    position: int,
    form: PaperCommentForm,
    place: Place | None,
    stands: KeyedComment | None = None,
) -> str:
    return render_template(
        "paper/comment.html",
        official=official,
        facts=facts,
        keyed=keyed_answer(reader(), facts.id, key),
        position=position,
        form=form,
        place=place,
        places=places(reader(), facts.id) if position else (),
        stands=stands,
        remove=VersionForm(formdata=None, version=form.version.data),
    )


@bp.post("")
@access.official_of_round
def save_comment(official: OfficialGrant, facts: RoundFacts, key: str, position: int) -> ResponseReturnValue:
    """Add a comment, or change one."""
    form = PaperCommentForm()
    right = form.validate_on_submit()
    place = _place(facts, form.place.data or "")
    if not (says_something(form, place) and right):
        return _comment_page(official, facts, key, position, form, place), 422
    typed = weigh(form.key.data, place, form.words(), form.version.data)
    try:
        with transaction() as session:
            if position:
                keying_in.change_comment(session, official, facts, key, place, typed, position, now())
            else:
                keying_in.add_comment(session, official, facts, key, place, typed, now())
    except StaleVersion as stale:
        return _comment_again(official, facts, key, position, form, place, stale), 409
    return redirect(url_for("keyed.show", slug=facts.slug, key=key, _anchor="comments"), 303)


def _comment_again(
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    position: int,
    form: PaperCommentForm,
    place: Place | None,
    stale: StaleVersion,
) -> str:
    """Show what stands beside what was typed; saving again goes over what is shown here."""
    form.version.process_data(stale.version)
    form.version.raw_data = None
    assert isinstance(stale.stored, KeyedComment)
    return _comment_page(official, facts, key, position, form, place, stale.stored)


@bp.post("/bo")
@access.official_of_round
def remove_comment(official: OfficialGrant, facts: RoundFacts, key: str, position: int) -> ResponseReturnValue:
    """Take a comment out of what was keyed in."""
    form = VersionForm()
    form.validate()
    try:
        with transaction() as session:
            keying_in.remove_comment(session, official, facts, key, position, form.version.data or 0, now())
    except StaleVersion:
        words = _("Not taken out: a colleague changed the comment in the meantime. It is shown as it stands now.")
        return keyed_page(official, facts, keyed_answer(reader(), facts.id, key), notice=words), 409
    return redirect(url_for("keyed.show", slug=facts.slug, key=key, _anchor="comments"), 303)
