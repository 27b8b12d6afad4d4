"""Where a clause of the record stands in a Word document: its signs, aligned with its words as they are kept.

A clause's words were cleaned and its paragraphs joined when it was read, so the signs are walked along the words: white
space meets white space, everything else must be the same. It changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from consult.documents.annotations import Place
from consult.documents.docx_letters import Sign, numbered_paragraphs, signs_of

Element = etree._Element


@dataclass(frozen=True)
class Found:
    """A clause in the document: its paragraphs, its signs with the label, and for each of its characters the signs.

    ``words`` is None where the text of the file is not the one that the record keeps.
    """

    paragraphs: tuple[Element, ...]
    signs: tuple[Sign, ...]
    words: tuple[tuple[Sign, ...], ...] | None


class Document:
    """The numbered paragraphs of a document part, their signs made when they are asked for."""

    def __init__(self, part: str, body: Element) -> None:
        self._part = part
        self._paragraphs = numbered_paragraphs(body)
        self._signs: dict[int, list[Sign]] = {}
        self._bare: list[str] | None = None
        self._from = 0

    @property
    def first(self) -> Element | None:
        """The first paragraph with words, else the first; None for a document without any."""
        numbers = range(len(self._paragraphs))
        number = next((each for each in numbers if self.signs(each)), 0)
        return self._paragraphs[number][-1] if self._paragraphs else None

    def signs(self, number: int) -> list[Sign]:
        """Return the signs of a paragraph."""
        if number not in self._signs:
            self._signs[number] = signs_of(self._paragraphs[number], number)
        return self._signs[number]

    def find(self, place: Place) -> Found | None:
        """Return where a place stands, by its spans or, where it has none, by its words; None when it is not there."""
        signs = self._by_spans(place) if place.spans else self._by_words(place)
        if signs is None:
            return None
        numbers = dict.fromkeys(sign.paragraph for sign in signs)
        paragraphs = tuple(element for number in numbers for element in self._paragraphs[number])
        return Found(paragraphs, tuple(signs), aligned(place, signs))

    def _by_spans(self, place: Place) -> list[Sign] | None:
        signs: list[Sign] = []
        before = None
        for span in place.spans:
            if span.part != self._part or span.paragraph >= len(self._paragraphs):
                return None
            every = self.signs(span.paragraph)
            start = span.start
            if before and before[0] == span.paragraph and _is_blank(every[before[1] : start]):
                start = before[1]
            signs += every[start : span.end]
            before = span.paragraph, span.end
        return signs or None

    def _by_words(self, place: Place) -> list[Sign] | None:
        """Look on from where the place before was found, then from the beginning."""
        wanted = _bare(f"{place.label}{place.text}")
        if not wanted:
            return None
        for first in (*range(self._from, len(self._paragraphs)), *range(self._from)):
            last = self._reaches(first, wanted)
            if last is not None:
                self._from = last
                return [sign for number in range(first, last) for sign in self.signs(number)]
        return None

    def _reaches(self, first: int, wanted: str) -> int | None:
        """Return past which paragraph the words end that begin with paragraph ``first``; None when they do not."""
        if self._bare is None:
            self._bare = [_bare("".join(s.text for s in self.signs(n))) for n in range(len(self._paragraphs))]
        if not self._bare[first]:
            return None
        at = 0
        for number in range(first, len(self._bare)):
            if not wanted.startswith(self._bare[number], at):
                return None
            at += len(self._bare[number])
            if at == len(wanted):
                return number + 1
        return None


def aligned(place: Place, signs: Sequence[Sign]) -> tuple[tuple[Sign, ...], ...] | None:
    """Return for each character of the place's words its signs (none for a joint); None when the words differ."""
    at = _past_label(place.label, signs)
    found: list[tuple[Sign, ...]] = []
    for char in place.text:
        if char.isspace():
            end = at
            while end < len(signs) and signs[end].text.isspace():
                end += 1
            found.append(tuple(signs[at:end]))
            at = end
        elif at < len(signs) and signs[at].text == char:
            found.append((signs[at],))
            at += 1
        else:
            return None
    return tuple(found) if _is_blank(signs[at:]) else None


def _past_label(label: str, signs: Sequence[Sign]) -> int:
    """Return where the words begin: past the label, which may be computed and then stands nowhere."""
    text = "".join(sign.text for sign in signs)
    at = len(text) - len(text.lstrip())
    if label and text.startswith(label, at):
        at += len(label)
        at += len(text[at:]) - len(text[at:].lstrip())
    return at


def _is_blank(signs: Sequence[Sign]) -> bool:
    return all(sign.text.isspace() for sign in signs)


def _bare(text: str) -> str:
    return "".join(text.split())
