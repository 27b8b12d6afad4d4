"""Which lines are the running heads and feet of a printed text: the same words beside three page numbers, or all.

It refuses to know what they say, and how a page number is told (``outline_furniture``).
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from consult.domain.outline_nodes import Line, LineKind

_LEAST_REPEATS = 3
_LEAST_PAGES = 2
_LONGEST = 100


def running_lines(lines: Sequence[Line], numbers: Collection[int]) -> Iterator[int]:
    """Yield the indexes of the lines that stand beside the page numbers ``numbers`` again and again."""
    beside = [index for number in sorted(numbers) for index in _neighbours(lines, number)]
    counted = Counter(lines[index].text for index in beside)
    least = min(_LEAST_REPEATS, max(_LEAST_PAGES, len(numbers)))
    yield from (index for index in beside if counted[lines[index].text] >= least)


def _neighbours(lines: Sequence[Line], number: int) -> Iterator[int]:
    for step in (-1, 1):
        place = number + step
        while 0 <= place < len(lines) and not lines[place].text:
            place += step
        if 0 <= place < len(lines) and lines[place].kind is LineKind.WRAPPED and len(lines[place].text) <= _LONGEST:
            yield place
