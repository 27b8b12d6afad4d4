"""What a label looks like (Điều 5., 1.1., đ), -, Chương II) and which may follow which.

Levels after Nghị định 30/2020/NĐ-CP, annex I, II.5, and the practice of administrative drafts (1.1., "-", "+").
It sees one line at a time and refuses to know the tree: ``outline_tree`` asks it where a label may stand.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


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
    DASH = 12
    PLUS = 13
    STAR = 14


STRUCTURAL = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)
"""Levels that only gather others: their text is a title, often on the line below."""


@dataclass(frozen=True)
class Label:
    """A label at the head of a line.

    ``path`` holds the numbers in order: (2, 3) for "2.3.", (5,) for "Điều 5." and (5, 1) for "Điều 5a.", (7,) for
    "đ)" (its place in the alphabet), () for a dash. ``printed`` is the label, ``rest`` what follows it.
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
    def slug(self) -> str:
        """The part of an anchor that this label gives, the last step only: "dieu-5", "3", "dd", "ii"."""
        if self.level in (Level.LETTER, Level.CAPITAL):
            letter = ALPHABET[self.path[0] - 1]
            return _TELEX.get(letter, letter)
        if self.level is Level.ARTICLE:
            return f"dieu-{self.path[0]}" + "".join(ALPHABET[place - 1] for place in self.path[1:])
        if self.level in STRUCTURAL:
            return f"{_STRUCTURAL_SLUGS[self.level]}-{self.path[0]}"
        return self.printed.rstrip(".").lower() if self.level is Level.ROMAN else str(self.path[-1])


_STRUCTURAL_SLUGS = {Level.PART: "phan", Level.CHAPTER: "chuong", Level.SECTION: "muc", Level.SUBSECTION: "tieu-muc"}
_STRUCTURAL_WORDS = {
    "phần": Level.PART,
    "chương": Level.CHAPTER,
    "mục": Level.SECTION,
    "tiểu mục": Level.SUBSECTION,
}

# A title on the same line follows a mark or begins with a capital: "Mục 1. TIẾP NHẬN", never "Mục 1 của Chương này".
_STRUCTURAL_LABEL = re.compile(
    r"(?P<label>(?P<word>Phần|Chương|Mục|Tiểu mục)\s+(?:(?P<nth>thứ\s+)(?P<name>\w+)|(?P<number>[IVXLC]+|\d{1,3}))"
    r"(?P<mark>\s*[.:])?)(?:\s+(?P<rest>\S.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE = re.compile(
    r"(?P<label>Điều\s+(?P<number>\d{1,4})(?P<letter>[a-zđ])?\s*(?:[.:]|$))\s*(?P<rest>.*)", re.I | re.S
)
_ROMAN_LABEL = re.compile(r"(?P<label>(?P<number>[IVXLC]+)\s*\.)\s+(?P<rest>\S.*)", re.DOTALL)
# "C." and "L." are letters: no draft counts to a hundred, nor to fifty, in Roman numbers.
_CAPITAL = re.compile(r"(?P<label>(?P<letter>[ABCDĐEGHKL])\s*\.)\s+(?P<rest>\S.*)", re.DOTALL)
_UNDER_ROMAN = re.compile(
    r"(?P<label>(?P<roman>[IVX]+)\.(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?)\s+(?P<rest>[^\W\d].*)", re.DOTALL
)
_COUNTED = re.compile(r"(?P<label>(?P<number>\d{1,3})\s*\))\s+(?P<rest>[^\W\d].*)", re.DOTALL)
_BRACKETED = re.compile(r"(?P<label>\((?P<number>\d{1,3})\))\s+(?P<rest>[^\W\d].*)", re.DOTALL)
_NUMBER = re.compile(r"(?P<label>(?P<number>\d{1,3}(?:\.\d{1,3})*)\.)(?:\s+|(?=[^\W\d])|$)(?P<rest>.*)", re.DOTALL)
_BARE_NUMBER = re.compile(r"(?P<label>(?P<number>\d{1,3}(?:\.\d{1,3})+))\s+(?P<rest>[^\W\d].*)", re.DOTALL)
_LETTER = re.compile(rf"(?P<label>(?P<letter>[{ALPHABET}])\s*[).])(?:\s+|(?=[^\W\d_]{{2}})|$)(?P<rest>.*)", re.DOTALL)
_DASH = re.compile(r"(?P<label>[-–—•●])(?:\s+|(?=[^\W\d]))(?P<rest>\S.*)", re.DOTALL)
_PLUS = re.compile(r"(?P<label>\+)\s*(?P<rest>[^\W\d].*)", re.DOTALL)
_STARRED = re.compile(r"(?P<label>\*)\s+(?!Thông tin liên hệ|Ghi chú)(?P<rest>[^\W\d].*)", re.DOTALL)


def find_label(line: str) -> Label | None:
    """Return the label at the head of ``line`` (NFC, no leading blanks), None when there is none.

    A date, the number of a decree, a year in brackets and "Điều 5 của Luật" are none.
    """
    return (
        _structural(line)
        or _article(line)
        or _capital(line)
        or _roman(line)
        or _number(line)
        or _counted(line)
        or _letter(line)
        or _mark(line)
    )


def follows(label: Label, last: Label | None) -> bool:
    """Whether ``label`` may come after ``last``, the one before it on its level under the same parent.

    Numbers go up by one, or repeat (a slip; its anchor gets "~2"). Letters only go up: which letters of the Vietnamese
    alphabet are used differs from office to office. A level begins at its first number; an excerpt may begin at any
    Điều or Chương.
    """
    if label.level >= Level.DASH:
        return True
    if label.level is Level.CAPITAL and last is not None:
        return 0 <= label.path[0] - last.path[0] <= _WIDEST_STEP
    if label.level is Level.LETTER:
        return label.path == (1,) if last is None else label.path >= last.path
    if last is None:
        return label.path[-1] == 1 or label.level <= Level.ARTICLE
    if label.level is Level.ARTICLE:
        return label.path in (last.path, (last.path[0] + 1,)) or _is_inserted_article(label, last)
    return label.path in (last.path, (*last.path[:-1], last.path[-1] + 1))


_WIDEST_STEP = 3
"""From A to B over Ă and Â: capital letters count by the Latin or by the Vietnamese alphabet."""


def begins_again(label: Label) -> bool:
    """Whether this is the first Điều or the first part of its kind: what an attached text begins with."""
    return label.level <= Level.ARTICLE and label.path == (1,)


def _is_inserted_article(label: Label, last: Label) -> bool:
    """Whether this is "Điều 5b." after "Điều 5a." or "Điều 5."; inserted letters only go up, as those of points."""
    return label.level is Level.ARTICLE and label.path[0] == last.path[0] and label.path > last.path


def _made(level: Level, path: tuple[int, ...], found: re.Match[str]) -> Label:
    printed = " ".join(found["label"].split())
    return Label(level, path, printed, (found["rest"] or "").strip())


def _structural(line: str) -> Label | None:
    found = _STRUCTURAL_LABEL.match(line)
    if found is None:
        return None
    number = _word_number(found["name"]) if found["nth"] else _any_number(found["number"])
    rest = found["rest"]
    if not number or (rest and not found["mark"] and not rest[0].isupper()):
        return None
    return _made(_STRUCTURAL_WORDS[found["word"].lower()], (number,), found)


def _article(line: str) -> Label | None:
    found = _ARTICLE.match(line)
    if found is None:
        return None
    letter = (found["letter"] or "").lower()
    inserted = (ALPHABET.index(letter) + 1,) if letter else ()
    return _made(Level.ARTICLE, (int(found["number"]), *inserted), found)


def _roman(line: str) -> Label | None:
    found = _ROMAN_LABEL.match(line)
    number = _roman_number(found["number"]) if found else 0
    return _made(Level.ROMAN, (number,), found) if found and number else _under_roman(line)


def _capital(line: str) -> Label | None:
    found = _CAPITAL.match(line)
    return _made(Level.CAPITAL, (ALPHABET.index(found["letter"].lower()) + 1,), found) if found else None


def _counted(line: str) -> Label | None:
    """Read "1)", and "(1)" which is used under points."""
    found, bracketed = _COUNTED.match(line), _BRACKETED.match(line)
    if found:
        return _made(Level.COUNTED, (int(found["number"]),), found)
    return _made(Level.BRACKETED, (int(bracketed["number"]),), bracketed) if bracketed else None


def _under_roman(line: str) -> Label | None:
    """Read "I.1.": a number one step below its Roman heading."""
    found = _UNDER_ROMAN.match(line)
    number = _roman_number(found["roman"]) if found else 0
    if found is None or not number:
        return None
    return _made(Level.NUMBER, (number, *(int(step) for step in found["number"].split("."))), found)


def _number(line: str) -> Label | None:
    found = _NUMBER.match(line) or _BARE_NUMBER.match(line)
    if found is None or re.search(r"(^|\.)0", found["number"]):
        return None
    return _made(Level.NUMBER, tuple(int(step) for step in found["number"].split(".")), found)


def _letter(line: str) -> Label | None:
    found = _LETTER.match(line)
    return _made(Level.LETTER, (ALPHABET.index(found["letter"]) + 1,), found) if found else None


def _mark(line: str) -> Label | None:
    for level, pattern in ((Level.DASH, _DASH), (Level.PLUS, _PLUS), (Level.STAR, _STARRED)):
        found = pattern.match(line)
        if found:
            return _made(level, (), found)
    return None


def _word_number(word: str) -> int:
    word = unicodedata.normalize("NFC", word).lower()
    return _WORDS.index(word) + 1 if word in _WORDS else 0


def _any_number(text: str) -> int:
    return int(text) if text.isdigit() else _roman_number(text.upper())


def _roman_number(text: str) -> int:
    """Return the value of a well-formed Roman number up to 399, 0 for anything else."""
    if not re.fullmatch(r"C{0,3}(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})", text):
        return 0
    values = [_ROMAN[char] for char in text]
    return sum(-value if value < later else value for value, later in zip(values, [*values[1:], 0], strict=True))
