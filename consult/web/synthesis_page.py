"""The synthesis as a page of the desk: the rows of the document, filtered, what is unanswered on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from consult.actions.showing_result import Account, ShownRow, account, shown_rows
from consult.domain.table_view import (
    PAGE,
    Line,
    Order,
    Shown,
    Wanted,
    chosen,
    folded,
    headings,
    page_of,
    pages_of,
    totals,
)
from consult.domain.terms import Disposition
from consult.domain.wording import search_key
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.synthesis_share import Share
from consult.store.queries.table_view import lines, texts
from consult.store.queries.templates import templates_in_use
from consult.web import access
from consult.web.request import now, reader

bp = Blueprint("synthesis_page", __name__, url_prefix="/ban-lam-viec/<slug>/bang-tong-hop")
_LONGEST_SEARCH = 100
_LAST_PAGE = 100_000


@dataclass(frozen=True)
class TableView:
    """What the template is given: one page of rows with what was asked for, and everything counted over all of them."""

    wanted: Wanted
    rows: Sequence[tuple[Line, ShownRow]]
    found: int
    first: int
    pages: int
    totals: Mapping[Shown, int]
    headings: Sequence[tuple[str, tuple[int, str], int]]

    @property
    def all(self) -> int:
        """How many comments are in force."""
        return self.totals[Shown.ALL]

    @property
    def answered(self) -> int:
        """How many of them have a response."""
        return self.totals[Shown.ANSWERED]

    @property
    def waiting_first(self) -> bool:
        """Whether the rows stand in two groups: to be answered, and answered."""
        return self.wanted.order is Order.WAITING_FIRST


@bp.get("")
@access.official_of_round
def page(official: OfficialGrant, facts: RoundFacts) -> ResponseReturnValue:
    """Show the rows that the address asks for, a hundred on a page."""
    around = account(reader(), facts, now())
    return render_template(
        "desk/synthesis.html",
        official=official,
        facts=facts,
        account=around,
        view=_view(facts, around),
        forms=templates_in_use(reader(), official.lead_agency_id, facts.kind),
        dispositions=tuple(Disposition),
        orders=Order,
        key_of=key_of,
        address_of=address_of,
        phase=facts.window.phase(now()),
        now=now(),
    )


def key_of(heading: tuple[int, str] | None) -> str:
    """Return how a heading is named in an address."""
    return "" if heading is None else f"{heading[0]}:{heading[1]}"


def address_of(slug: str, wanted: Wanted) -> str:
    """Return the address of the table with these rows."""
    said = {
        "loc": wanted.shown.value,
        "co-quan": wanted.code,
        "muc": key_of(wanted.heading),
        "ket-qua": wanted.disposition.name.lower() if wanted.disposition else "",
        "tim": wanted.words,
        "theo": wanted.order.value,
        "trang": str(wanted.page) if wanted.page > 1 else "",
    }
    place: dict[str, str] = {name: value for name, value in said.items() if value}
    return url_for("synthesis_page.page", slug=slug, _anchor="table", **place)  # type: ignore[arg-type]


def _view(facts: RoundFacts, around: Account) -> TableView:
    every = lines(reader(), facts.id)
    below = headings(every)
    wanted = _wanted(request.args, below, {body.code for body in around.speakers})
    found = chosen(every, wanted, _matching(facts, wanted.words))
    wanted = wanted._replace(page=min(wanted.page, pages_of(found)))
    return TableView(
        wanted=wanted,
        rows=_rows(facts, page_of(found, wanted.page)),
        found=len(found),
        first=(wanted.page - 1) * PAGE + 1,
        pages=pages_of(found),
        totals=totals(every),
        headings=[(key_of(heading), heading, number) for heading, number in below.items()],
    )


def _rows(facts: RoundFacts, shown: Sequence[Line]) -> list[tuple[Line, ShownRow]]:
    ids = tuple(line.id for line in shown)
    read = {row.id: row for row in shown_rows(reader(), facts, Share(ids=ids))} if ids else {}
    return [(line, read[line.id]) for line in shown]


def _matching(facts: RoundFacts, words: str) -> frozenset[str] | None:
    """Return the comments in which every searched word stands, with or without accents; None without a search."""
    wanted = search_key(words).split()
    if not wanted:
        return None
    keyed = ((id_, folded(text)) for id_, text in texts(reader(), facts.id))
    return frozenset(id_ for id_, key in keyed if all(word in key for word in wanted))


def _wanted(given: MultiDict[str, str], below: Mapping[tuple[int, str], int], codes: set[str]) -> Wanted:
    """Read what an address asks for; what means nothing is left aside."""
    said = {name: given.get(name, "") for name in ("loc", "co-quan", "muc", "ket-qua", "theo")}
    return Wanted(
        shown={each.value: each for each in Shown}.get(said["loc"], Shown.ALL),
        code=said["co-quan"] if said["co-quan"] in codes else "",
        heading={key_of(heading): heading for heading in below}.get(said["muc"]),
        disposition={each.name.lower(): each for each in Disposition}.get(said["ket-qua"]),
        words=given.get("tim", "").strip()[:_LONGEST_SEARCH],
        order={each.value: each for each in Order}.get(said["theo"], Order.WAITING_FIRST),
        page=max(1, min(given.get("trang", 1, type=int) or 1, _LAST_PAGE)),
    )
