"""Rows that stand in two columns (the head of an act, its recipients beside the signature) → one after the other.

It knows gutters: places that stay free in several rows. It refuses to know what the columns say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from consult.documents.pdf_places import Row, row_of

_GUTTER = 1.5
_LEAST_ROWS = 2
_NEXT = 1.8
_FAR = 9.0

_Span = tuple[float, float]


@dataclass(frozen=True)
class Column:
    """Rows that are read one after the other; the whole width of the page, or one side of a gutter."""

    rows: tuple[Row, ...]
    is_whole: bool


def in_reading_order(rows: Sequence[Row]) -> Iterator[Column]:
    """Yield the rows of a page, or of a piece of it, as columns; the left side of a gutter before the right one."""
    waiting: list[Row] = []
    place = 0
    while place < len(rows):
        end, gutter = _block(rows, place)
        if gutter is None:
            waiting.append(rows[place])
        else:
            if waiting:
                yield Column(tuple(waiting), is_whole=True)
            yield from _sides(rows[place:end], gutter)
            waiting = []
        place = end
    if waiting:
        yield Column(tuple(waiting), is_whole=True)


def _sides(rows: Sequence[Row], gutter: _Span) -> Iterator[Column]:
    for side in (_part(rows, -1.0, gutter[0]), _part(rows, gutter[1], float("inf"))):
        yield from (Column(column.rows, is_whole=False) for column in in_reading_order(side))


def _part(rows: Sequence[Row], left: float, right: float) -> list[Row]:
    sides = ([word for word in row.words if left <= word.box.left and word.box.right <= right] for row in rows)
    return [row_of(words) for words in sides if words]


def _block(rows: Sequence[Row], start: int) -> tuple[int, _Span | None]:
    """Return where the two columns that begin at this row end, and the gutter; the next row and None without any.

    One row with a wide gap makes no columns; another one that has words to the right of the gap does.
    """
    gutters = rows[start].gaps(_GUTTER * rows[start].box.height)
    found: tuple[int, _Span | None] = (start + 1, None)
    shared = 1
    for end in range(start + 1, len(rows)):
        gutters = _narrowed(gutters, rows[end])
        if not gutters or not _goes_on(rows[end - 1], rows[end], gutters[0]):
            break
        if rows[end].box.right > gutters[0][1]:
            shared += 1
        if shared >= _LEAST_ROWS:
            found = end + 1, gutters[0]
    return found


def _narrowed(gutters: Sequence[_Span], row: Row) -> list[_Span]:
    """Return what stays free of each gutter in this row too, the widest first."""
    free = [(-1.0, row.box.left), *row.gaps(0.0), (row.box.right, float("inf"))]
    meets = ((max(one[0], two[0]), min(one[1], two[1])) for one in gutters for two in free)
    kept = [(left, right) for left, right in meets if right - left >= _GUTTER * row.box.height]
    return sorted(kept, key=lambda span: span[0] - span[1])


def _stands_on_both_sides(row: Row, gutter: _Span) -> bool:
    return row.box.left < gutter[0] and row.box.right > gutter[1]


def _goes_on(before: Row, row: Row, gutter: _Span) -> bool:
    """Whether a row belongs to the columns above it: close, or the name under a signature at the right."""
    step = (row.box.bottom - before.box.bottom) / row.box.height
    return step <= _NEXT or _stands_on_both_sides(row, gutter) or (row.box.left >= gutter[1] and step <= _FAR)
