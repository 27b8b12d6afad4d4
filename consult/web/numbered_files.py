"""Handing out a synthesis under its number, and the control sheet that goes with it."""

import tempfile
from io import BytesIO
from pathlib import Path

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from consult.actions.control_sheets import control_sheet
from consult.actions.numbering import Asked, Record, write_numbered
from consult.actions.preparing import acting
from consult.domain.control import Made
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.syntheses import made_by_number
from consult.web import access
from consult.web.request import now, reader, transaction
from consult.web.written_files import DOCX, written

bp = Blueprint("numbered_files", __name__, url_prefix="/ban-lam-viec/<slug>/bang-tong-hop")


@bp.get("/phieu-doi-soat.docx")
@access.official_of_round
def sheet_of_now(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand out the control sheet of the whole in the consultation's own form, as of now."""
    return hand_out_sheet(Asked(facts, acting(official)))


@bp.get("/da-lap/<int:number>/phieu-doi-soat.docx")
@access.official_of_round
def sheet(official: OfficialGrant, facts: RoundFacts, number: int) -> ResponseReturnValue:
    """Hand out the control sheet of a synthesis that was written before."""
    return _sheet(facts, made_by_number(reader(), facts.id, number))


def hand_out(asked: Asked, name: str = "") -> Response:
    """Write a synthesis as of now and answer with it; without a ``name`` the file's is made of what is asked for."""
    usual = "Trích bảng tổng hợp ý kiến" if asked.options.partial else "Bảng tổng hợp ý kiến"
    called = name or f"{usual} - {asked.facts.slug}.docx"
    return written(called, DOCX, lambda path: write_numbered(_record(), asked, path, now()))


def hand_out_sheet(asked: Asked) -> Response:
    """Answer with the control sheet of the synthesis that is asked for, written once to be counted."""
    with tempfile.TemporaryDirectory(prefix="consult-") as folder:
        made, _tally = write_numbered(_record(), asked, Path(folder) / "synthesis.docx", now())
    return _sheet(asked.facts, made)


def _record() -> Record:
    return Record(reader, transaction)


def _sheet(facts: RoundFacts, made: Made) -> Response:
    content = BytesIO(control_sheet(reader(), facts, made))
    name = f"Phiếu đối soát số {made.number} - {facts.slug}.docx"
    return send_file(content, mimetype=DOCX, as_attachment=True, download_name=name)
