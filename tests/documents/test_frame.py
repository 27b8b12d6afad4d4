"""The frame of the synthesis read back from the file, to the millimetres and points of Nghị định 30/2020/NĐ-CP."""

from dataclasses import replace
from pathlib import Path

from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.shared import Mm

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
