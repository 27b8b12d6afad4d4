"""Whether an outline holds every character of its source once; the proof that a mended draft lost nothing.

It compares spans with lines and trusts nobody's word for how the outline came about.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from consult.domain.outline_nodes import Line, Outline, Span


class Kept(Enum):
    """Where a line of the source stands."""

    CLAUSE = "in the clauses"
    FRAME = "in the frame"
    ASIDE = "set aside"
    MISSING = "nowhere, or not whole"
    DOUBLED = "more than once"


@dataclass(frozen=True)
class Coverage:
    """How many lines with words stand where, and those that are not placed once."""

    counts: Mapping[Kept, int]
    faulty: tuple[Line, ...]

    @property
    def lines(self) -> int:
        """All lines of the source that have words."""
        return sum(self.counts.values())

    @property
    def whole(self) -> bool:
        """Whether every line stands somewhere, whole, and only once."""
        return not self.faulty


def coverage(lines: Iterable[Line], drafted: Outline) -> Coverage:
    """Return where each line of a source stands in its outline."""
    placed = _placed(drafted)
    counts = dict.fromkeys(Kept, 0)
    faulty = []
    for line in lines:
        if line.text:
            kept = _kept(line, placed.get((line.part, line.paragraph), ()))
            counts[kept] += 1
            if kept in (Kept.MISSING, Kept.DOUBLED):
                faulty.append(line)
    return Coverage(counts, tuple(faulty))


def _placed(drafted: Outline) -> Mapping[tuple[str, int], Sequence[tuple[Span, Kept]]]:
    placed: dict[tuple[str, int], list[tuple[Span, Kept]]] = defaultdict(list)
    for node in drafted.nodes:
        for span in node.spans:
            placed[span.part, span.paragraph].append((span, Kept.FRAME if node.kind.in_frame else Kept.CLAUSE))
    for piece in drafted.furniture:
        placed[piece.span.part, piece.span.paragraph].append((piece.span, Kept.ASIDE))
    return placed


def _kept(line: Line, beside: Iterable[tuple[Span, Kept]]) -> Kept:
    """Return where the line stands; a line that was cut in two counts where its first words stand."""
    whole = line.span
    inside = sorted((span.start, span.end, kept.name) for span, kept in beside if _meets(span, whole))
    at = whole.start
    for start, end, _ in inside:
        if start < at:
            return Kept.DOUBLED
        if _words(line, at, start):
            return Kept.MISSING
        at = end
    return Kept[inside[0][2]] if inside and not _words(line, at, whole.end) else Kept.MISSING


def _meets(span: Span, line: Span) -> bool:
    return span == line or (span.start < line.end and line.start < span.end)


def _words(line: Line, first: int, last: int) -> str:
    """Return the words of the line between two characters of its paragraph."""
    offset = line.computed - line.start
    return line.text[first + offset : last + offset].strip()
