"""Which lines are the table of contents of a draft: they repeat its titles, and open no clause.

It knows "MỤC LỤC", dotted leaders and page numbers, and refuses to know what the titles say.
"""

import re
from collections.abc import Iterator, Sequence

from consult.domain.outline_nodes import Line

_HEAD = re.compile(r"mục\s+lục|nội dung\s+trang|trang", re.IGNORECASE)
_NAME = re.compile(r"mục\s+lục|nội dung\s{2,}trang", re.IGNORECASE)
_LEADERS = re.compile(r"(?:\.{3,}|(?:\.\s){3,}|…+|_{3,}|·{3,})[\s.…]*(?P<page>\d{1,3})$")
_PAGE = re.compile(r"(?:\s|\t)(?P<page>\d{1,3})$")
# The number of the page that the table of contents stands on.
_PAGE_ALONE = re.compile(r"\d{1,3}")
_LEAST_ENTRIES = 3
_MOST_LINES_OF_ENTRY = 3
_LONGEST_ENTRY = 200


def contents_lines(lines: Sequence[Line]) -> Iterator[int]:
    """Yield the indexes of the lines of tables of contents, with their heading.

    Below "MỤC LỤC" each entry ends with its page; elsewhere three entries with leaders in a row are one as well.
    """
    shown = [index for index, line in enumerate(lines) if line.text and line.cell is None]
    place = 0
    while place < len(shown):
        headed = bool(_NAME.fullmatch(lines[shown[place]].text))
        end, entries = _end_of_entries(lines, shown, place + headed, headed=headed)
        if entries >= (1 if headed else _LEAST_ENTRIES):
            yield from shown[place:end]
        place = max(end if entries else 0, place + 1)


def _end_of_entries(lines: Sequence[Line], shown: Sequence[int], start: int, *, headed: bool) -> tuple[int, int]:
    """Return where the entries that begin at ``start`` end, and how many there are; their pages only go up."""
    end, entries, last = start, 0, 0
    for place in range(start, len(shown)):
        text = lines[shown[place]].text
        page = _page(text, headed=headed)
        if page and page >= last:
            end, entries, last = place + 1, entries + 1, page
        elif headed and place - start < _MOST_LINES_OF_ENTRY and not entries and _HEAD.fullmatch(text):
            end = place + 1
        elif not (headed or entries) or not (_PAGE_ALONE.fullmatch(text) or _may_be_of_entry(text, place - end)):
            break
    return end, entries


def _may_be_of_entry(text: str, lines_before: int) -> bool:
    """Whether the words may be those of an entry whose page comes on a later line."""
    return lines_before < _MOST_LINES_OF_ENTRY - 1 and len(text) <= _LONGEST_ENTRY


def _page(text: str, *, headed: bool) -> int:
    found = _LEADERS.search(text) or (_PAGE.search(text) if headed else None)
    return int(found["page"]) if found else 0
