"""Bringing a list of agencies in: the file, what it would do line by line, and only then the act."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from consult.actions import importing
from consult.actions.importing import Weighed
from consult.domain.directory_import import Line, Verdict
from consult.domain.directory_sheet import Sheet
from consult.domain.errors import NotFound, StaleVersion, UnreadableSheet
from consult.store.queries.door import OfficialGrant
from consult.web import access
from consult.web.directory_forms import ConfirmForm, ListForm
from consult.web.directory_words import problem_told, sheet_told
from consult.web.draft_files import file_name
from consult.web.request import now, reader, transaction
from consult.web.site import site

bp = Blueprint("directory_import", __name__, url_prefix="/danh-ba/nhap")
LINES = 300
"""Lines on one page of what a list would do."""
_USUAL = "danh-ba"


@bp.get("")
@access.administrator
def choose(official: OfficialGrant) -> ResponseReturnValue:
    """Ask for the list."""
    return render_template("directory/import.html", official=official, form=ListForm(formdata=None))


@bp.post("")
@access.takes_file
@access.administrator
def take(official: OfficialGrant) -> ResponseReturnValue:
    """Keep a list that can be read, and show what it would do; nothing changes yet."""
    form = ListForm()
    if not form.validate_on_submit():
        return render_template("directory/import.html", official=official, form=form), 422
    name, content = file_name(form.file.data.filename, _USUAL), form.file.data.read()
    try:
        importing.read_list(name, content)
    except UnreadableSheet as refusal:
        form.file.errors = [sheet_told(refusal)]
        return render_template("directory/import.html", official=official, form=form), 422
    with transaction() as session:
        digest = importing.keep_list(session, content)
    return redirect(url_for("directory_import.show", tep=signed(digest, name)), 303)


@bp.get("/xem")
@access.administrator
def show(official: OfficialGrant) -> ResponseReturnValue:
    """Show line by line what a kept list would do."""
    file = request.args.get("tep", "")
    name, _digest, sheet = _kept(file)
    return _page(official, file, name, sheet, importing.weigh(reader(), sheet))


@bp.post("/xem")
@access.administrator
def confirm(official: OfficialGrant) -> ResponseReturnValue:
    """Bring in exactly what was shown; where the directory changed since, show it again."""
    form = ConfirmForm()
    file = form.file.data or ""
    name, digest, sheet = _kept(file)
    try:
        with transaction() as session:
            counts = importing.bring_in(session, official, sheet, digest, form.seen.data or "", now())
    except StaleVersion:
        return _page(official, file, name, sheet, importing.weigh(reader(), sheet), stale=True), 409
    return redirect(url_for("directory.index", them=counts[Verdict.ADDED], doi=counts[Verdict.CHANGED]), 303)


def signed(digest: str, name: str) -> str:
    """Return what names a kept list in an address; nobody else's file can be asked for by it."""
    return str(_serializer().dumps([digest, name]))


def _kept(file: str) -> tuple[str, str, Sheet]:
    try:
        digest, name = _serializer().loads(file)
    except BadSignature as fault:
        raise NotFound("there is no such list") from fault
    return name, digest, importing.waiting(reader(), name, digest)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(site().links.key, salt="agency-list")


def _page(official: OfficialGrant, file: str, name: str, sheet: Sheet, weighed: Weighed, *, stale: bool = False) -> str:
    chosen = next((each for each in Verdict if each.name == request.args.get("loc")), None)
    lines = [line for line in weighed.lines if _shown(line, chosen)]
    pages = max(-(-len(lines) // LINES), 1)
    page = min(max(request.args.get("trang", 1, type=int), 1), pages)
    return render_template(
        "directory/preview.html",
        official=official,
        file=file,
        name=name,
        sheet=sheet,
        weighed=weighed,
        lines=lines[(page - 1) * LINES : page * LINES],
        chosen=chosen,
        page=page,
        pages=pages,
        stale=stale,
        form=ConfirmForm(formdata=None, file=file, seen=weighed.seen),
        verdicts=list(Verdict),
        told=problem_told,
    )


def _shown(line: Line, chosen: Verdict | None) -> bool:
    """Without a choice all lines are shown but those that change nothing."""
    return line.verdict is chosen if chosen else line.verdict is not Verdict.UNCHANGED
