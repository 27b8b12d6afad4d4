"""The board as a page: which lines were asked for, the counts on top, and what became of the last act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from consult.domain.board import (
    PAGE,
    Mark,
    Order,
    Shown,
    Wanted,
    chosen,
    counts_of,
    page_of,
    pages_of,
    plain,
    tally,
    totals,
)
from consult.domain.counting import Counts
from consult.domain.progress import Day, days_of
from consult.domain.window import Window
from consult.store.queries.board import BoardLine, lines, marks, names
from consult.store.queries.comments_by_place import PlaceCount, comments_by_place
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.windows import own_in
from consult.web.request import now, reader

PLACE = ("loc", "tim", "theo", "trang")
_LONGEST_SEARCH = 100


@dataclass(frozen=True)
class BoardView:
    """What the template is given: one page of lines and everything counted over all of them."""

    wanted: Wanted
    lines: Sequence[BoardLine]
    found: int
    first: int
    pages: int
    totals: Mapping[Shown, int]
    counts: Counts
    reachable: int
    mailless: int
    days: Sequence[Day]
    places: Sequence[PlaceCount]
    about: str

    def own_window(self, line: BoardLine, of_round: Window) -> Window | None:
        """Return the window that a line's body alone was given, or None."""
        return line.own_window(of_round)


def wanted_from(given: MultiDict[str, str]) -> Wanted:
    """Read what an address or a form asks for; what means nothing is left aside."""
    shown = {each.value: each for each in Shown}.get(given.get("loc", ""), Shown.ALL)
    order = {each.value: each for each in Order}.get(given.get("theo", ""), Order.LETTER)
    words = given.get("tim", "").strip()[:_LONGEST_SEARCH]
    page = given.get("trang", 1, type=int) or 1
    return Wanted(shown, words, order, max(1, min(page, 10_000)))


def address_of(slug: str, wanted: Wanted, **more: object) -> str:
    """Return the address of the board with these lines, and in ``more`` what it shall tell."""
    said = {"loc": wanted.shown.value, "tim": wanted.words, "theo": wanted.order.value}
    page = wanted.page if wanted.page > 1 else None
    place = {name: value or None for name, value in said.items()} | {"trang": page}
    return url_for("desk.board", slug=slug, **(place | more))  # type: ignore[arg-type]


def board_view(facts: RoundFacts) -> BoardView:
    """Read the board: what decides about all lines, and all of the lines that this page shows."""
    wanted = wanted_from(request.args)
    every = marks(reader(), facts.id)
    tallied = tally(every)
    about = request.args.get("ma", "")
    called = {} if plain(wanted) and not about else names(reader(), facts.id)
    found = chosen(every, called, wanted, facts.requires_letter)
    shown = page_of(found, wanted.page)
    wanted = wanted._replace(page=min(wanted.page, pages_of(found)))
    waiting = _waiting(every, facts.window, now())
    return BoardView(
        wanted=wanted,
        lines=lines(reader(), facts.id, [mark.id for mark in shown]),
        found=len(found),
        first=(wanted.page - 1) * PAGE + 1,
        pages=pages_of(found),
        totals=totals(tallied, facts.requires_letter),
        counts=counts_of(tallied),
        reachable=sum(1 for mark in waiting if mark.mailbox),
        mailless=sum(1 for mark in waiting if not mark.mailbox),
        days=days_of(every),
        places=comments_by_place(reader(), facts.id),
        about=next((each.name for each in called.values() if each.code == about), ""),
    )


def _waiting(every: Sequence[Mark], of_round: Window, moment: datetime) -> list[Mark]:
    """Return the silent agencies whose answer is taken now: in their own window where they were given one."""
    open_to_all = of_round.phase(moment).takes_answers
    silent = [mark for mark in every if mark.stance is None]
    return [mark for mark in silent if (_own_open(mark, of_round, moment) if _has_own(mark) else open_to_all)]


def _has_own(mark: Mark) -> bool:
    return mark.closes_at is not None or mark.late_until is not None


def _own_open(mark: Mark, of_round: Window, moment: datetime) -> bool:
    own = own_in(of_round, mark.closes_at, mark.late_until)
    return own.phase(moment).takes_answers
