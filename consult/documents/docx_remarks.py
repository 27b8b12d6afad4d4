"""Comments in the margin of a Word document: their part, and the marks around the words that they are about.

It knows ECMA-376, part 1, 17.13.4. It refuses to know what they say.
"""

from collections.abc import Sequence

from lxml import etree

from consult.documents.annotations import Remark
from consult.documents.docx_letters import Sign
from consult.documents.docx_properties import W
from consult.documents.docx_runs import pieces, run_of
from consult.documents.typography import printable

Element = etree._Element
COMMENTS = f"{W}comments"
_PARAGRAPH = f"{W}p"
_MOST_NAME = 255


class Margin:
    """The comments part of a document, to which remarks are added with ids from ``first_id`` on."""

    def __init__(self, root: Element, first_id: int) -> None:
        self.root = root
        self._next = first_id

    def add(self, remark: Remark, paragraphs: Sequence[Element], signs: Sequence[Sign]) -> None:
        """Add a remark about these signs, or about whole paragraphs where they have none."""
        number = str(self._next)
        self._next += 1
        self.root.append(_comment(remark, number))
        first, last = _reach(paragraphs, signs)
        start, end, reference = _marks(number)
        if isinstance(first, int):
            paragraphs[0].insert(first, start)
        else:
            first.addprevious(start)
        last_paragraph = paragraphs[-1]
        if isinstance(last, int):
            last_paragraph.extend((end, reference))
        else:
            last.addnext(reference)
            last.addnext(end)


def _reach(paragraphs: Sequence[Element], signs: Sequence[Sign]) -> tuple[Element | int, Element | int]:
    """Return the children of paragraphs that the signs begin and end in, or numbers where a paragraph has none."""
    letters = [letter for sign in (signs[:1], signs[-1:]) for each in sign for letter in each.letters]
    if len(letters) < len(signs[:1]) + len(signs[-1:]):
        letters = []
    if letters:
        return _top(letters[0].element), _top(letters[-1].element)
    return (1 if paragraphs[0].find(f"{W}pPr") is not None else 0), len(paragraphs[-1])


def _top(element: Element) -> Element:
    """Return the child of the nearest paragraph that holds an element."""
    parent = element.getparent()
    while parent is not None and parent.tag != _PARAGRAPH:
        element, parent = parent, parent.getparent()
    return element


def _marks(number: str) -> tuple[Element, Element, Element]:
    key = {f"{W}id": number}
    run = etree.Element(f"{W}r")
    run.append(etree.Element(f"{W}commentReference", key))
    return etree.Element(f"{W}commentRangeStart", key), etree.Element(f"{W}commentRangeEnd", key), run


def _comment(remark: Remark, number: str) -> Element:
    by = remark.by
    named = {"author": printable(by.author)[:_MOST_NAME], "initials": printable(by.initials), "date": by.moment}
    comment = etree.Element(f"{W}comment", {f"{W}id": number, **{f"{W}{name}": value for name, value in named.items()}})
    for words in remark.paragraphs:
        etree.SubElement(comment, _PARAGRAPH).append(run_of(None, pieces(printable(words))))
    return comment
