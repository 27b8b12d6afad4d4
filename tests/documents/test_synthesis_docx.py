"""The synthesis as people get it: words, order, form, and a file that is only put in place when it is complete."""

import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml.ns import qn
from docx.table import Table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from consult.documents.synthesis_docx import write_synthesis
from consult.domain.errors import IncompleteSynthesis
from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.terms import SilenceRule, SynthesisForm
from tests.synthesis_samples import DOUBLED_WORD, GENERAL, IA_PA, OPINIONS, POLICE, SUMMARY, UNANSWERED, many

HEADS = ["NHÓM VẤN ĐỀ HOẶC ĐIỀU, KHOẢN", "CHỦ THỂ GÓP Ý", "NỘI DUNG GÓP Ý", "NỘI DUNG TIẾP THU, GIẢI TRÌNH"]
SIGNED = "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n\n\n"


def written(folder: Path, summary: Summary = SUMMARY, opinions: tuple[Opinion, ...] = OPINIONS) -> DocumentObject:
    target = folder / "synthesis.docx"
    write_synthesis(summary, opinions, target)
    return Document(str(target))


def paragraphs(document: DocumentObject) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def table_of(document: DocumentObject) -> Table:
    """Return the first table of opinions (table 0 is the head of the document)."""
    return document.tables[1]


def cells(table: Table) -> list[list[str]]:
    """Return the texts of the cells as written: a merged cell continues with ""."""
    rows = table._tbl.findall(qn("w:tr"))
    return [[_text(cell) for cell in row.findall(qn("w:tc"))] for row in rows]


def _text(cell: object) -> str:
    marks = {qn("w:t"): None, qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "\n".join(
        "".join(marks[node.tag] or node.text or "" for node in paragraph.iter() if node.tag in marks)
        for paragraph in cell.findall(qn("w:p"))  # type: ignore[attr-defined]
    )


def part(folder: Path, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(folder / "synthesis.docx") as archive:
        return archive.read(name).decode()


def test_an_administrative_synthesis_in_its_words(tmp_path: Path) -> None:
    assert paragraphs(written(tmp_path)) == [
        "BẢNG TỔNG HỢP Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH",
        "ĐỐI VỚI DỰ THẢO VĂN BẢN TĂNG CƯỜNG QUẢN LÝ DỊCH VỤ INTERNET",
        "Sở Thông tin và Truyền thông đã có Công văn số 532/STTTT-BCVT ngày 21/4/2020 lấy ý kiến 07 cơ quan, đơn vị"
        " đối với dự thảo văn bản tăng cường quản lý dịch vụ Internet. Kết quả như sau:",
        "1. Tổng số cơ quan, đơn vị được lấy ý kiến: 07 đơn vị.",
        "- Tổng số văn bản góp ý nhận được: 06 văn bản"
        " (trong đó 01 văn bản gửi sau thời hạn, 01 đơn vị chờ văn bản chính thức).",
        "- Tổng số ý kiến góp ý: 04 ý kiến.",
        "2. Kết quả cụ thể như sau:",
        "2.1. Đơn vị thống nhất với nội dung dự thảo: 02 đơn vị, gồm:",
        "- Tỉnh đoàn Gia Lai (Công văn số 1046-CV/TĐTN-TG ngày 05/02/2020);",
        "- Ủy ban nhân dân các huyện, thị xã, thành phố (01 đơn vị): Ủy ban nhân dân thị xã An Khê"
        " (Công văn số 512/UBND-VX ngày 28/4/2020, gửi sau thời hạn).",
        "2.2. Đơn vị không có ý kiến hoặc nội dung không thuộc chức năng, nhiệm vụ: 01 đơn vị, gồm:",
        "- Sở Giáo dục và Đào tạo (chờ văn bản chính thức).",
        "2.3. Đơn vị đóng góp ý kiến cho dự thảo: 03 đơn vị, gồm:",
        "- Công an tỉnh (Công văn số 1127/CAT-PA05 ngày 24/4/2020);",
        "- Sở Kế hoạch và Đầu tư (Công văn số 842/SKHĐT-ĐKKD ngày 23/4/2020);",
        "- Ủy ban nhân dân các huyện, thị xã, thành phố (01 đơn vị): Ủy ban nhân dân thành phố Pleiku"
        " (Công văn số 864/UBND ngày 22/4/2020).",
        "2.4. Đơn vị không gửi văn bản góp ý: 01 đơn vị, gồm:",
        "- Ủy ban nhân dân các huyện, thị xã, thành phố (01 đơn vị): Ủy ban nhân dân huyện Ia Pa.",
        "Đơn vị không gửi văn bản góp ý không được tính là thống nhất với nội dung dự thảo.",
        "2.5. Tổng hợp nội dung góp ý và tiếp thu, giải trình:",
    ]


def test_the_head_of_the_document(tmp_path: Path) -> None:
    head = written(tmp_path).tables[0]
    assert head.cell(0, 0).text.strip() == "UBND TỈNH GIA LAI\nSỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert head.cell(0, 1).text.strip() == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert head.cell(1, 1).text == "Gia Lai, ngày … tháng … năm …"


def test_the_table_in_its_words(tmp_path: Path) -> None:
    assert cells(table_of(written(tmp_path))) == [
        HEADS,
        [
            "Ý kiến chung",
            "Ủy ban nhân dân thành phố Pleiku\n(Công văn số 864/UBND ngày 22/4/2020)",
            "Đề nghị bổ sung thời hạn báo cáo.\nLý do: Để có cơ sở đôn đốc.",
            "Tiếp thu, bổ sung vào đoạn kết.",
        ],
        [
            "Mục 2.2 (Công an tỉnh)\n“Đẩy mạnh công tác nắm tình hình…”",
            "Công an tỉnh\n(Công văn số 1127/CAT-PA05 ngày 24/4/2020)",
            "Cụm từ “mất mất an toàn” thừa một từ “mất”.\nĐề nghị sửa thành: “… nguy cơ mất an toàn …”.\n"
            "Lý do: Lỗi chính tả.",
            "Tiếp thu.",
        ],
        [
            "",
            "Sở Kế hoạch và Đầu tư\n(Công văn số 842/SKHĐT-ĐKKD ngày 23/4/2020)",
            "Bỏ một từ “mất”.\nĐề nghị sửa thành: “… nguy cơ mất an toàn …”.\nLý do: Lỗi chính tả.",
            "Tiếp thu.",
        ],
        [
            "Đoạn 1 mục 7 (Sở Kế hoạch và Đầu tư)",
            "Sở Kế hoạch và Đầu tư\n(Công văn số 842/SKHĐT-ĐKKD ngày 23/4/2020)",
            "Đề nghị làm rõ.",
            "Chưa có ý kiến tiếp thu, giải trình",
        ],
        [SIGNED],
    ]


def test_the_normative_form_has_its_law_sentence_and_the_same_heads(tmp_path: Path) -> None:
    summary = replace(SUMMARY, form=SynthesisForm.QPPL, subject="dự thảo Quyết định ban hành Quy chế tiếp công dân")
    document = written(tmp_path, summary)
    lines = paragraphs(document)
    assert lines[:4] == [
        "BẢN TỔNG HỢP Ý KIẾN, TIẾP THU, GIẢI TRÌNH Ý KIẾN GÓP Ý, PHẢN BIỆN XÃ HỘI",
        "ĐỐI VỚI DỰ THẢO QUYẾT ĐỊNH BAN HÀNH QUY CHẾ TIẾP CÔNG DÂN",
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật, Sở Thông tin và Truyền thông đã tổ chức lấy ý kiến góp ý,"
        " phản biện xã hội đối với dự thảo Quyết định ban hành Quy chế tiếp công dân. Kết quả như sau:",
        "1. Tổng số 07 cơ quan, tổ chức, cá nhân đã gửi xin ý kiến, góp ý, phản biện xã hội và tổng số 04 ý kiến"
        " nhận được.",
    ]
    assert cells(table_of(document))[0] == HEADS


def test_words_of_the_law_stay_out_of_the_administrative_form(tmp_path: Path) -> None:
    written(tmp_path)
    xml = part(tmp_path)
    for word in ("phản biện", "Căn cứ Luật", "THỦ TRƯỞNG CƠ QUAN", "Mẫu số", "PHẢN BIỆN"):
        assert word not in xml


def test_a_provisional_table_says_up_to_when_and_who_is_still_missing(tmp_path: Path) -> None:
    moment = datetime(2020, 4, 24, 2, 5, tzinfo=UTC)
    lines = paragraphs(written(tmp_path, replace(SUMMARY, provisional_at=moment)))
    assert lines[:2] == [
        "BẢNG TẠM TỔNG HỢP (tính đến 09 giờ 05 ngày 24/4/2020)",
        "Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH",
    ]
    assert "2.4. Đơn vị chưa gửi văn bản góp ý: 01 đơn vị, gồm:" in lines
    assert not any("được tính" in line for line in lines)


def test_silence_that_agrees_says_so_and_why(tmp_path: Path) -> None:
    ground = "Công văn số 1204/VP-TCD ngày 08/9/2025"
    lines = paragraphs(written(tmp_path, replace(SUMMARY, silence=SilenceRule.AGREES, silence_ground=ground)))
    assert (
        "Đơn vị không gửi văn bản góp ý xem như thống nhất với nội dung dự thảo."
        " Căn cứ: Công văn số 1204/VP-TCD ngày 08/9/2025." in lines
    )


def test_bodies_that_were_not_asked_are_told_apart(tmp_path: Path) -> None:
    summary = replace(SUMMARY, uninvited=(Body("Hội Luật gia tỉnh", "12/HLG"),))
    lines = paragraphs(written(tmp_path, summary))
    assert lines[-3:] == [
        "2.5. Đơn vị ngoài danh sách lấy ý kiến có văn bản góp ý: 01 đơn vị, gồm:",
        "- Hội Luật gia tỉnh (Công văn số 12/HLG).",
        "2.6. Tổng hợp nội dung góp ý và tiếp thu, giải trình:",
    ]


def test_a_body_that_disagrees_is_seen_to_disagree(tmp_path: Path) -> None:
    against = replace(POLICE, letter_number=None, letter_date=None, disagrees=True)
    commenting = (against, *SUMMARY.commenting[1:])
    lines = paragraphs(written(tmp_path, replace(SUMMARY, commenting=commenting)))
    assert "- Công an tỉnh (không thống nhất với dự thảo);" in lines


def test_no_comments_make_no_table_but_a_sentence_and_a_signature(tmp_path: Path) -> None:
    agrees = (*SUMMARY.agrees, *SUMMARY.commenting, IA_PA)
    document = written(tmp_path, replace(SUMMARY, agrees=agrees, commenting=(), silent=(), opinions=0), ())
    assert paragraphs(document)[-6:] == [
        "2.3. Đơn vị đóng góp ý kiến cho dự thảo: không có.",
        "2.4. Đơn vị không gửi văn bản góp ý: không có.",
        "2.5. Tổng hợp nội dung góp ý và tiếp thu, giải trình:",
        "Không có ý kiến góp ý cụ thể đối với nội dung dự thảo.",
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
    ]
    assert len(document.tables) == 1
    assert_valid(tmp_path)


def test_several_drafts_have_a_table_each(tmp_path: Path) -> None:
    drafts = ("dự thảo Quyết định", "dự thảo Quy chế")
    first = tuple(replace(opinion, draft=drafts[0]) for opinion in OPINIONS[:2])
    second = tuple(replace(opinion, draft=drafts[1], order=(1, *opinion.order[1:])) for opinion in OPINIONS[2:])
    document = written(tmp_path, replace(SUMMARY, drafts=drafts), first + second)
    assert paragraphs(document)[-2:] == ["a) Đối với dự thảo Quyết định", "b) Đối với dự thảo Quy chế"]
    assert [len(table.rows) for table in document.tables[1:]] == [3, 4]
    assert cells(document.tables[2])[1][0].startswith("Mục 2.2")


def test_nobody_to_sign_leaves_no_empty_block(tmp_path: Path) -> None:
    document = written(tmp_path, replace(SUMMARY, signer_authority="", signer_title=""))
    assert cells(table_of(document))[-1][0].startswith("Đoạn 1 mục 7")
    assert_valid(tmp_path)


def assert_valid(folder: Path) -> None:
    result = OpenXmlValidator().validate(str(folder / "synthesis.docx"))
    assert result.is_valid, result.errors


def test_validators_accept_the_file(tmp_path: Path) -> None:
    written(tmp_path)
    assert_valid(tmp_path)


def test_layout_of_the_table(tmp_path: Path) -> None:
    document = written(tmp_path)
    xml = part(tmp_path)
    table = xml[xml.rindex("<w:tbl>") :]
    assert '<w:tblLayout w:type="fixed"/>' in table
    assert re.findall(r'<w:gridCol w:w="(\d+)"/>', table) == ["2286", "2286", "4858", "4857"]
    assert table.count("<w:tblHeader/>") == 1
    rows = table_of(document)._tbl.findall(qn("w:tr"))
    breakable = [row.find(f".//{qn('w:cantSplit')}") is None for row in rows]
    assert breakable == [False, True, True, True, True, False]


def test_the_last_row_holds_on_to_the_signature(tmp_path: Path) -> None:
    rows = table_of(written(tmp_path))._tbl.findall(qn("w:tr"))
    kept = [all(p.find(f".//{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p"))) for row in rows]
    assert kept == [True, False, False, False, True, True]


def test_each_row_carries_the_id_of_its_comment(tmp_path: Path) -> None:
    rows = table_of(written(tmp_path))._tbl.findall(qn("w:tr"))[1:-1]
    names = [[mark.get(qn("w:name")) for mark in row.iter(qn("w:bookmarkStart"))] for row in rows]
    assert names == [[f"c_{opinion.id}"] for opinion in OPINIONS]


def test_properties_name_the_office_and_no_program(tmp_path: Path) -> None:
    properties = written(tmp_path).core_properties
    assert properties.title.startswith("BẢNG TỔNG HỢP Ý KIẾN GÓP Ý VÀ TIẾP THU, GIẢI TRÌNH ĐỐI VỚI DỰ THẢO")
    assert (properties.author, properties.language) == ("Sở Thông tin và Truyền thông", "vi-VN")
    assert "python" not in part(tmp_path, "docProps/core.xml")


def test_the_same_synthesis_is_the_same_file(tmp_path: Path) -> None:
    written(tmp_path)
    first = (tmp_path / "synthesis.docx").read_bytes()
    written(tmp_path)
    assert (tmp_path / "synthesis.docx").read_bytes() == first


@pytest.mark.parametrize(
    "opinions",
    [OPINIONS[:3], (*OPINIONS, UNANSWERED), (DOUBLED_WORD, GENERAL, *OPINIONS[2:])],
    ids=["missing", "doubled", "out of order"],
)
def test_an_incomplete_table_leaves_the_old_file_in_place(tmp_path: Path, opinions: tuple[Opinion, ...]) -> None:
    target = tmp_path / "synthesis.docx"
    target.write_bytes(b"the old file")
    with pytest.raises(IncompleteSynthesis):
        write_synthesis(SUMMARY, opinions, target)
    assert target.read_bytes() == b"the old file"
    assert list(tmp_path.iterdir()) == [target]


NASTY = st.text(
    st.one_of(
        st.characters(codec=None, exclude_categories=()),
        st.sampled_from("\t\n\r\x0b\x0c\x00\x1f\ufffe\uffff\ud800\u202e<>&\"']]>=+-@{}"),
    ),
    max_size=40,
)


def carried(text: str) -> str:
    """Say what a document makes of ``text``, by the rule of XML 1.0, section 2.2."""
    lines = re.sub("\r\n?|\x0b|\x0c|\u2028|\u2029", "\n", text)
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", lines)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NASTY, min_size=1, max_size=3), NASTY, NASTY)
def test_no_text_can_break_the_file_or_get_lost(tmp_path: Path, texts: list[str], passage: str, name: str) -> None:
    body = Body(f"x{name}")
    opinions = [
        replace(DOUBLED_WORD, id=f"{n:032x}", body=body, content=text, proposed_passage=passage, order=(n,))
        for n, text in enumerate(texts)
    ]
    summary = replace(SUMMARY, commenting=(body,), invited=5, opinions=len(opinions), subject=name)
    rows = cells(table_of(written(tmp_path, summary, tuple(opinions))))[1:-1]
    assert [row[2].startswith(carried(text)) for row, text in zip(rows, texts, strict=True)] == [True] * len(texts)
    assert all(carried(passage) in row[2] and row[1] == carried(body.name) for row in rows)
    assert all(word not in part(tmp_path) for word in ("instrText", "fldSimple", "hyperlink"))


def test_words_that_look_like_markup_or_fields_stay_words(tmp_path: Path) -> None:
    evil = '</w:t></w:r><w:instrText>INCLUDEPICTURE "http://x"</w:instrText><!--rows--> { DDEAUTO c:\\\\x } =1+1'
    opinions = (replace(GENERAL, content=evil, response=evil), *OPINIONS[1:])
    document = written(tmp_path, replace(SUMMARY, subject=evil, lead_agency=evil), opinions)
    row = cells(table_of(document))[1]
    assert (row[2].startswith(evil), row[3]) == (True, evil)
    assert "<w:instrText" not in part(tmp_path)
    assert_valid(tmp_path)


def test_a_long_table_is_cut_by_section_and_by_length(tmp_path: Path) -> None:
    summary, opinions = many(1_200)
    document = written(tmp_path, summary, tuple(opinions))
    lengths = [len(cells(table)) - 1 for table in document.tables[1:]]
    assert lengths == [200, 100] * 3 + [200, 101]
    assert paragraphs(document)[-8:] == [
        line for number in range(1, 5) for line in (f"Chương {number}", f"Chương {number} (tiếp theo)")
    ]
    assert all(cells(table)[0] == HEADS for table in document.tables[1:])
    assert [cells(table)[1][0][:3] for table in document.tables[1:]] == ["Mục"] * 8
    assert_valid(tmp_path)


def test_a_place_with_many_comments_is_named_again(tmp_path: Path) -> None:
    summary, opinions = many(24)
    same = tuple(replace(opinion, place="mục 2.2", opening="", section="") for opinion in opinions)
    rows = cells(table_of(written(tmp_path, summary, same)))[1:-1]
    assert [number for number, row in enumerate(rows) if row[0]] == [0, 10, 20]
    assert [rows[0][0], rows[10][0]] == ["Mục 2.2", "Mục 2.2 (tiếp theo)"]


def test_sections_without_a_heading_are_named_by_where_they_stand(tmp_path: Path) -> None:
    summary, opinions = many(600)
    bare = tuple(replace(opinion, section="" if opinion.section != "Chương 2" else "Chương 2") for opinion in opinions)
    captions = [line for line in paragraphs(written(tmp_path, summary, bare)) if not line[0].isdigit()]
    assert captions[-4:] == ["Ý kiến chung", "Chương 2", "Nội dung khác", "Nội dung khác (tiếp theo)"]
