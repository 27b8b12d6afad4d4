"""An office's own form: what is refused and in which words, and that a filled one holds each comment once, in order."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document as DocumentObject
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from consult.documents.template_filling import fill_template
from consult.documents.template_reading import read_template
from consult.documents.template_starter import starter_template
from consult.domain.errors import IncompleteSynthesis, TemplateRefused, UnreadableDraft
from consult.domain.template_marks import TemplateFault, nearest
from consult.domain.terms import Disposition
from tests.documents.bad_files import BAD_FILES, external
from tests.synthesis_samples import NASTY, OPINIONS, SUMMARY, many

HEAD = "{{tiêu_đề}}"
ROW = ("{{vị_trí}}", "{{tên_cơ_quan}}", "{{nội_dung_góp_ý}}", "{{nội_dung_tiếp_thu}}")


def saved(document: DocumentObject) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def form(*, head: str = HEAD, row: tuple[str, ...] = ROW) -> DocumentObject:
    """Make a form of one paragraph and one table with one row."""
    document = docx.Document()
    document.add_paragraph(head)
    table = document.add_table(rows=1, cols=len(row))
    for cell, words in zip(table.rows[0].cells, row, strict=True):
        cell.paragraphs[0].add_run(words)
    return document


def with_part(content: bytes, name: str, words: str) -> bytes:
    """Return the form with one part more or another in its place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, words)
    return made.getvalue()


def faults(content: bytes) -> dict[TemplateFault, str]:
    with pytest.raises(TemplateRefused) as refused:
        read_template("mau.docx", content)
    return {each.fault: each.told for each in refused.value.objections}


def filled(content: bytes, target: Path, opinions: object = OPINIONS, summary: object = SUMMARY) -> DocumentObject:
    read_template("mau.docx", content)
    fill_template(content, summary, opinions, target)  # type: ignore[arg-type]
    return docx.Document(str(target))


def test_the_starter_can_be_filled_as_it_is(tmp_path: Path) -> None:
    document = filled(starter_template(), tmp_path / "out.docx")
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert len(rows) == 5
    assert rows[2] == [
        "2",
        "Mục 2.2 (Công an tỉnh)\nĐẩy mạnh công tác nắm tình hình…",
        "Công an tỉnh\nCông văn số 1127/CAT-PA05 ngày 24/4/2020",
        "Cụm từ “mất mất an toàn” thừa một từ “mất”.\n"
        "Đề nghị sửa thành: “… nguy cơ mất an toàn …”.\nLý do: Lỗi chính tả.",
        "Tiếp thu.",
    ]
    assert rows[4][4] == "Chưa có ý kiến tiếp thu, giải trình"
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "BẢNG TỔNG HỢP Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH" in words
    assert "KT. GIÁM ĐỐC" in words
    assert "{{" not in words


def test_a_mark_that_word_has_split_over_runs_is_found(tmp_path: Path) -> None:
    document = form(row=(ROW[0], ROW[1], "", ROW[3]))
    paragraph = document.tables[0].rows[0].cells[2].paragraphs[0]
    for piece in ("Ý kiến: {", "{nội_d", "ung_", "góp_ý}", "} (hết)"):
        paragraph.add_run(piece).bold = piece == "ung_"
    cells = filled(saved(document), tmp_path / "out.docx").tables[0].rows[3].cells
    assert cells[2].text == "Ý kiến: Đề nghị làm rõ. (hết)"


def test_a_mark_may_be_typed_with_capitals_blanks_and_loose_accents(tmp_path: Path) -> None:
    typed = ("{{ Vị trí }}", "{{TÊN_CƠ_QUAN}}", "{{no\u0302\u0323i dung go\u0301p y\u0301}}", "{{nội_dung_tiếp_thu}}")
    rows = filled(saved(form(row=typed)), tmp_path / "out.docx").tables[0].rows
    assert [cell.text for cell in rows[3].cells][2] == "Đề nghị làm rõ."


def test_headers_take_marks_of_the_document(tmp_path: Path) -> None:
    document = form()
    document.sections[0].header.paragraphs[0].text = "{{số_ý_kiến}} ý kiến của {{cơ_quan_chủ_trì}}"
    header = filled(saved(document), tmp_path / "out.docx").sections[0].header
    assert header.paragraphs[0].text == "4 ý kiến của Sở Thông tin và Truyền thông"


@pytest.mark.parametrize(
    ("document", "fault", "told"),
    [
        (form(head="{{tieu_de}}"), TemplateFault.UNKNOWN, "{{tieu_de}} (→ {{tiêu_đề}}?)"),
        (form(head="{{tiêu_đề}} {{zzzzqqqq}}"), TemplateFault.UNKNOWN, "{{zzzzqqqq}}"),
        (form(head="{{tiêu_đề}} {{config.secret_key}}"), TemplateFault.UNKNOWN, "{{config.secret_key}}"),
        (form(head="Bảng"), TemplateFault.MISSING, "{{tiêu_đề}}"),
        (form(row=ROW[:3]), TemplateFault.MISSING, "{{nội_dung_tiếp_thu}}"),
        (form(head="{{tiêu_đề}} {{stt}}"), TemplateFault.ROW_OUTSIDE, "{{stt}}"),
        (form(head="{{tiêu_đề}} {{số_liệu"), TemplateFault.BROKEN, "{{số_liệu"),
        (form(row=(*ROW, "{{nội_dung_góp_ý}}")), TemplateFault.TWICE, "{{nội_dung_góp_ý}}"),
        (form(head="không có dấu", row=("a",)), TemplateFault.NO_MARKS, ""),
    ],
)
def test_what_is_wrong_with_the_marks_is_told(document: DocumentObject, fault: TemplateFault, told: str) -> None:
    found = faults(saved(document))
    assert fault in found
    assert told in found[fault]


def test_two_rows_to_repeat_are_refused() -> None:
    document = form()
    document.tables[0].add_row().cells[0].text = "{{vị_trí}}"
    assert list(faults(saved(document))) == [TemplateFault.TWO_ROWS]


def test_a_row_within_another_table_is_refused() -> None:
    document = docx.Document()
    document.add_paragraph(HEAD)
    inner = document.add_table(rows=1, cols=1).rows[0].cells[0].add_table(rows=1, cols=4)
    for cell, words in zip(inner.rows[0].cells, ROW, strict=True):
        cell.text = words
    assert list(faults(saved(document))) == [TemplateFault.NESTED]


def test_marks_of_the_row_in_a_header_are_refused() -> None:
    document = form()
    document.sections[0].header.paragraphs[0].text = "{{stt}}"
    assert faults(saved(document)) == {TemplateFault.ROW_OUTSIDE: "{{stt}}"}


UNSAFE = (
    "bomb that lies",
    "empty",
    "external entity",
    "linked picture",
    "macros",
    "macros in a .doc",
    "password",
    "symbolic link",
    "template elsewhere",
    "truncated",
    "picture",
)


@pytest.mark.parametrize("name", UNSAFE)
def test_unsafe_and_foreign_files_are_refused(name: str) -> None:
    with pytest.raises((UnreadableDraft, TemplateRefused)):
        read_template(name, BAD_FILES[name].content())


def test_what_would_be_fetched_or_run_is_refused() -> None:
    good = saved(form())
    assert TemplateFault.OBJECTS in faults(with_part(good, "word/embeddings/oleObject1.bin", "x"))
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        text = archive.read("word/document.xml").decode()
        relations = archive.read("word/_rels/document.xml.rels").decode()
    field = "<w:p><w:r><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO c:\\\\x</w:instrText></w:r></w:p>"
    assert TemplateFault.OBJECTS in faults(
        with_part(good, "word/document.xml", text.replace("<w:tbl>", field + "<w:tbl>"))
    )
    outside = relations.replace("</Relationships>", external("image", "http://evil.example/x.png") + "</Relationships>")
    with pytest.raises(UnreadableDraft):
        read_template("mau.docx", with_part(good, "word/_rels/document.xml.rels", outside))


def test_words_stay_words(tmp_path: Path) -> None:
    nasty = "{{stt}} <w:br/> & ]]> \ufdd0@\ufdd1 <!--rows-->"
    _, (only,) = many(1)
    summary, _ = many(1)
    opinions = [only._replace(content=nasty, proposed_passage="", reason="")]
    target = tmp_path / "out.docx"
    document = filled(saved(form()), target, opinions, summary)
    assert document.tables[0].rows[0].cells[2].text.startswith("{{stt}} <w:br/> & ]]> ")
    with zipfile.ZipFile(target) as archive:
        assert archive.read("word/document.xml").count(b"<!--rows-->") == 0


def test_a_form_with_traps_of_ours_is_filled_all_the_same(tmp_path: Path) -> None:
    good = saved(form())
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        text = archive.read("word/document.xml").decode()
    mark = f'<w:bookmarkStart w:id="7" w:name="c_{1:032x}"/><w:bookmarkEnd w:id="7"/>'
    trap = f"<!--rows--><w:p>{mark}<w:r><w:t>\ufdd0@\ufdd1 &#xFDD0;nội_dung_góp_ý&#xFDD1;</w:t></w:r></w:p>"
    trapped = with_part(good, "word/document.xml", text.replace("<w:body>", f"<w:body>{trap}"))
    document = filled(trapped, tmp_path / "out.docx")
    assert document.paragraphs[0].text == "@ nội_dung_góp_ý"
    assert len(document.tables[0].rows) == 4


def test_words_in_a_content_control_are_printed_and_not_what_it_was_bound_to(tmp_path: Path) -> None:
    """Word would fill it from the properties or data of the form, which still hold the mark or nothing."""
    good = saved(form())
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        text = archive.read("word/document.xml").decode()
    bound = '<w:dataBinding w:xpath="/ns1:coreProperties[1]/ns0:subject[1]" w:storeItemID="{6C3C8BC8-F283-45AE}"/>'
    words = "<w:sdtContent><w:p><w:r><w:t>{{tên_hồ_sơ}}</w:t></w:r></w:p></w:sdtContent>"
    control = f"<w:sdt><w:sdtPr>{bound}<w:text/></w:sdtPr>{words}</w:sdt>"
    target = tmp_path / "out.docx"
    filled(with_part(good, "word/document.xml", text.replace("<w:body>", f"<w:body>{control}")), target)
    with zipfile.ZipFile(target) as archive:
        written = archive.read("word/document.xml").decode()
    assert "<w:sdtPr><w:text/></w:sdtPr>" in written
    assert f"{SUMMARY.subject}</w:t></w:r></w:p></w:sdtContent>" in written


def test_a_comment_that_is_missing_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(IncompleteSynthesis, match="4 comments are in force, 3 came into the table"):
        fill_template(saved(form()), SUMMARY, OPINIONS[:3], tmp_path / "out.docx")
    assert list(tmp_path.iterdir()) == []


def test_the_same_comments_give_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a.docx", "b.docx"):
        filled(saved(form()), tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]


def _long_form(merged: bool = False) -> bytes:
    """Return a form whose table has a head of its own above the repeated row, and a row below it."""
    document = docx.Document()
    document.add_paragraph(HEAD)
    table = document.add_table(rows=3, cols=len(ROW))
    for row, words in zip(table.rows, (("Vị trí", "Cơ quan", "{{cơ_quan_chủ_trì}}", "Giải trình"), ROW), strict=False):
        for cell, text in zip(row.cells, words, strict=True):
            cell.paragraphs[0].add_run(text)
    table.rows[2].cells[0].text = "Hết"
    if merged:
        table.rows[1].cells[0].merge(table.rows[2].cells[0])
    return saved(document)


def test_a_long_table_is_cut_at_headings_each_with_the_head_of_the_form(tmp_path: Path) -> None:
    summary, opinions = many(600)
    document = filled(_long_form(), tmp_path / "out.docx", opinions, summary)
    assert [len(table._tbl.tr_lst) for table in document.tables] == [151, 151, 151, 152]
    assert [each.text for each in document.paragraphs[1:]] == ["Chương 2", "Chương 3", "Chương 4"]
    heads = [table.rows[0].cells[2].text for table in document.tables]
    assert heads == ["Sở Thông tin và Truyền thông"] * 4
    assert [cell.text for cell in document.tables[3].rows[151].cells] == ["Hết", "", "", ""]


@pytest.mark.slow
def test_validators_accept_a_filled_starter_whose_table_was_cut(tmp_path: Path) -> None:
    summary, opinions = many(600)
    assert len(filled(starter_template(), tmp_path / "out.docx", opinions, summary).tables) == 4
    result = OpenXmlValidator().validate(str(tmp_path / "out.docx"))
    assert result.is_valid, result.errors


def test_a_table_that_merges_the_repeated_row_stays_one(tmp_path: Path) -> None:
    summary, opinions = many(600)
    document = filled(_long_form(merged=True), tmp_path / "out.docx", opinions, summary)
    assert [len(table._tbl.tr_lst) for table in document.tables] == [602]


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1), min_size=1, max_size=8))
def test_each_comment_stands_once_in_order_with_its_answer(
    tmp_path_factory: pytest.TempPathFactory, contents: list[str]
) -> None:
    summary, opinions = many(len(contents))
    opinions = [
        each._replace(content=words, proposed_passage="", reason="", response=f"Trả lời {place}: {words}")
        for place, (each, words) in enumerate(zip(opinions, contents, strict=True))
    ]
    target = tmp_path_factory.mktemp("form") / "out.docx"
    rows = filled(saved(form()), target, opinions, summary).tables[0].rows
    assert [row.cells[3].text for row in rows] == [each.response for each in opinions]
    with zipfile.ZipFile(target) as archive:
        marks = re.findall(r'w:name="c_([0-9a-f]{32})"', archive.read("word/document.xml").decode())
    assert marks == [each.id for each in opinions]


def test_no_words_keep_an_own_form_from_being_filled_or_change_on_the_way(tmp_path: Path) -> None:
    summary, opinions = many(len(NASTY))
    said = [
        each._replace(content=words, proposed_passage="", reason="", response=words)
        for each, words in zip(opinions, NASTY, strict=True)
    ]
    rows = filled(saved(form()), tmp_path / "out.docx", said, summary).tables[0].rows
    assert [row.cells[2].text for row in rows] == list(NASTY.values())
    assert [row.cells[3].text for row in rows] == list(NASTY.values())


def test_the_nearest_name_is_guessed() -> None:
    assert nearest("noi_dung_gopy") == "nội_dung_góp_ý"
    assert nearest("ten_co_quan") == "tên_cơ_quan"
    assert nearest("xyz") == ""


def test_the_result_of_a_comment_is_a_mark_of_the_row(tmp_path: Path) -> None:
    answers = (Disposition.NOT_ACCEPTED, Disposition.PARTLY_ACCEPTED, Disposition.ACCEPTED, None)
    opinions = [each._replace(disposition=answer) for each, answer in zip(OPINIONS, answers, strict=True)]
    document = filled(saved(form(row=(*ROW, "{{Kết quả}}"))), tmp_path / "out.docx", opinions)
    assert [row.cells[4].text for row in document.tables[0].rows] == [
        "Không tiếp thu (giữ nguyên)",
        "Tiếp thu một phần",
        "Tiếp thu",
        "Chưa xử lý",
    ]
