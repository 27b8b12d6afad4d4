"""The journal of a consultation: searched, filtered, checked, taken along as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from consult.actions.exporting_journal import export_journal
from consult.domain.dates import read_date
from consult.domain.terms import ActorKind
from consult.domain.window import start_of
from consult.domain.wording import clean_line, search_key
from consult.store.journal import verify
from consult.store.queries.door import OfficialGrant
from consult.store.queries.journal_page import Named, Wanted, acts_of, bodies_of, lines_of, page_of
from consult.store.queries.rounds import RoundFacts
from consult.web import access
from consult.web.journal_lines import file_heads, file_rows, journal_line, names_of
from consult.web.journal_words import ACTS, act_words
from consult.web.request import reader
from consult.web.written_files import written

bp = Blueprint("journal", __name__, url_prefix="/ban-lam-viec/<slug>")
FIELDS = ("tim", "loai", "nguoi", "co-quan", "viec", "tu", "den")
LONGEST = 200
KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True)
class Asked:
    """What the form holds, as it was typed, what it means, and the days that could not be read."""

    typed: Mapping[str, str]
    wanted: Wanted
    unread: tuple[str, ...]

    @property
    def narrowed(self) -> bool:
        """Whether anything was asked for."""
        return any(self.typed.values())

    def address(self, endpoint: str, slug: str, **more: object) -> str:
        """Return an address that asks for the same."""
        same = {name: value for name, value in self.typed.items() if value}
        return url_for(endpoint, slug=slug, **{**same, **more})  # type: ignore[arg-type]


@bp.get("/nhat-ky")
@access.official_of_newest_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show a page of the journal, and what a check of the whole chain finds when it is asked for."""
    bodies = bodies_of(reader(), facts.consultation_id)
    asked = _asked(bodies)
    found = page_of(reader(), facts.consultation_id, asked.wanted, request.args.get("trang", 1, type=int))
    names = names_of(bodies)
    return render_template(
        "journal/page.html",
        official=official,
        facts=facts,
        asked=asked,
        found=found,
        lines=[journal_line(line, names) for line in found.lines],
        kinds=list(ActorKind),
        bodies=bodies,
        acts=_acts(facts),
        verdict=verify(reader()) if "kiem-tra" in request.args else None,
    )


@bp.get("/nhat-ky.xlsx")
@access.official_of_newest_round
def workbook(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand the journal out as a workbook, filtered as the page is."""
    return _file(facts, ".xlsx")


@bp.get("/nhat-ky.csv")
@access.official_of_newest_round
def table(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Hand the journal out as CSV, filtered as the page is."""
    return _file(facts, ".csv")


def _file(facts: RoundFacts, suffix: str) -> Response:
    bodies = bodies_of(reader(), facts.consultation_id)
    lines = lines_of(reader(), facts.consultation_id, _asked(bodies).wanted)
    rows = file_rows(lines, names_of(bodies))
    name = f"Nhật ký - {facts.slug}{suffix}"
    return written(name, KINDS[suffix], lambda path: export_journal(file_heads(), rows, path))


def _acts(facts: RoundFacts) -> list[tuple[str, str]]:
    """Return the acts to choose from, with their words, in the order of these."""
    found = ((act, act_words(act)) for act in acts_of(reader(), facts.consultation_id))
    return sorted(found, key=lambda pair: search_key(pair[1]))


def _asked(bodies: Sequence[Named]) -> Asked:
    """Read the form from the address; what is unknown there narrows nothing."""
    typed = {name: clean_line(request.args.get(name, ""))[:LONGEST] for name in FIELDS}
    days = {name: _day(typed[name]) for name in ("tu", "den")}
    since, until = days["tu"], days["den"]
    key = search_key(typed["tim"])
    wanted = Wanted(
        words=typed["tim"],
        said=frozenset(act for act in ACTS if key and key in search_key(act_words(act))),
        kind=ActorKind.__members__.get(typed["loai"]),
        person=typed["nguoi"],
        body=next((each for each in bodies if each.code == typed["co-quan"]), None),
        act=typed["viec"],
        since=start_of(since) if since else None,
        until=start_of(until + timedelta(days=1)) if until else None,
    )
    return Asked(typed, wanted, tuple(typed[name] for name, day in days.items() if typed[name] and day is None))


def _day(typed: str) -> date | None:
    """Read a day of a year in which there can be a journal."""
    day = read_date(typed)
    return day if day and 1900 <= day.year < 9999 else None
