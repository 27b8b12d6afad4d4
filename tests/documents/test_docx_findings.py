"""What a Word file holds besides its words is counted once each, at the paragraph where a person finds it."""

import io
import zipfile

import pytest

from consult.documents.docx_reader import read_docx
from consult.documents.intake import read_draft
from consult.domain.findings import Finding, Found, safe_to_hand_on
from tests.documents.word_files import paragraph, word_file, zipped

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_PART = "word/document.xml"
_PICTURE = f"<w:drawing><a:blip {_A}/></w:drawing>"
_OLD_PICTURE = f"<w:pict><v:imagedata {_V}/></w:pict>"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OLE = f'<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:r="{_OFFICE}" r:id="rId9"/>'
_W15 = 'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"'


def _found(body: str, **parts: str) -> tuple[Finding, ...]:
    return read_docx("draft.docx", word_file(body, **parts)).findings


def test_a_clean_file_holds_nothing_else() -> None:
    hidden_mark = paragraph("Sở Y tế", "<w:rPr><w:vanish/></w:rPr>")
    shown_again = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>chữ thường</w:t></w:r></w:p>'
    assert _found(paragraph("Điều 1. Tên") + hidden_mark + shown_again) == ()


def test_tracked_changes_are_counted_by_paragraph() -> None:
    changed = (
        "<w:p><w:pPr><w:pPrChange/></w:pPr><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:moveTo><w:r><w:t>dời đến</w:t></w:r></w:moveTo></w:p>"
    )
    reformatted = "<w:p><w:r><w:rPr><w:rPrChange/></w:rPr><w:t>đậm</w:t></w:r></w:p>"
    assert _found(paragraph("đầu") + changed + paragraph("giữa") + reformatted) == (
        Finding(Found.TRACKED_CHANGE, _PART, 1, 4),
        Finding(Found.TRACKED_CHANGE, _PART, 3),
    )


def test_a_joined_paragraph_has_the_changes_of_both_and_a_deleted_one_those_of_the_next() -> None:
    deleted = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del></w:p>"
    source = read_docx("draft.docx", word_file(paragraph("một") + deleted + paragraph("hai")))
    assert [line.text for line in source.lines] == ["một", "hai"]
    assert source.findings == (Finding(Found.TRACKED_CHANGE, _PART, 1, 2),)


def test_rows_that_were_put_in_or_taken_out_are_tracked_changes() -> None:
    rows = (f"<w:tr><w:trPr><w:{change}/></w:trPr><w:tc>{paragraph(change)}</w:tc></w:tr>" for change in ("ins", "del"))
    source = read_docx("draft.docx", word_file(f"<w:tbl>{''.join(rows)}</w:tbl>"))
    assert [line.text for line in source.lines] == ["ins"]
    assert source.findings == (Finding(Found.TRACKED_CHANGE, _PART, 0, 2),)


@pytest.mark.parametrize(
    "properties",
    [
        "<w:numPr><w:numId w:val='0'/><w:ins/></w:numPr>",
        "<w:numPr><w:numberingChange/></w:numPr>",
        "<w:rPr><w:ins/></w:rPr>",
        "<w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr>",
        "<w:pPrChange><w:pPr><w:numPr><w:ins/></w:numPr></w:pPr></w:pPrChange>",
        "<w:sectPr><w:sectPrChange><w:sectPr/></w:sectPrChange></w:sectPr>",
    ],
)
def test_a_change_of_a_paragraphs_look_is_one_tracked_change(properties: str) -> None:
    assert _found(paragraph("đầu") + paragraph("đổi", properties)) == (Finding(Found.TRACKED_CHANGE, _PART, 1),)


def test_a_hidden_run_that_was_shown_before_and_a_shown_one_that_was_hidden() -> None:
    now = "<w:r><w:rPr><w:vanish/><w:rPrChange><w:rPr/></w:rPrChange></w:rPr><w:t>ẩn</w:t></w:r>"
    before = "<w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>hiện</w:t></w:r>"
    assert _found(f"<w:p>{now}</w:p><w:p>{before}</w:p>") == (
        Finding(Found.HIDDEN_TEXT, _PART, 0),
        Finding(Found.TRACKED_CHANGE, _PART, 0),
        Finding(Found.TRACKED_CHANGE, _PART, 1),
    )


def test_a_style_may_hide_words_and_a_run_may_show_them_again() -> None:
    def run(style: str, more: str = "") -> str:
        return f'<w:p><w:r><w:rPr><w:rStyle w:val="{style}"/>{more}</w:rPr><w:t>chữ</w:t></w:r></w:p>'

    hiding = '<w:style w:type="{0}" w:styleId="{1}">{2}<w:rPr><w:vanish{3}/></w:rPr></w:style>'
    styles = (
        hiding.format("character", "An", "", "")
        + '<w:style w:type="character" w:styleId="AnHon"><w:basedOn w:val="An"/></w:style>'
        + hiding.format("character", "Hien", '<w:basedOn w:val="An"/>', ' w:val="0"')
        + hiding.format("paragraph", "DoanAn", "", "")
    )
    empty, whole = (paragraph(text, '<w:pStyle w:val="DoanAn"/>') for text in ("", "đoạn"))
    body = run("An") + run("AnHon") + run("Hien") + run("An", '<w:vanish w:val="0"/>') + run("Strong") + empty + whole
    assert _found(body, styles=styles) == tuple(Finding(Found.HIDDEN_TEXT, _PART, at) for at in (0, 1, 6))


def test_changes_of_a_table_its_rows_and_cells_are_counted_at_its_first_paragraph() -> None:
    inner = f"<w:tbl><w:tblPr><w:tblPrChange/></w:tblPr><w:tr><w:tc>{paragraph('trong')}</w:tc></w:tr></w:tbl>"
    old = "<w:tcPrChange><w:tcPr><w:cellIns/></w:tcPr></w:tcPrChange>"
    cells = (
        f"<w:tc><w:tcPr><w:cellIns/></w:tcPr>{paragraph('a')}</w:tc>",
        f"<w:tc><w:tcPr><w:cellMerge/>{old}</w:tcPr>{paragraph('b')}{inner}</w:tc>",
        f"<w:tc><w:tcPr><w:cellDel/></w:tcPr>{paragraph('c')}</w:tc>",
    )
    row = f"<w:tr><w:tblPrEx><w:tblPrExChange/></w:tblPrEx><w:trPr><w:trPrChange/></w:trPr>{''.join(cells)}</w:tr>"
    grid = "<w:tblGrid><w:tblGridChange w:id='1'/></w:tblGrid>"
    controlled = f"<w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt>"
    body = f"<w:tbl><w:tblPr><w:tblPrChange/></w:tblPr>{grid}{controlled}</w:tbl>"
    assert _found(paragraph("đầu") + body) == (
        Finding(Found.TRACKED_CHANGE, _PART, 1, 8),
        Finding(Found.TRACKED_CHANGE, _PART, 3),
    )


def test_the_last_section_and_whole_blocks_may_have_changed() -> None:
    moved = f"<w:moveFrom>{paragraph('cũ')}</w:moveFrom>"
    added = f"<w:ins>{paragraph('mới', '<w:rPr><w:del/></w:rPr>')}</w:ins>"
    section = "<w:sectPr><w:sectPrChange/></w:sectPr>"
    source = read_docx("d", word_file(moved + added + paragraph(" hơn") + section))
    assert [line.text for line in source.lines] == ["mới hơn"]
    assert source.findings == (
        Finding(Found.TRACKED_CHANGE, _PART, 0),
        Finding(Found.TRACKED_CHANGE, _PART, 0),
        Finding(Found.TRACKED_CHANGE, _PART, 0),
        Finding(Found.TRACKED_CHANGE, _PART, 1),
    )


def test_each_other_kind_is_told() -> None:
    kinds = (
        "<w:r><w:commentReference w:id='0'/></w:r>",
        f"<w:r>{_PICTURE}</w:r>",
        f"<m:oMathPara {_M}><m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath></m:oMathPara>",
        f"<w:r><w:object>{_OLD_PICTURE}</w:object></w:r>",
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>chữ ẩn</w:t></w:r>",
    )
    source = read_docx("draft.docx", word_file("".join(f"<w:p>{kind}</w:p>" for kind in kinds)))
    assert [line.text for line in source.lines] == ["", "", "x=1", "", "chữ ẩn"]
    assert source.findings == (
        Finding(Found.COMMENT, _PART, 0),
        Finding(Found.PICTURE, _PART, 1),
        Finding(Found.EQUATION, _PART, 2),
        Finding(Found.EMBEDDED_OBJECT, _PART, 3),
        Finding(Found.HIDDEN_TEXT, _PART, 4),
    )


def test_a_picture_that_is_stored_twice_counts_once() -> None:
    both = (
        f"<mc:AlternateContent><mc:Choice>{_PICTURE}</mc:Choice><mc:Fallback>{_OLD_PICTURE}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    assert _found(f"<w:p><w:r>{both}</w:r></w:p>") == (Finding(Found.PICTURE, _PART, 0),)


def test_charts_and_diagrams_are_pictures() -> None:
    names = {"chart": "chart", "diagram": "relIds"}
    drawn = "".join(
        f'<w:p><w:r><w:drawing><c:{tag} xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/{kind}"/></w:drawing>'
        "</w:r></w:p>"
        for kind, tag in names.items()
    )
    assert _found(drawn) == (Finding(Found.PICTURE, _PART, 0), Finding(Found.PICTURE, _PART, 1))


def test_what_is_in_a_text_box_counts_once_at_the_paragraph_of_the_box() -> None:
    box = f"<w:txbxContent><w:p><w:r>{_PICTURE}<w:t>trong hộp</w:t></w:r></w:p></w:txbxContent>"
    assert _found(f"<w:p><w:r><w:pict>{box}</w:pict><w:t>ngoài</w:t></w:r></w:p>") == (
        Finding(Found.PICTURE, _PART, 1),
    )


def test_running_heads_and_notes_are_looked_at_too() -> None:
    noted = f"<w:footnote w:id='2'><w:p><w:r>{_PICTURE}<w:t>xem hình</w:t></w:r></w:p></w:footnote>"
    body = "<w:p><w:r><w:t>Điều 1.</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
    head = f"<w:p><w:r>{_PICTURE}</w:r></w:p>"
    assert _found(body, footnotes=noted, header=head) == (
        Finding(Found.PICTURE, "word/footnotes.xml", 0),
        Finding(Found.PICTURE, "word/header.xml", 0),
    )


def test_the_door_hands_the_findings_on() -> None:
    content = word_file(paragraph("Điều 1. Tên") + "<w:p><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>")
    assert read_draft("Dự thảo.docx", content).findings == (Finding(Found.TRACKED_CHANGE, _PART, 1),)


def _with(content: bytes, relations: dict[str, str], parts: dict[str, str]) -> bytes:
    """Add parts to a Word file, and relations (key = type=target) to its lists of relations."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name).decode() for name in archive.namelist()}
    for listed, told in relations.items():
        key, kind, target = told.split("=")
        relation = f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        entries[listed] = entries.get(listed, empty).replace("</Relationships>", f"{relation}</Relationships>")
    return zipped({**entries, **parts})


def _properties(part: str, kind: str, content: str) -> tuple[Finding, ...]:
    root = f'<p xmlns="urn:p" xmlns:dc="urn:dc" xmlns:vt="urn:vt">{content}</p>'
    file = _with(word_file(paragraph("Điều 1.")), {"_rels/.rels": f"rp={kind}={part}"}, {part: root})
    return read_docx("d", file).findings


@pytest.mark.parametrize(
    ("part", "kind", "content", "count"),
    [
        ("docProps/core.xml", "core-properties", "<dc:creator>Lê Văn Mẫu</dc:creator>", 1),
        ("docProps/core.xml", "core-properties", "<dc:creator>A</dc:creator><lastModifiedBy>B</lastModifiedBy>", 2),
        ("docProps/core.xml", "core-properties", "<dc:creator>A</dc:creator><lastModifiedBy>A </lastModifiedBy>", 1),
        (
            "docProps/core.xml",
            "core-properties",
            "<dc:creator> </dc:creator><lastModifiedBy/><dc:title>V/v</dc:title>",
            0,
        ),
        (
            "docProps/app.xml",
            "extended-properties",
            "<Company>Sở Tư pháp</Company><Manager>C</Manager><Pages>3</Pages>",
            2,
        ),
        (
            "docProps/custom.xml",
            "custom-properties",
            "<property><vt:lpwstr>D</vt:lpwstr></property><vt:i4>5</vt:i4>",
            1,
        ),
    ],
)
def test_names_in_the_properties_of_a_file(part: str, kind: str, content: str, count: int) -> None:
    assert _properties(part, kind, content) == ((Finding(Found.NAME, part, 0, count),) if count else ())


def test_who_changed_or_commented_is_named_once_a_part_where_it_is_first_met() -> None:
    def by(name: str, text: str) -> str:
        return f'<w:p><w:ins w:author="{name}"><w:r><w:t>{text}</w:t></w:r></w:ins></w:p>'

    noted = '<w:p><w:r><w:t>c</w:t><w:commentReference w:id="0"/></w:r></w:p>'
    comments = '<w:comment w:id="0" w:author="Hà"/><w:comment w:id="7" w:author="Hà"/>'
    people = f'<w15:person {_W15} w15:author="Lan"/><w15:person {_W15} w15:author="Hà"/>'
    assert _found(by("Lan", "a") + by("Hà", "b") + by("Lan", "c") + noted, comments=comments, people=people) == (
        Finding(Found.TRACKED_CHANGE, _PART, 0),
        Finding(Found.NAME, _PART, 0),
        Finding(Found.TRACKED_CHANGE, _PART, 1),
        Finding(Found.NAME, _PART, 1),
        Finding(Found.TRACKED_CHANGE, _PART, 2),
        Finding(Found.COMMENT, _PART, 3),
        Finding(Found.COMMENT, "word/comments.xml", 0),
        Finding(Found.NAME, "word/comments.xml", 0),
        Finding(Found.NAME, "word/people.xml", 0, 2),
    )


def test_a_move_counts_by_what_was_moved_and_a_mark_left_over_by_the_name_on_it() -> None:
    moved = "<w:moveFromRangeStart w:author='A'/><w:moveFrom w:author='A'><w:r><w:t>a</w:t></w:r></w:moveFrom>"
    left_over = "<w:moveToRangeStart w:author='B'/>"
    assert _found(f"<w:p>{moved}<w:moveFromRangeEnd/></w:p>{left_over}{paragraph('b')}") == (
        Finding(Found.NAME, _PART, 0),
        Finding(Found.TRACKED_CHANGE, _PART, 0),
        Finding(Found.NAME, _PART, 1),
    )


def test_an_embedded_file_is_hidden_unless_an_object_shows_it() -> None:
    body = f"<w:p><w:r><w:object>{_OLD_PICTURE}{_OLE}</w:object></w:r></w:p>"
    listed = {
        "word/_rels/document.xml.rels": "rId9=oleObject=embeddings/shown.bin",
        "word/charts/_rels/chart1.xml.rels": "rId9=package=../embeddings/numbers.xlsx",
    }
    parts = {"word/embeddings/shown.bin": "a", "word/embeddings/numbers.xlsx": "b", "word/charts/chart1.xml": "<c/>"}
    shown = Finding(Found.EMBEDDED_OBJECT, _PART, 0)
    hidden = Finding(Found.HIDDEN_FILE, "word/embeddings/numbers.xlsx", 0)
    assert read_docx("d", _with(word_file(body), listed, parts)).findings == (shown, hidden)


def test_a_list_of_comments_or_properties_that_is_not_there_names_nobody() -> None:
    listed = {
        "_rels/.rels": "r2=core-properties=docProps/core.xml",
        "word/_rels/document.xml.rels": "r2=comments=c.xml",
    }
    assert read_docx("d", _with(word_file(paragraph("a")), listed, {})).findings == ()


def test_what_readers_do_not_see_must_not_be_handed_on() -> None:
    hidden = [
        what for what in Found if not safe_to_hand_on([Finding(Found.PICTURE, _PART, 0), Finding(what, _PART, 1)])
    ]
    assert hidden == [Found.TRACKED_CHANGE, Found.COMMENT, Found.HIDDEN_TEXT, Found.HIDDEN_FILE, Found.NAME]
    assert safe_to_hand_on([])
