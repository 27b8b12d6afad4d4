"""The groups of the directory: a line of a cover letter that stands for several agencies, and who they are."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.actions import grouping
from consult.domain.errors import NotFound, StaleVersion, UnfitEntry
from consult.domain.wording import clean_line
from consult.store.queries import directory as rows
from consult.store.queries.directory import AgencyFacts, GroupFacts, Wanted
from consult.store.queries.door import OfficialGrant
from consult.web import access
from consult.web.directory import today
from consult.web.directory_forms import GroupForm, MemberForm, shown_group
from consult.web.directory_words import problem_told
from consult.web.request import now, reader, transaction

bp = Blueprint("groups", __name__, url_prefix="/danh-ba/nhom")
_OFFERED = 20
"""Agencies that are offered for a group at once."""


@bp.get("")
@access.official
def index(official: OfficialGrant) -> ResponseReturnValue:
    """List the groups."""
    return _index_page(official, GroupForm(formdata=None))


@bp.post("")
@access.administrator
def add(official: OfficialGrant) -> ResponseReturnValue:
    """Make a group and go to it."""
    form = GroupForm()
    if not form.validate_on_submit():
        return _index_page(official, form), 422
    try:
        with transaction() as session:
            number = grouping.add_group(session, official, form.group(), now())
    except UnfitEntry as refusal:
        form.name.errors = [*form.name.errors, problem_told(refusal.problem)]
        return _index_page(official, form), 422
    return redirect(url_for("groups.group", number=number), 303)


@bp.get("/<int:number>")
@access.official
def group(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Show a group with its members in order, and to an administrator the agencies looked for."""
    facts = rows.group_by_id(reader(), number)
    return _group_page(official, facts, shown_group(facts))


@bp.post("/<int:number>")
@access.administrator
def change(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Name a group anew."""
    form, facts = GroupForm(), rows.group_by_id(reader(), number)
    if not form.validate_on_submit():
        return _group_page(official, facts, form), 422
    try:
        with transaction() as session:
            grouping.change_group(session, official, number, form.group(), form.version.data, now())
    except UnfitEntry as refusal:
        form.name.errors = [*form.name.errors, problem_told(refusal.problem)]
        return _group_page(official, facts, form), 422
    except StaleVersion as refusal:
        form.over(refusal.version)
        stored = rows.group_by_id(reader(), number)
        return render_template("directory/group_conflict.html", official=official, facts=stored, form=form), 409
    return redirect(url_for("groups.group", number=number), 303)


@bp.post("/<int:number>/thanh-vien")
@access.administrator
def members(official: OfficialGrant, number: int) -> ResponseReturnValue:
    """Put an agency into a group, take it out, or give it another place."""
    form = MemberForm()
    if not form.validate_on_submit():
        raise NotFound("there is no such member")
    with transaction() as session:
        if form.do.data == "add":
            grouping.add_member(session, official, number, form.agency.data, now())
        elif form.do.data == "remove":
            grouping.remove_member(session, official, number, form.agency.data, now())
        else:
            grouping.move_member(session, official, number, form.agency.data, form.place.data or 1, now())
    words = request.args.get("tim") or None
    return redirect(url_for("groups.group", number=number, tim=words, _anchor="members"), 303)


def _index_page(official: OfficialGrant, form: GroupForm) -> str:
    return render_template("directory/groups.html", official=official, groups=rows.groups(reader()), form=form)


def _group_page(official: OfficialGrant, facts: GroupFacts, form: GroupForm) -> str:
    words = clean_line(request.args.get("tim", ""))[:200]
    return render_template(
        "directory/group.html",
        official=official,
        facts=facts,
        members=rows.members(reader(), facts.id),
        offered=_offered(words, facts.group.code) if words and official.administers else None,
        words=words,
        form=form,
        today=today(),
    )


def _offered(words: str, group: str) -> list[AgencyFacts]:
    """Return agencies of today that are looked for and not in the group."""
    found, _total = rows.agency_page(reader(), Wanted(words=words), today())
    return [each for each in found if group not in each.entry.groups][:_OFFERED]
