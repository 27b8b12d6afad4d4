"""The official makes the result public: what is still missing, who approved it, a look at what becomes public."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import concluding
from consult.actions.showing_result import account, shown_rows
from consult.domain.errors import CannotConclude
from consult.domain.window import local
from consult.store.queries.door import OfficialGrant
from consult.store.queries.result import announced, readiness
from consult.store.queries.rounds import RoundFacts, round_by_id
from consult.store.queries.synthesis_share import Share
from consult.web import access
from consult.web.request import now, reader, transaction
from consult.web.result_forms import ConcludeForm, TakeBackForm

bp = Blueprint("concluding", __name__, url_prefix="/ban-lam-viec/<slug>/ket-qua")
LOOK = 20


@bp.get("")
@access.official_of_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show what is missing, or the form, or what was made public."""
    return _page(official, facts, ConcludeForm(formdata=None), TakeBackForm(formdata=None))


@bp.post("")
@access.official_of_round
def conclude(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Make the result public."""
    form = ConcludeForm()
    if not (form.validate_on_submit() & form.days_fit(local(now()).date())):
        return _page(official, facts, form, TakeBackForm(formdata=None)), 422
    try:
        with transaction() as session:
            done = concluding.conclude(session, official, facts, form.approval(), now(), letters=form.letters.data)
    except CannotConclude:
        form.form_errors.append(_("The result cannot be made public yet: see what is still missing."))
        return _page(official, facts, form, TakeBackForm(formdata=None)), 409
    return redirect(url_for("concluding.page", slug=facts.slug, thu=done.letters), 303)


@bp.post("/thu-hoi")
@access.official_of_round
def take_back(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Take the publication back, with its reason."""
    form = TakeBackForm()
    if not form.validate_on_submit():
        return _page(official, facts, ConcludeForm(formdata=None), form), 422
    with transaction() as session:
        told = concluding.take_back(session, official, facts, form.reason.data, now())
    return redirect(url_for("concluding.page", slug=facts.slug, thu=told), 303)


def _page(official: OfficialGrant, facts: RoundFacts, form: ConcludeForm, back: TakeBackForm) -> str:
    facts = round_by_id(reader(), facts.id)
    return render_template(
        "concluding/page.html",
        official=official,
        facts=facts,
        ready=readiness(reader(), facts, now()),
        announced=announced(reader(), facts),
        account=account(reader(), facts, facts.result_at or now()),
        rows=shown_rows(reader(), facts, Share(most=LOOK)),
        form=form,
        back=back,
        sent=request.args.get("thu", type=int),
        now=now(),
    )
