"""The labels that Word computes and does not store: "1.1.", "Điều 5.", "a)", "-", counted and printed as Word does.

It knows how lists count (ECMA-376, part 1, 17.9) and how numbers are written (17.18.59). It refuses to know where a
list is defined (``word_numbering``) and what a label means (``domain.labels``).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from consult.documents.docx_properties import Properties
from consult.documents.word_numbering import NumberedList, Numbering

_Writer = Callable[[int], str]

_PLACE = re.compile("%([1-9])")
_PLACE_DOUBLED = re.compile("%%([1-9])")
_WITHOUT_NUMBER = ("bullet", "none")
# Bullets that are typed as such; what stands for all others is often no more than a place in a symbol font.
_KNOWN_BULLETS = ("", *"-–—•●+")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
    *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LARGEST_ROMAN = 3_999
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_LETTERS = 30
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LARGEST_COUNTED = 99


class Labels:
    """Counts the paragraphs of one story; body, notes, running heads and each text box count on their own."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._forms: dict[tuple[str, int], _Form] = {}

    def next_label(self, paragraph: Properties) -> str:
        """Count a paragraph, in the order of the document, and return its label with the blank after it, or ""."""
        place = self._numbering.place(paragraph)
        if place is None:
            return ""
        numbered, level = place
        form = self._forms.get((numbered.number, level))
        if form is None:
            form = self._forms[numbered.number, level] = _form(numbered, level)
        return form.printed(self._count(numbered, level))

    def _count(self, numbered: NumberedList, level: int) -> Mapping[int, int]:
        """Return the numbers of all levels once a paragraph stands on ``level``."""
        counts = self._counts.setdefault(numbered.counter, {})
        for deeper in [each for each in counts if each > level and numbered.restarts(each, level)]:
            del counts[deeper]
        if self._begins(numbered, level) or level not in counts:
            counts[level] = numbered.start_of(level)
        else:
            counts[level] += 1
        # A wider level that was passed over counts as used once.
        for wider in range(level):
            if wider not in counts:
                counts[wider] = numbered.start_of(wider)
        return counts

    def _begins(self, numbered: NumberedList, level: int) -> bool:
        """Whether a list of its own beginning stands on ``level`` for the first time."""
        if level not in numbered.starts or (numbered.number, level) in self._begun:
            return False
        self._begun.add((numbered.number, level))
        return True


@dataclass(frozen=True)
class _Form:
    """How the label of one level is printed: ``frame`` has a place for each of the ``numbers``, levels and formats."""

    frame: str
    numbers: tuple[tuple[int, _Writer], ...]
    spaced: bool

    def printed(self, counts: Mapping[int, int]) -> str:
        """Return the label with the blank after it, or ""."""
        label = (self.frame % tuple([write(counts[level]) for level, write in self.numbers])).strip()
        return f"{label} " if label and self.spaced else label


def _form(numbered: NumberedList, level: int) -> _Form:
    defined = numbered.levels[level]
    if defined.number_format == "bullet":
        return _Form(defined.text if defined.text in _KNOWN_BULLETS else "-", (), defined.spaced)
    # In the frame a percent sign is doubled, so that it stands for itself.
    writers = {wanted: _writer(numbered, level, int(wanted) - 1) for wanted in _PLACE.findall(defined.text)}
    frame = _PLACE_DOUBLED.sub(lambda found: "%s" if writers[found[1]] else "", defined.text.replace("%", "%%"))
    written = ((int(wanted) - 1, writers[wanted]) for wanted in _PLACE.findall(defined.text))
    return _Form(frame, tuple((at, write) for at, write in written if write), defined.spaced)


def _writer(numbered: NumberedList, level: int, wanted: int) -> _Writer | None:
    """Return how the level ``wanted`` is written in a label of ``level``; narrower levels and bullets are not."""
    defined = numbered.levels.get(wanted)
    if wanted > level or defined is None or defined.number_format in _WITHOUT_NUMBER:
        return None
    keeps_zero = wanted == level and defined.number_format == "decimalZero"
    legal = numbered.levels[level].legal and not keeps_zero
    return _FORMATS.get("decimal" if legal else defined.number_format, str)


def _roman(number: int) -> str:
    if not 0 < number <= _LARGEST_ROMAN:
        return str(number)
    figures = ""
    for value, figure in _ROMAN:
        figures += figure * (number // value)
        number %= value
    return figures


def _letters(number: int) -> str:
    """Return a … z, aa, bb … zz, aaa …: Word repeats the letter."""
    if number < 1:
        return str(number)
    times, letter = divmod(number - 1, len(_LETTERS))
    return _LETTERS[letter] * (times % _MOST_LETTERS + 1)


def _vietnamese(number: int) -> str:
    """Return the number in words, as Vietnamese counts: "mười lăm", "hai mươi mốt"."""
    if not 0 <= number <= _LARGEST_COUNTED:
        return str(number)
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    last = {0: "", 1: "một" if tens == 1 else "mốt", 5: "lăm"}.get(ones, _DIGITS[ones])
    return f"{'mười' if tens == 1 else f'{_DIGITS[tens]} mươi'} {last}".strip()


_FORMATS: dict[str, _Writer] = {
    "decimalZero": "{:02d}".format,
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "vietnameseCounting": _vietnamese,
}
