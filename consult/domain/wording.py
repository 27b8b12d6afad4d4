"""Words as stored, sorted, searched and printed in Vietnamese; pure text, no grammar of drafts (see ``labels``).

``clean`` is the one door for text: what passed it holds NFC, LF line ends and nothing that XML 1.0 forbids.
"""

import re
import unicodedata
from functools import lru_cache

# Control characters, surrogates and non-characters have no place in XML 1.0 (section 2.2); Word pastes U+000B.
_LINE_BREAKS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Looking back keeps the time linear where a text has long runs of blanks inside.
_TRAILING_BLANKS = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]+(?=\n|$)")

_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: position for position, letter in enumerate(_LETTERS, start=2)}


def clean(text: str) -> str:
    """Return ``text`` as it is stored: NFC, LF line ends, no control characters, no blanks at the ends of lines.

    Tabs stay. Characters that XML cannot carry are dropped; a vertical tab (Word's line break) becomes a line break.
    ``clean(clean(t)) == clean(t)``.
    """
    text = _FORBIDDEN.sub("", _LINE_BREAKS.sub("\n", text))
    text = unicodedata.normalize("NFC", text)
    return _TRAILING_BLANKS.sub("", text).strip("\n").strip(" ")


def clean_line(text: str) -> str:
    """Return ``text`` cleaned and on one line, each run of white space as one blank (names, subjects, numbers)."""
    return " ".join(clean(text).split())


def sort_key(text: str) -> str:
    """Return a key whose plain order is Vietnamese dictionary order (CLDR ``vi``).

    Letters first (a ă â b c d đ e ê … o ô ơ … u ư …), then tones (none, huyền, hỏi, ngã, sắc, nặng), then lower case
    before upper. The key is printable ASCII and sorts the same in Python, SQLite and PostgreSQL's "C" collation.
    """
    letters: list[str] = []
    tones: list[str] = []
    cases: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        base, tone = _split_tone(char)
        letters.append(_letter_key(base.casefold()))
        tones.append(str(tone))
        cases.append("1" if base != base.casefold() else "0")
    return f"{''.join(letters)} {''.join(tones)} {''.join(cases)}"


def _split_tone(char: str) -> tuple[str, int]:
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), 0)
    rest = "".join(mark for mark in decomposed if mark not in _TONES)
    return unicodedata.normalize("NFC", rest), tone


def _letter_key(letter: str) -> str:
    if letter in _RANK:
        return f"{_RANK[letter] + 40:02d}"
    if letter.isspace():
        return "00"
    if letter.isdigit() and letter.isascii():
        return f"{int(letter) + 20:02d}"
    return f"1{ord(letter[0]):06x}"


def search_key(text: str) -> str:
    """Return ``text`` for searching: lower case, without tone and letter marks, đ as d, one blank between words.

    It also makes hoà and hòa, Uỷ and Ủy alike, since all marks are dropped.
    """
    text = unicodedata.normalize("NFD", text).casefold().replace("đ", "d").replace("\u00f0", "d")
    bare = "".join(char for char in text if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in bare).split())


def match_key(text: str) -> str:
    """Return ``text`` for telling whether two names are the same body: case, white space and tone placement aside.

    Unlike ``search_key`` it keeps which tone and which letter stands there, so "Sở Nội vụ" and "So noi vu" differ.
    The tone marks of a word are moved behind it, so that hoà and hòa meet.
    """
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold().replace("\u00f0", "đ"))
    return " ".join(_tone_last(word) for word in words)


@lru_cache(maxsize=20_000)
def _tone_last(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if mark in _TONES)
    rest = "".join(mark for mark in decomposed if mark not in _TONES)
    return unicodedata.normalize("NFC", rest) + tones


def counted(number: int) -> str:
    """Return a count as documents print it: "07" below 10, a point between thousands ("5.000")."""
    return f"{number:02,d}".replace(",", ".")


def opening_words(text: str, limit: int = 12) -> str:
    """Return the first ``limit`` words of a clause, with an ellipsis when there are more."""
    words = text.split()
    return " ".join(words) if len(words) <= limit else " ".join(words[:limit]) + "…"
