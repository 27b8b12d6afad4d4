"""Which words of a Word document are set in fonts of an old Vietnamese encoding.

It knows where Word looks for a run's font: the run, its character style, the paragraph's style, the document's default
(ECMA-376, part 1, 17.3.2.26); theme fonts are Unicode. It refuses to know encodings (``old_encodings``).
"""

from collections.abc import Iterator, Mapping

from lxml import etree

from consult.documents.docx_package import Package
from consult.documents.docx_properties import W
from consult.documents.old_encodings import is_old_font

_FAMILIES = (f"{W}ascii", f"{W}hAnsi")
# As an attribute begins with their names, in each way of writing them.
_HINTS = (b'".Vn', b'".vn', b'".VN', b'"Vn', b'"vn', b'"VN')
_DEFAULT = ""
_MOST_STEPS = 20


def old_font_words(package: Package) -> str:
    """Return all words of the document part that are set in such a font; "" at once where no part names one."""
    styles = next(iter(package.related("styles")), None)
    # Office programs list there every font that the document names.
    listed = package.related("fontTable")
    contents = map(package.content, listed or [package.document, *([styles] if styles else [])])
    if not any(hint in content for content in contents for hint in _HINTS):
        return ""
    fonts = _fonts_of_styles(package.root(styles)) if styles else {}
    words = []
    for paragraph in package.stream(package.document, f"{W}p"):
        words += [text for text, font in _runs(paragraph, fonts) if is_old_font(font)]
        paragraph.clear()
    return " ".join(words)


def _runs(paragraph: etree._Element, fonts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    around = fonts.get(_value(paragraph.find(f"{W}pPr/{W}pStyle")), "") or fonts.get(_DEFAULT, "")
    for run in paragraph.iter(f"{W}r"):
        own = _family(run.find(f"{W}rPr")) or fonts.get(_value(run.find(f"{W}rPr/{W}rStyle"), "no style"), "")
        yield "".join(text.text or "" for text in run.iter(f"{W}t")), own or around


def _fonts_of_styles(root: etree._Element) -> Mapping[str, str]:
    """Return the font of each style by its id, inherited ones too; that of "" is the document's default."""
    styles = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    fonts = {key: _inherited(key, styles) for key in styles}
    normal = (
        key for key, style in styles.items() if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") == "1"
    )
    default = _family(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    return {**fonts, _DEFAULT: fonts.get(next(normal, ""), "") or default}


def _inherited(key: str, styles: Mapping[str, etree._Element]) -> str:
    for _ in range(_MOST_STEPS):
        style = styles.get(key)
        if style is None:
            return ""
        if family := _family(style.find(f"{W}rPr")):
            return family
        key = _value(style.find(f"{W}basedOn"))
    return ""


def _family(properties: etree._Element | None) -> str:
    fonts = None if properties is None else properties.find(f"{W}rFonts")
    names = () if fonts is None else (fonts.get(family, "") for family in _FAMILIES)
    return next((name for name in names if name), "")


def _value(element: etree._Element | None, missing: str = "") -> str:
    return missing if element is None else element.get(f"{W}val", missing)
