"""Words and rows of print with their places on a page, in points from the top left.

It knows which words stand in one row. It refuses to know columns and lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

_SAME_ROW = 0.4
_SLACK = 1.0
_BLANK_WIDTH = 0.25
_ROOM = 4
_LEAST_HEIGHT = 1.0


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Its height, never nothing."""
        return max(_LEAST_HEIGHT, self.bottom - self.top)

    @property
    def middle(self) -> float:
        """The height at which its middle stands."""
        return (self.top + self.bottom) / 2

    def holds(self, other: "Box") -> bool:
        """Whether the middle of another one lies inside."""
        across = (other.left + other.right) / 2
        return self.left - _SLACK <= across <= self.right + _SLACK and self.top <= other.middle <= self.bottom


@dataclass(frozen=True)
class Word:
    """A word and its place."""

    text: str
    box: Box


@dataclass(frozen=True)
class Row:
    """Words that stand side by side, from left to right."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """The words, parted by a blank each, and by more where room was left to fill in a number or a date."""
        gaps = ("", *map(self._blanks, self.words, self.words[1:]))
        return "".join(f"{gap}{word.text}" for gap, word in zip(gaps, self.words, strict=True))

    def _blanks(self, before: Word, after: Word) -> str:
        blanks = round((after.box.left - before.box.right) / (_BLANK_WIDTH * self.box.height))
        return " " * (blanks if blanks >= _ROOM else 1)

    @property
    def sign_width(self) -> float:
        """How wide a character is, on average."""
        inked = sum(word.box.right - word.box.left for word in self.words)
        return max(1.0, inked / sum(len(word.text) for word in self.words))

    def gaps(self, least: float) -> list[tuple[float, float]]:
        """Return the places between its words that are at least that wide."""
        beside = ((before.box.right, after.box.left) for before, after in pairwise(self.words))
        return [(left, right) for left, right in beside if right - left >= least]


def row_of(words: Sequence[Word]) -> Row:
    """Return words (at least one) that stand in one row as a row."""
    ordered = tuple(sorted(words, key=lambda word: word.box.left))
    boxes = [word.box for word in ordered]
    edges = min(box.left for box in boxes), min(box.top for box in boxes), max(box.right for box in boxes)
    return Row(ordered, Box(*edges, max(box.bottom for box in boxes)))


def rows_of(words: Sequence[Word]) -> list[Row]:
    """Return words as rows from top to bottom; a raised or lowered sign stays in the row of its neighbours."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.box.middle):
        if rows and _is_beside(rows[-1], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [row_of(row) for row in rows]


def _is_beside(row: Sequence[Word], word: Word) -> bool:
    tallest = max(row, key=lambda each: each.box.height).box
    return abs(word.box.middle - tallest.middle) <= _SAME_ROW * max(tallest.height, word.box.height)
