"""A row of print that holds two columns of the frame → its two pieces: "TỈNH GIA LAI        Độc lập - Tự do …".

A PDF tool that keeps the layout prints the head of an act, and Nơi nhận beside the signature, side by side. It knows
the elements of the frame that tell such a row, and refuses to part any other: a table, a date with room to fill in.
"""

import re
from collections.abc import Iterator, Sequence

from consult.domain.outline_marks import Mark, shows, signs

_GAP = re.compile(r"(?<=\S)(?:[ \t\u00a0]{3,}|\t)(?=\S)")
_RIGHT = (Mark.NATION, Mark.MOTTO, Mark.DATE, Mark.RULE)
_NAMES = re.compile(r"\(?[^\W\d_a-z][^\d;:]*")
_LONGEST_NAME = 40
_ITEMS = ("-", "–", "+")


def parted(rows: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    """Yield (row, piece, its first character) for every row of a text, two pieces for one with two columns.

    Below "Nơi nhận" beside a signature, names may stand on the right too.
    """
    beside = False
    for number, row in enumerate(rows):
        cut = _cut(row, names=beside)
        if cut is None:
            beside = beside and (not row.strip() or row.lstrip().startswith(_ITEMS))
            yield number, row, 0
        else:
            beside = beside or shows(Mark.COPIES, row[: cut[0]].strip())
            yield number, row[: cut[0]], 0
            yield number, row[cut[1] :], cut[1]


def _cut(row: str, *, names: bool) -> tuple[int, int] | None:
    """Return where the left column of a row ends and the right one begins."""
    for gap in reversed(list(_GAP.finditer(row))):
        left, right = row[: gap.start()].strip(), row[gap.end() :].strip()
        told = any(shows(mark, right) for mark in _RIGHT) or signs(right)
        if left and (told or (names and _is_name(right) and left.startswith(_ITEMS))):
            return gap.span()
    return None


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and bool(_NAMES.fullmatch(text))
