"""The properties of a Word paragraph, a run or a style: by name, on or off, and what of them says that it was changed.

It knows how they are written (ECMA-376, part 1, 17.7, 17.13 and 17.17.4) and refuses to know what they look like.
"""

from collections.abc import Mapping

from lxml import etree

from consult.domain.findings import Found

Properties = Mapping[str, etree._Element]
"""What stands in the ``w:pPr`` of a paragraph or a style, by tag."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
VANISH = f"{W}vanish"
"""What hides the words of a run, in its own properties or in those of a style."""
_AROUND = ("ins", "del", "moveFrom", "moveTo", "customXmlInsRangeStart", "customXmlDelRangeStart")
_OF_PROPERTIES = (
    *("numberingChange", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblGridChange", "tblPrExChange"),
    *("trPrChange", "tcPrChange", "cellIns", "cellDel", "cellMerge"),
)
# A move counts by what was moved; the marks around it hold no more than who moved it, and may be left over from one.
_MOVE_MARKS = ("moveFromRangeStart", "moveToRangeStart", "customXmlMoveFromRangeStart", "customXmlMoveToRangeStart")
CHANGES: Mapping[str, Found] = {
    **{f"{W}{tag}": Found.TRACKED_CHANGE for tag in (*_AROUND, *_OF_PROPERTIES)},
    **{f"{W}{tag}": Found.NAME for tag in _MOVE_MARKS},
}
"""The tags of tracked changes, and of what is left of one."""
CHANGES_OF_BLOCKS = frozenset(f"{W}{tag}" for tag in (*_AROUND, *_MOVE_MARKS))
"""Those of them that may stand around or between paragraphs and tables; the others stand in properties."""
Thing = tuple[Found, etree._Element]
"""What is no word: its kind and the element that is it."""

_PARAGRAPH = f"{W}pPr"
_RUN = f"{W}rPr"
_OFF = ("0", "false", "off")
_REMOVED = (f"{W}del", f"{W}moveFrom")


def properties_of(holder: etree._Element) -> Properties:
    """Return the properties of a paragraph or of a style for paragraphs."""
    found = next(holder.iterchildren(_PARAGRAPH), None)
    return {} if found is None else {each.tag: each for each in found}


def is_on(element: etree._Element | None) -> bool:
    """Whether an element that stands for yes or no is there and is not switched off (17.17.4)."""
    return element is not None and element.get(VALUE, "1") not in _OFF


def mark_is_deleted(paragraph: Properties) -> bool:
    """Whether the paragraph's end is a tracked deletion, so that it joins the next paragraph."""
    mark = paragraph.get(_RUN)
    return mark is not None and any(each.tag in _REMOVED for each in mark)


def changes_in(holder: etree._Element) -> list[Thing]:
    """Return the tracked changes that stand in an element itself, not deeper."""
    return [(CHANGES[child.tag], child) for child in holder if child.tag in CHANGES]
