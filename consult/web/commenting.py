"""An agency at work: its page, who it is, agreeing clause by clause, writing comments."""

import re
from uuid import uuid4

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import commenting, entering
from consult.domain.answering import Words
from consult.domain.errors import NotFound, StaleVersion
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import OwnComment, own_comment
from consult.store.queries.places import Place, place_of
from consult.store.queries.wordings import corrections_issued
from consult.web import access
from consult.web.agency_page import agency_page
from consult.web.forms import ActForm, CommentForm, PersonForm, WithdrawForm
from consult.web.request import connection, now, reader, transaction
from consult.web.sections import WHOLE_DRAFT, plan_of
from consult.web.words import printed_moment
from consult.web.words_read import read_mark, words_mark

bp = Blueprint("commenting", __name__, url_prefix="/gop-y/<code>")
KEY = re.compile(r"[0-9a-f]{32}")
# In the anchor of a place that a correction took out of the draft.
TAKEN_OUT = "@"


@bp.get("")
@access.agency
def page(grant: AgencyGrant) -> ResponseReturnValue:
    """Show the agency's page; who is at work is asked first, once."""
    if not grant.person_name and grant.window.phase(now()).takes_answers:
        return redirect(url_for("commenting.person", code=grant.code), 303)
    return Response(agency_page(grant), mimetype="text/html")


@bp.route("/nguoi-gop-y", methods=["GET", "POST"])
@access.agency
def person(grant: AgencyGrant) -> ResponseReturnValue:
    """Ask who is at work, as their own statement; the official address is told."""
    form = PersonForm(name=grant.person_name, email=grant.person_email)
    if form.validate_on_submit():
        with transaction() as session:
            entering.state_person(session, grant, form.name.data, form.email.data, now())
        return redirect(url_for("commenting.page", code=grant.code), 303)
    return render_template("commenting/person.html", grant=grant, form=form), 422 if form.errors else 200


@bp.post("/thong-nhat")
@access.agency
def agree(grant: AgencyGrant) -> ResponseReturnValue:
    """Agree with a clause and all below it, with the rest of the draft, or take an agreement back.

    A page of before the draft was corrected agrees with nothing: it leads to what was changed.
    """
    ActForm()
    anchor = request.form.get("agree") or request.form.get("disagree") or ""
    rest = request.form.get("agree") == "*"
    if request.form.get("corrections", "0") != str(corrections_issued(reader(), grant.round_id)):
        return redirect(_address(grant, "answer"), 303)
    ids = _places(grant, anchor, all_of_it=rest)
    act = commenting.disagree if request.form.get("disagree") else commenting.agree
    with transaction() as session:
        act(session, grant, ids, now())
    return redirect(_address(grant, "" if rest else anchor, request.args.get("phan")), 303)


@bp.get("/vi-tri/<anchor>")
@access.agency
def place(grant: AgencyGrant, anchor: str) -> ResponseReturnValue:
    """Lead to a place of the draft, whichever part it stands in; to the page when there is no such place."""
    known = anchor in plan_of(grant.round_id, grant.revision).numbers
    return redirect(_address(grant, anchor if known else ""))


def _address(grant: AgencyGrant, anchor: str, part: str | None = None) -> str:
    """Return the address of a place on the agency's page; who reads the whole, or goes nowhere, stays in ``part``."""
    plan = plan_of(grant.round_id, grant.revision)
    there = part if part == WHOLE_DRAFT else plan.part_of(anchor) or part
    here = "removed" if TAKEN_OUT in anchor else anchor
    return url_for("commenting.page", code=grant.code, phan=there, _anchor=here or None)


def _places(grant: AgencyGrant, anchor: str, *, all_of_it: bool) -> tuple[int, ...]:
    """Return the ids of a clause and all below it, or of the whole body of the draft."""
    plan = plan_of(grant.round_id, grant.revision)
    if all_of_it:
        return tuple(node.id for node in plan.nodes if not node.in_frame)
    inside = plan.below([anchor])
    found = tuple(node.id for node in plan.nodes if node.anchor in inside)
    if not found:
        raise NotFound("the draft has no such place")
    return found


@bp.get("/y-kien/moi")
@access.agency
def new_comment(grant: AgencyGrant) -> ResponseReturnValue:
    """Open an empty form for one place, or for the draft as a whole."""
    place = _place(grant)
    if place and place.removed:
        raise NotFound("this place is no longer in the draft")
    form = CommentForm(proposed_text=place.text if place else "", version=0, read=read_mark(place))
    return _form(grant, form, place, uuid4().hex, None)


@bp.get("/y-kien/<key>")
@access.agency
def edit_comment(grant: AgencyGrant, key: str) -> ResponseReturnValue:
    """Open a comment of this agency."""
    comment = _own(grant, key)
    place = place_of(reader(), grant.invitation_id, comment.anchor) if comment.anchor else None
    form = CommentForm(
        kind=comment.kind.name,
        content=comment.content,
        proposed_text=comment.proposed_text or (place.text if place else ""),
        reason=comment.reason,
        version=comment.version,
        read=read_mark(place),
    )
    return _form(grant, form, place, key, comment)


@bp.post("/y-kien/<key>")
@access.agency
def save_comment(grant: AgencyGrant, key: str) -> ResponseReturnValue:
    """Save a comment, by its button or by itself while somebody types."""
    if not KEY.fullmatch(key):
        raise NotFound("there is no such comment")
    place = _place(grant)
    form = CommentForm()
    if not form.validate_on_submit() or not says_something(form, place):
        return _refused(grant, form, place, key)
    if form.read.data not in ("", None, read_mark(place)):
        return _corrected_meanwhile(grant, form, place, key)
    typed = commenting.weigh(key, place, form.words(), form.version.data)
    try:
        with transaction() as session:
            version = commenting.save_comment(session, grant, typed, now())
    except StaleVersion as stale:
        return _conflict(grant, form, place, key, stale)
    if _by_itself():
        return jsonify(version=version, saved_at_text=printed_moment(now()))
    return redirect(_address(grant, place.anchor if place else "whole"), 303)


def says_something(form: CommentForm, place: Place | None) -> bool:
    """A comment needs its content, or a proposed wording that changes something."""
    words: Words = form.words()
    unchanged = words.proposed_text in ("", place.text if place else "")
    if words.content or not unchanged:
        return True
    form.content.errors = [*form.content.errors, _("Write what the comment is about, or change the proposed wording.")]
    return False


def _refused(grant: AgencyGrant, form: CommentForm, place: Place | None, key: str) -> ResponseReturnValue:
    if _by_itself():
        return jsonify(errors=form.errors), 422
    body = _form(grant, form, place, key, own_comment(reader(), grant.invitation_id, key))
    return body, 422


def _corrected_meanwhile(grant: AgencyGrant, form: CommentForm, place: Place | None, key: str) -> ResponseReturnValue:
    """Show the form again, with what was typed, over the words of today; saving again says that these were read."""
    if _by_itself():
        return jsonify(version=form.version.data), 409
    form.content.errors = [
        *form.content.errors,
        _("Not saved: the draft was corrected while you were writing. Compare with the words of today and save again."),
    ]
    if form.read.data == words_mark(form.proposed_text.data or ""):
        form.proposed_text.process_data(place.text if place else "")
    form.read.process_data(read_mark(place))
    body = _form(grant, form, place, key, own_comment(reader(), grant.invitation_id, key))
    return body, 409


def _conflict(
    grant: AgencyGrant, form: CommentForm, place: Place | None, key: str, stale: StaleVersion
) -> ResponseReturnValue:
    """Show both texts; saving again goes over the version that is shown here."""
    if _by_itself():
        return jsonify(version=stale.version), 409
    form.version.data = form.version.raw_data = None
    form.version.process_data(stale.version)
    page = render_template(
        "commenting/conflict.html", grant=grant, form=form, place=place, key=key, stored=stale.stored
    )
    return page, 409


def _form(grant: AgencyGrant, form: CommentForm, place: Place | None, key: str, comment: OwnComment | None) -> str:
    return render_template(
        "commenting/comment.html",
        grant=grant,
        form=form,
        place=place,
        back=_address(grant, place.anchor if place else "whole"),
        key=key,
        comment=comment,
        withdraw=WithdrawForm(formdata=None, version=comment.version) if comment else None,
        takes=grant.window.phase(now()).takes_answers,
        now=now(),
    )


@bp.post("/y-kien/<key>/rut")
@access.agency
def withdraw_comment(grant: AgencyGrant, key: str) -> ResponseReturnValue:
    """Take a comment out of the working copy."""
    form = WithdrawForm()
    form.validate()
    comment = _own(grant, key)
    try:
        with transaction() as session:
            commenting.withdraw_comment(session, grant, key, form.version.data or 0, now())
    except StaleVersion:
        return redirect(url_for("commenting.edit_comment", code=grant.code, key=key, changed=1), 303)
    return redirect(_address(grant, comment.anchor or "whole"), 303)


def _own(grant: AgencyGrant, key: str) -> OwnComment:
    comment = own_comment(reader(), grant.invitation_id, key)
    if comment is None:
        raise NotFound("there is no such comment")
    return comment


def _place(grant: AgencyGrant) -> Place | None:
    anchor = request.args.get("vi-tri", "")
    return place_of(connection(), grant.invitation_id, anchor) if anchor else None


def _by_itself() -> bool:
    return request.accept_mimetypes.best == "application/json"
