"""Which lines belong to the page and not to the draft: a page number, "Dự thảo lần 1", running heads, the contents.

What it finds is set aside and named to the person, never dropped.
"""

import re
from collections.abc import Iterator, Sequence

from consult.domain.outline_contents import contents_lines
from consult.domain.outline_nodes import Line, LineKind
from consult.domain.outline_running import running_lines

_PAGE_NUMBER = re.compile(r"(?:trang\s*|[-–]\s*)?(?P<number>\d{1,4})(?:\s*[-–]|\s*/\s*\d{1,4})?", re.IGNORECASE)
_BARE_FRACTION = re.compile(r"\d+\s*/\s*\d+")
_MARK = re.compile(r"\(?dự thảo(?:\s+(?:lần\s+)?(?:thứ\s+)?\d{1,2})?\)?", re.IGNORECASE)
_MARK_TAIL = re.compile(r"\(?lần\s+(?:thứ\s+)?\d{1,2}\)?", re.IGNORECASE)
_FARTHEST = 20


def furniture_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines that are page furniture.

    Page numbers only go up, by at most twenty, and stand beside a blank line or other furniture, so that a number which
    a sentence was wrapped around stays in its sentence.
    """
    found: set[int] = {index for index, line in enumerate(lines) if line.kind is LineKind.MARGIN}
    found.update(_marks(lines))
    contents = set(contents_lines(lines))
    numbers: set[int] = set()
    page = 0
    for index, line in enumerate(lines):
        number = _page_number(line)
        if index not in contents and page < number <= page + _FARTHEST and _stands_alone(lines, index, found):
            found.add(index)
            numbers.add(index)
            page = number
    return frozenset(found | contents | set(running_lines(lines, numbers)))


def _marks(lines: Sequence[Line]) -> Iterator[int]:
    marked = False
    for index, line in enumerate(lines):
        if not line.text:
            continue
        whole = bool(_MARK.fullmatch(line.text)) and not _in_shown_table(line)
        if whole or (marked and _MARK_TAIL.fullmatch(line.text)):
            yield index
        marked = whole


def _page_number(line: Line) -> int:
    found = _PAGE_NUMBER.fullmatch(line.text)
    if found is None or line.cell is not None or _BARE_FRACTION.fullmatch(line.text):
        return 0
    return int(found["number"])


def _in_shown_table(line: Line) -> bool:
    return line.cell is not None and line.cell.bordered


def _stands_alone(lines: Sequence[Line], index: int, found: set[int]) -> bool:
    if lines[index].kind is not LineKind.WRAPPED:
        return True
    beside = [place for place in (index - 1, index + 1) if 0 <= place < len(lines)]
    return len(beside) < 2 or any(not lines[place].text or place in found for place in beside)
