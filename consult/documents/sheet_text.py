"""The text of a CSV as Excel saves it in Viet Nam: UTF-8 or UTF-16, with or without a mark, or Windows-1258."""

import codecs
import unicodedata

from consult.documents.old_encodings import refuse_old_encoding
from consult.domain.errors import UnreadableDraft, UnreadableSheet
from consult.domain.unreadable_sheet import SheetFault

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_WINDOWS = "cp1258"
_OLD_BYTES = "latin-1"
_NAMELESS = ""
# Text in UTF-16 without a mark has zero bytes at every second place where its letters are plain ones.
_HEAD = 400


def sheet_text(content: bytes) -> str:
    """Return the text in NFC. Raises UnreadableSheet when the bytes are no text, or text of an old Vietnamese font."""
    text = _decoded(content)
    if "\x00" in text:
        raise UnreadableSheet(_NAMELESS, SheetFault.NO_LIST)
    refuse_old_letters(text)
    return unicodedata.normalize("NFC", text)


def _decoded(content: bytes) -> str:
    try:
        return content.decode(_encoding(content))
    except UnicodeDecodeError:
        refuse_old_letters(content.decode(_OLD_BYTES))
    try:
        return content.decode(_WINDOWS)
    except UnicodeDecodeError as fault:
        raise UnreadableSheet(_NAMELESS, SheetFault.NO_LIST) from fault


def _encoding(content: bytes) -> str:
    if content.startswith(_UTF16):
        return "utf-16"
    head = content[:_HEAD]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > len(head) // 8 and odd > 2 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 8 else "utf-8-sig"


def refuse_old_letters(text: str) -> None:
    """Raise UnreadableSheet for text with lines that were typed in a font of TCVN3 or VNI, not in Unicode."""
    try:
        refuse_old_encoding(_NAMELESS, text)
    except UnreadableDraft as refusal:
        raise UnreadableSheet(_NAMELESS, SheetFault.OLD_ENCODING) from refusal
