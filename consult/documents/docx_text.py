"""The characters of a Word paragraph, as if all tracked changes were accepted.

It knows what holds text inside ``w:p`` (ECMA-376, part 1, 17.3 and 17.13) and refuses to know where it stands.
"""

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# A tracked deletion or move, and what holds no words of the text itself.
_LEFT_OUT = {
    f"{W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "sdtPr", "rt", "txbxContent")
}
_CHARACTERS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}
_REFERENCES = (f"{W}footnoteReference", f"{W}endnoteReference")


def paragraph_text(paragraph: etree._Element) -> str:
    """Return the text of a ``w:p``: tabs as tabs, line and page breaks as newlines, without its text boxes."""
    return "".join(_pieces(paragraph))


def text_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the contents (``w:txbxContent``) of the text boxes that hang on a paragraph, each box once."""
    for box in paragraph.iter(f"{W}txbxContent"):
        ancestors = list(box.iterancestors())
        within = ancestors[: ancestors.index(paragraph)]
        if not any(each.tag in (f"{_MC}Fallback", f"{W}txbxContent", f"{W}del", f"{W}moveFrom") for each in within):
            yield box


def note_references(paragraph: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield ("footnotes" or "endnotes", id) for each mark of a note in a paragraph."""
    for reference in paragraph.iter(*_REFERENCES):
        yield reference.tag.removeprefix(W).removesuffix("Reference") + "s", reference.get(f"{W}id", "")


def mark_is_deleted(paragraph: etree._Element) -> bool:
    """Whether the paragraph's end is a tracked deletion, so that it joins the next paragraph."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{tag}") is not None for tag in ("del", "moveFrom"))


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (f"{W}t", f"{_M}t"):
            yield child.text or ""
        elif tag in _CHARACTERS:
            yield _CHARACTERS[tag]
        elif tag == f"{_MC}AlternateContent":
            yield from _pieces(next(iter(child), child))
        elif isinstance(tag, str) and tag not in _LEFT_OUT:
            yield from _pieces(child)
