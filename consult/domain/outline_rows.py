"""Which lines of a text are rows of a table that a PDF tool printed with blanks between its columns.

Their numbers are no labels. It refuses to tell columns: a row stays one line, as it was printed.
"""

import re
from collections.abc import Sequence

from consult.domain.outline_nodes import Line, LineKind

_GAP = re.compile(r"(?<=\S)(?<!số)(?<!Số:)(?<!ngày)(?<!tháng)(?<!năm) {3,}(?=[^\s/])", re.IGNORECASE)
_LEAST_GAPS = 2
_LEAST_ROWS = 2
_DEEP = 8


def row_lines(lines: Sequence[Line], kept: Sequence[int]) -> frozenset[int]:
    """Return which of the lines ``kept`` are rows: two at least with two gaps each, and what stands between them."""
    found: set[int] = set()
    run: list[int] = []
    for index in kept:
        gaps = _gaps(lines[index])
        if gaps >= _LEAST_GAPS or (run and (gaps or lines[index].start >= _DEEP)):
            run.append(index)
        else:
            found.update(_rows(lines, run))
            run = []
    found.update(_rows(lines, run))
    return frozenset(found)


def _rows(lines: Sequence[Line], run: Sequence[int]) -> Sequence[int]:
    """Return the run without the lines after its last row, nothing when it has too few rows."""
    full = [place for place, index in enumerate(run) if _gaps(lines[index]) >= _LEAST_GAPS]
    return run[: full[-1] + 1] if len(full) >= _LEAST_ROWS else []


def _gaps(line: Line) -> int:
    return len(_GAP.findall(line.text)) if line.kind is LineKind.WRAPPED else 0
