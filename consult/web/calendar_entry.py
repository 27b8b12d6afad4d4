"""The deadline as a calendar entry, for the agency that is signed in."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from consult.actions.calendar_entry import FILE_NAME, calendar_file
from consult.store.queries.door import AgencyGrant
from consult.web import access
from consult.web.request import now, reader
from consult.web.site import site

bp = Blueprint("calendar_entry", __name__, url_prefix="/gop-y/<code>")


@bp.get(f"/{FILE_NAME}")
@access.agency
def file(grant: AgencyGrant) -> ResponseReturnValue:
    """Hand out the entry as it stands now."""
    entry = calendar_file(reader(), grant, site().settings, now())
    named = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(entry, mimetype="text/calendar", headers=named)
