"""What paragraphs and tables inherit from the styles of a Word document: centring, borders, hiding, and from where.

Questions of the reader, answered along the ``basedOn`` chain (ECMA-376, part 1, 17.7). It refuses to know text, and
what a list is (``word_numbering``).
"""

from lxml import etree

from consult.documents.docx_properties import VALUE, VANISH, Properties, W, is_on, properties_of

_NO_BORDER = ("nil", "none")
_LONGEST_CHAIN = 20
_ALIGNMENT, _STYLE = f"{W}jc", f"{W}pStyle"


class Styles:
    """The styles part of a document; ``None`` stands for a document without one."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [] if root is None else root.findall(f"{W}style")
        self._by_id = {style.get(f"{W}styleId", ""): style for style in styles}
        defaults = (style for style in styles if style.get(f"{W}default") in ("1", "true"))
        self._centred: dict[str, bool] = {}
        self._hiding: dict[str, bool] = {}
        self._chains: dict[str, list[etree._Element]] = {}
        self.circle = ""
        """The id of a style that was met and is based on itself, if there is one."""
        self._defaults = {style.get(f"{W}type", ""): style.get(f"{W}styleId", "") for style in defaults}

    def is_centred(self, paragraph: Properties) -> bool:
        """Whether the paragraph is centred, by itself or by its style."""
        own = paragraph.get(_ALIGNMENT)
        if own is not None:
            return own.get(VALUE) == "center"
        style_id = self.style_of(paragraph)
        if style_id not in self._centred:
            said = (properties_of(style).get(_ALIGNMENT) for style in self.chain(style_id))
            nearest = next((each for each in said if each is not None), None)
            self._centred[style_id] = nearest is not None and nearest.get(VALUE) == "center"
        return self._centred[style_id]

    def hides(self, style: etree._Element) -> bool:
        """Whether the style that a paragraph or a run names hides its words."""
        style_id = style.get(VALUE, "")
        if style_id not in self._hiding:
            said = (each.find(f"{W}rPr/{VANISH}") for each in self.chain(style_id))
            self._hiding[style_id] = is_on(next((each for each in said if each is not None), None))
        return self._hiding[style_id]

    def style_of(self, paragraph: Properties) -> str:
        """Return the id of the paragraph's style, the default one where it names none."""
        named = paragraph.get(_STYLE)
        return self._defaults.get("paragraph", "") if named is None else named.get(VALUE, "")

    def chain(self, style_id: str) -> list[etree._Element]:
        """Return the style and those it is based on, the nearest first; one that runs in a circle is cut and noted."""
        if style_id not in self._chains:
            self._chains[style_id] = self._walk(style_id)
        return self._chains[style_id]

    def is_bordered(self, table: etree._Element) -> bool:
        """Whether the table shows any border: its own, its style's, or one of its cells'."""
        own = table.find(f"{W}tblPr/{W}tblBorders")
        if own is not None:
            return _shows_line(own) or self._cells_show(table)
        named = table.find(f"{W}tblPr/{W}tblStyle")
        style_id = self._defaults.get("table", "") if named is None else named.get(VALUE, "")
        chain = (style.find(f"{W}tblPr/{W}tblBorders") for style in self.chain(style_id))
        inherited = next((borders for borders in chain if borders is not None), None)
        return (inherited is not None and _shows_line(inherited)) or self._cells_show(table)

    @staticmethod
    def _cells_show(table: etree._Element) -> bool:
        return any(_shows_line(borders) for borders in table.iter(f"{W}tcBorders"))

    def _walk(self, style_id: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while style_id in self._by_id and len(chain) < _LONGEST_CHAIN:
            if self._by_id[style_id] in chain:
                self.circle = style_id
                break
            chain.append(self._by_id[style_id])
            based = chain[-1].find(f"{W}basedOn")
            style_id = "" if based is None else based.get(VALUE, "")
        return chain


def _shows_line(borders: etree._Element) -> bool:
    return any(border.get(VALUE, "none") not in _NO_BORDER for border in borders)
