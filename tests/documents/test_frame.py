"""The frame of the synthesis read back from the file, to the millimetres and points of Nghị định 30/2020/NĐ-CP."""

from dataclasses import replace
from pathlib import Path

from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Emu, Mm

from consult.domain.synthesis_options import AnnexOf, Options
from tests.documents.written import part, written
from tests.synthesis_samples import SUMMARY

_NEAR = Mm(0.1)


def _sizes(document: DocumentObject, row: int, column: int) -> list[tuple[str, float | None, bool | None]]:
    paragraphs = document.tables[0].cell(row, column).paragraphs
    runs = [run for paragraph in paragraphs for run in paragraph.runs if run.text]
    return [(run.text, run.font.size.pt if run.font.size else None, run.bold) for run in runs]


def test_paper_and_margins(tmp_path: Path) -> None:
    section = written(tmp_path).sections[0]
    found = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin)
    wanted = (Mm(297), Mm(210), Mm(20), Mm(20), Mm(30))
    assert all(abs(a - b) <= _NEAR for a, b in zip((*found, section.right_margin), (*wanted, Mm(15)), strict=True))


def test_the_house_type_in_all_four_scripts(tmp_path: Path) -> None:
    fonts = written(tmp_path).styles["Normal"].element.rPr.find(qn("w:rFonts"))
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "cs", "eastAsia")} == {"Times New Roman"}


def test_the_page_number_is_centred_in_the_top_margin_but_not_on_page_1(tmp_path: Path) -> None:
    section = written(tmp_path).sections[0]
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text == ""
    header = section.header.paragraphs[0]
    assert " PAGE " in header._p.xml
    assert 'w:val="center"' in header._p.xml
    assert 'w:sz w:val="28"' in header._p.xml


def test_the_head(tmp_path: Path) -> None:
    document = written(tmp_path)
    assert _sizes(document, 0, 1) == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13.0, True),
        ("Độc lập - Tự do - Hạnh phúc", 14.0, True),
    ]
    assert _sizes(document, 0, 0) == [("UBND TỈNH GIA LAI", 13.0, None), ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", 13.0, True)]


def _rule(column: int, document: DocumentObject) -> tuple[float, int]:
    """Return the length of the rule in a column of the head in millimetres, and how many paragraphs stand above it."""
    cell = document.tables[0].cell(0, column)
    assert cell.width is not None
    ruled = [number for number, each in enumerate(cell.paragraphs) if each._p.find(f".//{qn('w:pBdr')}") is not None]
    (number,) = ruled
    shape = cell.paragraphs[number].paragraph_format
    assert shape.left_indent is not None and shape.left_indent == shape.right_indent
    return Emu(cell.width - 2 * shape.left_indent).mm, number


def test_the_rule_under_the_motto_is_as_long_as_its_words(tmp_path: Path) -> None:
    """By the widths of Times New Roman Bold, 12.197 em: 60.2 mm at 14 points."""
    length, above = _rule(1, written(tmp_path))
    assert abs(length - 60.2) < 0.5
    assert above == 2


def test_the_rule_under_the_issuer_is_a_third_to_a_half_of_its_name(tmp_path: Path) -> None:
    """The name is 17.474 em wide in Times New Roman Bold: 80.1 mm at 13 points."""
    length, above = _rule(0, written(tmp_path))
    assert 80.1 / 3 < length < 80.1 / 2
    assert above == 2


def test_place_and_date_stand_in_italics_under_the_motto(tmp_path: Path) -> None:
    paragraph = written(tmp_path).tables[0].cell(1, 1).paragraphs[0]
    (run,) = paragraph.runs
    assert (run.text, run.font.size.pt if run.font.size else 0, run.italic, run.bold) == (
        "Gia Lai, ngày … tháng … năm …",
        14.0,
        True,
        None,
    )
    assert paragraph.alignment is WD_ALIGN_PARAGRAPH.CENTER


def test_the_title_follows_the_head_with_its_rule_below(tmp_path: Path) -> None:
    """The last line is 35.666 em wide in Times New Roman Bold: 176.2 mm at 14 points."""
    document = written(tmp_path)
    gap, *lines, rule, _, first = document.paragraphs[:6]
    assert document.element.body[0].tag == qn("w:tbl")
    assert gap.text == ""
    assert [line.text for line in lines] == [
        "BẢNG TỔNG HỢP Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH",
        "ĐỐI VỚI DỰ THẢO VĂN BẢN TĂNG CƯỜNG QUẢN LÝ DỊCH VỤ INTERNET",
    ]
    for line in lines:
        assert [(run.font.size.pt if run.font.size else 0, run.bold) for run in line.runs] == [(14.0, True)]
        assert line.alignment is WD_ALIGN_PARAGRAPH.CENTER
    shape, section = rule.paragraph_format, document.sections[0]
    assert shape.left_indent is not None and shape.left_indent == shape.right_indent
    assert section.page_width and section.left_margin and section.right_margin
    text = section.page_width - section.left_margin - section.right_margin
    assert 176.2 / 3 < Emu(text - 2 * shape.left_indent).mm < 176.2 / 2
    assert first.text.startswith("Sở Thông tin và Truyền thông đã có Công văn số 532/STTTT-BCVT ngày 21/4/2020")


def test_the_signature_stands_in_the_right_half_with_room_for_a_hand(tmp_path: Path) -> None:
    document = written(tmp_path)
    row = document.tables[-1].rows[-1]
    lines = row.cells[0].paragraphs
    assert [line.text for line in lines] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "", "", "", ""]
    style = next(each for each in document.styles if each.style_id == "TableSignature")
    assert {line.style.style_id for line in lines if line.style} == {"TableSignature"}
    assert (style.font.size.pt, style.font.bold, style.paragraph_format.alignment) == (
        14.0,
        True,
        WD_ALIGN_PARAGRAPH.CENTER,
    )
    # 55 % of the 252 mm between the margins.
    assert abs(style.paragraph_format.left_indent.mm - 138.7) < 0.5
    borders = row._tr.find(f".//{qn('w:tcBorders')}")
    assert {edge.tag.rpartition("}")[2]: edge.get(qn("w:val")) for edge in borders} == {
        "left": "nil",
        "bottom": "nil",
        "right": "nil",
    }


def test_the_body_is_justified_and_indented(tmp_path: Path) -> None:
    style = next(each for each in written(tmp_path).styles if each.style_id == "Account")
    assert (style.font.size.pt, style.paragraph_format.first_line_indent.twips) == (14.0, 720)
    assert style.paragraph_format.space_before.pt + style.paragraph_format.space_after.pt == 6
    assert style.paragraph_format.alignment.name == "JUSTIFY"


def test_headings_have_their_place_in_the_outline(tmp_path: Path) -> None:
    levels = {
        style.style_id: style.element.pPr.find(qn("w:outlineLvl")).get(qn("w:val"))
        for style in written(tmp_path).styles
        if style.element.find(f".//{qn('w:outlineLvl')}") is not None
    }
    assert levels == {"AccountHeading": "0", "AnnexHeading": "0", "TableCaption": "1"}


def test_an_annex_has_its_word_and_its_letter_and_no_head(tmp_path: Path) -> None:
    document = written(tmp_path, replace(SUMMARY, options=Options(annex_of=AnnexOf("Sở A"), asked=True)))
    first, last = document.paragraphs[0], [each.text for each in document.paragraphs if each.text][-1]
    assert (first.text, first.runs[0].font.size.pt, first.runs[0].bold) == ("Phụ lục I", 14.0, True)
    assert "CỘNG HÒA" not in part(tmp_path)
    assert last == "./."
    assert part(tmp_path).count('<w:pgNumType w:start="1"/>') == len(document.sections) == 2
