"""A circular from Word with its head and signature in borderless tables, a table in the body and an annex."""

import io

from docx import Document
from docx.document import Document as DocumentObject

from consult.documents.docx_reader import read_docx
from consult.domain.outline import outline
from tests.domain.drafts import assert_nothing_lost, told

_BODY = ("THÔNG TƯ", "Quy định X", "Căn cứ Luật A;", "Điều 1. Phạm vi", "1. Một.", "a) Hai;", "đ) Ba.")
_ANNEX = ("Phụ lục I", "DANH MỤC", "(Kèm theo Thông tư)")


def test_an_annex_after_a_signature_in_a_table_has_its_own_prefix() -> None:
    source = read_docx("draft.docx", _circular())
    drafted = outline(source)
    assert_nothing_lost(source, drafted)
    assert told(drafted) == [
        ("masthead", "quoc-hieu-1", "BỘ Y TẾ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("subject", "trich-yeu-1", "THÔNG TƯ\nQuy định X"),
        ("preamble", "mo-dau-1", "Căn cứ Luật A;"),
        ("heading", "dieu-1", "Phạm vi"),
        ("numbered", "dieu-1.1", "Một."),
        ("numbered", "dieu-1.1.a", "Hai;"),
        ("numbered", "dieu-1.1.dd", "Ba."),
        ("table", "dieu-1.1.dd.bang-1", "TT\tTên"),
        ("numbered", "dieu-2", "Hiệu lực."),
        ("distribution", "noi-nhan-1", "Nơi nhận:\n- Như trên;\n- Lưu: VT."),
        ("signature", "ky-1", "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG"),
        ("subject", "phu-luc-i.trich-yeu-1", "Phụ lục I\nDANH MỤC\n(Kèm theo Thông tư)"),
        ("table", "phu-luc-i.bang-1", "TT\tTên"),
    ]


def _circular() -> bytes:
    document = Document()
    _add_row(document, "", "BỘ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    for text in _BODY:
        document.add_paragraph(text)
    _add_row(document, "Table Grid", "TT", "Tên")
    document.add_paragraph("Điều 2. Hiệu lực.")
    _add_row(document, "", "Nơi nhận:\n- Như trên;\n- Lưu: VT.", "KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG")
    for text in _ANNEX:
        document.add_paragraph(text)
    _add_row(document, "Table Grid", "TT", "Tên")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_row(document: DocumentObject, style: str, *texts: str) -> None:
    table = document.add_table(1, len(texts), style=style or None)
    for cell, text in zip(table.rows[0].cells, texts, strict=True):
        cell.text = text
