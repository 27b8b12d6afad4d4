"""The list of agencies of a round in preparation, in the order of the cover letter."""

from collections.abc import Callable

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.actions import invitees
from consult.actions.invitees import SeenList
from consult.domain.errors import AlreadyListed, NotFound, StaleVersion
from consult.domain.invitees import ListedLine
from consult.domain.wording import clean_line
from consult.store.database import Session
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts, newest_round
from consult.web import access
from consult.web.cover_letter import refuse_published, stale_words
from consult.web.invitees_page import invitees_page
from consult.web.numbers import LARGEST
from consult.web.request import now, reader, transaction

bp = Blueprint("invitees", __name__, url_prefix="/ban-lam-viec/<slug>/co-quan")
_LONGEST_LINE = 500


@bp.get("")
@access.official_of_newest_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show the list, whom a search finds, and who is named in the draft but not asked."""
    refuse_published(facts)
    return _page(official, facts)


@bp.post("/them")
@access.official_of_newest_round
def add(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Add the agencies that were ticked."""
    chosen = _ids("agency")
    if not chosen:
        return _page(official, facts, _("Tick at least one agency.")), 422
    return _changed(
        official,
        facts,
        lambda session: invitees.add_agencies(session, official, _seen(facts), chosen, now(), _number("at")),
    )


@bp.post("/them-nhom")
@access.official_of_newest_round
def add_group(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Add a line that stands for the members of a group that were ticked."""
    members, printed = _ids("agency"), clean_line(request.form.get("printed", ""))
    if not members or not printed or len(printed) > _LONGEST_LINE:
        return _page(official, facts, _("Tick at least one member, and keep the words of the line.")), 422
    line = ListedLine(printed, members)
    return _changed(
        official,
        facts,
        lambda session: invitees.add_line(session, official, _seen(facts), line, now(), _number("at")),
    )


@bp.post("/dong/<int:number>")
@access.official_of_newest_round
def change_line(official: OfficialGrant, facts: RoundFacts, number: int) -> ResponseReturnValue:
    """Do with a line what its pressed button says."""
    do, _sep, agency = request.form.get("do", "").partition(" ")
    to = {"up": number - 1, "down": number + 1, "to": _number("to") or number}.get(do, number)
    printed = clean_line(request.form.get("printed", ""))
    if do == "word" and len(printed) > _LONGEST_LINE:
        return _page(official, facts, _("The line is too long: at most 500 characters.")), 422
    seen, one = _seen(facts), _id(agency) or 0
    acts: dict[str, Callable[[Session], None]] = {
        "remove": lambda session: invitees.remove_line(session, official, seen, number, now()),
        "word": lambda session: invitees.word_line(session, official, seen, number, printed, now()),
        "drop": lambda session: invitees.remove_agency(session, official, seen, one, now()),
        "successor": lambda session: invitees.put_successor(session, official, seen, one, now()),
    } | dict.fromkeys(
        ("up", "down", "to"), lambda session: invitees.move_line(session, official, seen, number, to, now())
    )
    if do not in acts:
        raise NotFound("there is no such act")
    return _changed(official, facts, acts[do], f"line-{max(1, to)}")


@bp.post("/chep")
@access.official_of_newest_round
def copy(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Add the list of another round of the office."""
    source = _number("round") or 0
    return _changed(official, facts, lambda session: invitees.copy_list(session, official, _seen(facts), source, now()))


def _changed(
    official: OfficialGrant, facts: RoundFacts, act: Callable[[Session], None], anchor: str = "list"
) -> ResponseReturnValue:
    """Carry out an act on the list and go back to where it is seen."""
    refuse_published(facts)
    try:
        with transaction() as session:
            act(session)
    except AlreadyListed as refusal:
        shown = invitees_page(facts, "")
        words = _(
            "%(name)s stands on the list already, in line %(line)s. Nothing was added.",
            name=shown.name_of(refusal.agency_id),
            line=shown.line_of(refusal.agency_id),
        )
        return _page(official, facts, words), 422
    except StaleVersion:
        return _page(official, newest_round(reader(), facts.slug), stale_words()), 409
    return redirect(url_for("invitees.page", slug=facts.slug, tim=_searched() or None, _anchor=anchor), 303)


def _page(official: OfficialGrant, facts: RoundFacts, notice: str = "") -> str:
    return render_template(
        "preparing/invitees.html",
        official=official,
        facts=facts,
        page=invitees_page(facts, _searched()),
        notice=notice,
        chosen=frozenset(_ids("agency")),
        typed=clean_line(request.form.get("printed", "")) if notice else "",
        now=now(),
    )


def _searched() -> str:
    return clean_line(request.values.get("tim", ""))[:200]


def _seen(facts: RoundFacts) -> SeenList:
    return SeenList(facts.id, _number("version") or 0)


def _ids(name: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(found for each in request.form.getlist(name) if (found := _id(each))))


def _number(name: str) -> int | None:
    return _id(request.form.get(name, ""))


def _id(told: str) -> int | None:
    """Read a number that a form carries; None for what is none."""
    told = told.strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 11 and int(told) <= LARGEST else None
