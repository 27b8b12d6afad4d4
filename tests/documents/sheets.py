"""Lists of agencies as offices hand them in: texts in every encoding, workbooks of several programs."""

import io
import unicodedata
import zipfile
from collections.abc import Sequence

import openpyxl

_TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows_1258(text: str) -> bytes:
    """Return a text as Excel saves it with the Vietnamese code page: tones as marks behind their letters."""
    return b"".join(map(_letter, unicodedata.normalize("NFC", text)))


def _letter(letter: str) -> bytes:
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks if mark in _TONES)
        bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        return (bare + tones).encode("cp1258")


def workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Return a workbook as openpyxl writes it: shared strings and real dates."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(content: bytes, part: str, words: bytes) -> bytes:
    """Return a workbook with one more part."""
    changed = io.BytesIO(content)
    with zipfile.ZipFile(changed, "a") as archive:
        archive.writestr(part, words)
    return changed.getvalue()
