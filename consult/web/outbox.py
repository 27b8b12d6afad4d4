"""The outbox of a round: what is waiting, was sent, could not be delivered; sending again, mending an address."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _
from wtforms.validators import DataRequired

from consult.actions import bouncing, resending
from consult.actions.bouncing import Told
from consult.domain.errors import NotFound
from consult.domain.terms import LetterState
from consult.domain.wording import clean_line
from consult.store.queries.door import OfficialGrant
from consult.store.queries.outbox_page import counts, letter_line, page_of
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.delivery_words import delivery_words
from consult.web.form_fields import AtMost, LineField, OneAddress, PageForm
from consult.web.request import now, reader, transaction

bp = Blueprint("outbox", __name__, url_prefix="/ban-lam-viec/<slug>/thu")
STATES = {"cho": LetterState.DUE, "da-gui": LetterState.SENT, "loi": LetterState.FAILED, "huy": LetterState.CANCELLED}
_LONGEST_SEARCH = 100
_CAME_BACK = {
    Told.NOTED: "tra-lai",
    Told.UNREADABLE: "khong-doc-duoc",
    Told.NOT_FAILED: "chua-that-bai",
    Told.UNMATCHED: "khong-thay",
}


class AgainForm(PageForm):
    """Where a letter shall go that could not be delivered."""

    email = LineField(
        _("E-mail address"),
        [
            DataRequired(_("Write the e-mail address.")),
            AtMost(200),
            OneAddress(),
        ],
    )


@bp.get("")
@access.official_of_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show a page of the letters, narrowed as the address says."""
    shown = request.args.get("loc", "")
    words = clean_line(request.args.get("tim", ""))[:_LONGEST_SEARCH]
    number = request.args.get("trang", 1, type=int) or 1
    return render_template(
        "outbox/page.html",
        official=official,
        facts=facts,
        states=STATES,
        shown=shown if shown in STATES else "",
        sought=words,
        counts=counts(reader(), facts.id),
        found=page_of(reader(), facts.id, STATES.get(shown), words, number),
        delivery_words=delivery_words,
        done=request.args.get("xong", ""),
    )


@bp.get("/<int:number>")
@access.official_of_round
def letter(official: OfficialGrant, facts: RoundFacts, number: int) -> ResponseReturnValue:
    """Show the form that sends one undelivered letter again."""
    return _letter_page(official, facts, number, AgainForm(formdata=None))


@bp.post("/<int:number>")
@access.official_of_round
def again(official: OfficialGrant, facts: RoundFacts, number: int) -> ResponseReturnValue:
    """Send an undelivered letter again, to the address of the form."""
    form = AgainForm()
    if not form.validate_on_submit():
        return _letter_page(official, facts, number, form), 422
    with transaction() as session:
        mended = resending.send_again(session, official, facts, number, form.email.data or "", now())
    return redirect(url_for("outbox.page", slug=facts.slug, xong="dia-chi" if mended else "gui-lai"), 303)


@bp.post("/tra-lai")
@access.takes_file
@access.official_of_round
def came_back(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Take the file of a letter that came back, and mark the letter that it names."""
    file = request.files.get("file")
    data = file.stream.read(bouncing.MOST_BYTES + 1) if file else b""
    with transaction() as session:
        noted = bouncing.note_bounce(session, official, facts, data, now())
    return redirect(url_for("outbox.page", slug=facts.slug, xong=_CAME_BACK[noted.told]), 303)


def _letter_page(official: OfficialGrant, facts: RoundFacts, number: int, form: AgainForm) -> str:
    line = letter_line(reader(), facts.id, number)
    if line is None or line.state is not LetterState.FAILED:
        raise NotFound("this round has no letter of that number that could be sent again")
    if not form.is_submitted():
        form.email.process_data(line.to_address)
    return render_template(
        "outbox/letter.html", official=official, facts=facts, line=line, form=form, why=delivery_words(line.fault)
    )
