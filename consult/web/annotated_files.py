"""The drafts of a round with comments and agreed wordings written into them, as of now."""

from io import BytesIO

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from consult.actions.annotating import annotated_draft
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import draft_at
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.request import reader
from consult.web.written_files import DOCX

bp = Blueprint("annotated_files", __name__, url_prefix="/ban-lam-viec/<slug>/du-thao")


@bp.get("/<int:position>/co-gop-y.docx")
@access.official_of_round
def draft(official: OfficialGrant, facts: RoundFacts, position: int) -> ResponseReturnValue:
    """Hand out a draft with the comments in force in its margin."""
    content = annotated_draft(reader(), facts, draft_at(reader(), facts.id, position))
    name = f"Dự thảo có ý kiến góp ý - {facts.slug} - {position}.docx"
    return send_file(BytesIO(content), DOCX, as_attachment=True, download_name=name)
