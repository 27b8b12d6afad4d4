"""An outline → a clean Word document in the form of Nghị định 30/2020/NĐ-CP, labels typed as text.

It knows how each kind of node is laid out (annex I of the decree, II.1 to II.9) and refuses to know where they came
from. Reading the document again gives the same body. Number and date stay as blank as they came.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import IO

from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips
from docx.table import _Cell

from consult.documents.blank_document import About, new_document
from consult.documents.masthead import (
    ON_PORTRAIT,
    Masthead,
    add_masthead,
    add_plain_table,
    add_rule,
    bold_width,
)
from consult.documents.typography import BODY, PORTRAIT, Align, Look, Span, add_paragraph, fill
from consult.domain.labels import STRUCTURAL, Level, find_label
from consult.domain.outline import Node, NodeKind
from consult.domain.outline_marks import Mark, in_head, shows

_WIDTH = PORTRAIT.text_width
_BACK_LEFT_SHARE = 0.5
_TITLE_RULE_SHARE = 0.4
# The dashes of the list stand under the colon of "Kính gửi:".
_TO_INDENT = 1134
_LIST_INDENT = 2154
_TITLE_SIDES = Twips(680)

_TITLE = Look(bold=True, align=Align.CENTER, keep_with_next=True)
_TO = Look(before=12, left=_TO_INDENT)
_LISTED = Look(left=_LIST_INDENT)
_COPIES_HEAD = Look(points=12, bold=True, italic=True)
_COPIES = Look(points=11)
_SIGNER = Look(bold=True, align=Align.CENTER)
_ROOM_TO_SIGN = Look(before=70)
_CELL = Look(points=12)
_MARK = Look(points=13, bold=True, align=Align.CENTER, before=6)
_ENACTED = Look(italic=True, align=Align.CENTER, keep_with_next=True)
_GROUND = replace(BODY, italic=True)
_AFTER_TITLE = Look(points=6)
_ATTACHED_SUBJECT = ".trich-yeu-1"
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True)
class _Part:
    """The nodes of one text, the draft itself or an attached one."""

    nodes: tuple[Node, ...]

    def lines(self, kind: NodeKind) -> list[str]:
        """The lines of one element of the frame."""
        return [line for node in self.nodes if node.kind is kind for line in node.text.splitlines()]

    @property
    def body(self) -> list[Node]:
        """The nodes that are not of the frame."""
        return [node for node in self.nodes if not node.kind.in_frame]

    @property
    def is_letter(self) -> bool:
        """Whether the text is a letter, whose subject stands below its number: "V/v …"."""
        subject = self.lines(NodeKind.SUBJECT)
        return not subject or shows(Mark.ABOUT, subject[0])


def write_draft(nodes: Sequence[Node], file: str | Path | IO[bytes], mark: str = "") -> None:
    """Write the nodes of an outline (document order, frame included) as a Word document to ``file``.

    ``mark`` is printed below the number where the draft bears one ("Dự thảo lần 1"). Each attached text begins a page.
    """
    slugs = {node.anchor.removesuffix(_ATTACHED_SUBJECT) for node in nodes if node.anchor.endswith(_ATTACHED_SUBJECT)}
    parts = [_Part(tuple(group)) for _, group in groupby(nodes, key=lambda node: _part_slug(node, slugs))]
    title = " ".join(parts[0].lines(NodeKind.SUBJECT)) if parts else ""
    document = new_document(PORTRAIT, About(title=title, author=""))
    for number, part in enumerate(parts):
        _add_head(document, part, mark if number == 0 else "")
        _add_title(document, part, attached=number > 0)
        _add_recipients(document, part.lines(NodeKind.RECIPIENTS))
        for node in part.body:
            _add_node(document, part, node)
        _add_back(document, part)
    document.save(str(file) if isinstance(file, Path) else file)


def _part_slug(node: Node, slugs: set[str]) -> str:
    slug = node.anchor.partition(".")[0]
    return slug if slug in slugs else ""


def _add_head(document: DocumentObject, part: _Part, mark: str) -> None:
    lines = part.lines(NodeKind.MASTHEAD)
    if not lines:
        return
    words = Masthead(
        superior="",
        issuer="\n".join(line for line in lines if not in_head(line)),
        place_and_date=_first(lines, Mark.DATE),
        number=_first(lines, Mark.NUMBER),
        subject=" ".join(part.lines(NodeKind.SUBJECT)) if part.is_letter else "",
    )
    table = add_masthead(document, words, _WIDTH, ON_PORTRAIT)
    if mark:
        add_paragraph(table.cell(1, 0), _MARK, mark)


def _first(lines: Sequence[str], mark: Mark) -> str:
    return next((line for line in lines if shows(mark, line)), "")


def _add_title(document: DocumentObject, part: _Part, *, attached: bool) -> None:
    """Add the name of the type and the subject under it, in the middle; an attached text begins a page with them."""
    lines = [] if part.is_letter else part.lines(NodeKind.SUBJECT)
    for number, line in enumerate(lines):
        look = _ENACTED if shows(Mark.ATTACHED, line) else _TITLE
        paragraph = add_paragraph(document, replace(look, before=0 if number else 18), line)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = _TITLE_SIDES
        paragraph.paragraph_format.page_break_before = (attached and not number) or None
    if lines:
        widest = min(bold_width(lines[-1], _TITLE.points), _WIDTH)
        add_rule(document, _WIDTH, round(widest * _TITLE_RULE_SHARE))
        add_paragraph(document, _AFTER_TITLE)


def _add_recipients(document: DocumentObject, lines: Sequence[str]) -> None:
    for line in lines:
        add_paragraph(document, _TO if shows(Mark.TO, line) else _LISTED, line)
    if lines:
        add_paragraph(document, _AFTER_TITLE)


def _add_node(document: DocumentObject, part: _Part, node: Node) -> None:
    if node.kind is NodeKind.TABLE:
        _add_table(document, node)
        return
    label = find_label(f"{node.label} X") or find_label(node.label) if node.label else None
    first, *more = node.text.split("\n")
    if label is None:
        look = _GROUND if not part.is_letter and shows(Mark.GROUND, first) else BODY
        add_paragraph(document, look, first)
    elif label.level in STRUCTURAL:
        look = replace(_TITLE, before=6)
        add_paragraph(document, look, node.label)
        add_paragraph(document, replace(_TITLE, after=6), first)
    elif node.kind is NodeKind.HEADING:
        look = replace(BODY, bold=True, keep_with_next=True)
        add_paragraph(document, look, f"{node.label} {first}")
    else:
        look = BODY
        add_paragraph(document, look, Span(node.label, bold=label.level is Level.ARTICLE), f" {first}")
    for paragraph in more:
        add_paragraph(document, look, paragraph)


def _add_table(document: DocumentObject, node: Node) -> None:
    rows = [row.split("\t") for row in node.text.split("\n")]
    columns = max(map(len, rows))
    table = add_plain_table(document, len(rows), (_WIDTH // columns,) * columns)
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{_BORDERS}</w:tblBorders>"))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=False):
            fill(cell.paragraphs[0], _CELL, text)


def _add_back(document: DocumentObject, part: _Part) -> None:
    """Add Nơi nhận at the left and the signature at the right, level with each other."""
    copies, signature = part.lines(NodeKind.DISTRIBUTION), part.lines(NodeKind.SIGNATURE)
    if not copies and not signature:
        return
    add_paragraph(document, _AFTER_TITLE)
    left = round(_WIDTH * _BACK_LEFT_SHARE)
    table = add_plain_table(document, 1, (left, _WIDTH - left))
    _fill_cell(table.cell(0, 0), [(_COPIES_HEAD if shows(Mark.COPIES, line) else _COPIES, line) for line in copies])
    _fill_cell(table.cell(0, 1), [(_SIGNER, line) for line in signature] + [(_ROOM_TO_SIGN, "")])
    add_paragraph(document, _AFTER_TITLE)


def _fill_cell(cell: _Cell, lines: Sequence[tuple[Look, str]]) -> None:
    for number, (look, line) in enumerate(lines):
        fill(cell.add_paragraph() if number else cell.paragraphs[0], look, line)
