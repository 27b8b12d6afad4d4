"""Words with their places on pages → lines of print, as a text has them.

Columns come one after the other, blank lines stand where the space between lines is wide, blanks for what is indented.
It knows geometry (points, from the top left) and refuses to know files and what the words say.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from consult.documents.pdf_columns import in_reading_order
from consult.documents.pdf_places import Box, Row, Word, rows_of
from consult.documents.source_lines import line_of
from consult.domain.outline_nodes import Cell, Line, LineKind

__all__ = ["Box", "Printed", "Ruled", "Word", "lines_of"]

_NUMBER = re.compile(r"\d+")
_EDGE_ROWS = 2
_LONGEST_NUMBER = 12
_LEAST_REPEATS = 3
_EDGE = 0.1
_FAR = 2.2
_WIDE = 1.15
_SINGLE = 1.15
_INDENT = 3
_MOST_INDENT = 100


@dataclass(frozen=True)
class Ruled:
    """A table whose lines are drawn: row and column from 0, and the place, of each cell."""

    cells: tuple[tuple[int, int, Box], ...]


@dataclass(frozen=True)
class Printed:
    """A page: its name in addresses, its words, its ruled tables, what stands askew on it, how many pictures it has.

    ``old_font_words`` are those that are set in fonts of an old encoding, one after the other.
    """

    part: str
    words: tuple[Word, ...]
    tables: tuple[Ruled, ...]
    askew: str
    old_font_words: str
    pictures: int


def lines_of(pages: Sequence[Printed]) -> Iterator[Line]:
    """Yield the lines of the pages in reading order; running heads and feet, and what stands askew, are MARGIN."""
    loose = [_loose_rows(page) for page in pages]
    heads = _running_heads(loose)
    leading = _leading(loose)
    tables = 0
    for page, rows in zip(pages, loose, strict=True):
        yield from _numbered(page.part, _page_lines(page, rows, heads, leading, tables))
        tables += len(page.tables)


def _numbered(part: str, lines: Iterator[Line]) -> Iterator[Line]:
    for number, line in enumerate(lines):
        yield replace(line, part=part, paragraph=number)


def _loose_rows(page: Printed) -> list[Row]:
    cells = [box for table in page.tables for _, _, box in table.cells]
    return rows_of([word for word in page.words if not any(box.holds(word.box) for box in cells)])


def _page_lines(
    page: Printed, rows: Sequence[Row], heads: frozenset[tuple[str, int]], leading: float, tables: int
) -> Iterator[Line]:
    """Yield what stands between the tables, and each table at its height."""
    edge = min((row.box.left for row in rows), default=0.0)
    above = 0.0
    for number, table in enumerate(sorted(page.tables, key=_top), start=tables):
        yield from _rows_between(rows, (above, _top(table)), heads, leading, edge)
        yield from _table_lines(page.words, table, number)
        above = _top(table)
    yield from _rows_between(rows, (above, float("inf")), heads, leading, edge)
    if page.askew:
        yield _line(page.askew, LineKind.MARGIN)


def _rows_between(
    rows: Sequence[Row], bounds: tuple[float, float], heads: frozenset[tuple[str, int]], leading: float, edge: float
) -> Iterator[Line]:
    inside = [row for row in rows if bounds[0] <= row.box.top < bounds[1]]
    yield from (_line(row.text, LineKind.MARGIN) for row in inside if _head(row) in heads)
    body = [row for row in inside if _head(row) not in heads]
    for column in in_reading_order(body):
        left = edge if column.is_whole else min(row.box.left for row in column.rows)
        yield from _column_lines(column.rows, left, leading)
        if not column.is_whole:
            yield _line("", LineKind.WRAPPED)


def _column_lines(rows: Sequence[Row], left: float, leading: float) -> Iterator[Line]:
    """Yield rows and the blank lines between them; what is both set off and indented begins a paragraph for certain."""
    before: Row | None = None
    for row in rows:
        set_off = before is not None and _step(before, row) > _WIDE * (leading or _SINGLE * row.box.height)
        if set_off:
            yield _line("", LineKind.WRAPPED)
        indent = min(_MOST_INDENT, max(0, round((row.box.left - left) / row.sign_width)))
        begins = set_off and leading and indent >= _INDENT
        yield _line(" " * indent + row.text, LineKind.PARAGRAPH if begins else LineKind.WRAPPED)
        before = row


def _table_lines(words: Sequence[Word], table: Ruled, number: int) -> Iterator[Line]:
    for row, column, box in table.cells:
        for inside in rows_of([word for word in words if box.holds(word.box)]):
            yield replace(_line(inside.text, LineKind.PARAGRAPH), cell=Cell(number, row, column, bordered=True))


def _line(text: str, kind: LineKind) -> Line:
    return line_of(text, kind, "", 0)


def _top(table: Ruled) -> float:
    return min(box.top for _, _, box in table.cells)


def _head(row: Row) -> tuple[str, int]:
    """Return the words of a row and its height; a page number is the same on all pages."""
    words = _NUMBER.sub("#", row.text) if len(row.text) <= _LONGEST_NUMBER else row.text
    return words, round(row.box.top)


def _running_heads(pages: Sequence[Sequence[Row]]) -> frozenset[tuple[str, int]]:
    """Return what stands first or last, at one height, on three pages and on half of them."""
    edges = (row for rows in pages for row in {*rows[:_EDGE_ROWS], *rows[-_EDGE_ROWS:]})
    counted = Counter(map(_head, edges))
    return frozenset(head for head, count in counted.items() if count >= max(_LEAST_REPEATS, len(pages) / 2))


def _leading(pages: Sequence[Sequence[Row]]) -> float:
    """Return the distance of the lines of one paragraph, 0.0 when no line of these pages runs on into another."""
    steps = [step for rows in pages if rows for step in _wraps(rows)]
    return median(steps) if steps else 0.0


def _wraps(rows: Sequence[Row]) -> Iterator[float]:
    """Yield the step from each row that goes to the right edge to a row that begins at the left edge."""
    left, right = min(row.box.left for row in rows), max(row.box.right for row in rows)
    for before, after in pairwise(rows):
        full = before.box.right >= right - _EDGE * (right - left)
        if full and after.box.left <= left + 2 * after.sign_width and _step(before, after) < _FAR * after.box.height:
            yield _step(before, after)


def _step(before: Row, after: Row) -> float:
    return after.box.bottom - before.box.bottom
