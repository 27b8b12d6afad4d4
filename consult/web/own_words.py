"""The words that an office prints in the forms of the synthesis: which are changed, changing them, looking at them."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.actions.changing_words import change_words, write_sample
from consult.domain.errors import NotFound, StaleVersion, WordsRefused
from consult.domain.synthesis_words import COLUMNS, HOUSE, MARKS
from consult.domain.terms import ConsultationKind, SynthesisForm
from consult.store.queries.door import OfficialGrant
from consult.store.synthesis_words import changes_by_form, mark_of, own_words
from consult.web import access
from consult.web.request import now, reader, transaction
from consult.web.words import WORDS
from consult.web.words_forms import GROUPS, WordsForm
from consult.web.written_files import DOCX, written

bp = Blueprint("own_words", __name__, url_prefix="/mau-bang-tong-hop/loi-van")
_OF = "/<kind>/<form>"


@bp.get("")
@access.official
def index(official: OfficialGrant) -> ResponseReturnValue:
    """List the forms for each kind of draft with how much of them the office words itself."""
    changes = changes_by_form(reader(), official.lead_agency_id)
    every = [(kind, form) for kind in ConsultationKind for form in SynthesisForm]
    lines = [(kind, form, changes.get((kind, form), 0)) for kind, form in every]
    return render_template("desk/own_words_index.html", official=official, lines=lines)


@bp.get(_OF)
@access.official
def edit(official: OfficialGrant, kind: str, form: str) -> ResponseReturnValue:
    """Show the words of a form beside the house's."""
    of = _named(kind, form)
    own = own_words(reader(), official.lead_agency_id, *of)
    return _page(official, of, WordsForm.of(of[1], own, mark_of(own)), kept="xong" in request.args)


@bp.post(_OF)
@access.official
def save(official: OfficialGrant, kind: str, form: str) -> ResponseReturnValue:
    """Keep the words of a form, or put the house's back into what is on the screen."""
    of = _named(kind, form)
    typed = WordsForm().without_others(of[1])
    if wanted := request.form.get("house", ""):
        typed.put(of[1], wanted)
        return _page(official, of, typed, put=True)
    if not typed.validate_on_submit():
        return _page(official, of, typed), 422
    try:
        with transaction() as session:
            change_words(session, official, of, typed.words(), typed.mark.data or "", now())
    except WordsRefused as refusal:
        typed.blame(refusal)
        return _page(official, of, typed), 422
    except StaleVersion:
        return _conflict(official, of, typed), 409
    return redirect(url_for("own_words.edit", kind=kind, form=form, xong="luu"), 303)


@bp.post(f"{_OF}/xem-thu.docx")
@access.official
def sample(official: OfficialGrant, kind: str, form: str) -> ResponseReturnValue:
    """Write an invented round in the words on the screen, kept or not."""
    of = _named(kind, form)
    typed = WordsForm().without_others(of[1])
    if not typed.validate_on_submit():
        return _page(official, of, typed), 422
    name = f"Xem thử - {HOUSE[of[1]].name.capitalize()}.docx"
    try:
        return written(name, DOCX, lambda path: write_sample(of[1], typed.words(), path))
    except WordsRefused as refusal:
        typed.blame(refusal)
        return _page(official, of, typed), 422


def _named(kind: str, form: str) -> tuple[ConsultationKind, SynthesisForm]:
    try:
        return ConsultationKind(kind), SynthesisForm(form)
    except ValueError as error:
        raise NotFound("there is no such form") from error


def _page(
    official: OfficialGrant,
    of: tuple[ConsultationKind, SynthesisForm],
    form: WordsForm,
    *,
    put: bool = False,
    kept: bool = False,
) -> str:
    return render_template("desk/own_words.html", official=official, form=form, put=put, kept=kept, **_around(of))


def _conflict(official: OfficialGrant, of: tuple[ConsultationKind, SynthesisForm], typed: WordsForm) -> str:
    """Show what stands now beside what was typed; saving again goes over what is shown here."""
    own = own_words(reader(), official.lead_agency_id, *of)
    stands = WordsForm.of(of[1], own, mark_of(own))
    typed.over(mark_of(own))
    pairs = [(stands[field], typed[field]) for field in typed.words()]
    differing = [(there, mine) for there, mine in pairs if there.data != mine.data]
    return render_template(
        "desk/own_words_conflict.html", official=official, form=typed, differing=differing, **_around(of)
    )


def _around(of: tuple[ConsultationKind, SynthesisForm]) -> dict[str, object]:
    """Return what the fields need around them: whose words these are, the house's, the marks, the columns."""
    kind, form = of
    return {
        "kind": kind,
        "of": form,
        "named": f"{WORDS[form]} – {WORDS[kind]}",
        "house": HOUSE[form],
        "marks": MARKS,
        "groups": GROUPS,
        "columns": [column.value for column in COLUMNS[form]],
    }
