"""The official's desk: their consultations, the board of one, reminding, and the synthesis to download."""

import tempfile
from pathlib import Path

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from consult.actions import handing_over, reminding
from consult.actions.synthesising import synthesise
from consult.domain.counting import count
from consult.domain.errors import RoundClosed
from consult.store.outbox import undelivered
from consult.store.queries.board import board as board_lines
from consult.store.queries.board import work
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import in_preparation
from consult.store.queries.rounds import RoundFacts, lead_agency_cards
from consult.web import access
from consult.web.forms import ActForm
from consult.web.request import now, reader, transaction
from consult.web.site import site

bp = Blueprint("desk", __name__, url_prefix="/ban-lam-viec")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


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


@bp.get("/<slug>")
@access.official_of_round
def board(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show who was asked, has opened, is drafting, has sent, is silent."""
    lines = board_lines(reader(), facts.id)
    return render_template(
        "desk/board.html",
        official=official,
        facts=facts,
        lines=lines,
        counts=count(line.standing for line in lines),
        work=work(reader(), facts.id),
        undelivered=undelivered(reader(), facts.id),
        phase=facts.window.phase(now()),
        days_left=facts.window.days_left(now()),
        remind=ActForm(formdata=None),
        reminded=request.args.get("nhac", type=int),
        unreachable=request.args.get("khong", type=int),
        now=now(),
    )


@bp.post("/<slug>/nhac")
@access.official_of_round
def remind(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Queue a reminder to every silent agency."""
    try:
        with transaction() as session:
            sent, without = reminding.remind_silent(session, official, facts, now())
    except RoundClosed:
        sent, without = 0, 0
    return redirect(url_for("desk.board", slug=facts.slug, nhac=sent, khong=without), 303)


@bp.post("/<slug>/in-lien-ket/<code>")
@access.official_of_round
def printed_link(official: OfficialGrant, facts: RoundFacts, code: str) -> ResponseReturnValue:
    """Show the link of an agency without a mailbox, to be printed and handed over."""
    with transaction() as session:
        address, link = handing_over.print_link(session, official, facts, code, site().links, now())
    return render_template("desk/printed_link.html", official=official, facts=facts, address=address, link=link)


@bp.get("/<slug>/bang-tong-hop.docx")
@access.official_of_round
def synthesis(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Write the synthesis as of now and hand it out; the temporary file goes when it was sent."""
    folder = tempfile.TemporaryDirectory(prefix="consult-")
    path = Path(folder.name) / "synthesis.docx"
    synthesise(reader(), facts, path, now())
    response = send_file(
        path, mimetype=DOCX, as_attachment=True, download_name=f"Bảng tổng hợp ý kiến - {facts.slug}.docx"
    )
    response.call_on_close(folder.cleanup)
    return response
