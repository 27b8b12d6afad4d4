"""Lines of Word files: tracked changes, wrappers, tables, notes, text boxes, what is inherited from styles."""

import io
import zipfile

import pytest

from consult.documents.docx_reader import read_docx
from consult.domain.errors import UnreadableDraft
from consult.domain.outline import LineKind
from tests.documents.word_files import paragraph, word_file, zipped

_CENTRED = '<w:jc w:val="center"/>'
_BOX = "<w:txbxContent>{}</w:txbxContent>"


def _texts(body: str, **parts: str) -> list[str]:
    return [line.text for line in read_docx("draft.docx", word_file(body, **parts)).lines]


def test_paragraphs_are_counted_and_their_blanks_and_breaks_kept() -> None:
    body = (
        paragraph("  1.  Sở Y tế ")
        + paragraph("")
        + "<w:p><w:r><w:t>Chương I</w:t><w:br/><w:t>QUY</w:t><w:tab/><w:t>ĐỊNH</w:t><w:noBreakHyphen/></w:r></w:p>"
    )
    told = [(line.text, line.kind, line.paragraph, line.start) for line in read_docx("d", word_file(body)).lines]
    assert told == [
        ("1.  Sở Y tế", LineKind.PARAGRAPH, 0, 2),
        ("", LineKind.PARAGRAPH, 1, 0),
        ("Chương I", LineKind.PARAGRAPH, 2, 0),
        ("QUY\tĐỊNH-", LineKind.BROKEN, 2, 9),
    ]


def test_a_page_break_before_the_words_begins_no_second_line() -> None:
    lines = read_docx("d", word_file('<w:p><w:r><w:br w:type="page"/><w:t>QUY CHẾ</w:t></w:r></w:p>')).lines
    assert [(line.text, line.kind, line.start) for line in lines] == [("QUY CHẾ", LineKind.PARAGRAPH, 1)]


def test_decomposed_letters_are_composed() -> None:
    assert _texts(paragraph("Đie\u0302\u0300u 1. Te\u0302n")) == ["Điều 1. Tên"]


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>giữ </w:t></w:r><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>dời đi</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> dời đến</w:t></w:r></w:moveTo></w:p>"
        + paragraph("đầu ", "<w:rPr><w:del/></w:rPr>")
        + paragraph("cuối")
    )
    assert _texts(body) == ["giữ thêm dời đến", "đầu cuối"]


def test_content_controls_links_and_fields_are_read_instructions_are_not() -> None:
    body = (
        f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('trong khung')}</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r><w:fldSimple><w:r><w:t> 2</w:t></w:r></w:fldSimple></w:p>"
    )
    assert _texts(body) == ["trong khung", "liên kết 2"]


def test_a_text_box_is_read_once() -> None:
    box = _BOX.format(paragraph("Dự thảo lần 1"))
    body = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>" + box + "</w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict>" + box + "</w:pict></mc:Fallback></mc:AlternateContent><w:t>Lời văn</w:t></w:r></w:p>"
    )
    assert _texts(body) == ["Lời văn", "Dự thảo lần 1"]


def test_tables_tell_row_column_and_borders() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"

    def table(properties: str, *rows: str) -> str:
        return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"

    borders = '<w:tblBorders><w:top w:val="single"/></w:tblBorders>'
    body = (
        table("", cell("a") + cell("b"))
        + table(borders, cell("c", '<w:gridSpan w:val="2"/>') + cell("d"), cell("e") + cell("f"))
        + table('<w:tblStyle w:val="Grid"/>', cell("g"))
        + table('<w:tblBorders><w:top w:val="none"/></w:tblBorders>', cell("h"))
    )
    style = f'<w:style w:type="table" w:styleId="Base"><w:tblPr>{borders}</w:tblPr></w:style>'
    style += '<w:style w:type="table" w:styleId="Grid"><w:basedOn w:val="Base"/></w:style>'
    cells = [(line.text, line.cell) for line in read_docx("d", word_file(body, styles=style)).lines]
    assert [(text, (c.table, c.row, c.column, c.bordered)) for text, c in cells if c] == [
        ("a", (0, 0, 0, False)),
        ("b", (0, 0, 1, False)),
        ("c", (1, 0, 0, True)),
        ("d", (1, 0, 2, True)),
        ("e", (1, 1, 0, True)),
        ("f", (1, 1, 1, True)),
        ("g", (2, 0, 0, True)),
        ("h", (3, 0, 0, False)),
    ]


def test_a_table_inside_a_cell_belongs_to_that_cell() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('trong')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{paragraph('ngoài')}{inner}{paragraph('')}</w:tc></w:tr></w:tbl>"
    lines = [line for line in read_docx("d", word_file(body)).lines if line.text]
    assert [line.text for line in lines] == ["ngoài", "trong"]
    assert lines[0].cell == lines[1].cell


def test_footnotes_follow_their_paragraph_and_running_heads_come_last() -> None:
    body = '<w:p><w:r><w:t>Lời văn</w:t><w:footnoteReference w:id="2"/></w:r></w:p>' + paragraph("Sau")
    notes = '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
    notes += f'<w:footnote w:id="2">{paragraph("Chú thích")}</w:footnote>'
    lines = read_docx("d", word_file(body, footnotes=notes, header=paragraph("Dự thảo"))).lines
    assert [(line.text, line.kind, line.part) for line in lines] == [
        ("Lời văn", LineKind.PARAGRAPH, "word/document.xml"),
        ("Chú thích", LineKind.NOTE, "word/footnotes.xml"),
        ("Sau", LineKind.PARAGRAPH, "word/document.xml"),
        ("Dự thảo", LineKind.MARGIN, "word/header.xml"),
    ]


def test_centring_is_inherited_from_the_style() -> None:
    style = f'<w:style w:type="paragraph" w:styleId="Giua"><w:pPr>{_CENTRED}</w:pPr></w:style>'
    body = paragraph("a", _CENTRED) + paragraph("b", '<w:pStyle w:val="Giua"/>') + paragraph("c")
    lines = read_docx("d", word_file(body, styles=style)).lines
    assert [line.centred for line in lines] == [True, True, False]


def test_a_paragraph_may_switch_the_number_of_its_style_off() -> None:
    style = (
        '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    off = '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert _texts(paragraph("1. Một", off), styles=style) == ["1. Một"]


def test_what_stands_twice_or_was_moved_away_is_read_once() -> None:
    choice = f"<mc:AlternateContent><mc:Choice>{paragraph('một')}</mc:Choice>"
    choice += f"<mc:Fallback>{paragraph('một')}</mc:Fallback></mc:AlternateContent>"
    body = choice + f"<w:moveFrom>{paragraph('dời')}</w:moveFrom><w:ins>{paragraph('hai')}</w:ins>" + paragraph("ba")
    assert _texts(body) == ["một", "hai", "ba"]
    assert _texts(f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>") == ["một", "hai", "ba"]
    runs = "<mc:Choice><w:r><w:t>{}</w:t></w:r></mc:Choice>"
    inline = f"<w:p><mc:AlternateContent>{runs.format('bốn')}{runs.format('năm')}</mc:AlternateContent></w:p>"
    assert _texts(inline) == ["bốn"]


def test_a_paragraph_that_lost_its_end_joins_the_next_one_of_its_story() -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph('ô', gone)}</w:tc></w:tr></w:tbl>"
    inside = f"<w:sdt><w:sdtContent>{paragraph('b', gone)}</w:sdtContent></w:sdt>"
    assert _texts(paragraph("a", gone) + inside + paragraph("c") + paragraph("d", gone) + table) == ["abc", "d", "ô"]
    assert _texts(paragraph("", gone) + table + paragraph("cuối", gone)) == ["ô", "cuối"]


def test_what_hangs_on_a_paragraph_that_lost_its_end_stays() -> None:
    gone = f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:pict>{_BOX.format(paragraph('hộp'))}</w:pict></w:r>"
    noted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:footnoteReference w:id='2'/></w:r></w:p>"
    notes = f'<w:footnote w:id="2">{paragraph("chú thích")}</w:footnote>'
    assert _texts(f"<w:p>{gone}</w:p>{noted}{paragraph('cuối')}", footnotes=notes) == ["cuối", "hộp", "chú thích"]


def test_a_note_whose_mark_was_deleted_is_gone() -> None:
    body = "<w:p><w:r><w:t>a</w:t></w:r><w:del><w:r><w:footnoteReference w:id='2'/></w:r></w:del></w:p>"
    assert _texts(body, footnotes=f'<w:footnote w:id="2">{paragraph("chú thích")}</w:footnote>') == ["a"]


def test_rows_and_cells_in_content_controls_are_read_like_the_others() -> None:
    def controlled(content: str) -> str:
        return f"<w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    def cell(text: str) -> str:
        return f"<w:tc>{controlled(paragraph(text))}</w:tc>"

    rows = (f"<w:tr>{cell('a')}{controlled(cell('b'))}</w:tr>", f"<w:tr>{controlled(cell('c') + cell('d'))}</w:tr>")
    inner = f"<w:tbl>{controlled(rows[0])}</w:tbl>"
    body = f"<w:tbl>{rows[0]}{controlled(rows[1])}{controlled(f'<w:tr><w:tc>{inner}</w:tc></w:tr>')}</w:tbl>"
    told = [(line.text, line.cell) for line in read_docx("d", word_file(body)).lines]
    assert [(text, cell.row, cell.column) for text, cell in told if cell] == [
        *(("a", 0, 0), ("b", 0, 1), ("c", 1, 0), ("d", 1, 1)),
        *(("a", 2, 0), ("b", 2, 0)),
    ]


@pytest.mark.parametrize(
    ("body", "reason"), [('<w:altChunk r="1"/>', "another file is embedded"), ("</w:body><w:body><w:p>", "damaged")]
)
def test_a_long_part_is_refused_wherever_the_fault_stands(body: str, reason: str) -> None:
    with pytest.raises(UnreadableDraft, match=reason):
        read_docx("d", word_file(paragraph("a") + body + paragraph("b")))


def test_a_document_without_a_body_is_refused() -> None:
    with pytest.raises(UnreadableDraft, match="no Word document of the usual kind"):
        read_docx("d", _without_body())


def _without_body() -> bytes:
    names = zipfile.ZipFile(io.BytesIO(word_file("")))
    parts = {name: names.read(name).decode() for name in names.namelist()}
    return zipped({**parts, "word/document.xml": parts["word/document.xml"].replace("w:body", "w:other")})
