"""The characters of a Word paragraph, as if all tracked changes were accepted.

It knows what holds text inside ``w:p`` (ECMA-376, part 1, 17.3 and 17.13) and refuses to know where it stands.
"""

from collections.abc import Iterator, Mapping

from lxml import etree

Properties = Mapping[str, etree._Element]
"""What stands in the ``w:pPr`` of a paragraph or a style, by tag."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
FALLBACK = f"{_MC}Fallback"
"""The tag of what stands for the same content a second time, for programs that cannot show the first."""

# A tracked deletion or move, and what holds no words of the text itself.
_LEFT_OUT = {
    f"{W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "rt", "txbxContent")
}
_REMOVED = (f"{W}del", f"{W}moveFrom")
_TEXT = (f"{W}t", f"{_M}t")
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_OFF = ("0", "false", "off")
_REFERENCES = (f"{W}footnoteReference", f"{W}endnoteReference")


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the text of a ``w:p``: tabs as tabs, line and page breaks as newlines, without its text boxes."""
    pieces: list[str] = []
    _gather(paragraph, pieces)
    return "".join(pieces)


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents (``w:txbxContent``) of the text boxes that hang on a paragraph, each box once."""
    for box in paragraph.iter(f"{W}txbxContent"):
        ancestors = list(box.iterancestors())
        within = ancestors[: ancestors.index(paragraph)]
        if not any(each.tag in (FALLBACK, f"{W}txbxContent", f"{W}del", f"{W}moveFrom") for each in within):
            yield box


def note_references(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield ("footnotes" or "endnotes", id) for each mark of a note in a paragraph."""
    for reference in paragraph.iter(*_REFERENCES):
        yield reference.tag.removeprefix(W).removesuffix("Reference") + "s", reference.get(f"{W}id", "")


def properties_of(holder: etree._Element) -> Properties:
    """Return the properties of a paragraph or of a style for paragraphs."""
    found = next(holder.iterchildren(f"{W}pPr"), None)
    return {} if found is None else {each.tag: each for each in found}


def is_on(element: etree._Element | None) -> bool:
    """Whether an element that stands for yes or no is there and is not switched off (17.17.4)."""
    return element is not None and element.get(f"{W}val", "1") not in _OFF


def mark_is_deleted(paragraph: Properties) -> bool:
    """Whether the paragraph's end is a tracked deletion, so that it joins the next paragraph."""
    mark = paragraph.get(f"{W}rPr")
    return mark is not None and any(each.tag in _REMOVED for each in mark)


def _gather(element: etree._Element, pieces: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in _TEXT:
            pieces.append(child.text or "")
        elif tag in _CHARACTERS:
            pieces.append(_CHARACTERS[tag])
        elif tag == f"{_MC}AlternateContent":
            _gather(next(iter(child), child), pieces)
        elif tag not in _LEFT_OUT and isinstance(tag, str):
            _gather(child, pieces)
