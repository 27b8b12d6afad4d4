"""The letters of a Word document by their address: paragraphs numbered as the reader counts them, each letter a place.

It mirrors ``docx_reader`` (which paragraphs there are) and ``docx_paragraph`` (what is a word), but keeps the elements,
so that something can be written beside or instead of a letter. It changes nothing.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from consult.documents.docx_blocks import PARAGRAPH, TABLE, cells_of, flat_blocks, is_removed, rows_of
from consult.documents.docx_paragraph import FALLBACK, Paragraph
from consult.documents.docx_properties import W, mark_is_deleted

_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WORDS = (f"{W}t", f"{_MATH}t")
_TAGS = ("instrText", "delText", "sdtPr", "rt", "del", "moveFrom", "txbxContent", "pPr", "rPr")
_WORDLESS = frozenset(f"{W}{tag}" for tag in _TAGS)
_ALTERNATIVES = FALLBACK.replace("Fallback", "AlternateContent")
_CHOICE = FALLBACK.replace("Fallback", "Choice")


class Letter(NamedTuple):
    """One stored character: the element that holds it and its number there."""

    element: etree._Element
    at: int


class Sign(NamedTuple):
    """One character as the reader counts them, with the letters that it is made of and its paragraph's number."""

    text: str
    letters: tuple[Letter, ...]
    paragraph: int


def numbered_paragraphs(body: etree._Element) -> list[list[etree._Element]]:
    """Return the paragraphs as the reader numbers them from 0; one whose end was taken out stands with the next."""
    return list(_blocks(flat_blocks(body)))


def _blocks(blocks: Iterator[etree._Element]) -> Iterator[list[etree._Element]]:
    begun: list[etree._Element] = []
    empty = True
    for block in blocks:
        if block.tag == PARAGRAPH:
            paragraph = Paragraph(block)
            # The reader joins a paragraph that lost its end with the next one, and forgets what an earlier one was.
            begun, empty = [*begun, block], empty and paragraph.is_empty
            if not mark_is_deleted(paragraph.properties):
                yield from _paragraph(begun)
                begun, empty = [], True
        elif block.tag == TABLE:
            if not empty:
                yield from _paragraph(begun)
            begun, empty = [], True
            yield from _table(block)
    if not empty:
        yield from _paragraph(begun)


def _paragraph(parts: list[etree._Element]) -> Iterator[list[etree._Element]]:
    yield parts
    for box in (box for part in parts for box in Paragraph(part).boxes):
        yield from _blocks(flat_blocks(box))


def _table(table: etree._Element) -> Iterator[list[etree._Element]]:
    for row in rows_of(table):
        if not is_removed(row):
            for _, cell in cells_of(row):
                yield from _blocks(flat_blocks(cell))


def signs_of(paragraph: Sequence[etree._Element], number: int) -> list[Sign]:
    """Return the signs of a numbered paragraph in NFC; of one made of several letters the first has them all."""
    letters = [each for part in paragraph for each in _letters(part)]
    text = "".join(_stored(letter) for letter in letters)
    if unicodedata.is_normalized("NFC", text):
        return [Sign(char, (letter,), number) for char, letter in zip(text, letters, strict=True)]
    return list(_composed(text, letters, number))


def _composed(text: str, letters: Sequence[Letter], number: int) -> Iterator[Sign]:
    """Compose letter by letter with the marks that follow it."""
    begins = [at for at, char in enumerate(text) if at == 0 or not unicodedata.combining(char)]
    for first, last in zip(begins, [*begins[1:], len(text)], strict=True):
        composed = unicodedata.normalize("NFC", text[first:last])
        yield Sign(composed[0], tuple(letters[first:last]), number)
        yield from (Sign(char, (), number) for char in composed[1:])


def _stored(letter: Letter) -> str:
    return _CHARACTERS.get(letter.element.tag) or (letter.element.text or "")[letter.at]


def _letters(holder: etree._Element) -> Iterator[Letter]:
    for child in holder:
        if child.tag in _WORDS:
            yield from (Letter(child, at) for at in range(len(child.text or "")))
        elif child.tag in _CHARACTERS:
            yield Letter(child, 0)
        elif child.tag == _ALTERNATIVES:
            yield from _letters(next(child.iterchildren(_CHOICE, FALLBACK), child))
        elif child.tag not in _WORDLESS:
            yield from _letters(child)
