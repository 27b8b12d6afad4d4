"""What one Word paragraph holds, gathered in one walk: its words, its notes and text boxes, and what else is in it.

It knows what may stand inside ``w:p`` (ECMA-376, part 1, 17.3 and 17.13), reads it as if all tracked changes were
accepted, and notes each thing that is no word once. It refuses to know where the paragraph stands.
"""

from collections.abc import Callable, Mapping

from lxml import etree

from consult.documents.docx_properties import CHANGES, VANISH, Properties, Thing, W, changes_in, is_on
from consult.domain.findings import Found

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The tag of what stands for the same content a second time, for programs that cannot show the first."""

_ALTERNATIVES = FALLBACK.replace("Fallback", "AlternateContent")
_CHOICE = FALLBACK.replace("Fallback", "Choice")
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/%s}%s"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PICTURES = (_DRAWING % ("main", "blip"), "{urn:schemas-microsoft-com:vml}imagedata")
_DRAWN = (_DRAWING % ("chart", "chart"), _DRAWING % ("diagram", "relIds"))
_KINDS = {
    **CHANGES,
    **dict.fromkeys((*_PICTURES, *_DRAWN), Found.PICTURE),
    f"{W}commentReference": Found.COMMENT,
    f"{_MATH}oMath": Found.EQUATION,
    f"{W}object": Found.EMBEDDED_OBJECT,
}
_CHARACTERS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_WORDS = (f"{W}t", f"{_MATH}t")
_WORDLESS = tuple(f"{W}{tag}" for tag in ("instrText", "delText", "sdtPr", "rt"))
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_BOX = f"{W}txbxContent"
_RUN = f"{W}r"
_RUN_STYLE, _STYLE = f"{W}rStyle", f"{W}pStyle"
_ID = f"{W}id"
# What may hold a tracked change among the properties of a paragraph.
_CHANGED_PROPERTIES = frozenset((f"{W}rPr", f"{W}numPr", f"{W}sectPr"))


class Paragraph:
    """The content of a ``w:p``.

    ``text`` has tabs as tabs, line and page breaks as newlines, and nothing of the ``boxes`` (``w:txbxContent``).
    ``notes`` are pairs of "footnotes" or "endnotes" and an id. ``styles`` are those that its words name.
    """

    __slots__ = ("boxes", "notes", "properties", "styles", "text", "things", "words")

    def __init__(self, element: etree._Element) -> None:
        self.properties: Properties = {}
        self.notes: list[tuple[str, str]] = []
        self.boxes: list[etree._Element] = []
        self.things: list[Thing] = []
        self.styles: list[etree._Element] = []
        self.words: list[str] = []
        _walk(element, self, _SHOWN)
        self.text = "".join(self.words)
        if self.text and _STYLE in self.properties:
            self.styles.append(self.properties[_STYLE])

    def run_on_from(self, begun: "Paragraph") -> None:
        """Take in a paragraph that lost its end to this one."""
        self.text = begun.text + self.text
        self.notes = begun.notes + self.notes
        self.boxes = begun.boxes + self.boxes

    @property
    def is_empty(self) -> bool:
        """Whether nothing of it is read."""
        return not (self.text or self.notes or self.boxes)


_Rules = Mapping[str, Callable[[etree._Element, Paragraph, "_Rules"], None]]


def _walk(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    """Read what stands in an element, each by its rule; what has none is looked into."""
    for child in element:
        rules.get(child.tag, _walk)(child, holds, rules)


def _read_words(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    holds.words.append(element.text or "")


def _read_character(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    holds.words.append(_CHARACTERS[element.tag])


def _leave_out(*_: object) -> None:
    pass


def _read_one(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    """Read the first of alternatives: all of them stand for the same content."""
    _walk(next(element.iterchildren(_CHOICE, FALLBACK), element), holds, rules)


def _note_properties(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    holds.properties = properties = {child.tag: child for child in element}
    for tag, child in properties.items():
        if tag in CHANGES:
            holds.things.append((CHANGES[child.tag], child))
        elif tag in _CHANGED_PROPERTIES:
            holds.things += changes_in(child)


def _note_look(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    """Note what the properties of a run say; hidden, it hides its own words and no others, whatever its style says."""
    for child in element:
        if child.tag in CHANGES:
            holds.things.append((CHANGES[child.tag], child))
        elif child.tag == VANISH and is_on(child) and _has_words(element.getparent()):
            holds.things.append((Found.HIDDEN_TEXT, child))
        elif child.tag == _RUN_STYLE and element.find(VANISH) is None and _has_words(element.getparent()):
            holds.styles.append(child)


def _has_words(run: etree._Element | None) -> bool:
    return run is not None and run.tag == _RUN and run.find(_WORDS[0]) is not None


def _note_removal(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    holds.things.append((Found.TRACKED_CHANGE, element))
    _walk(element, holds, _REMOVED)


def _note_thing(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    holds.things.append((_KINDS[element.tag], element))
    _walk(element, holds, rules)


def _note_object(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    """Note an object; the picture that shows it is no picture of its own."""
    holds.things.append((Found.EMBEDDED_OBJECT, element))
    _walk(element, holds, {**rules, **dict.fromkeys(_PICTURES, _leave_out)})


def _note_box(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    holds.boxes.append(element)


def _note_reference(element: etree._Element, holds: Paragraph, rules: _Rules) -> None:
    holds.notes.append((_NOTES[element.tag], element.get(_ID, "")))


_SHOWN: _Rules = {
    **dict.fromkeys(_WORDS, _read_words),
    **dict.fromkeys(_CHARACTERS, _read_character),
    **dict.fromkeys(_WORDLESS, _leave_out),
    **dict.fromkeys(_KINDS, _note_thing),
    **dict.fromkeys((f"{W}del", f"{W}moveFrom"), _note_removal),
    **dict.fromkeys(_NOTES, _note_reference),
    f"{W}object": _note_object,
    _ALTERNATIVES: _read_one,
    _BOX: _note_box,
    f"{W}pPr": _note_properties,
    f"{W}rPr": _note_look,
}
# Of what was taken out, the words, notes and boxes are gone; what is stored with them still is in the file.
_REMOVED: _Rules = {**_SHOWN, **dict.fromkeys((*_WORDS, *_CHARACTERS, *_NOTES, _BOX), _leave_out)}
