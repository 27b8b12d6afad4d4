"""Which numbered list of a Word document a paragraph stands in, and on which level.

It knows numbering definitions and how paragraphs and styles point at them (ECMA-376, part 1, 17.9 and 17.7.4). It
refuses to count and to print (``word_labels``). What points at nothing is no list, and is noted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from consult.documents.docx_properties import VALUE, Properties, W, is_on, properties_of
from consult.documents.docx_styles import Styles
from consult.domain.wording import clean_line

# Word keeps numbers in 15 bits and no label is longer than a line; what is beyond comes from an attack.
_LARGEST = 32_767
_LONGEST_TEXT = 100
_LONGEST_DETOUR = 10
_POINTER, _LIST, _LEVEL = f"{W}numPr", f"{W}numId", f"{W}ilvl"


@dataclass(frozen=True)
class Level:
    """One ``w:lvl``. ``text`` holds "%1" for the number of the first level; ``style`` is linked with the level.

    ``restarts_after`` is the deepest level (from 0) whose use begins this one anew, -1 when none does. ``legal``:
    numbers of other levels are printed in Arabic figures. ``spaced``: a blank or a tab follows the label.
    """

    start: int
    number_format: str
    text: str
    legal: bool
    spaced: bool
    restarts_after: int
    style: str


@dataclass(frozen=True)
class NumberedList:
    """One ``w:num``: lists with the same ``counter`` (their ``w:abstractNum``) count on together.

    ``starts`` are the ``w:startOverride``, by level; ``levels`` have the overrides of this list in them.
    """

    number: str
    counter: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]

    def start_of(self, level: int) -> int:
        """Return the first number of a level in this list, 1 for a level that is not defined."""
        defined = self.levels.get(level)
        return self.starts.get(level, defined.start if defined else 1)

    def restarts(self, level: int, used: int) -> bool:
        """Whether ``level`` begins anew once a paragraph stands on the wider level ``used``."""
        defined = self.levels.get(level)
        return used <= (defined.restarts_after if defined else level - 1)


Place = tuple[NumberedList, int]
"""A list and a level of it, from 0."""


class Numbering:
    """The numbering part of a document; ``None`` stands for a document without one."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts = _by_id(root, f"{W}abstractNum", f"{W}abstractNumId")
        self._numbers = _by_id(root, f"{W}num", f"{W}numId")
        self._lists: dict[str, NumberedList | None] = {"": None, "0": None}
        self.missing = ""
        """The number of a list that a paragraph names and the file does not define, if there is one."""
        self._places: dict[tuple[str, str, str], Place | None] = {}

    def place(self, paragraph: Properties) -> Place | None:
        """Return the list and the level (from 0) of a paragraph; None when Word gives it no label.

        The paragraph's own ``w:numPr`` counts first, list 0 switches numbering off, then its styles count.
        """
        number, level = _pointer(paragraph)
        pointing = number, level, "" if number else self._styles.style_of(paragraph)
        if pointing not in self._places:
            self._places[pointing] = self._seek(*pointing)
        return self._places[pointing]

    def _seek(self, number: str, level: str, style_id: str) -> Place | None:
        of_style = 0
        if not number:
            number, of_style = self._of_style(style_id)
        at, found = _whole(level, of_style), self._list(number)
        return (found, at) if found is not None and at in found.levels else None

    def _of_style(self, style_id: str) -> tuple[str, int]:
        """Return the list that the nearest style names, and the level that names one of the styles up to there."""
        passed: list[etree._Element] = []
        for style in self._styles.chain(style_id):
            passed.append(style)
            number, _ = _pointer(properties_of(style))
            if number:
                return number, self._linked_level(passed, self._list(number))
        return "", 0

    @staticmethod
    def _linked_level(styles: list[etree._Element], found: NumberedList | None) -> int:
        by_style = {level.style: at for at, level in found.levels.items() if level.style} if found else {}
        linked = (by_style.get(style.get(f"{W}styleId", "")) for style in styles)
        stated = next(filter(None, (_pointer(properties_of(style))[1] for style in styles)), "")
        return next((at for at in linked if at is not None), _whole(stated, 0))

    def _list(self, number: str) -> NumberedList | None:
        if number not in self._lists:
            element = self._numbers.get(number)
            self._lists[number] = None if element is None else self._read_list(number, element)
            self.missing = number if self._lists[number] is None else self.missing
        return self._lists[number]

    def _read_list(self, number: str, element: etree._Element) -> NumberedList | None:
        counter = _value(element, f"{W}abstractNumId")
        levels = self._levels(counter)
        starts: dict[int, int] = {}
        for override in element.findall(f"{W}lvlOverride"):
            at, start = _whole(override.get(f"{W}ilvl", ""), 0), _value(override, f"{W}startOverride")
            if start:
                starts[at] = _whole(start, 1)
            for level in override.findall(f"{W}lvl"):
                levels[at] = _level(level, at)
        return NumberedList(number, counter, levels, starts) if levels else None

    def _levels(self, abstract_id: str) -> dict[int, Level]:
        """Return the levels of an abstract list, its own or those that its numbering style stands for."""
        for _ in range(_LONGEST_DETOUR):
            abstract = self._abstracts.get(abstract_id)
            if abstract is None:
                return {}
            link = _value(abstract, f"{W}numStyleLink")
            if not link:
                levels = ((_whole(level.get(f"{W}ilvl", ""), 0), level) for level in abstract.findall(f"{W}lvl"))
                return {at: _level(level, at) for at, level in levels}
            abstract_id = self._behind_style(link)
        return {}

    def _behind_style(self, style_id: str) -> str:
        """Return the abstract list that a numbering style names, or else the one that names the style."""
        named = (_pointer(properties_of(style))[0] for style in self._styles.chain(style_id))
        number = self._numbers.get(next(filter(None, named), ""))
        if number is not None:
            return _value(number, f"{W}abstractNumId")
        linked = (key for key, each in self._abstracts.items() if _value(each, f"{W}styleLink") == style_id)
        return next(linked, "")


def _level(element: etree._Element, at: int) -> Level:
    after = _whole(_value(element, f"{W}lvlRestart"), at) - 1
    text = _value(element, f"{W}lvlText")[:_LONGEST_TEXT]
    return Level(
        start=_whole(_value(element, f"{W}start"), 0),
        number_format=_value(element, f"{W}numFmt") or "decimal",
        text=clean_line(text),
        legal=is_on(element.find(f"{W}isLgl")),
        spaced=text[-1:].isspace() or _value(element, f"{W}suff") != "nothing",
        restarts_after=after if after < at else at - 1,
        style=_value(element, f"{W}pStyle"),
    )


def _pointer(holder: Properties) -> tuple[str, str]:
    """Return the list and the level that the ``w:numPr`` of a paragraph or a style names, "" for what it does not."""
    pointer = holder.get(_POINTER)
    if pointer is None:
        return "", ""
    said = {each.tag: each.get(VALUE, "") for each in pointer}
    return said.get(_LIST, ""), said.get(_LEVEL, "")


def _by_id(root: etree._Element | None, tag: str, attribute: str) -> dict[str, etree._Element]:
    return {} if root is None else {each.get(attribute, ""): each for each in root.findall(tag)}


def _value(element: etree._Element, tag: str) -> str:
    found = next(element.iterchildren(tag), None)
    return "" if found is None else found.get(VALUE, "")


def _whole(text: str, otherwise: int) -> int:
    return min(int(text), _LARGEST) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
