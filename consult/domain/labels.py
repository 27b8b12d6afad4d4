"""What a label looks like: Điều 5., 1.1., đ), -, Chương II.

It sees one line at a time and refuses to know the tree: which label may follow which (``label_order``), and where one
may stand (``outline_places``).
"""

import re
import unicodedata
from dataclasses import replace

from consult.domain.label_levels import ALPHABET, STRUCTURAL, Label, Level

__all__ = ["ALPHABET", "STRUCTURAL", "Label", "Level", "as_small_roman", "find_label"]

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


_STRUCTURAL_WORDS = {
    "phần": Level.PART,
    "chương": Level.CHAPTER,
    "mục": Level.SECTION,
    "tiểu mục": Level.SUBSECTION,
}

# A title on the same line follows a mark or begins with a capital: "Mục 1. TIẾP NHẬN", never "Mục 1 của Chương này".
_STRUCTURAL_LABEL = re.compile(
    r"(?P<label>(?P<word>Phần|Chương|Mục|Tiểu mục)\s+(?:(?P<nth>thứ\s+)(?P<name>\w+)|(?P<number>[IVXLC]+|\d{1,3}))"
    r"(?P<mark>\s*[.:]|\s+[-–](?=\s))?)(?:\s+(?P<rest>\S.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_ARTICLE = re.compile(
    r"(?P<label>Điều\s+(?P<number>\d{1,4})(?P<letter>[a-zđ])?(?:\[\d{1,3}\])?\s*(?:[.:]|$))\s*(?P<rest>.*)", re.I | re.S
)
_ROMAN_LABEL = re.compile(r"(?P<label>(?P<number>[IVXLC]+)\s*(?:[./]|[-–](?=\s+[^\W\d])))\s+(?P<rest>\S.*)", re.DOTALL)
# "C." and "L." are letters: no draft counts to a hundred, nor to fifty, in Roman numbers.
_CAPITAL = re.compile(r"(?P<label>(?P<letter>[ABCDĐEGHKL])\s*[./])\s+(?P<rest>\S.*)", re.DOTALL)
_UNDER_ROMAN = re.compile(
    r"(?P<label>(?P<roman>[IVX]+)\.(?P<number>\d{1,3}(?:\.\d{1,3})*)\.?)\s+(?P<rest>[^\W\d].*)", re.DOTALL
)
_COUNTED = re.compile(r"(?P<label>(?P<number>\d{1,3})\s*\))\s*(?P<rest>[^\W\d].*)", re.DOTALL)
_BRACKETED = re.compile(r"(?P<label>\((?P<number>\d{1,3})\))\s*(?P<rest>[^\W\d].*)", re.DOTALL)
_NUMBER = re.compile(r"(?P<label>(?P<number>\d{1,3}(?:\.\d{1,3})*)\.)(?:\s+|(?=[^\W\d]|\[\d)|$)(?P<rest>.*)", re.DOTALL)
_SLASHED_NUMBER = re.compile(r"(?P<label>(?P<number>\d{1,3}(?:\.\d{1,3})*)[/–-])\s+(?P<rest>[^\W\d_a-zđ].*)", re.DOTALL)
_INSERTED_NUMBER = re.compile(r"(?P<label>(?P<number>\d{1,3})[a-zđ]\.)(?:\s+|(?=\[))(?P<rest>\S.*)", re.DOTALL)
_BARE_NUMBER = re.compile(r"(?P<label>(?P<number>\d{1,3}(?:\.\d{1,3})+))\s+(?P<rest>[^\W\d].*)", re.DOTALL)
_LETTER = re.compile(
    rf"(?P<label>(?P<letter>[{ALPHABET}])\s*[).])(?:\s+|(?=[^\W\d_]{{2}}|\[\d)|$)(?P<rest>.*)", re.DOTALL
)
_OTHER_LETTER = re.compile(
    rf"(?P<label>\((?P<bracketed>[{ALPHABET}])\)|(?P<slashed>[{ALPHABET}])(?:/(?=\s)|[-–](?=\s+[^\W\d_a-zđ]))"
    rf"|(?P<inserted>[{ALPHABET}])\d{{1,2}}\))\s*(?P<rest>[^\W\d].*)",
    re.DOTALL,
)
_SMALL_ROMAN = re.compile(
    r"(?P<label>\((?P<bracketed>[ivx]{1,5})\)|(?P<number>[ivx]{2,5})[).])\s+(?P<rest>\S.*)", re.DOTALL
)
# "Khoản 1. Sở Y tế", never "Khoản 1 Điều 5" nor "Điểm a) khoản 2".
_NAMED = re.compile(
    rf"(?P<label>(?:Khoản\s+(?P<number>\d{{1,3}})|Điểm\s+(?P<letter>[{ALPHABET}]))\s*[.:)])(?:\s+(?P<rest>\S.*))?$",
    re.DOTALL,
)
_DASH = re.compile(r"(?P<label>[-–—•●▪■◦○➢❖✓]|o(?=\s))(?:\s+|(?=[^\W\d]))(?P<rest>\S.*)", re.DOTALL)
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
        or _small_roman(line)
        or _letter(line)
        or _named(line)
        or _mark(line)
    )


def as_small_roman(label: Label) -> Label | None:
    """Return "i)", "v)" or "x)" as a Roman number; None when the label is another one."""
    number = _roman_number(label.bare.upper()) if label.level is Level.LETTER else 0
    return replace(label, level=Level.SMALL_ROMAN, path=(number,)) if number in (1, 5, 10) else None


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
    found = (
        _NUMBER.match(line) or _BARE_NUMBER.match(line) or _SLASHED_NUMBER.match(line) or _INSERTED_NUMBER.match(line)
    )
    if found is None or re.search(r"(^|\.)0", found["number"]):
        return None
    return _made(Level.NUMBER, tuple(int(step) for step in found["number"].split(".")), found)


def _small_roman(line: str) -> Label | None:
    """Read "ii)" and "(ii)"; a lone "i)" is a letter unless its neighbours tell (``as_small_roman``)."""
    found = _SMALL_ROMAN.match(line)
    number = _roman_number((found["bracketed"] or found["number"]).upper()) if found else 0
    return _made(Level.SMALL_ROMAN, (number,), found) if found and number else None


def _letter(line: str) -> Label | None:
    found, other = _LETTER.match(line), _OTHER_LETTER.match(line)
    if found:
        return _made(Level.LETTER, (ALPHABET.index(found["letter"]) + 1,), found)
    if other is None:
        return None
    letter = other["bracketed"] or other["slashed"] or other["inserted"]
    return _made(Level.LETTER, (ALPHABET.index(letter) + 1,), other)


def _named(line: str) -> Label | None:
    found = _NAMED.match(line)
    if found is None or (found["rest"] or "X")[0].islower():
        return None
    if found["number"]:
        return _made(Level.NUMBER, (int(found["number"]),), found)
    return _made(Level.LETTER, (ALPHABET.index(found["letter"]) + 1,), found)


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
