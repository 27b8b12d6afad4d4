"""Vietnamese typed in fonts of TCVN3 (ABC) or VNI: told by its letters, or by the fonts it is set in, and refused.

Such a text holds other letters than it shows ("Céng hoµ" for "Cộng hoà"). It knows the names of these fonts, and which
letters are Vietnamese and which stand in for them. It converts nothing.
"""

import re

from consult.domain.errors import UnreadableDraft
from consult.domain.unreadable import Fault

# Letters that Unicode text has and those encodings cannot have.
_NATIVE = re.compile("[đĐơƠưƯăĂĩũĨŨ\u1ea0-\u1ef9]")
# What stands in for them: in TCVN3 signs beside letters, in VNI a letter of its own after a vowel, and ñ.
_STAND_IN = re.compile(
    "(?<=[^\\W\\d_])[\u00a1-\u00be]|[\u00a1-\u00be](?=[^\\W\\d_])|(?<=[aeo])[äåë]|(?<=[aeouyôö])[øûï]|ñ(?=[aeiouyôö])",
    re.IGNORECASE,
)
# Any of those, wherever it stands: looked for first, since nearly every text has none.
_HINT = re.compile("[\u00a1-\u00beÄÅËØÛÏÑäåëøûïñ]")
_LEAST_SIGNS = 6
_LEAST_SHARE = 0.04
# Words that every draft begins with, for a text too short to count.
_PHRASES = re.compile("hoµ x· héi|§éc lËp|h¹nh phóc|COÄNG HO|Ñoäc laäp", re.IGNORECASE)
_FONT = re.compile(r"(?:[A-Z]{6}\+)?(?:\.Vn[A-Z]|VNI[- ]|VNtime|VnTime)", re.IGNORECASE)
_FOREIGN_LETTER = re.compile("[^\\W\\d_a-zA-Z]|[\u00a1-\u00bf]")


def refuse_old_encoding(name: str, text: str) -> None:
    """Raise UnreadableDraft for text with lines that were typed in a font of TCVN3 or VNI, not in Unicode."""
    if not _HINT.search(text):
        return
    lines = [line for line in text.split("\n") if _HINT.search(line) and not _NATIVE.search(line)]
    stand_ins = sum(len(_STAND_IN.findall(line)) for line in lines)
    letters = sum(map(str.isalpha, "".join(lines)))
    if (stand_ins >= _LEAST_SIGNS and stand_ins >= _LEAST_SHARE * letters) or any(map(_PHRASES.search, lines)):
        raise UnreadableDraft(name, Fault.OLD_ENCODING)


def is_old_font(font: str) -> bool:
    """Whether a font of this name (a PDF puts six letters before it) shows other letters than its text holds."""
    return _FONT.match(font) is not None


def refuse_old_fonts(name: str, text: str) -> None:
    """Raise UnreadableDraft when ``text``, all that is set in such fonts, is not Unicode for all that.

    Digits and bare letters are the same in all encodings, and a text that was converted often keeps its font's name.
    """
    foreign = len(_FOREIGN_LETTER.findall(text))
    if foreign > 2 * len(_NATIVE.findall(text)):
        raise UnreadableDraft(name, Fault.OLD_FONT)
