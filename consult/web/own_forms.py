"""The office's own forms of the synthesis: the list with its marks, handing one in, looking at it filled."""

from io import BytesIO

from flask import Blueprint, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectChoice, SelectField

from consult.actions import templating
from consult.actions.numbering import Asked
from consult.actions.preparing import acting
from consult.domain.errors import NotFound, TemplateRefused, UnreadableDraft
from consult.domain.template_marks import DOCUMENT_MARKS, NEEDED, ROW_MARKS
from consult.domain.terms import ConsultationKind
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.templates import template_of, templates_of
from consult.web import access
from consult.web.draft_files import file_name, handed_out
from consult.web.form_fields import AtMost, LineField, PageForm
from consult.web.mending_words import unreadable_told
from consult.web.numbered_files import hand_out
from consult.web.request import now, reader, transaction
from consult.web.template_words import refusal_told
from consult.web.words import WORDS
from consult.web.written_files import DOCX, written

bp = Blueprint("own_forms", __name__)
_USUAL = "mau-bang-tong-hop.docx"
_ADDRESS = "/mau-bang-tong-hop"


class TemplateForm(PageForm):
    """A form to keep: its name, for which kind of draft, the file."""

    name = LineField(_("Name of the form"), [AtMost(150)])
    kind = SelectField(
        _("What is drafted"),
        choices=[
            SelectChoice("", _("Whatever is drafted")),
            *(SelectChoice(kind.name, WORDS[kind]) for kind in ConsultationKind),
        ],
    )
    file = FileField(_("Word file with the marks"), [FileRequired(_("Choose the Word file with the marks."))])


@bp.get(_ADDRESS)
@access.official
def index(official: OfficialGrant) -> ResponseReturnValue:
    """List the office's forms, the marks that there are, and ask for another one."""
    return _page(official, TemplateForm(formdata=None))


@bp.post(_ADDRESS)
@access.takes_file
@access.official
def take(official: OfficialGrant) -> ResponseReturnValue:
    """Keep a form that can be filled; otherwise say all that is wrong with it."""
    form = TemplateForm()
    if not form.validate_on_submit():
        return _page(official, form), 422
    name, content = file_name(form.file.data.filename, _USUAL), form.file.data.read()
    try:
        templating.check(name, content)
    except UnreadableDraft as refusal:
        form.file.errors = [unreadable_told(refusal)]
        return _page(official, form), 422
    except TemplateRefused as refusal:
        form.file.errors = refusal_told(refusal)
        return _page(official, form), 422
    kind = ConsultationKind[form.kind.data] if form.kind.data else None
    with transaction() as session:
        templating.keep(session, official, form.name.data or name, kind, (name, content), now())
    return redirect(url_for("own_forms.index"), 303)


@bp.post(f"{_ADDRESS}/<int:number>/thoi-dung")
@access.official
def retire(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Take a form out of use."""
    with transaction() as session:
        templating.retire(session, official, number, now())
    return redirect(url_for("own_forms.index"), 303)


@bp.get(f"{_ADDRESS}/khoi-dau.docx")
@access.official
def starter(official: OfficialGrant) -> ResponseReturnValue:
    """Hand out a form to begin with."""
    content = BytesIO(templating.starter_template())
    return send_file(content, DOCX, as_attachment=True, download_name="Mẫu bảng tổng hợp để chỉnh sửa.docx")


@bp.get(f"{_ADDRESS}/<int:number>/tep")
@access.official
def original(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Hand a form out as it was handed in."""
    form = template_of(reader(), official.lead_agency_id, number)
    return handed_out(form.digest, "application/octet-stream", form.file_name)


@bp.get(f"{_ADDRESS}/<int:number>/xem-thu.docx")
@access.official
def sample(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Fill a form with an invented round."""
    form = template_of(reader(), official.lead_agency_id, number)
    name = f"Xem thử - {form.name}.docx"
    return written(name, DOCX, lambda path: templating.fill_sample(reader(), form, path))


@bp.get("/ban-lam-viec/<slug>/bang-tong-hop/mau/<int:number>.docx")
@access.official_of_round
def synthesis(official: OfficialGrant, facts: RoundFacts, number: int) -> ResponseReturnValue:
    """Write the synthesis of a round into a form in use, as of now."""
    form = template_of(reader(), official.lead_agency_id, number)
    if form.superseded_at is not None:
        raise NotFound("this form is out of use")
    name = f"Bảng tổng hợp ý kiến - {facts.slug} - {form.name}.docx"
    return hand_out(Asked(facts, acting(official), template=form), name)


def _page(official: OfficialGrant, form: TemplateForm) -> str:
    every = templates_of(reader(), official.lead_agency_id)
    return render_template(
        "desk/own_forms.html",
        official=official,
        form=form,
        in_use=[each for each in every if each.superseded_at is None],
        before=[each for each in every if each.superseded_at is not None],
        marks=((_("Marks of the row that is repeated"), ROW_MARKS), (_("Marks of the document"), DOCUMENT_MARKS)),
        needed=NEEDED,
    )
