"""Remarks and agreed wordings in a Word file: at their clause, in looks of their own, and nothing else changed."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree
from openxml_audit import OpenXmlValidator

from consult.documents.annotate import annotate
from consult.documents.annotating import annotated
from consult.documents.annotations import Place, Remark, Signed, Wording
from consult.documents.docx_letters import numbered_paragraphs, signs_of
from consult.documents.docx_reader import read_docx
from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import Span
from tests.documents.word_files import paragraph, word_file, zipped

BY = Signed("Công an tỉnh", "CAT", "2020-04-24T03:00:00Z")
LEAD = Signed("Sở Thông tin và Truyền thông", "STTTT", "2020-04-28T03:00:00Z")
PART = "word/document.xml"
COMMAND = "=cmd|' /C calc'!A0"


def _place(text: str, number: int, end: int | None = None, label: str = "", **more: object) -> Place:
    whole = len(f"{label} {text}" if label else text)
    return Place("mục 1", label, text, (Span(PART, number, 0, end or whole),), **more)  # type: ignore[arg-type]


def _remark(*words: str) -> tuple[Remark, ...]:
    return (Remark(BY, words),)


def _wording(text: str, doubt: str = "") -> Wording:
    return Wording(LEAD, text, doubt)


def _part(content: bytes, name: str = PART) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def _remarks(content: bytes) -> list[tuple[str, str]]:
    """Return each comment with the words of the document between its marks."""
    root, found = _part(content), []
    for comment in _part(content, "word/comments.xml"):
        key = comment.get(qn("w:id"))
        words, open_now = "", False
        for element in root.iter():
            if element.get(qn("w:id")) == key and element.tag == qn("w:commentRangeStart"):
                open_now = True
            elif element.get(qn("w:id")) == key and element.tag == qn("w:commentRangeEnd"):
                open_now = False
            elif open_now and element.tag == qn("w:t"):
                words += element.text or ""
        said = "|".join("".join(p.itertext(qn("w:t"))) for p in comment)
        found.append((said, words))
    return found


def accepted(content: bytes) -> list[str]:
    """Return the paragraphs once all changes are accepted, by the reader, which reads them so."""
    return [line.text for line in read_docx("d", content).lines]


def rejected(content: bytes) -> list[str]:
    """Return the paragraphs once all changes are rejected."""
    root = _part(content)
    texts, begun = [], ""
    for each in root.iter(qn("w:p")):
        runs = each.iterfind(".//w:r", each.nsmap)
        kept = [run for run in runs if run.getparent().tag != qn("w:ins")]
        begun += "".join(t.text or "" for run in kept for t in run.iter(qn("w:t"), qn("w:delText")))
        if each.find("./w:pPr/w:rPr/w:ins", each.nsmap) is None:
            texts.append(begun)
            begun = ""
    return texts


def _python_docx() -> bytes:
    document = docx.Document()
    document.add_paragraph("Kính gửi: Các cơ quan")
    mixed = document.add_paragraph("1. ")
    mixed.add_run("Sở Y tế ").bold = True
    mixed.add_run("báo cáo định kỳ hằng quý").italic = True
    mixed.add_run(" về Ủy ban.")
    document.add_paragraph("2. Công an tỉnh phối hợp.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def mixed() -> bytes:
    """Annotate a file of python-docx whose second paragraph has runs of several looks."""
    places = (
        Place("", "", "", remarks=_remark("Về toàn bộ dự thảo.")),
        _place(
            "Sở Y tế báo cáo định kỳ hằng quý về Ủy ban.",
            1,
            label="1.",
            remarks=_remark("Đề nghị đổi kỳ.", f"Lý do: {COMMAND}"),
            wording=_wording("Sở Y tế báo cáo định kỳ hằng tháng về Ủy ban."),
        ),
        _place("Công an tỉnh phối hợp.", 2, label="2.", remarks=_remark("Một.") + _remark("Hai.\tBa.\nBốn.")),
    )
    return annotated("d.docx", _python_docx(), places)


def test_each_remark_stands_at_its_words(mixed: bytes) -> None:
    assert _remarks(mixed) == [
        ("Về toàn bộ dự thảo.", "Kính gửi: Các cơ quan"),
        (f"Đề nghị đổi kỳ.|Lý do: {COMMAND}", "1. Sở Y tế báo cáo định kỳ hằng tháng về Ủy ban."),
        ("Một.", "2. Công an tỉnh phối hợp."),
        ("Hai.Ba.Bốn.", "2. Công an tỉnh phối hợp."),
    ]
    first = _part(mixed, "word/comments.xml")[0]
    names = ("author", "initials", "date")
    assert [first.get(qn(f"w:{name}")) for name in names] == [*(BY.author, BY.initials, BY.moment)]


def test_the_change_is_a_word_and_keeps_the_looks(mixed: bytes) -> None:
    root = _part(mixed)
    (gone,), (new,) = root.iter(qn("w:del")), root.iter(qn("w:ins"))
    assert ("".join(gone.itertext()), "".join(new.itertext())) == ("quý", "tháng")
    assert gone.get(qn("w:author")) == new.get(qn("w:author")) == LEAD.author
    assert all(change.find(f".//{qn('w:i')}") is not None for change in (gone, new))
    assert [run.text for run in docx.Document(io.BytesIO(mixed)).paragraphs[1].runs if run.bold] == ["Sở Y tế "]


def test_accepting_gives_the_agreed_words_and_rejecting_the_old_ones(mixed: bytes) -> None:
    assert accepted(mixed)[1] == "1. Sở Y tế báo cáo định kỳ hằng tháng về Ủy ban."
    assert rejected(mixed)[1] == "1. Sở Y tế báo cáo định kỳ hằng quý về Ủy ban."


@pytest.mark.slow
def test_validators_accept_the_file(mixed: bytes, tmp_path: Path) -> None:
    (tmp_path / "d.docx").write_bytes(mixed)
    result = OpenXmlValidator().validate(str(tmp_path / "d.docx"))
    before = tmp_path / "before.docx"
    before.write_bytes(_python_docx())
    known = {error.description for error in OpenXmlValidator().validate(str(before)).errors}
    assert [error for error in result.errors if error.description not in known] == []


def test_all_other_parts_are_carried_over(mixed: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(_python_docx())) as old, zipfile.ZipFile(io.BytesIO(mixed)) as new:
        changed = {"[Content_Types].xml", "word/_rels/document.xml.rels", PART}
        assert set(new.namelist()) == {*old.namelist(), "word/comments.xml"}
        assert all(new.read(name) == old.read(name) for name in old.namelist() if name not in changed)


REWORDED = [
    ("Một hai ba.", "Một hai ba bốn."),
    ("Một hai ba.", "Không một hai ba."),
    ("Một hai ba.", "ba."),
    ("Một hai ba.", "Hoàn toàn khác"),
    ("Một hai ba.", "Một hai ba.\nĐoạn thêm."),
    ("Một hai ba.", "Một hai.\nĐoạn thêm.\nĐoạn nữa."),
    ("Một hai.\nBa bốn.", "Một hai.\nNăm bốn."),
    ("Một hai.\nBa bốn.", "Một hai. Ba bốn."),
    ("Một hai.\nBa bốn.", "Một hai.\nThêm đoạn.\nBa bốn."),
    ("Một hai.\nBa bốn.", "Ba bốn."),
    ("Một hai.\nBa bốn.", "Một hai."),
    ("Một 👍🏽 hai.", f"Một \u202e {COMMAND}"),
]


@pytest.mark.parametrize(("old", "new"), REWORDED)
def test_any_wording_can_be_accepted_and_rejected(old: str, new: str) -> None:
    lines = old.split("\n")
    spans = tuple(Span(PART, number, 0, len(line)) for number, line in enumerate(lines, start=1))
    body = paragraph("Trước.") + "".join(map(paragraph, lines)) + paragraph("Sau.")
    made = annotate((Place("mục 1", "", old, spans, wording=_wording(new)),), word_file(body))
    assert "".join(accepted(made)).split() == f"Trước.{new}Sau.".replace("\n", "").split()
    assert rejected(made) == ["Trước.", *lines, "Sau."]
    assert len(_part(made, "word/comments.xml")) == 0


def test_a_new_paragraph_is_one_of_its_own_with_the_looks_of_the_one_before() -> None:
    body = paragraph("Một hai.", '<w:jc w:val="both"/>') + paragraph("Ba.")
    spans = (Span(PART, 0, 0, 8), Span(PART, 1, 0, 3))
    place = Place("a", "", "Một hai.\nBa.", spans, wording=_wording("Một hai.\nMới.\nMới nữa.\nBa."))
    made = annotate((place,), word_file(body))
    assert accepted(made) == ["Một hai.", "Mới.", "Mới nữa.", "Ba."]
    assert [len(p.findall(".//w:jc", p.nsmap)) for p in _part(made).iter(qn("w:p"))] == [1, 1, 1, 0]
    assert [p.find("./w:pPr/w:rPr/w:ins", p.nsmap) is not None for p in _part(made).iter(qn("w:p"))] == [
        *(True, True, False, False)
    ]


def test_a_paragraph_at_the_end_begins_behind_the_full_stop() -> None:
    made = annotate((_place("Một.", 0, wording=_wording("Một.\nHai.")),), word_file(paragraph("Một.")))
    assert accepted(made) == ["Một.", "Hai."]
    assert rejected(made) == ["Một."]
    assert [len(p.findall("./w:ins", p.nsmap)) for p in _part(made).iter(qn("w:p"))] == [0, 1]


def test_a_numbered_paragraph_gets_a_line_and_no_number_more() -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
    made = annotate((_place("Một.", 0, wording=_wording("Một.\nHai.")),), word_file(paragraph("Một.", numbered)))
    assert accepted(made) == ["Một.", "Hai."]
    assert len(list(_part(made).iter(qn("w:p")))) == 1


def test_a_computed_label_a_break_and_composed_letters_are_found() -> None:
    body = paragraph("Đie\u0302\u0300u kie\u0302\u0323n cu\u0303", '<w:numPr><w:ilvl w:val="0"/></w:numPr>') + (
        "<w:p><w:r><w:t>2.  Dòng</w:t><w:tab/><w:t>một</w:t><w:br/><w:t>dòng hai</w:t></w:r></w:p>"
    )
    places = (
        Place("a", "1.", "Điều kiện cũ", (Span(PART, 0, 0, 12),), wording=_wording("Điều kiện mới")),
        Place("b", "2.", "Dòng\tmột\ndòng hai", (Span(PART, 1, 0, 12), Span(PART, 1, 13, 21)), (), _wording("Dòng ba")),
    )
    made = annotate(places, word_file(body))
    assert accepted(made) == ["Điều kiện mới", "2.  Dòng ba"]


def test_what_cannot_be_tracked_is_said_in_the_margin() -> None:
    link = '<w:hyperlink w:anchor="x"><w:r><w:t>Luật số 64</w:t></w:r></w:hyperlink>'
    body = paragraph("Câu khác hẳn.") + f"<w:p>{link}</w:p>" + paragraph("Câu ba.")
    places = (
        _place("Câu một.", 0, wording=_wording("Câu hai.")),
        _place("Luật số 64", 1, wording=_wording("Luật số 65")),
        _place("Câu ba.", 2, wording=_wording("Câu bốn.", "thống nhất trước khi dự thảo được đính chính")),
        Place("mục 9", "", "Không có", (Span(PART, 99, 0, 3),), _remark("Ý kiến."), _wording("Nội dung.")),
    )
    made = annotate(places, word_file(body))
    why = "không ghi được vào văn bản dưới dạng theo dõi thay đổi"
    assert not list(_part(made).iter(qn("w:ins"), qn("w:del")))
    assert _remarks(made) == [
        ("Vị trí: mục 9|Ý kiến.", "Câu khác hẳn."),
        (f"Nội dung đã thống nhất chỉnh sửa ({why}):|Câu hai.", "Câu khác hẳn."),
        (f"Nội dung đã thống nhất chỉnh sửa ({why}):|Luật số 65", "Luật số 64"),
        ("Nội dung đã thống nhất chỉnh sửa (thống nhất trước khi dự thảo được đính chính):|Câu bốn.", "Câu ba."),
        (f"Vị trí: mục 9|Nội dung đã thống nhất chỉnh sửa ({why}):|Nội dung.", "Câu khác hẳn."),
    ]


def test_places_without_an_address_are_looked_for_by_their_words() -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(paragraph('Ô một'))}{cell(paragraph('Ô hai'))}</w:tr></w:tbl>"
    body = paragraph("1. Giống nhau.") + table + paragraph("1. Giống nhau.") + paragraph("Chương I") + paragraph("QUY")
    places = (
        Place("a", "1.", "Giống nhau.", (), _remark("A")),
        Place("b", "", "Ô một\tÔ hai", (), _remark("B")),
        Place("c", "1.", "Giống nhau.", (), _remark("C"), _wording("Khác nhau.")),
        Place("d", "Chương I", "QUY", (), _remark("D")),
    )
    made = annotate(places, word_file(body))
    assert _remarks(made) == [
        ("A", "1. Giống nhau."),
        ("B", "Ô mộtÔ hai"),
        ("C", "1. Khác nhau."),
        ("D", "Chương IQUY"),
    ]
    assert accepted(made) == ["1. Giống nhau.", "Ô một", "Ô hai", "1. Khác nhau.", "Chương I", "QUY"]


def test_comments_and_changes_that_are_there_stay() -> None:
    old = '<w:comment w:id="7" w:author="A"><w:p><w:r><w:t>Có sẵn</w:t></w:r></w:p></w:comment>'
    change = '<w:ins w:id="9" w:author="A"><w:r><w:t>Câu thêm.</w:t></w:r></w:ins>'
    made = annotate(
        (_place("Câu thêm.", 0, remarks=_remark("Mới"), wording=_wording("Câu sửa.")),),
        word_file(f"<w:p>{change}</w:p>", comments=old),
    )
    comments = _part(made, "word/comments.xml")
    assert [each.get(qn("w:id")) for each in comments] == ["7", "10", "11"]
    assert accepted(made) == ["Câu thêm."]


HOSTILE = (
    b"PK\x03\x04 broken",
    zipped({"word/document.xml": "<w/>"}),
    zipped({"word/vbaProject.bin": "", "[Content_Types].xml": "<Types/>"}),
    word_file(""),
)


@pytest.mark.parametrize("content", HOSTILE, ids=range(4))
def test_a_file_that_reading_refuses_is_not_written_to(content: bytes) -> None:
    with pytest.raises(UnreadableDraft):
        annotated("d.docx", content, (_place("a", 0, remarks=_remark("A")),))


def _many_shapes() -> bytes:
    box = f"<w:txbxContent>{paragraph('Dự thảo lần 1')}</w:txbxContent>"
    cell = "<w:tc>{}</w:tc>".format
    inner = f"<w:tbl><w:tr>{cell(paragraph('trong'))}</w:tr></w:tbl>"
    gone = paragraph("", "<w:rPr><w:del/></w:rPr>")
    return word_file(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing>"
        + box
        + "</w:drawing></mc:Choice><mc:Fallback><w:pict>"
        + box
        + "</w:pict></mc:Fallback></mc:AlternateContent><w:t>Lời</w:t><w:instrText>PAGE</w:instrText></w:r></w:p>"
        + paragraph("đầu ", "<w:rPr><w:del/></w:rPr>")
        + paragraph("cuối")
        + gone
        + f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cell(paragraph('xóa'))}</w:tr>"
        + f"<w:tr>{cell(paragraph('ngoài') + inner + paragraph(''))}{cell(paragraph('b'))}</w:tr></w:tbl>"
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('khung')}</w:sdtContent></w:sdt>"
        + "<w:p><w:r><w:t>giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        + "<w:moveTo><w:r><w:t>\u0301dời te\u0302n</w:t></w:r></w:moveTo></w:p>"
        + paragraph("  cuối cùng ")
    )


def test_letters_are_counted_as_the_reader_counts_them() -> None:
    content = _many_shapes()
    body = _part(content).find(qn("w:body"))
    assert body is not None
    paragraphs = numbered_paragraphs(body)
    lines = read_docx("d", content).lines
    assert [line.text for line in lines if line.text] == [
        *("Lời", "Dự thảo lần 1", "đầu cuối", "ngoài", "trong", "b", "khung", "giữ \u0301dời tên", "cuối cùng")
    ]
    for line in lines:
        signs = signs_of(paragraphs[line.paragraph], line.paragraph)
        assert "".join(sign.text for sign in signs[line.span.start : line.span.end]) == line.text
