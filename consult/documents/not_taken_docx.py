"""The opinions that were not taken, or in part, with the reasons: an annex of the tờ trình as a small Word file.

An annex has no head and no signature of its own (Nghị định 30/2020/NĐ-CP, annex I, III.1): it says which letter it goes
with. Its words come from ``domain.submission_texts``.
"""

from collections.abc import Iterator, Sequence
from typing import IO

from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from consult.documents.blank_document import About, new_document
from consult.documents.masthead import RULE_SHARE, add_rule, bold_width
from consult.documents.synthesis_cells import TEXT
from consult.documents.synthesis_rows import HEAD, head_row, table_start, text_row, widths_of
from consult.documents.typography import BODY, LANDSCAPE, Align, Look, add_paragraph, add_style
from consult.domain.submission_texts import HEADS, NotTaken, until
from consult.domain.synthesis import Summary

_TITLE = Look(points=14, bold=True, align=Align.CENTER)
_LETTER = Look(points=14, italic=True, align=Align.CENTER)
_ANNEX = "Phụ lục"
_NAME = "TỔNG HỢP Ý KIẾN KHÔNG TIẾP THU, TIẾP THU MỘT PHẦN VÀ LÝ DO"
_GOES_WITH = "(Kèm theo Tờ trình số …/… ngày … tháng … năm … của {lead})"
_NONE = "Không có ý kiến nào không tiếp thu hoặc chỉ tiếp thu một phần."
_END = "./."
_SHARES = [5, 18, 17, 30, 30]


def write_not_taken(summary: Summary, kept: Sequence[NotTaken], file: IO[bytes]) -> None:
    """Write the table of ``kept`` to an open binary file; while the round is open it says up to when it counts."""
    document = new_document(LANDSCAPE, About(_NAME, summary.lead_agency))
    add_style(document, TEXT, "Bảng - ô", Look(points=12, before=2, after=2))
    add_style(document, HEAD, "Bảng - tiêu đề", Look(points=12, bold=True, before=3, after=3, align=Align.CENTER))
    _add_title(document, summary)
    if kept:
        document.element.body.insert(-1, _table(kept))
    else:
        add_paragraph(document, BODY, _NONE)
    add_paragraph(document, Look(align=Align.CENTER, before=6), _END)
    document.save(file)


def _add_title(document: DocumentObject, summary: Summary) -> None:
    subject, moment = f"ĐỐI VỚI {summary.subject.upper()}", until(summary)
    for line in (_ANNEX, _NAME, subject):
        add_paragraph(document, _TITLE, line)
    add_paragraph(document, _LETTER, _GOES_WITH.format(lead=summary.lead_agency))
    if moment:
        add_paragraph(document, _LETTER, f"(tính đến {moment})")
    width = LANDSCAPE.text_width
    add_rule(document, width, round(min(bold_width(subject, 14), width) * RULE_SHARE))
    add_paragraph(document, Look(points=6))


def _table(kept: Sequence[NotTaken]) -> etree._Element:
    widths = widths_of(_SHARES)
    rows = "".join(_rows(widths, kept))
    table = f"{table_start(widths)}{head_row(widths, list(HEADS))}{rows}</w:tbl>"
    return parse_xml(table.replace("<w:tbl>", f"<w:tbl {nsdecls('w')}>", 1))


def _rows(widths: tuple[int, ...], kept: Sequence[NotTaken]) -> Iterator[str]:
    for each in kept:
        yield text_row(widths, each.cells)
