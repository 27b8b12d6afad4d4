"""What surrounds the synthesis, as of now: its page with texts to copy, and it as a workbook, CSV and JSON."""

from io import BytesIO

from flask import Blueprint, Response, render_template, send_file
from flask.typing import ResponseReturnValue

from consult.actions.synthesising import synthesise, texts_for_submission, write_table_not_taken
from consult.domain.submission_texts import HEADS
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import drafts_with_files
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.syntheses import made_of
from consult.web import access
from consult.web.board_files import XLSX
from consult.web.request import now, reader
from consult.web.written_files import DOCX, written

_NEWEST = 10
bp = Blueprint("synthesis_files", __name__, url_prefix="/ban-lam-viec/<slug>")


@bp.get("/tep-tong-hop")
@access.official_of_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Offer every file of the synthesis, and the texts for the tờ trình to be copied."""
    texts, table_words = texts_for_submission(reader(), facts, now())
    return render_template(
        "desk/synthesis_files.html",
        official=official,
        facts=facts,
        drafts=drafts_with_files(reader(), facts.id),
        made=made_of(reader(), facts.id),
        newest=_NEWEST,
        texts=texts,
        heads=HEADS,
        table_words=table_words,
        now=now(),
    )


@bp.get("/y-kien-khong-tiep-thu.docx")
@access.official_of_round
def not_taken(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand out the opinions that were not taken, or in part, as an annex of the tờ trình."""
    content = BytesIO()
    write_table_not_taken(reader(), facts, content, now())
    content.seek(0)
    name = f"Ý kiến không tiếp thu - {facts.slug}.docx"
    return send_file(content, mimetype=DOCX, as_attachment=True, download_name=name)


@bp.get("/bang-tong-hop.xlsx")
@access.official_of_round
def workbook(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand the synthesis out as a workbook to filter and print."""
    return _handed_out(facts, ".xlsx", XLSX)


@bp.get("/bang-tong-hop.csv")
@access.official_of_round
def table(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand the comments in force out as CSV."""
    return _handed_out(facts, ".csv", "text/csv; charset=utf-8")


@bp.get("/bang-tong-hop.json")
@access.official_of_round
def data(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand the synthesis out for other programs (``docs/synthesis.schema.json``)."""
    return _handed_out(facts, ".json", "application/json")


def _handed_out(facts: RoundFacts, suffix: str, media_type: str) -> Response:
    name = f"Bảng tổng hợp ý kiến - {facts.slug}{suffix}"
    return written(name, media_type, lambda path: synthesise(reader(), facts, path, now()))
