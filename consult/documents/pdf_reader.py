"""A PDF with a text layer → lines with their addresses; the part of an address is "page 3".

It knows what pdfplumber tells of a page: words and pictures with their places, ruled tables, encryption. How places
become lines is a matter of ``pdf_pages``. It refuses to know what the lines say, and to guess letters: a scan and a
font that does not tell its letters are refused.
"""

import io
import re
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import dedupe_chars, extract_words

from consult.documents.old_encodings import is_old_font, refuse_old_encoding, refuse_old_fonts
from consult.documents.pdf_pages import Box, Printed, Ruled, Word, lines_of
from consult.documents.source_lines import refuse_absurd, refuse_wordless
from consult.domain.errors import UnreadableDraft
from consult.domain.findings import Finding, Found
from consult.domain.outline_nodes import Origin, SourceText
from consult.domain.unreadable import Fault

MOST_PAGES = 400
_LEAST_SIGNS = 50
"""Characters of a page, on average; a scan has none, or a stamp and a page number."""
_MOST_EDGES = 3_000
_UNTOLD = re.compile(r"\(cid:\d+\)|[\ufffd\ue000-\uf8ff]")
_MOST_UNTOLD = 0.02
_LEVEL = 0.01
# The key of a trailer, which is never compressed.
_ENCRYPTED = b"/Encrypt"
_WORD_GAP = 0.2

Char = dict[str, Any]
"""What pdfplumber tells of a letter: text, place, font."""


def read_pdf(name: str, content: bytes) -> SourceText:
    """Return the lines of a PDF.

    Raises UnreadableDraft: damaged, encrypted, a scan, too many pages, letters that cannot be told, an old encoding.
    """
    pages = list(_pages(name, content))
    _refuse_scan(name, "".join(word.text for page in pages for word in page.words), len(pages))
    lines = tuple(lines_of(pages))
    refuse_old_encoding(name, "\n".join(line.text for line in lines))
    refuse_old_fonts(name, "".join(page.old_font_words for page in pages))
    refuse_absurd(name, max(len(line.text) for line in lines), len(lines))
    pictures = ((page.part, page.pictures) for page in pages if page.pictures)
    findings = tuple(Finding(Found.PICTURE, part, 0, count) for part, count in pictures)
    source = SourceText(name, lines, findings, Origin.PDF)
    refuse_wordless(name, source)
    return source


def _pages(name: str, content: bytes) -> Iterator[Printed]:
    try:
        with pdfplumber.open(io.BytesIO(content), pages=[*range(1, MOST_PAGES + 2)]) as file:
            if file.doc.encryption is not None:
                raise _protected(name)
            if len(file.pages) > MOST_PAGES:
                raise UnreadableDraft(name, Fault.TOO_MANY_PAGES, pages=MOST_PAGES)
            for number, page in enumerate(file.pages, start=1):
                yield _printed(number, page)
                page.close()
    except PdfminerException as fault:
        if _ENCRYPTED in content:
            raise _protected(name) from fault
        raise UnreadableDraft(name, Fault.DAMAGED) from fault


def _protected(name: str) -> UnreadableDraft:
    return UnreadableDraft(name, Fault.PASSWORD)


def _printed(number: int, page: Page) -> Printed:
    """Take from a page what is needed; what stands askew (a watermark, a stamp) is kept apart."""
    level = [char for char in page.chars if _is_level(char)]
    askew = " ".join("".join(char["text"] for char in page.chars if not _is_level(char)).split())
    words = (
        Word(each["text"], Box(each["x0"], each["top"], each["x1"], each["bottom"]))
        for each in extract_words(_struck_once(level), x_tolerance_ratio=_WORD_GAP)
    )
    tables = tuple(_tables(page)) if 0 < len(page.edges) <= _MOST_EDGES else ()
    old = "".join(char["text"] for char in page.chars if is_old_font(char["fontname"]))
    return Printed(f"page {number}", tuple(words), tables, askew, old, len(page.images))


def _struck_once(chars: list[Char]) -> list[Char]:
    """Return letters without those that were printed twice to look bold; seldom so, and costly to look for."""
    places = {(char["text"], round(char["x0"]), round(char["top"])) for char in chars}
    return list(dedupe_chars(chars)) if len(places) < len(chars) else chars


def _is_level(char: Char) -> bool:
    matrix = char.get("matrix")
    return not isinstance(matrix, tuple) or (abs(matrix[1]) <= _LEVEL * abs(matrix[0]) and matrix[0] > 0)


def _tables(page: Page) -> Iterator[Ruled]:
    """Yield the ruled tables; a single column of boxes is a frame or a shade around text."""
    for table in page.find_tables():
        rows = [[cell for cell in row.cells if cell is not None] for row in table.rows]
        rights = sorted({round(cell[0]) for row in rows for cell in row})
        if len(rows) > 1 and len(rights) > 1:
            yield Ruled(
                tuple(
                    (number, rights.index(round(cell[0])), Box(*cell))
                    for number, row in enumerate(rows)
                    for cell in row
                )
            )


def _refuse_scan(name: str, text: str, pages: int) -> None:
    if len(text) < _LEAST_SIGNS * pages or not pages:
        raise UnreadableDraft(name, Fault.SCAN)
    if len(_UNTOLD.findall(text)) > _MOST_UNTOLD * len(text):
        raise UnreadableDraft(name, Fault.UNTOLD_LETTERS)
