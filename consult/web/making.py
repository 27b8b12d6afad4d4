"""The office begins a consultation, fills in its fields on one page, and asks once more after a round."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.actions import making
from consult.domain.errors import StaleVersion
from consult.domain.terms import ConsultationKind
from consult.store.queries.door import OfficialGrant
from consult.store.queries.making import asking_of, matter_of, standing_of
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.making_forms import BeginForm, ConsultationForm, RoundForm
from consult.web.making_page import Typed, refuse_published, show_conflict, show_page
from consult.web.request import now, reader, transaction

bp = Blueprint("making", __name__, url_prefix="/ban-lam-viec")


@bp.get("/moi")
@access.official
def new(official: OfficialGrant) -> ResponseReturnValue:
    """Show the form that begins a consultation."""
    return render_template("making/new.html", official=official, form=BeginForm(formdata=None))


@bp.post("/moi")
@access.official
def begin(official: OfficialGrant) -> ResponseReturnValue:
    """Begin a consultation by its title and go on to its page."""
    form = BeginForm()
    if not form.validate_on_submit():
        return render_template("making/new.html", official=official, form=form), 422
    with transaction() as session:
        slug = making.begin(session, official, form.title.data or "", ConsultationKind[form.kind.data], now())
    return redirect(url_for("making.page", slug=slug), 303)


@bp.get("/<slug>/thong-tin")
@access.official_of_newest_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show a round in preparation on one page."""
    refuse_published(facts)
    return show_page(official, facts, saved=request.args.get("xong", ""))


@bp.post("/<slug>/thong-tin")
@access.official_of_newest_round
def save(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Store the fields of a round in preparation."""
    refuse_published(facts)
    form = RoundForm() if standing_of(reader(), facts).matter_locked else ConsultationForm()
    asking = form.asking(asking_of(facts)) if form.validate_on_submit() else None
    if asking is None:
        return show_page(official, facts, Typed(form)), 422
    matter = form.matter() if isinstance(form, ConsultationForm) else matter_of(facts)
    try:
        with transaction() as session:
            making.save(session, official, facts, form.version.data or 0, matter, asking, now())
    except StaleVersion:
        return show_conflict(official, facts, form), 409
    return redirect(url_for("making.page", slug=facts.slug, xong="luu"), 303)


@bp.post("/<slug>/dot-moi")
@access.official_of_newest_round
def ask_again(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Begin the next round of a consultation, or go to the one in preparation."""
    with transaction() as session:
        making.ask_again(session, official, facts, now())
    return redirect(url_for("making.page", slug=facts.slug), 303)
