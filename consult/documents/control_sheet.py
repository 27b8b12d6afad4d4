"""The control sheet ("Phiếu đối soát") of one synthesis: a page in the form of Nghị định 30/2020/NĐ-CP.

It says what the signed pages do not: number and moment, counts, digests, and what is to be compared with what. It names
no person; who checks signs by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import IO

from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.table import Table

from consult.documents.blank_document import About, new_document, save
from consult.documents.masthead import ON_PORTRAIT, Masthead, add_masthead, add_plain_table, add_rule, bold_width
from consult.documents.synthesis_rows import add_edges
from consult.documents.typography import BODY, PORTRAIT, Align, Look, Span, add_paragraph, fill
from consult.domain.control import NAMES, Made
from consult.domain.dates import printed_moment

_WIDTH = PORTRAIT.text_width
_TITLE = Look(points=14, bold=True, align=Align.CENTER)
_ABOUT = Look(points=12, bold=True, align=Align.CENTER)
_HEADING = Look(points=12, bold=True, before=4, after=2, keep_with_next=True)
_CELL = Look(points=11, before=1, after=1)
_NUMBER = replace(_CELL, bold=True, align=Align.RIGHT)
_DIGEST = Look(points=10, before=1, after=1)
_STEP = replace(BODY, points=11, before=1, after=1, first_line=0)
_SIGN = Look(points=12, bold=True, align=Align.CENTER)
_SIGN_NOTE = Look(points=12, italic=True, align=Align.CENTER)
_SHARES = (0.4, 0.1, 0.4, 0.1)
_TOLD_SHARES = (0.27, 0.73)
_PADDING = "70"
_AGAIN = "Lần ghi thứ {edition} của cùng dữ liệu, do phiên bản khác của chương trình ghi; khác tệp ghi trước."


@dataclass(frozen=True)
class Around:
    """Whose sheet it is, and of what: the particulars of the consultation as they are printed."""

    superior: str
    issuer: str
    place: str
    subject: str
    round_label: str


def write_control_sheet(around: Around, made: Made, file: IO[bytes]) -> None:
    """Write the sheet of one synthesis to an open binary file; equal ones are equal to the byte."""
    name = f"BẢNG TỔNG HỢP Ý KIẾN SỐ {made.number}"
    document = new_document(PORTRAIT, About(f"PHIẾU ĐỐI SOÁT {name}", around.issuer))
    place_and_date = f"{around.place}, ngày … tháng … năm …"
    head = Masthead(around.superior.upper(), around.issuer.upper(), place_and_date)
    add_masthead(document, head, _WIDTH, ON_PORTRAIT)
    add_paragraph(document, replace(_TITLE, before=8), "PHIẾU ĐỐI SOÁT")
    add_paragraph(document, _TITLE, name)
    add_paragraph(document, _ABOUT, f"Đối với {around.subject}")
    add_rule(document, _WIDTH, bold_width(name, 14) // 3)
    add_paragraph(document, _HEADING, "1. Bảng tổng hợp")
    _add_told(document, _about(around, made), _CELL)
    add_paragraph(document, _HEADING, "2. Số liệu, đã đối chiếu với cơ sở dữ liệu khi lập")
    _add_counts(document, made)
    add_paragraph(document, _HEADING, "3. Mã băm (SHA-256)")
    _add_told(document, _digests(made), _DIGEST)
    add_paragraph(document, _HEADING, "4. Nội dung cần đối soát")
    for step in _steps(made):
        add_paragraph(document, _STEP, step)
    _add_signatures(document)
    save(document, file)


def _about(around: Around, made: Made) -> list[tuple[str, str]]:
    told = [
        ("Đợt lấy ý kiến", around.round_label),
        ("Thời điểm lập", printed_moment(made.at)),
        ("Mẫu", made.form_name),
        ("Nội dung", made.described),
    ]
    return told if made.edition == 1 else [*told, ("Ghi lại", _AGAIN.format(edition=made.edition))]


def _digests(made: Made) -> list[tuple[str, str]]:
    return [
        ("Tệp DOCX", made.file_digest),
        ("Dữ liệu in trong bảng", made.data_digest),
        (f"Nhật ký, mục số {made.journal_entries}", made.journal_digest),
    ]


def _steps(made: Made) -> tuple[str, ...]:
    counts = made.counts
    return (
        "a) Tệp nhận được, chưa mở ra lưu lại, phải có mã băm SHA-256 bằng mã băm tệp ở mục 3 (Windows: certutil"
        " -hashfile <tệp> SHA256; Linux: sha256sum <tệp>).",
        "b) Thuộc tính tùy chỉnh của tệp (trong Word: Tệp, Thông tin, Thuộc tính, Thuộc tính nâng cao, Tùy chỉnh) phải"
        " ghi đúng số, thời điểm, mã băm dữ liệu và số liệu của phiếu này.",
        f"c) Bản in phải có {counts['rows']} dòng ý kiến trong bảng và số cơ quan, đơn vị của từng danh sách như ở"
        " mục 2.",
        f"d) Mục số {made.journal_entries} của nhật ký (chung cho mọi đợt lấy ý kiến) phải có mã băm ở mục 3; lệnh"
        " “consult journal verify” phải báo nhật ký nguyên vẹn.",
    )


def _add_told(document: DocumentObject, lines: Sequence[tuple[str, str]], look: Look) -> None:
    table = _bordered(document, len(lines), _TOLD_SHARES)
    for row, (label, words) in zip(table.rows, lines, strict=True):
        fill(row.cells[0].paragraphs[0], _CELL, label)
        fill(row.cells[1].paragraphs[0], look, words)


def _add_counts(document: DocumentObject, made: Made) -> None:
    """Put the counts into two columns beside each other, the first half of them at the left."""
    told = [(label, str(made.counts[name])) for name, label in NAMES.items()]
    half = (len(told) + 1) // 2
    table = _bordered(document, half, _SHARES)
    for number, (label, count) in enumerate(told):
        cells = table.rows[number % half].cells[2 * (number // half) :]
        fill(cells[0].paragraphs[0], _CELL, label)
        fill(cells[1].paragraphs[0], _NUMBER, count)


def _bordered(document: DocumentObject, rows: int, shares: Sequence[float]) -> Table:
    widths = [round(_WIDTH * share) for share in shares[:-1]]
    table = add_plain_table(document, rows, (*widths, _WIDTH - sum(widths)))
    add_edges(table)
    for edge in table._tbl.tblPr.iterfind(f"{qn('w:tblCellMar')}/*"):
        edge.set(qn("w:w"), _PADDING)
    return table


def _add_signatures(document: DocumentObject) -> None:
    add_paragraph(document, Look(points=6, keep_with_next=True))
    half = _WIDTH // 2
    table = add_plain_table(document, 1, (half, _WIDTH - half))
    for cell, who in zip(table.rows[0].cells, ("NGƯỜI LẬP BẢNG", "NGƯỜI ĐỐI SOÁT"), strict=True):
        fill(cell.paragraphs[0], _SIGN, Span(who))
        add_paragraph(cell, _SIGN_NOTE, "(Ký, ghi rõ họ tên)")
