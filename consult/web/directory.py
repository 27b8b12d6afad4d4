"""The directory of agencies: every official looks up and takes it along, an administrator keeps it."""

from datetime import date
from io import BytesIO

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import directory
from consult.actions.exporting import directory_as_csv, write_directory
from consult.domain.directory import Why
from consult.domain.errors import StaleVersion, UnfitEntry
from consult.domain.window import local
from consult.domain.wording import clean_line
from consult.store.queries import directory as rows
from consult.store.queries.directory import PAGE, AgencyFacts, Order, Validity, Wanted
from consult.store.queries.door import OfficialGrant
from consult.web import access
from consult.web.directory_forms import AgencyForm, EndForm, NewAgencyForm, shown_agency
from consult.web.directory_words import problem_told
from consult.web.request import now, reader, transaction

bp = Blueprint("directory", __name__, url_prefix="/danh-ba")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_VALIDITY = {"": Validity.TODAY, "khong": Validity.NOT_TODAY, "tat-ca": Validity.ALL}
_ORDERS = {"": Order.NAME, "thu-tu": Order.RANK}
_FIELDS = {
    Why.NO_NAME: "name",
    Why.NAME_KNOWN: "name",
    Why.CODE_KNOWN: "code",
    Why.DAYS: "last_day",
    Why.SUCCESSOR: "successor",
    Why.OWN_SUCCESSOR: "successor",
    Why.CIRCLE: "successor",
}
_LAST_PAGE = 10_000


def today() -> date:
    """Return the day of this request in Viet Nam."""
    return local(now()).date()


@bp.get("")
@access.official
def index(official: OfficialGrant) -> ResponseReturnValue:
    """List the agencies looked for, a page at a time."""
    wanted = wanted_agencies()
    found, total = rows.agency_page(reader(), wanted, today())
    return render_template(
        "directory/index.html",
        official=official,
        wanted=wanted,
        found=found,
        total=total,
        pages=-(-total // PAGE),
        kinds=rows.kinds(reader()),
        groups=rows.groups(reader()),
        today=today(),
        validities=_VALIDITY,
        orders=_ORDERS,
        brought=(request.args.get("them", type=int), request.args.get("doi", type=int)),
    )


def wanted_agencies() -> Wanted:
    """Return what the address looks for; what it cannot mean is passed over."""
    asked = request.args
    return Wanted(
        words=clean_line(asked.get("tim", ""))[:200],
        kind=asked.get("loai", ""),
        group=asked.get("nhom", ""),
        validity=_VALIDITY.get(asked.get("hieu-luc", ""), Validity.TODAY),
        order=_ORDERS.get(asked.get("xep", ""), Order.NAME),
        page=min(max(asked.get("trang", 1, type=int), 1), _LAST_PAGE),
    )


@bp.get("/danh-ba.xlsx")
@access.official
def workbook(official: OfficialGrant) -> ResponseReturnValue:
    """Hand the whole directory out as a workbook."""
    content = BytesIO()
    write_directory(reader(), content)
    content.seek(0)
    return send_file(content, XLSX, as_attachment=True, download_name="Danh bạ cơ quan.xlsx")


@bp.get("/danh-ba.csv")
@access.official
def csv(official: OfficialGrant) -> ResponseReturnValue:
    """Hand the whole directory out as CSV."""
    content = BytesIO(directory_as_csv(reader()))
    return send_file(content, "text/csv", as_attachment=True, download_name="Danh bạ cơ quan.csv")


@bp.get("/co-quan/moi")
@access.administrator
def new(official: OfficialGrant) -> ResponseReturnValue:
    """Open the form of a new agency."""
    return _new_page(official, NewAgencyForm(formdata=None))


@bp.post("/co-quan/moi")
@access.administrator
def add(official: OfficialGrant) -> ResponseReturnValue:
    """Put a new agency into the directory."""
    form = NewAgencyForm()
    if not form.validate_on_submit():
        return _new_page(official, form), 422
    entry = form.entry(rows.code_meant(reader(), form.successor.data or ""))
    try:
        with transaction() as session:
            number = directory.add_agency(session, official, entry.with_code(form.code.data or ""), now())
    except UnfitEntry as refusal:
        tell(form, refusal)
        return _new_page(official, form), 422
    return redirect(url_for("directory.agency", number=number), 303)


@bp.get("/co-quan/<int:number>")
@access.official
def agency(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Show all that is kept of an agency."""
    facts = rows.agency_by_id(reader(), number)
    form = EndForm(formdata=None, version=facts.version, successor=facts.entry.successor)
    return _agency_page(official, facts, form)


@bp.get("/co-quan/<int:number>/sua")
@access.administrator
def edit(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Open the form of an agency."""
    facts = rows.agency_by_id(reader(), number)
    return _edit_page(official, facts, shown_agency(facts))


@bp.post("/co-quan/<int:number>/sua")
@access.administrator
def change(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Write an agency anew."""
    form, facts = AgencyForm(), rows.agency_by_id(reader(), number)
    if not form.validate_on_submit():
        return _edit_page(official, facts, form), 422
    entry = form.entry(rows.code_meant(reader(), form.successor.data or ""), facts.entry)
    try:
        with transaction() as session:
            directory.change_agency(session, official, number, entry, form.version.data, now())
    except UnfitEntry as refusal:
        tell(form, refusal)
        return _edit_page(official, facts, form), 422
    except StaleVersion as refusal:
        form.over(refusal.version)
        return _conflict_page(official, number, form), 409
    return redirect(url_for("directory.agency", number=number), 303)


@bp.post("/co-quan/<int:number>/ket-thuc")
@access.administrator
def end(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Note the last day of an agency and its successor."""
    form, facts = EndForm(), rows.agency_by_id(reader(), number)
    if not form.validate_on_submit() or form.last_day.day is None:
        return _agency_page(official, facts, form), 422
    successor = rows.code_meant(reader(), form.successor.data or "")
    try:
        with transaction() as session:
            version = form.version.data
            directory.end_agency(session, official, number, form.last_day.day, successor, version, now())
    except UnfitEntry as refusal:
        tell(form, refusal)
        return _agency_page(official, facts, form), 422
    except StaleVersion as refusal:
        form.over(refusal.version)
        stale = _("Somebody else changed this agency in the meantime; look at it as it stands now and send again.")
        form.last_day.errors = [*form.last_day.errors, stale]
        return _agency_page(official, rows.agency_by_id(reader(), number), form), 409
    return redirect(url_for("directory.agency", number=number), 303)


def tell(form: AgencyForm | EndForm, refusal: UnfitEntry) -> None:
    """Put a refusal to the field that it is about, or over the form."""
    field = form._fields.get(_FIELDS.get(refusal.problem.why, ""))
    words = problem_told(refusal.problem)
    if field is None:
        form.form_errors = [*form.form_errors, words]
    else:
        field.errors = [*field.errors, words]


def _new_page(official: OfficialGrant, form: NewAgencyForm) -> str:
    return render_template("directory/new.html", official=official, form=form, kinds=rows.kinds(reader()))


def _edit_page(official: OfficialGrant, facts: AgencyFacts, form: AgencyForm) -> str:
    kinds = rows.kinds(reader())
    return render_template("directory/edit.html", official=official, facts=facts, form=form, kinds=kinds)


def _conflict_page(official: OfficialGrant, number: int, form: AgencyForm) -> str:
    facts, kinds = rows.agency_by_id(reader(), number), rows.kinds(reader())
    return render_template("directory/conflict.html", official=official, facts=facts, form=form, kinds=kinds)


def _agency_page(official: OfficialGrant, facts: AgencyFacts, form: EndForm) -> str:
    entry, groups = facts.entry, {each.group.code: each for each in rows.groups(reader())}
    return render_template(
        "directory/agency.html",
        official=official,
        facts=facts,
        groups=[groups[code] for code in entry.groups],
        successor=rows.named_by_code(reader(), [entry.successor]).get(entry.successor),
        predecessors=rows.predecessors(reader(), entry.code),
        asked=rows.asked_before(reader(), facts.id, official.lead_agency_id),
        today=today(),
        form=form,
    )
