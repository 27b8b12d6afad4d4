"""The levels of a draft and the label that stands at the head of a clause.

Levels after Nghị định 30/2020/NĐ-CP, annex I, II.5, and the practice of administrative drafts (1.1., "-", "+"). It
refuses to know how a label is written (``labels``) and which may follow which (``label_order``).
"""

from dataclasses import dataclass
from enum import IntEnum

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}


class Level(IntEnum):
    """The levels of a draft, from the widest to the narrowest."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    SUBSECTION = 4
    ARTICLE = 5
    CAPITAL = 6
    ROMAN = 7
    NUMBER = 8
    COUNTED = 9
    LETTER = 10
    BRACKETED = 11
    SMALL_ROMAN = 12
    DASH = 13
    PLUS = 14
    STAR = 15


STRUCTURAL = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)
"""Levels that only gather others: their text is a title, often on the line below."""


@dataclass(frozen=True)
class Label:
    """A label at the head of a line.

    ``path`` holds the numbers in order: (2, 3) for "2.3.", (5,) for "Điều 5." and (5, 1) for "Điều 5a.", (7,) for
    "đ)" (its place in the alphabet), (2,) for "2a." too, () for a dash. ``rest`` is what follows what is ``printed``.
    """

    level: Level
    path: tuple[int, ...]
    printed: str
    rest: str

    @property
    def rank(self) -> tuple[int, int]:
        """Orders levels from wide to narrow; "1.1." is narrower than "1."."""
        return self.level, len(self.path) if self.level is Level.NUMBER else 0

    @property
    def bare(self) -> str:
        """The label without its word and its marks: "1" for "Khoản 1.", "a" for "a)", "2.3" for "2.3."."""
        return self.printed.split()[-1].strip("().:/-–")

    @property
    def slug(self) -> str:
        """The part of an anchor that this label gives, the last step only: "dieu-5", "3", "dd", "ii"."""
        if self.level in (Level.LETTER, Level.CAPITAL):
            return "".join(_TELEX.get(sign, sign) for sign in self.bare.lower())
        if self.level is Level.ARTICLE:
            return f"dieu-{self.path[0]}" + "".join(ALPHABET[place - 1] for place in self.path[1:])
        if self.level in STRUCTURAL:
            return f"{_STRUCTURAL_SLUGS[self.level]}-{self.path[0]}"
        return self.bare.lower().rpartition(".")[2]


_STRUCTURAL_SLUGS = {Level.PART: "phan", Level.CHAPTER: "chuong", Level.SECTION: "muc", Level.SUBSECTION: "tieu-muc"}
