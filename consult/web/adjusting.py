"""What happens in the week: a later close, late answers, an early end, a withdrawal, agencies added and taken back."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from consult.actions import adding, closing, extending
from consult.actions.noticing import Grounds
from consult.actions.planning_reminders import set_reminders
from consult.actions.preparing import acting
from consult.domain.errors import CannotAdjust
from consult.domain.reminder_plan import Moment, coming, days_for
from consult.domain.window import local
from consult.domain.wording import clean_line
from consult.store.database import Session
from consult.store.journal import Actor
from consult.store.queries.asking import askable, group_lines
from consult.store.queries.door import OfficialGrant
from consult.store.queries.notices import notices_of
from consult.store.queries.people import invited
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.adjusting_forms import (
    HINDRANCES,
    AddForm,
    CloseForm,
    ExtendForm,
    GroundsForm,
    TakeBackForm,
    WithdrawRoundForm,
)
from consult.web.reminder_forms import RemindersForm, reminders_shown
from consult.web.request import now, reader, transaction

bp = Blueprint("adjusting", __name__, url_prefix="/ban-lam-viec/<slug>/dieu-chinh")
Act = Callable[[Session], int]
ForAll = Callable[[Session, Actor, int, datetime, Grounds, datetime], int]
ForSome = Callable[[Session, Actor, int, Collection[str], datetime, Grounds, datetime], int]
FORMS: Mapping[str, type[GroundsForm]] = {
    "extend": ExtendForm,
    "late": ExtendForm,
    "add": AddForm,
    "take_back": TakeBackForm,
    "close": CloseForm,
    "withdraw": WithdrawRoundForm,
}


@bp.get("")
@access.official_of_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show what can be changed, and what was."""
    return _page(official, facts, _forms(facts))


@bp.post("/gia-han")
@access.official_of_round
def extend(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Give all agencies or one of them longer."""
    return _longer(official, facts, "extend", extending.extend, extending.extend_some)


@bp.post("/nhan-sau-thoi-han")
@access.official_of_round
def late(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Take late answers for a while, from all or from one."""
    return _longer(official, facts, "late", extending.allow_late, extending.allow_late_some)


@bp.post("/bo-sung")
@access.official_of_round
def add(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Ask further agencies."""
    forms = _forms(facts, "add")
    form = forms["add"]

    def act(session: Session) -> int:
        asking = adding.Asking(tuple(form.agencies.data), form.moment(), form.group_line())
        return adding.add_agencies(session, acting(official), facts.id, asking, form.grounds(), now())

    return _carried_out(official, facts, forms, "add", act)


@bp.post("/rut-de-nghi")
@access.official_of_round
def take_back(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Take the request to one agency back."""
    forms = _forms(facts, "take_back")
    form = forms["take_back"]

    def act(session: Session) -> int:
        return closing.take_back(session, acting(official), facts.id, form.agency.data, form.grounds(), now())

    return _carried_out(official, facts, forms, "take_back", act)


@bp.post("/ket-thuc-som")
@access.official_of_round
def close(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """End the round before its time."""
    forms = _forms(facts, "close")
    form = forms["close"]

    def act(session: Session) -> int:
        return closing.close_early(session, acting(official), facts.id, form.moment() or now(), form.grounds(), now())

    return _carried_out(official, facts, forms, "close", act)


@bp.post("/rut-ho-so")
@access.official_of_round
def withdraw(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Withdraw the whole consultation."""
    forms = _forms(facts, "withdraw")
    form = forms["withdraw"]

    def act(session: Session) -> int:
        return closing.withdraw(session, acting(official), facts.id, form.grounds(), now())

    return _carried_out(official, facts, forms, "withdraw", act)


@bp.post("/nhac-nho")
@access.official_of_round
def remind(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Set when silent agencies are reminded."""
    form, forms = RemindersForm(), _forms(facts)
    if not form.validate():
        return _page(official, facts, forms, reminders=form), 422
    try:
        with transaction() as session:
            told = bool(form.tells_close.data)
            set_reminders(session, acting(official), facts.id, form.days(), now(), tells_close=told)
    except CannotAdjust as refusal:
        form.form_errors.append(str(HINDRANCES[refusal.why]))
        return _page(official, facts, forms, reminders=form), 422
    return redirect(url_for("adjusting.page", slug=facts.slug, xong="nhac"), 303)


def _longer(
    official: OfficialGrant, facts: RoundFacts, name: str, for_all: ForAll, for_some: ForSome
) -> ResponseReturnValue:
    """Carry out an act that gives time up to a moment, for all agencies or for the one that was chosen."""
    forms = _forms(facts, name)
    form, who = forms[name], acting(official)

    def act(session: Session) -> int:
        until, code = form.moment(), form.agency.data
        if code:
            return for_some(session, who, facts.id, {code}, until, form.grounds(), now())
        return for_all(session, who, facts.id, until, form.grounds(), now())

    return _carried_out(official, facts, forms, name, act)


def _carried_out(
    official: OfficialGrant, facts: RoundFacts, forms: Mapping[str, GroundsForm], name: str, act: Act
) -> ResponseReturnValue:
    """Carry an act out when its form is whole and it fits; else show the page with what was typed and why not."""
    if not forms[name].validate():
        return _page(official, facts, forms, name), 422
    try:
        with transaction() as session:
            told = act(session)
    except CannotAdjust as refusal:
        forms[name].form_errors.append(str(HINDRANCES[refusal.why]))
        return _page(official, facts, forms, name), 422
    return redirect(url_for("adjusting.page", slug=facts.slug, xong=name, thu=told), 303)


def _forms(facts: RoundFacts, posted: str = "") -> Mapping[str, GroundsForm]:
    """Return the forms, that of ``posted`` filled from the request, the others empty."""
    made = {
        name: kind(prefix=f"{name}-", formdata=request.form if name == posted else None) for name, kind in FORMS.items()
    }
    agencies = [SelectChoice(each.code, each.name) for each in invited(reader(), facts.id)]
    for name in ("extend", "late"):
        made[name].agency.choices = [SelectChoice("", _("All agencies")), *agencies]
    made["take_back"].agency.choices = agencies
    wanted = clean_line(request.args.get("tim", ""))
    if posted != "extend":
        made["extend"].agency.data = request.args.get("co-quan", "")
    chosen = [SelectChoice(each.code, each.name) for each in askable(reader(), facts.id, wanted, local(now()).date())]
    made["add"].agencies.choices = chosen
    lines = [SelectChoice(str(each.line), each.printed) for each in group_lines(reader(), facts.id)]
    made["add"].line.choices = [SelectChoice("", _("A line of its own, after the last")), *lines]
    return made


def _page(
    official: OfficialGrant,
    facts: RoundFacts,
    forms: Mapping[str, GroundsForm],
    failed: str = "",
    reminders: RemindersForm | None = None,
) -> str:
    return render_template(
        "adjusting/page.html",
        official=official,
        facts=facts,
        forms=forms,
        failed=failed,
        wanted=clean_line(request.args.get("tim", "")),
        done=request.args.get("xong", ""),
        told=request.args.get("thu", 0, type=int),
        reminders=reminders or _letters_form(facts),
        coming=_coming(facts),
        notices=notices_of(reader(), facts.id),
        phase=facts.window.phase(now()),
        days_left=facts.window.days_left(now()),
        now=now(),
    )


def _letters_form(facts: RoundFacts) -> RemindersForm:
    return RemindersForm(formdata=None, tells_close=facts.tells_close, **reminders_shown(facts.reminder_days))


def _coming(facts: RoundFacts) -> tuple[Moment, ...]:
    """Return the reminders ahead for an agency that was invited when the round opened."""
    invited_at = max(facts.window.opens_at, facts.published_at or facts.window.opens_at)
    return coming(facts.window, days_for(facts.window, facts.reminder_days), invited_at, now())
