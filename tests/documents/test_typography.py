"""Paper, type, head and page numbers of the house form, as they stand in the file."""

import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from consult.documents.blank_document import About, new_document
from consult.documents.masthead import MOTTO, ON_LANDSCAPE, ON_PORTRAIT, Masthead, add_masthead, bold_width
from consult.documents.typography import (
    BODY,
    LANDSCAPE,
    PORTRAIT,
    Align,
    Look,
    Paper,
    Span,
    add_paragraph,
    add_style,
    printable,
)
from consult.documents.wordml import ITALIC, KEEP, paragraph, run

DATE = "Gia Lai, ngày … tháng 4 năm 2020"
WORDS = Masthead(
    "", "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI", "Gia Lai, ngày … tháng 4 năm 2020", "Số:      /UBND", "V/v Internet"
)


def saved(folder: Path, paper: Paper) -> Path:
    document = new_document(paper, About("Bảng tổng hợp", "Sở Thông tin và Truyền thông"))
    add_style(document, "Cell", "Ô của bảng", Look(points=12))
    add_masthead(document, WORDS, paper.text_width, ON_LANDSCAPE if paper is LANDSCAPE else ON_PORTRAIT)
    add_paragraph(document, BODY, "Kính gửi:\tmột\nhai", Span(" ba", bold=True))
    document.save(str(folder / "house.docx"))
    return folder / "house.docx"


@pytest.mark.parametrize("paper", [PORTRAIT, LANDSCAPE], ids=["portrait", "landscape"])
def test_validators_accept_the_house_form(tmp_path: Path, paper: Paper) -> None:
    result = OpenXmlValidator().validate(str(saved(tmp_path, paper)))
    assert result.is_valid, result.errors


def test_landscape_a4_with_margins_of_20_20_30_and_15_mm(tmp_path: Path) -> None:
    section = Document(str(saved(tmp_path, LANDSCAPE))).sections[0]
    assert section.orientation is WD_ORIENT.LANDSCAPE
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(size.mm) for size in sizes if size] == [297, 210, 20, 20]
    assert [round(size.mm) for size in (section.left_margin, section.right_margin) if size] == [30, 15]


def test_times_new_roman_for_every_script(tmp_path: Path) -> None:
    styles = Document(str(saved(tmp_path, PORTRAIT))).styles
    fonts = styles.element.findall(f".//{qn('w:rFonts')}")
    assert len(fonts) == 2
    for font in fonts:
        names = {font.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")}
        assert names == {"Times New Roman"}


def test_the_page_number_stands_in_the_top_margin_from_page_2(tmp_path: Path) -> None:
    section = Document(str(saved(tmp_path, PORTRAIT))).sections[0]
    assert section.different_first_page_header_footer
    assert [paragraph.text for paragraph in section.first_page_header.paragraphs] == [""]
    field = section.header.paragraphs[0]._p.find(qn("w:fldSimple"))
    assert field is not None
    assert field.get(qn("w:instr")) == " PAGE "
    assert section.header.paragraphs[0].alignment is Align.CENTER.value


def test_nothing_of_the_stock_template_is_left(tmp_path: Path) -> None:
    with zipfile.ZipFile(saved(tmp_path, PORTRAIT)) as archive:
        names = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    assert not [name for name in names if "stylesWithEffects" in name or "customXml" in name or "thumbnail" in name]
    assert "python-docx" not in core
    assert "created" not in core
    assert "Calibri" not in styles


def test_two_documents_share_nothing(tmp_path: Path) -> None:
    one = new_document(PORTRAIT, About("Một", "A"))
    add_paragraph(one, BODY, "Một")
    two = new_document(PORTRAIT, About("Hai", "B"))
    assert (two.paragraphs, two.core_properties.title) == ([], "Hai")


def test_the_head_reads_as_the_decree_has_it(tmp_path: Path) -> None:
    table = Document(str(saved(tmp_path, PORTRAIT))).tables[0]
    assert table.cell(0, 0).text.strip() == "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI"
    assert table.cell(0, 1).text.strip() == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert table.cell(1, 0).text == "Số:      /UBND\nV/v Internet"
    assert table.cell(1, 1).text == "Gia Lai, ngày … tháng 4 năm 2020"


def test_the_rule_below_the_motto_is_as_long_as_the_motto(tmp_path: Path) -> None:
    cell = Document(str(saved(tmp_path, PORTRAIT))).tables[0].cell(0, 1)
    rule = cell.paragraphs[-1].paragraph_format
    width = round(PORTRAIT.text_width * 0.6)
    assert rule.left_indent is not None
    assert rule.left_indent == rule.right_indent
    assert abs(width - 2 * rule.left_indent.twips - bold_width(MOTTO, 13)) <= 2


def test_marks_do_not_widen_a_letter() -> None:
    assert bold_width("Độc lập", 13) == bold_width("Doc lap", 13) > 0


def test_tabs_and_line_breaks_survive(tmp_path: Path) -> None:
    assert Document(str(saved(tmp_path, PORTRAIT))).paragraphs[0].text == "Kính gửi:\tmột\nhai ba"


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x0bb\x0cc\u2028d", "a\nb\nc\nd"),
        ("a\x00b\x1f", "a\ufffdb\ufffd"),
        ("\ud800\uffff", "\ufffd\ufffd"),
        ("𝒳 \u202e", "𝒳 \u202e"),
    ],
)
def test_what_xml_cannot_carry_becomes_a_mark(text: str, carried: str) -> None:
    assert printable(text) == carried


def test_a_streamed_run_holds_text_and_nothing_but_text() -> None:
    assert run("Điều 5") == '<w:r><w:t xml:space="preserve">Điều 5</w:t></w:r>'
    assert run("a<b>&c\n\td", ITALIC) == (
        '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">a&lt;b&gt;&amp;c</w:t><w:br/><w:tab/>'
        '<w:t xml:space="preserve">d</w:t></w:r>'
    )
    assert paragraph("Cell", run(""), KEEP) == (
        '<w:p><w:pPr><w:pStyle w:val="Cell"/><w:keepNext/></w:pPr><w:r><w:t xml:space="preserve"></w:t></w:r></w:p>'
    )


def test_each_character_that_a_document_cannot_carry_as_it_is_is_replaced_in_a_run() -> None:
    plain = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    changed = [chr(code) for code in range(0x1_0000) if printable(chr(code)) != chr(code)]
    assert len(changed) == 2_082
    assert [each for each in changed if run(each) == plain.format(each)] == []
    assert run("\ufffe") == plain.format("\ufffd")
    assert run("một\u2028hai") == run("một\nhai")
