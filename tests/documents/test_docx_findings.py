"""What a Word file holds besides its words is counted once each, at the paragraph where a person finds it."""

from consult.documents.docx_reader import read_docx
from consult.documents.intake import read_draft
from consult.domain.findings import Finding, Found
from tests.documents.word_files import paragraph, word_file

_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_V = 'xmlns:v="urn:schemas-microsoft-com:vml"'
_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_PART = "word/document.xml"
_PICTURE = f"<w:drawing><a:blip {_A}/></w:drawing>"
_OLD_PICTURE = f"<w:pict><v:imagedata {_V}/></w:pict>"


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
