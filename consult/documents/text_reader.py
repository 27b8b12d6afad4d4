"""Plain text → lines with their addresses.

It knows encodings and line ends, and whether a text was wrapped by a PDF tool. It refuses to know what the lines say.
"""

import codecs
import re
import unicodedata
from dataclasses import replace

from consult.documents.old_encodings import refuse_old_encoding
from consult.documents.source_lines import line_of, refuse_absurd
from consult.documents.text_columns import parted
from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import Line, LineKind, SourceText
from consult.domain.unreadable import Fault

_BREAKS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# A printed line holds at most about this many characters; a text with longer ones was never wrapped.
_LONGEST_PRINTED_LINE = 160
# Text of an old Vietnamese font is stored a byte a letter, and shows as these.
_OLD_BYTES = "latin-1"


def read_text(name: str, content: bytes) -> SourceText:
    """Return the lines of a text file in UTF-8 or UTF-16; every line break counts, a form feed too.

    Raises UnreadableDraft when the bytes are no text of these encodings, or are text of an old Vietnamese font.
    """
    text = _decode(name, content)
    refuse_old_encoding(name, text)
    raw_lines = _BREAKS.split(text)
    longest = max(map(len, raw_lines))
    refuse_absurd(name, longest, len(raw_lines))
    kind = LineKind.WRAPPED if longest <= _LONGEST_PRINTED_LINE else LineKind.PARAGRAPH
    pieces = (
        parted(raw_lines) if kind is LineKind.WRAPPED else ((number, raw, 0) for number, raw in enumerate(raw_lines))
    )
    return SourceText(name, tuple(_line(raw, kind, number, first) for number, raw, first in pieces))


def _line(raw: str, kind: LineKind, number: int, first: int) -> Line:
    line = line_of(raw, kind, "text", number)
    return replace(line, start=line.start + first) if first else line


def _decode(name: str, content: bytes) -> str:
    encoding = "utf-16" if content.startswith(_UTF16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        refuse_old_encoding(name, content.decode(_OLD_BYTES))
        raise UnreadableDraft(name, Fault.NO_TEXT_FILE, byte=fault.start) from fault
    if "\x00" in text:
        raise UnreadableDraft(name, Fault.ZERO_BYTES)
    return unicodedata.normalize("NFC", text)
