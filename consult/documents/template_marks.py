"""Finding marks in the parts of a Word file, over however many runs Word has split them, and making tokens of them.

A token is the mark put wholly into the first of its runs, in a text of which no person can have typed another. It knows
paragraphs, runs and rows (ECMA-376, part 1) and refuses to know what the marks mean.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from consult.domain.template_marks import Mark

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_P, _T, _TR, _TBL, _TC = (f"{W}{tag}" for tag in ("p", "t", "tr", "tbl", "tc"))
_MARK = re.compile(r"\{\{([^{}\n]{1,80})\}\}")
_BRACES = re.compile(r"\{\{|\}\}")
_SHOWN_AROUND = 20


@dataclass(frozen=True)
class Found:
    """The marks of a part with their rows, and what is left of braces that have no partner."""

    marks: tuple[Mark, ...]
    broken: tuple[str, ...]


def marks_in(root: etree._Element, *, framed: bool = False) -> Found:
    """Return the marks of a part in the order of the text; ``framed`` for a header or footer."""
    rows: dict[etree._Element, int] = {}
    marks, broken = [], []
    for paragraph in root.iter(_P):
        text = "".join(each.text or "" for each in _texts(paragraph))
        if "{{" not in text and "}}" not in text:
            continue
        row = next(paragraph.iterancestors(_TR), None)
        number = 0 if row is None else rows.setdefault(row, len(rows) + 1)
        nested = row is not None and _is_nested(row)
        marks += [Mark(found[1], number, framed, nested) for found in _MARK.finditer(text)]
        rest = _MARK.sub("", text)
        broken += [rest[max(0, at.start() - 2) : at.end() + _SHOWN_AROUND] for at in _BRACES.finditer(rest)]
    return Found(tuple(marks), tuple(broken))


def put_tokens(root: etree._Element, token: Callable[[str], str]) -> None:
    """Put ``token(text)`` in the place of each mark, wholly into the run in which it begins."""
    for paragraph in root.iter(_P):
        texts = _texts(paragraph)
        whole = "".join(each.text or "" for each in texts)
        for found in reversed(list(_MARK.finditer(whole))):
            _replace(texts, found.start(), found.end(), token(found[1]))


def row_of(element: etree._Element) -> etree._Element:
    """Return the table row in which an element stands."""
    return next(element.iterancestors(_TR))


def texts_with(root: etree._Element, words: str) -> Iterator[etree._Element]:
    """Yield the text elements that hold these words."""
    return (each for each in root.iter(_T) if words in (each.text or ""))


def _texts(paragraph: etree._Element) -> list[etree._Element]:
    """Return the text elements of a paragraph, without those of a text box that hangs on it."""
    return [each for each in paragraph.iter(_T) if next(each.iterancestors(_P)) is paragraph]


def _is_nested(row: etree._Element) -> bool:
    return next(row.iterancestors(_TC), None) is not None or next(row.iter(_TBL), None) is not None


def _replace(texts: list[etree._Element], start: int, end: int, words: str) -> None:
    at = 0
    for each in texts:
        text = each.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            each.text = text[:first] + (words if start >= at else "") + text[last:]
            each.set(XML_SPACE, "preserve")
        at += len(text)
