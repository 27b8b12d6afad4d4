"""Paper, type and paragraphs of the house form, as data and a few helpers over python-docx.

It knows the measures of Nghị định 30/2020/NĐ-CP, annex I (A4, margins, Times New Roman). It refuses to know what a
document says: the words come from its callers. ``blank_document`` makes the empty document, ``masthead`` its head.
Lengths are twips (1 mm = 56.7, 1 pt = 20) unless a name says points.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from docx.document import Document as DocumentObject
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph
from docx.text.parfmt import ParagraphFormat

FONT = "Times New Roman"
BODY_POINTS = 14.0

# XML 1.0 section 2.2 forbids these; Word's and Unicode's own line breaks become plain ones.
_LINE_BREAKS = re.compile("\r\n?|\x0b|\x0c|\u2028|\u2029")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Align(Enum):
    """How the lines of a paragraph stand."""

    LEFT = WD_ALIGN_PARAGRAPH.LEFT
    CENTER = WD_ALIGN_PARAGRAPH.CENTER
    RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
    JUSTIFY = WD_ALIGN_PARAGRAPH.JUSTIFY


@dataclass(frozen=True)
class Paper:
    """A sheet and its margins in twips, as it lies on the desk (landscape: the width is the longer side)."""

    width: int
    height: int
    top: int = 1134
    bottom: int = 1134
    left: int = 1701
    right: int = 850

    @property
    def text_width(self) -> int:
        """The width between the margins."""
        return self.width - self.left - self.right

    @property
    def orientation(self) -> str:
        """What ``w:orient`` says about it."""
        return "landscape" if self.width > self.height else "portrait"


# A4 with 20 mm above and below, 30 mm at the left and 15 mm at the right: allowed for administrative and for
# normative documents alike.
PORTRAIT = Paper(11906, 16838)
LANDSCAPE = Paper(16838, 11906)


@dataclass(frozen=True)
class Look:
    """How a paragraph looks: size and spacing in points, indents in twips."""

    points: float = BODY_POINTS
    bold: bool = False
    italic: bool = False
    align: Align = Align.LEFT
    before: float = 0
    after: float = 0
    first_line: int = 0
    left: int = 0
    keep_with_next: bool = False
    keep_lines: bool = False


# Body text: justified, first line indented 1.27 cm, 6 pt apart.
BODY = Look(align=Align.JUSTIFY, before=3, after=3, first_line=720)


@dataclass(frozen=True)
class Span:
    """A piece of a paragraph that stands out from it."""

    text: str
    bold: bool | None = None
    italic: bool | None = None


class Container(Protocol):
    """What takes paragraphs: a document, a table cell, a header."""

    def add_paragraph(self, text: str = ...) -> Paragraph:
        """Append an empty paragraph."""
        ...


def printable(text: str) -> str:
    """Return ``text`` as a document can carry it: LF line ends, and U+FFFD for each character that XML forbids.

    What entered by the door is clean already (``wording.clean``); this is the second guard, so that no single text can
    keep a whole document from being written.
    """
    return _FORBIDDEN.sub("\ufffd", _LINE_BREAKS.sub("\n", text))


def add_paragraph(container: Container, look: Look, *pieces: Span | str) -> Paragraph:
    """Append a paragraph of ``pieces`` in ``look``; tabs and line breaks in them stay tabs and line breaks."""
    return fill(container.add_paragraph(), look, *pieces)


def fill(paragraph: Paragraph, look: Look, *pieces: Span | str) -> Paragraph:
    """Write ``pieces`` into an empty paragraph (a new cell brings one) in ``look``."""
    _shape(paragraph.paragraph_format, look)
    for piece in pieces:
        span = piece if isinstance(piece, Span) else Span(piece)
        run = paragraph.add_run(printable(span.text))
        run.font.size = Pt(look.points)
        run.bold = (look.bold if span.bold is None else span.bold) or None
        run.italic = (look.italic if span.italic is None else span.italic) or None
    return paragraph


def add_style(document: DocumentObject, style_id: str, name: str, look: Look, level: int | None = None) -> None:
    """Define a paragraph style, for text that is written as XML and names its style by ``style_id``.

    ``level`` makes a heading of it: its place in the outline, 0 for the highest.
    """
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), style_id)
    style.font.size = Pt(look.points)
    style.font.bold = look.bold or None
    style.font.italic = look.italic or None
    _shape(style.paragraph_format, look)
    if level is not None:
        outline = OxmlElement("w:outlineLvl")
        outline.set(qn("w:val"), str(level))
        style.element.get_or_add_pPr().append(outline)


def _shape(paragraph: ParagraphFormat, look: Look) -> None:
    paragraph.alignment = look.align.value
    paragraph.space_before = Pt(look.before)
    paragraph.space_after = Pt(look.after)
    paragraph.first_line_indent = Twips(look.first_line) if look.first_line else None
    paragraph.left_indent = Twips(look.left) if look.left else None
    paragraph.keep_with_next = look.keep_with_next or None
    paragraph.keep_together = look.keep_lines or None
