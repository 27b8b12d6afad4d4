"""A form to begin with: the house's own layout with every needed mark in place, for the office to change in Word."""

from io import BytesIO

from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Twips
from docx.table import Table

from consult.documents.blank_document import About, new_document
from consult.documents.synthesis_rows import add_edges
from consult.documents.typography import BODY, LANDSCAPE, Align, Look, add_paragraph, fill
from consult.domain.template_marks import CONTENT

_HEADS = ("TT", "Nhóm vấn đề hoặc điều, khoản", "Chủ thể góp ý", "Nội dung góp ý", "Nội dung tiếp thu, giải trình")
_ROW = ("stt", "vị_trí", "tên_cơ_quan", CONTENT, "nội_dung_tiếp_thu")
_UNDER = {"vị_trí": "trích_đoạn", "tên_cơ_quan": "văn_bản_góp_ý"}
_SHARES = (0.05, 0.16, 0.16, 0.33, 0.30)
_TITLE = Look(points=14, bold=True, align=Align.CENTER, after=6)
_RIGHT = Look(points=13, italic=True, align=Align.RIGHT, after=6)
_SIGN = Look(points=14, bold=True, align=Align.CENTER, left=round(LANDSCAPE.text_width * 0.55), keep_with_next=True)
_CELL = Look(points=12, before=2, after=2, keep_lines=True)
_LONG = Look(points=12, before=2, after=2)
_NUMBER = Look(points=12, before=2, after=2, align=Align.CENTER)
_HEAD = Look(points=12, bold=True, align=Align.CENTER)


def starter_template() -> bytes:
    """Return a DOCX that can be filled as it is."""
    document = new_document(LANDSCAPE, About(title="Mẫu bảng tổng hợp", author=""))
    add_paragraph(document, Look(points=13, bold=True), _mark("cơ_quan_chủ_trì"))
    add_paragraph(document, _RIGHT, _mark("địa_danh_ngày_tháng"))
    add_paragraph(document, _TITLE, _mark("tiêu_đề"))
    for name in ("đoạn_mở_đầu", "số_liệu", "danh_sách_cơ_quan"):
        add_paragraph(document, BODY, _mark(name))
    _add_table(document)
    add_paragraph(document, Look(points=6, keep_with_next=True))
    for name in ("thẩm_quyền_ký", "chức_vụ_ký"):
        add_paragraph(document, _SIGN, _mark(name))
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _mark(name: str) -> str:
    return f"{{{{{name}}}}}"


def _add_table(document: DocumentObject) -> None:
    table = document.add_table(rows=2, cols=len(_HEADS))
    table.autofit = False
    for column, share in zip(table.columns, _SHARES, strict=True):
        column.width = Twips(round(LANDSCAPE.text_width * share))
    add_edges(table)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    _fill(table, 0, [(head,) for head in _HEADS], [_HEAD] * len(_HEADS))
    lines = [(_mark(name), *(_mark(under) for under in (_UNDER.get(name),) if under)) for name in _ROW]
    _fill(table, 1, lines, [_NUMBER, _CELL, _CELL, _LONG, _LONG])


def _fill(table: Table, row: int, cells: list[tuple[str, ...]], looks: list[Look]) -> None:
    for cell, lines, share, look in zip(table.rows[row].cells, cells, _SHARES, looks, strict=True):
        cell.width = Twips(round(LANDSCAPE.text_width * share))
        for place, line in enumerate(lines):
            paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
            fill(paragraph, look, line)
