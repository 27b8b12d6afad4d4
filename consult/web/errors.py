"""Domain errors to pages and statuses, once. What a person had typed comes back on the page that refuses it."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from consult import logs
from consult.domain import errors
from consult.store.queries.notices import withdrawal_reason
from consult.web import error_pages as pages
from consult.web.error_pages import ErrorPage
from consult.web.request import reader
from consult.web.request_log import request_id, route

REFUSALS: Mapping[type[errors.Refusal], ErrorPage] = {
    errors.NotFound: pages.NOT_FOUND,
    errors.NotPublished: pages.NOT_FOUND,
    errors.NoAccess: pages.NO_ACCESS,
    errors.LinkRefused: pages.LINK_REFUSED,
    errors.RoundClosed: pages.CLOSED,
    errors.RoundWithdrawn: pages.WITHDRAWN,
    errors.RoundNotOpen: pages.NOT_OPEN,
    errors.Throttled: pages.THROTTLED,
    errors.BusyStore: pages.BUSY,
    errors.KeyReused: pages.SENT_BEFORE,
    errors.NothingToSend: pages.NOT_FOUND,
    errors.NotInvited: pages.NOT_FOUND,
    errors.AlreadyPublished: pages.PUBLISHED,
    errors.NotReady: pages.NOT_READY,
    errors.AlreadyRecorded: pages.NOT_RECORDED,
    errors.Concluded: pages.CONCLUDED,
}
STATUSES = {400: pages.BAD_REQUEST, 404: pages.NOT_FOUND, 405: pages.NOT_FOUND, 413: pages.TOO_LARGE}
RETRY_SECONDS = 10
_OFFICIALS = ("/ban-lam-viec", "/danh-ba", "/chuyen-vien", "/mau-bang-tong-hop")
_GIVEN_BACK = (
    "content",
    "proposed_text",
    "reason",
    "sentence",
    "agreed_text",
    "letter_number",
    "letter_date",
    "received_on",
    "approved_by",
    "position",
    "approved_on",
)


def init_app(app: Flask) -> None:
    """Register the pages for refusals, HTTP errors and faults."""
    app.register_error_handler(errors.Refusal, refused)
    app.register_error_handler(CSRFError, lambda _error: answer(pages.FORM_REFUSED))
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, broken)


def refused(refusal: errors.Refusal) -> ResponseReturnValue:
    """Answer a domain error."""
    page = REFUSALS.get(type(refusal), pages.BAD_REQUEST)
    if isinstance(refusal, errors.NoAccess) and request.path.startswith(_OFFICIALS):
        return answer(page.leading_to(_("Sign in as an official"), url_for("links.sign_in")))
    slug, code = ((request.view_args or {}).get(name) for name in ("slug", "code"))
    if slug and isinstance(refusal, errors.AlreadyPublished | errors.Concluded):
        return answer(page.leading_to(_("To the desk"), url_for("desk.board", slug=slug)))
    if code and isinstance(refusal, errors.RoundClosed | errors.RoundNotOpen):
        if isinstance(refusal, errors.RoundWithdrawn):
            page = page.saying(f"{_('Reason:')} {withdrawal_reason(reader(), code)}")
        contact = url_for("commenting.page", code=code, _anchor="contact")
        return answer(page.leading_to(_("To your agency's page"), contact))
    return answer(page)


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Answer what Flask or Werkzeug refused; redirects pass."""
    if error.code is None or error.code < 400:
        return error
    if isinstance(error, RequestEntityTooLarge):
        takes_file = hasattr(current_app.view_functions.get(request.endpoint or ""), "most_bytes")
        return answer(pages.FILE_TOO_LARGE if takes_file else pages.TOO_LARGE, give_back=())
    if isinstance(error, SecurityError):
        # Asked under a foreign host name: a page of ours could only carry addresses that are not ours.
        return Response(str(pages.BAD_REQUEST.what), pages.BAD_REQUEST.status, mimetype="text/plain")
    return answer(STATUSES.get(error.code, pages.BAD_REQUEST if error.code < 500 else pages.BROKEN))


def broken(error: Exception) -> ResponseReturnValue:
    """Answer a fault of ours; it is logged without the request's words or address."""
    logs.fault("fault", error, endpoint=request.endpoint, route=route(), request=request_id())
    return answer(pages.BROKEN)


def answer(page: ErrorPage, give_back: tuple[str, ...] = _GIVEN_BACK) -> ResponseReturnValue:
    """Return the page with its status; as JSON for the autosave, which keeps the person's text itself."""
    later = {"Retry-After": str(RETRY_SECONDS)} if page.status is HTTPStatus.SERVICE_UNAVAILABLE else {}
    if request.accept_mimetypes.best == "application/json":
        return jsonify(title=str(page.title), what=str(page.what)), page.status, later
    typed = [(_label(name), request.form.get(name, "")) for name in give_back] if give_back and _posted() else []
    back = url_for("reading.index")
    return render_template("errors/error.html", page=page.giving_back(typed), return_path=back), page.status, later


def _posted() -> bool:
    """Whether a form was taken in; who is refused at the door before that has nothing read."""
    return "form" in vars(request) and request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")


def _label(name: str) -> str:
    labels = {
        "content": _("Content of the comment"),
        "proposed_text": _("Proposed wording"),
        "reason": _("Reason"),
        "sentence": _("Sentence to print"),
        "agreed_text": _("Agreed wording"),
        "letter_number": _("Number of the letter"),
        "letter_date": _("Date of the letter"),
        "received_on": _("Date received"),
        "approved_by": _("Approved by (full name)"),
        "position": _("Position"),
        "approved_on": _("Date of approval"),
    }
    return str(labels[name])
