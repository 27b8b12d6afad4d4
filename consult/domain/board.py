"""Which lines of the board are shown and in which order: what every agency's line is judged by, as a pure value."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from consult.domain.counting import Counts, Standing, count
from consult.domain.terms import Basis, Stance
from consult.domain.window import local
from consult.domain.wording import search_key, sort_key

PAGE = 200
"""Lines on one page of the board."""


class Shown(Enum):
    """Which lines are shown; the value stands in the page's address."""

    ALL = ""
    SENT = "sent"
    SILENT = "silent"
    COMMENTING = "comments"
    LATE = "late"
    AWAITING = "awaiting"
    REFUSED = "refused"
    NO_MAILBOX = "no-mailbox"


class Order(Enum):
    """In which order: that of the cover letter, or the Vietnamese alphabet's."""

    LETTER = ""
    NAME = "name"


class Alike(NamedTuple):
    """All that decides which filters show a line; ``stance`` is None for a silent agency.

    ``asked`` says that it stands on the round's list, ``refused`` that the newest letter with its link did not arrive.
    """

    mailbox: bool
    asked: bool
    stance: Stance | None
    late: bool | None
    numbered: bool | None
    refused: bool | None


class Mark(NamedTuple):
    """What is read of every line: the fields of ``Alike`` between its id and its moments.

    ``received_on`` is set for an answer that did not come online; the last two are its own window where it has one.
    """

    id: int
    mailbox: bool
    asked: bool
    stance: Stance | None
    late: bool | None
    numbered: bool | None
    refused: bool | None
    sent_at: datetime | None
    received_on: date | None
    closes_at: datetime | None
    late_until: datetime | None

    @property
    def answered_on(self) -> date | None:
        """The local day on which its answer came: on paper the day it was received."""
        if self.received_on is not None:
            return self.received_on
        return local(self.sent_at).date() if self.sent_at is not None else None


class Named(NamedTuple):
    """How a line is called; read only where lines are searched for, put in order or spoken of.

    ``also`` are the other ways to write it that the directory has, one a line.
    """

    code: str
    name: str
    short_name: str
    also: str = ""


class Wanted(NamedTuple):
    """What a reader of the board asked for; ``words`` is what they typed to search for."""

    shown: Shown = Shown.ALL
    words: str = ""
    order: Order = Order.LETTER
    page: int = 1


def kinds(line: Alike, requires_letter: bool) -> list[Shown]:
    """Name every filter that shows such a line, but for the one that shows them all."""
    answered = line.stance is not None
    told = {
        Shown.SENT: answered and line.asked,
        Shown.SILENT: not answered,
        Shown.COMMENTING: line.stance is not None and line.stance.needs_comments,
        Shown.LATE: answered and line.late,
        Shown.AWAITING: answered and requires_letter and not line.numbered,
        Shown.REFUSED: line.refused,
        Shown.NO_MAILBOX: line.asked and not line.mailbox,
    }
    return [shown for shown, yes in told.items() if yes]


def tally(marks: Iterable[Mark]) -> Counter[Alike]:
    """Count lines that are alike, so that each kind of line is looked at once."""
    return Counter({Alike(*found): number for found, number in Counter(mark[1:7] for mark in marks).items()})


def totals(tallied: Counter[Alike], requires_letter: bool) -> dict[Shown, int]:
    """Count the lines that each filter shows."""
    found = dict.fromkeys(Shown, 0) | {Shown.ALL: tallied.total()}
    for line, number in tallied.items():
        for kind in kinds(line, requires_letter):
            found[kind] += number
    return found


def counts_of(tallied: Counter[Alike]) -> Counts:
    """Return the numbers of the round."""
    every = [
        (astuple(count([Standing(line.stance, bool(line.late), _basis(line))])), number)
        for line, number in tallied.items()
    ]
    nobody = astuple(count([]))
    return Counts(*map(sum, zip(nobody, *([one * number for one in ones] for ones, number in every), strict=True)))


def _basis(line: Alike) -> Basis:
    return Basis.LISTED if line.asked else Basis.UNASKED


def chosen(marks: Sequence[Mark], names: Mapping[int, Named], wanted: Wanted, requires_letter: bool) -> Sequence[Mark]:
    """Return the lines that were asked for, all pages, in the order that was asked for; bodies not asked come last.

    Words are found without their accents, in any name of the body. ``names`` may be empty for ``plain`` wishes.
    """
    found = marks
    if wanted.shown is not Shown.ALL:
        found = [mark for mark in marks if wanted.shown in kinds(Alike(*mark[1:7]), requires_letter)]
    words = search_key(wanted.words).split()
    if words:
        found = [mark for mark in found if _holds(names[mark.id], words)]
    if wanted.order is Order.NAME:
        found = sorted(found, key=lambda mark: (not mark.asked, _sorted(names[mark.id].name)))
    return found


def plain(wanted: Wanted) -> bool:
    """Whether the lines can be chosen without their names."""
    return not wanted.words and wanted.order is Order.LETTER


def pages_of(marks: Sequence[Mark]) -> int:
    """Return how many pages the lines fill, at least one."""
    return max(1, -(-len(marks) // PAGE))


def page_of(marks: Sequence[Mark], number: int) -> Sequence[Mark]:
    """Return the lines of a page, from 1; the last one for a number beyond it."""
    page = min(max(number, 1), pages_of(marks))
    return marks[(page - 1) * PAGE : page * PAGE]


def _holds(named: Named, words: Sequence[str]) -> bool:
    """Whether all words stand in the name and the short name, or begin words of one of the other names."""
    names, *others = _searched(*named[1:])
    return all(word in names for word in words) or any(
        all(f" {word}" in f" {other}" for word in words) for other in others
    )


@lru_cache(maxsize=8192)
def _searched(name: str, short_name: str, also: str) -> tuple[str, ...]:
    return tuple(map(search_key, (f"{name} {short_name}", *also.splitlines())))


_sorted = lru_cache(maxsize=8192)(sort_key)
