"""What hangs on a Word paragraph besides its words: revisions, comments, pictures, equations, objects, hidden runs.

It knows the elements (ECMA-376, part 1) and counts each once, text boxes by their own paragraphs. It refuses to know
what is made of them.
"""

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from consult.documents.docx_text import FALLBACK, W, is_on
from consult.domain.findings import Found

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_BOX = f"{W}txbxContent"
_OBJECT = f"{W}object"

_KINDS = {
    **dict.fromkeys(
        (f"{W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")), Found.TRACKED_CHANGE
    ),
    f"{W}commentReference": Found.COMMENT,
    f"{_DRAWING}blip": Found.PICTURE,
    f"{_VML}imagedata": Found.PICTURE,
    f"{_MATH}oMath": Found.EQUATION,
    _OBJECT: Found.EMBEDDED_OBJECT,
    f"{W}vanish": Found.HIDDEN_TEXT,
}
_TAGS = tuple(_KINDS)
_NOTHING: Mapping[Found, int] = {}
_ROW_CHANGES = (f"{W}trPr/{W}ins", f"{W}trPr/{W}del")


def found_in(paragraph: etree._Element) -> Mapping[Found, int]:
    """Count what hangs on a ``w:p``; what is in a text box belongs to the paragraphs of the box."""
    elements = [element for element in paragraph.iter(*_TAGS) if _counts(element, paragraph)]
    # Nearly all paragraphs hold nothing but words.
    return Counter(_KINDS[element.tag] for element in elements) if elements else _NOTHING


def row_changes(row: etree._Element) -> int:
    """Count the tracked insertion or deletion of a whole ``w:tr``."""
    return sum(row.find(path) is not None for path in _ROW_CHANGES)


def _counts(element: etree._Element, paragraph: etree._Element) -> bool:
    if element.tag == f"{W}vanish" and not _hides_words(element):
        return False
    for holder in element.iterancestors():
        if holder is paragraph:
            return True
        # The picture of an object is no picture of its own, and a fallback shows the same content again.
        if holder.tag in (_BOX, FALLBACK, _OBJECT):
            return False
    return False


def _hides_words(vanish: etree._Element) -> bool:
    """Whether a run with words is hidden; the hidden mark of a paragraph hides nothing that anybody reads."""
    run = next(vanish.iterancestors(f"{W}r"), None)
    return is_on(vanish) and run is not None and run.find(f"{W}t") is not None
