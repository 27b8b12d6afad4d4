"""The head of an official document: who issues it at the left, the national name and motto at the right, rules below.

A borderless table of two columns, after Nghị định 30/2020/NĐ-CP, annex I, II.1 to II.4. The rules are paragraph borders
between two indents, which every word processor draws alike and nobody can push aside; their length follows the text.
"""

import unicodedata
from dataclasses import dataclass

from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from consult.documents.typography import Align, Look, add_paragraph, fill

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

# Widths of Times New Roman Bold in thousandths of the type size; Vietnamese marks do not widen a letter.
_WIDTHS = {
    **dict.fromkeys("fjt()-:;", 333),
    **dict.fromkeys("il/", 278),
    **dict.fromkeys("cerz", 444),
    **dict.fromkeys("bdhknpquS", 556),
    **dict.fromkeys("FP", 611),
    **dict.fromkeys("BELTZ", 667),
    **dict.fromkeys("ACDNRUVXY", 722),
    **dict.fromkeys("GHKOQ", 778),
    " ": 250,
    ",": 250,
    ".": 250,
    "I": 389,
    "s": 389,
    "m": 833,
    "M": 944,
    "W": 1000,
    "w": 722,
}
_OTHER_WIDTH = 500
RULE_SHARE = 0.4
"""A rule below a name or title takes this share of its last line: between a third and a half."""


@dataclass(frozen=True)
class Masthead:
    """The words of the head; an empty one leaves its line out, a line break in ``issuer`` makes two lines."""

    superior: str
    issuer: str
    place_and_date: str
    number: str = ""
    subject: str = ""


@dataclass(frozen=True)
class MastheadSizes:
    """Sizes in points and the share of the left column; the decree allows 12–13 for names and 13–14 for the motto."""

    names: float
    motto: float
    left_share: float


ON_PORTRAIT = MastheadSizes(names=12, motto=13, left_share=0.4)
ON_LANDSCAPE = MastheadSizes(names=13, motto=14, left_share=0.42)


def add_masthead(document: DocumentObject, words: Masthead, width: int, sizes: MastheadSizes) -> Table:
    """Append the head over ``width`` twips; the second row holds number, subject, place and date."""
    left = round(width * sizes.left_share)
    table = add_plain_table(document, 2, (left, width - left))
    _fill_issuer(table.cell(0, 0), words, left, sizes)
    _fill_nation(table.cell(0, 1), width - left, sizes)
    _fill_number(table.cell(1, 0), words)
    look = Look(points=sizes.motto, italic=True, align=Align.CENTER, before=6)
    fill(table.cell(1, 1).paragraphs[0], look, words.place_and_date)
    return table


def add_plain_table(document: DocumentObject, rows: int, widths: tuple[int, ...]) -> Table:
    """Append a table without borders, of fixed columns in twips, with no padding at the sides of its cells."""
    table: Table = document.add_table(rows, len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    properties.append(
        parse_xml(
            f'<w:tblCellMar {nsdecls("w")}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        )
    )
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.append(look)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Twips(width)
        for cell in column.cells:
            cell.width = Twips(width)
    return table


def add_rule(container: _Cell | DocumentObject, width: int, length: int) -> Paragraph:
    """Append a thin rule of ``length`` twips, centred in ``width``."""
    paragraph = add_paragraph(container, Look(points=2, before=3))
    indent = max(0, (width - length) // 2)
    paragraph.paragraph_format.left_indent = Twips(indent)
    paragraph.paragraph_format.right_indent = Twips(indent)
    paragraph.paragraph_format.line_spacing = Twips(60)
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    paragraph._p.get_or_add_pPr().insert_element_before(parse_xml(border), "w:spacing")
    return paragraph


def bold_width(text: str, points: float) -> int:
    """Measure ``text`` in Times New Roman Bold of ``points``, in twips."""
    bare = (char for char in unicodedata.normalize("NFD", text.translate(_D)) if not unicodedata.combining(char))
    return round(sum(_WIDTHS.get(char, _OTHER_WIDTH) for char in bare) * points * 20 / 1000)


_D = str.maketrans("đĐ", "dD")


def _fill_issuer(cell: _Cell, words: Masthead, width: int, sizes: MastheadSizes) -> None:
    name = Look(points=sizes.names, align=Align.CENTER)
    bold = Look(points=sizes.names, bold=True, align=Align.CENTER)
    lines = words.issuer.split("\n")
    first = cell.paragraphs[0]
    if words.superior:
        fill(first, name, words.superior)
    else:
        fill(first, bold, lines.pop(0))
    for line in lines:
        add_paragraph(cell, bold, line)
    longest = min(bold_width(words.issuer.split("\n")[-1], sizes.names), width)
    add_rule(cell, width, round(longest * RULE_SHARE))


def _fill_nation(cell: _Cell, width: int, sizes: MastheadSizes) -> None:
    fill(cell.paragraphs[0], Look(points=sizes.names, bold=True, align=Align.CENTER), NATIONAL_NAME)
    add_paragraph(cell, Look(points=sizes.motto, bold=True, align=Align.CENTER), MOTTO)
    add_rule(cell, width, bold_width(MOTTO, sizes.motto))


def _fill_number(cell: _Cell, words: Masthead) -> None:
    first = cell.paragraphs[0]
    fill(first, Look(points=13, align=Align.CENTER, before=6), words.number)
    if words.subject:
        add_paragraph(cell, Look(points=12, align=Align.CENTER, before=6), words.subject)
