"""The official chases the silent and hands out links: reminders, the list for a letter, links printed or sent again."""

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue

from consult.actions import handing_over, reminding
from consult.actions.reminding import Reminded
from consult.domain.chasing import AskedBy, SilentBody, chasing_list
from consult.domain.errors import RoundClosed
from consult.store.queries.board import board
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.board_page import address_of, wanted_from
from consult.web.request import now, reader, transaction
from consult.web.site import site

bp = Blueprint("chasing", __name__, url_prefix="/ban-lam-viec/<slug>")
# What became of a click on "remind", as it stands in the address of the page that tells it.
_TOLD = {"queued": "nhac", "already": "roi", "without": "khong", "answered": "tra-loi", "over": "het"}


def told() -> Reminded | None:
    """Return what the page shall tell of the reminders just asked for, or None."""
    if request.args.get("nhac", type=int) is None:
        return None
    numbers = {name: max(0, request.args.get(said, 0, type=int)) for name, said in _TOLD.items()}
    return Reminded(**numbers)


@bp.post("/nhac")
@access.official_of_round
def remind(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Queue a reminder to one agency, to those ticked, or to every silent one."""
    one = request.form.get("one")
    codes = {one} if one else set(request.form.getlist("code")) if request.form.get("do") == "chosen" else None
    if codes == set():
        return _back(facts, viec="none")
    try:
        with transaction() as session:
            done = reminding.remind_silent(session, official, facts, now(), codes)
    except RoundClosed:
        done = Reminded(0)
    numbers = {said: getattr(done, name) or None for name, said in _TOLD.items()} | {"nhac": done.queued}
    return _back(facts, **numbers)


def _back(facts: RoundFacts, **said: object) -> ResponseReturnValue:
    """Lead back to the lines that were on the screen, with what is to be told there."""
    return redirect(address_of(facts.slug, wanted_from(request.form), **said), 303)


@bp.get("/chua-gui")
@access.official_of_round
def silent(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show the silent as plain words for the office's own letter."""
    still = [line for line in board(reader(), facts.id) if line.stance is None]
    asked = AskedBy(facts.lead_agency, facts.letter_number, facts.letter_date, facts.title, facts.window)
    bodies = [SilentBody(line.name, line.group_line, line.own_window(facts.window)) for line in still]
    return render_template(
        "desk/silent.html",
        official=official,
        facts=facts,
        number=len(bodies),
        words=chasing_list(asked, bodies, now()),
        now=now(),
    )


@bp.post("/in-lien-ket/<code>")
@access.official_of_round
def printed_link(official: OfficialGrant, facts: RoundFacts, code: str) -> ResponseReturnValue:
    """Show the link of one agency, to be printed and handed over."""
    with transaction() as session:
        sheet = handing_over.print_link(session, official, facts, code, site().links, now())
    return render_template("desk/printed_link.html", official=official, facts=facts, sheets=(sheet,), most=None)


@bp.post("/in-lien-ket")
@access.official_of_round
def printed_links(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show the links of the ticked agencies, or of all without a mailbox, one sheet each."""
    codes = set(request.form.getlist("code"))
    with transaction() as session:
        sheets = handing_over.print_links(session, official, facts, codes, site().links, now())
    if not sheets:
        return _back(facts, viec="no-sheet")
    most = handing_over.MOST_SHEETS if len(sheets) == handing_over.MOST_SHEETS else None
    return render_template("desk/printed_link.html", official=official, facts=facts, sheets=sheets, most=most)


@bp.post("/gui-lai-lien-ket/<code>")
@access.official_of_round
def send_link(official: OfficialGrant, facts: RoundFacts, code: str) -> ResponseReturnValue:
    """Send an agency's link to its official mailbox again."""
    with transaction() as session:
        handing_over.send_again(session, official, facts, code, now())
    return _back(facts, viec="sent", ma=code)


@bp.post("/thu-hoi-lien-ket/<code>")
@access.official_of_round
def renew_link(official: OfficialGrant, facts: RoundFacts, code: str) -> ResponseReturnValue:
    """Revoke an agency's link; a fresh one goes to its mailbox, or is to be printed."""
    with transaction() as session:
        address = handing_over.renew(session, official, facts, code, now())
    return _back(facts, viec="renewed" if address.email else "renewed-paper", ma=code)
