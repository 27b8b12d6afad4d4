"""The official's desk: their consultations, the board of one, and the synthesis to download."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.actions.numbering import Asked
from consult.actions.officials import want_letters
from consult.actions.preparing import acting
from consult.store.outbox import undelivered
from consult.store.queries.board import work
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import in_preparation
from consult.store.queries.rounds import RoundFacts, lead_agency_cards
from consult.web import access
from consult.web.board_page import address_of, board_view
from consult.web.chasing import told
from consult.web.delivery_words import delivery_words
from consult.web.numbered_files import hand_out
from consult.web.request import now, reader, transaction

bp = Blueprint("desk", __name__, url_prefix="/ban-lam-viec")


@bp.get("")
@access.official
def index(official: OfficialGrant) -> ResponseReturnValue:
    """List the consultations of the official's lead agency."""
    return render_template(
        "desk/index.html",
        official=official,
        cards=lead_agency_cards(reader(), official.lead_agency_id, now()),
        preparing=in_preparation(reader(), official.lead_agency_id),
        now=now(),
    )


@bp.post("/thu-bao")
@access.official
def letters(official: OfficialGrant) -> ResponseReturnValue:
    """Turn the letters about the rounds of the office on or off for the official who is signed in."""
    with transaction() as session:
        want_letters(session, official, request.form.get("gui") == "co")
    return redirect(url_for("desk.index", _anchor="letters"), 303)


@bp.get("/<slug>")
@access.official_of_round
def board(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show who was asked, has opened, is drafting, has sent, is silent."""
    return render_template(
        "desk/board.html",
        official=official,
        facts=facts,
        view=board_view(facts),
        address_of=address_of,
        work=work(reader(), facts.id),
        undelivered=undelivered(reader(), facts.id),
        delivery_words=delivery_words,
        phase=facts.window.phase(now()),
        days_left=facts.window.days_left(now()),
        told=told(),
        now=now(),
    )


@bp.get("/<slug>/bang-tong-hop.docx")
@access.official_of_round
def synthesis(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand out the whole synthesis in the consultation's own form."""
    return hand_out(Asked(facts, acting(official)))
