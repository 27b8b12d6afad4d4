"""An agency takes its letter of reply home as a Word file: before it sends, and from what it sent."""

from io import BytesIO

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue

from consult.actions import replying
from consult.domain.errors import NotFound
from consult.domain.terms import Stance
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import submissions
from consult.store.queries.rounds import round_by_id
from consult.web import access
from consult.web.request import reader
from consult.web.written_files import DOCX

bp = Blueprint("reply_letters", __name__, url_prefix="/gop-y/<code>")


@bp.post("/cong-van-gop-y.docx")
@access.agency
def before(grant: AgencyGrant) -> ResponseReturnValue:
    """Hand out the letter from the working copy, with the general opinion that is ticked on the page."""
    stance = Stance.__members__.get(request.form.get("stance", ""))
    file = BytesIO()
    replying.write_before(reader(), grant, round_by_id(reader(), grant.round_id), stance, file)
    return _handed_out(grant, file)


@bp.get("/phieu/<int:version>/cong-van-gop-y.docx")
@access.agency
def after(grant: AgencyGrant, version: int) -> ResponseReturnValue:
    """Hand out the letter from what was sent; there is none of a secret letter, whose content is not kept."""
    sent = next((each for each in submissions(reader(), grant.invitation_id) if each.version == version), None)
    if sent is None or sent.secret:
        raise NotFound("there is no such answer")
    file = BytesIO()
    replying.write_after(reader(), grant, round_by_id(reader(), grant.round_id), sent, file)
    return _handed_out(grant, file)


def _handed_out(grant: AgencyGrant, file: BytesIO) -> Response:
    file.seek(0)
    return send_file(file, DOCX, as_attachment=True, download_name=f"Công văn góp ý - {grant.slug}.docx")
