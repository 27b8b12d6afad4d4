"""An administrator keeps the officials of all lead agencies; of their consultations nothing is seen here."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import officials
from consult.domain.errors import LastAdministrator, StaleVersion, UnfitEntry
from consult.store.queries import officials as rows
from consult.store.queries.door import OfficialGrant
from consult.store.queries.officials import OfficialLine
from consult.web import access
from consult.web.directory_words import problem_told
from consult.web.official_forms import InviteForm, OfficialForm, offer_agencies
from consult.web.request import now, reader, transaction
from consult.web.site import site

bp = Blueprint("officials", __name__, url_prefix="/chuyen-vien")
_DONE = ("moi", "sua", "thoi", "lai")


@bp.get("")
@access.administrator
def index(official: OfficialGrant) -> ResponseReturnValue:
    """List the officials by lead agency."""
    return _index_page(official, InviteForm(formdata=None, lead_agency=str(official.lead_agency_id)))


@bp.post("")
@access.administrator
def invite(official: OfficialGrant) -> ResponseReturnValue:
    """Invite a person by mail."""
    form = InviteForm()
    agencies = offer_agencies(form, rows.lead_agencies(reader()))
    if not form.validate_on_submit():
        return _index_page(official, form), 422
    try:
        with transaction() as session:
            officials.invite(session, official, form.email.data or "", form.post(agencies), _sign_in(), now())
    except UnfitEntry as refusal:
        form.email.errors = [*form.email.errors, problem_told(refusal.problem)]
        return _index_page(official, form), 422
    return _back("moi")


@bp.get("/<int:number>")
@access.administrator
def edit(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Open the form of an official."""
    line = rows.official_by_id(reader(), number)
    form = OfficialForm(
        formdata=None, name=line.name, lead_agency=str(line.lead_agency_id), role=line.role.name, mark=line.mark
    )
    return _edit_page(official, line, form)


@bp.post("/<int:number>")
@access.administrator
def change(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Give an official another name, lead agency or role."""
    form, line = OfficialForm(), rows.official_by_id(reader(), number)
    agencies = offer_agencies(form, rows.lead_agencies(reader()))
    if not form.validate_on_submit():
        return _edit_page(official, line, form), 422
    try:
        with transaction() as session:
            officials.change_official(session, official, number, form.post(agencies), form.mark.data or "", now())
    except LastAdministrator:
        form.role.errors = [*form.role.errors, _last()]
        return _edit_page(official, line, form), 409
    except StaleVersion:
        stored = rows.official_by_id(reader(), number)
        form.mark.process_data(stored.mark)
        form.mark.raw_data = None
        return _edit_page(official, stored, form, stale=True), 409
    return _back("sua")


@bp.post("/<int:number>/thoi")
@access.administrator
def end(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """End an official; their browsers are signed out at once."""
    try:
        with transaction() as session:
            officials.end_official(session, official, number, now())
    except LastAdministrator:
        return _index_page(official, InviteForm(formdata=None), refused=_last()), 409
    return redirect(url_for("links.sign_in"), 303) if number == official.official_id else _back("thoi")


@bp.post("/<int:number>/tro-lai")
@access.administrator
def take_back(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Make somebody who has left an official again."""
    with transaction() as session:
        officials.take_back(session, official, number, _sign_in(), now())
    return _back("lai")


def _last() -> str:
    return str(_("This is the last administrator; make somebody else an administrator first."))


def _sign_in() -> str:
    return site().links.page(url_for("links.sign_in"))


def _back(done: str) -> ResponseReturnValue:
    return redirect(url_for("officials.index", xong=done), 303)


def _index_page(official: OfficialGrant, form: InviteForm, refused: str = "") -> str:
    offer_agencies(form, rows.lead_agencies(reader()))
    done = request.args.get("xong", "")
    return render_template(
        "officials/index.html",
        official=official,
        lines=rows.officials(reader()),
        form=form,
        refused=refused,
        done=done if done in _DONE else "",
    )


def _edit_page(official: OfficialGrant, line: OfficialLine, form: OfficialForm, *, stale: bool = False) -> str:
    offer_agencies(form, rows.lead_agencies(reader()))
    return render_template("officials/edit.html", official=official, line=line, form=form, stale=stale)
