"""Words as what stands in a run of Word: text, tab and break elements, and the run around them."""

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy

from lxml import etree

from consult.documents.docx_properties import W

TEXT, RUN, LOOKS = f"{W}t", f"{W}r", f"{W}rPr"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAKS = {"\t": f"{W}tab", "\n": f"{W}br"}
_BREAK = re.compile(r"([\t\n])")


def pieces(words: str) -> Iterator[etree._Element]:
    """Yield the elements of words: all of it is text, but for tabs and line breaks."""
    for piece in filter(None, _BREAK.split(words)):
        yield etree.Element(_BREAKS[piece]) if piece in _BREAKS else text_of(piece)


def text_of(words: str) -> etree._Element:
    """Return a text element that keeps its blanks."""
    element = etree.Element(TEXT, {_SPACE: "preserve"})
    element.text = words
    return element


def run_of(looks: etree._Element | None, children: Iterable[etree._Element]) -> etree._Element:
    """Return a run with a copy of these looks."""
    run = etree.Element(RUN)
    if looks is not None:
        run.append(deepcopy(looks))
    run.extend(children)
    return run
