"""Which rows of the synthesis a page shows and in which order: what every comment is judged by, as a pure value."""

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from consult.domain.terms import Disposition

_MARKS = re.compile("[\u0300-\u036f]+")
_BETWEEN = re.compile(r"[\W_]+")
PAGE = 100
"""Rows on one page of the table."""


class Shown(Enum):
    """Which comments are shown; the value stands in the page's address."""

    ALL = ""
    UNANSWERED = "unanswered"
    CHANGED = "changed"
    ANSWERED = "answered"
    LATE = "late"


class Order(Enum):
    """In which order: what is still to be answered first, or as the document has it."""

    WAITING_FIRST = ""
    DOCUMENT = "document"


class Line(NamedTuple):
    """What decides about one comment: all but its words; ``id`` is its row's, ``key`` the address of its answer.

    ``draft`` is the draft's position (0 for all drafts as a whole), ``section`` the top heading it stands under.
    ``disposition`` is None until a response counts for the words in force; ``changed`` says that other words were
    answered.
    """

    id: str
    key: str
    code: str
    draft: int
    section: str
    late: bool
    disposition: Disposition | None
    changed: bool

    @property
    def heading(self) -> tuple[int, str]:
        """The heading below which it stands."""
        return (self.draft, self.section)


class Wanted(NamedTuple):
    """What a reader of the table asked for; empty values ask for everything."""

    shown: Shown = Shown.ALL
    code: str = ""
    heading: tuple[int, str] | None = None
    disposition: Disposition | None = None
    words: str = ""
    order: Order = Order.WAITING_FIRST
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether any comment may be left out."""
        return self != Wanted(order=self.order, page=self.page)


def totals(lines: Iterable[Line]) -> dict[Shown, int]:
    """Count the comments that each filter shows."""
    found = Counter(shown for line in lines for shown in Shown if _shows(shown, line))
    return {shown: found[shown] for shown in Shown}


def headings(lines: Iterable[Line]) -> dict[tuple[int, str], int]:
    """Count the comments below each heading, in the order of the draft."""
    return dict(Counter(line.heading for line in lines))


def chosen(lines: Sequence[Line], wanted: Wanted, found: Container[str] | None) -> Sequence[Line]:
    """Return the comments that were asked for, all pages, in the order asked for.

    ``lines`` come in the order of the document; ``found`` are the ids in which the searched words stand, None without a
    search.
    """
    kept = [line for line in lines if _fits(line, wanted) and (found is None or line.id in found)]
    if wanted.order is Order.WAITING_FIRST:
        kept.sort(key=lambda line: line.disposition is not None)
    return kept


def folded(text: str) -> str:
    """Return a long text as ``wording.search_key`` does, many times faster: Vietnamese marks alone are dropped."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text).casefold().replace("đ", "d"))
    return _BETWEEN.sub(" ", bare)


def pages_of(lines: Sequence[Line]) -> int:
    """Return how many pages the comments fill, at least one."""
    return max(1, -(-len(lines) // PAGE))


def page_of(lines: Sequence[Line], number: int) -> Sequence[Line]:
    """Return the comments of a page, from 1; the last one for a number beyond it."""
    page = min(max(number, 1), pages_of(lines))
    return lines[(page - 1) * PAGE : page * PAGE]


def _fits(line: Line, wanted: Wanted) -> bool:
    return (
        _shows(wanted.shown, line)
        and (not wanted.code or line.code == wanted.code)
        and (wanted.heading is None or line.heading == wanted.heading)
        and (wanted.disposition is None or line.disposition is wanted.disposition)
    )


def _shows(shown: Shown, line: Line) -> bool:
    if shown is Shown.UNANSWERED:
        return line.disposition is None
    if shown is Shown.ANSWERED:
        return line.disposition is not None
    if shown is Shown.CHANGED:
        return line.changed
    return line.late if shown is Shown.LATE else True
