"""What the board hands out: its workbook, and the two plots as pictures."""

from io import BytesIO

from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from consult.actions import surveying
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.request import now, reader

bp = Blueprint("board_files", __name__, url_prefix="/ban-lam-viec/<slug>")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SVG = "image/svg+xml"


@bp.get("/tinh-hinh.xlsx")
@access.official_of_round
def workbook(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand out the board as of now as a workbook."""
    content = BytesIO()
    surveying.write_workbook(reader(), facts, content, now())
    content.seek(0)
    return send_file(content, XLSX, as_attachment=True, download_name=f"Tình hình góp ý - {facts.slug}.xlsx")


@bp.get("/bieu-do/tien-do.svg")
@access.official_of_round
def course(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Draw the answers over time against the deadline."""
    return Response(surveying.course_picture(reader(), facts, now()), mimetype=SVG)


@bp.get("/bieu-do/vi-tri.svg")
@access.official_of_round
def places(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Draw the heat strip of comments over the draft."""
    return Response(surveying.places_picture(reader(), facts), mimetype=SVG)
