"""Which lines of the board are shown and in which order: what every agency's line is judged by, as a pure value."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from itertools import repeat
from typing import NamedTuple

from consult.domain.counting import Counts, Standing, count
from consult.domain.terms import Basis, Channel, LetterState, Stance
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


class Mark(NamedTuple):
    """What decides whether a line is shown and counted; ``letter`` is that of the newest letter with its link.

    ``stance`` is None for a silent agency. The moments are its own where it was given any.
    """

    id: int
    code: str
    name: str
    short_name: str
    email: str | None
    basis: Basis
    stance: Stance | None
    late: bool | None
    numbered: bool | None
    sent_at: datetime | None
    channel: Channel | None
    received_on: date | None
    letter: LetterState | None
    closes_at: datetime | None
    late_until: datetime | None

    @property
    def asked(self) -> bool:
        """Whether it stands on the round's list."""
        return self.basis is not Basis.UNASKED

    @property
    def answered_on(self) -> date | None:
        """The local day on which its answer came: on paper the day it was received."""
        if self.received_on is not None and self.channel is not Channel.ONLINE:
            return self.received_on
        return local(self.sent_at).date() if self.sent_at is not None else None


class Wanted(NamedTuple):
    """What a reader of the board asked for; ``words`` is what they typed to search for."""

    shown: Shown = Shown.ALL
    words: str = ""
    order: Order = Order.LETTER
    page: int = 1


def kinds(mark: Mark, requires_letter: bool) -> tuple[Shown, ...]:
    """Name every filter that shows this line, but for the one that shows them all."""
    found = []
    if mark.stance is None:
        found.append(Shown.SILENT)
    else:
        if mark.asked:
            found.append(Shown.SENT)
        if mark.stance.needs_comments:
            found.append(Shown.COMMENTING)
        if mark.late:
            found.append(Shown.LATE)
        if requires_letter and not mark.numbered:
            found.append(Shown.AWAITING)
    if mark.letter is LetterState.FAILED:
        found.append(Shown.REFUSED)
    if not mark.email and mark.asked:
        found.append(Shown.NO_MAILBOX)
    return tuple(found)


def totals(marks: Sequence[Mark], requires_letter: bool) -> dict[Shown, int]:
    """Count the lines that each filter shows."""
    found = Counter(kind for mark in marks for kind in kinds(mark, requires_letter))
    return {shown: found[shown] for shown in Shown} | {Shown.ALL: len(marks)}


def counts_of(marks: Iterable[Mark]) -> Counts:
    """Return the numbers of the round; bodies in the same position are looked at once."""
    alike = Counter((mark.stance, bool(mark.late), mark.basis) for mark in marks)
    return count(each for standing, number in alike.items() for each in repeat(Standing(*standing), number))


def chosen(marks: Sequence[Mark], wanted: Wanted, requires_letter: bool) -> list[Mark]:
    """Return the lines that were asked for, all pages, in the order that was asked for; bodies not asked come last.

    Words are found without their accents, in the name or the short name.
    """
    found = [mark for mark in marks if wanted.shown is Shown.ALL or wanted.shown in kinds(mark, requires_letter)]
    words = search_key(wanted.words).split()
    if words:
        found = [mark for mark in found if all(word in _searched(mark.name, mark.short_name) for word in words)]
    if wanted.order is Order.NAME:
        found.sort(key=lambda mark: (not mark.asked, _sorted(mark.name)))
    return found


def pages_of(marks: Sequence[Mark]) -> int:
    """Return how many pages the lines fill, at least one."""
    return max(1, -(-len(marks) // PAGE))


def page_of(marks: Sequence[Mark], number: int) -> Sequence[Mark]:
    """Return the lines of a page, from 1; the last one for a number beyond it."""
    page = min(max(number, 1), pages_of(marks))
    return marks[(page - 1) * PAGE : page * PAGE]


@lru_cache(maxsize=8192)
def _searched(name: str, short_name: str) -> str:
    return search_key(f"{name} {short_name}")


_sorted = lru_cache(maxsize=8192)(sort_key)
