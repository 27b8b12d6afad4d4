"""The synthesis as people get it: words, order, form, and a file that is only put in place when it is complete."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.documents.synthesis_docx import write_synthesis
from consult.domain.errors import IncompleteSynthesis
from consult.domain.synthesis import Body, Opinion
from tests.documents.written import HEADS, assert_valid, cells, paragraphs, part, table_of, written
from tests.synthesis_samples import DOUBLED_WORD, GENERAL, OPINIONS, SUMMARY, UNANSWERED, many


@pytest.mark.slow
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
    assert breakable == [False] * 6


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


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NASTY, min_size=1, max_size=3), NASTY, NASTY)
def test_no_text_can_break_the_file_or_get_lost(tmp_path: Path, texts: list[str], passage: str, name: str) -> None:
    body = Body(f"x{name}")
    opinions = [
        DOUBLED_WORD._replace(id=f"{n:032x}", body=body, content=text, proposed_passage=passage, order=(n,))
        for n, text in enumerate(texts)
    ]
    summary = replace(SUMMARY, commenting=(body,), invited=5, opinions=len(opinions), subject=name)
    rows = cells(table_of(written(tmp_path, summary, tuple(opinions))))[1:-1]
    assert [row[2].startswith(carried(text)) for row, text in zip(rows, texts, strict=True)] == [True] * len(texts)
    assert all(carried(passage) in row[2] and row[1] == carried(body.name) for row in rows)
    assert all(word not in part(tmp_path) for word in ("instrText", "fldSimple", "hyperlink"))


@pytest.mark.slow
def test_words_that_look_like_markup_or_fields_stay_words(tmp_path: Path) -> None:
    evil = '</w:t></w:r><w:instrText>INCLUDEPICTURE "http://x"</w:instrText><!--rows--> { DDEAUTO c:\\\\x } =1+1'
    opinions = (GENERAL._replace(content=evil, response=evil), *OPINIONS[1:])
    document = written(tmp_path, replace(SUMMARY, subject=evil, lead_agency=evil), opinions)
    row = cells(table_of(document))[1]
    assert (row[2].startswith(evil), row[3]) == (True, evil)
    assert "<w:instrText" not in part(tmp_path)
    assert_valid(tmp_path)


@pytest.mark.slow
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
    same = tuple(opinion._replace(place="mục 2.2", opening="", section="") for opinion in opinions)
    rows = cells(table_of(written(tmp_path, summary, same)))[1:-1]
    assert [number for number, row in enumerate(rows) if row[0]] == [0, 4, 8, 12, 16, 20]
    assert [rows[0][0], rows[4][0]] == ["Mục 2.2", "Mục 2.2 (tiếp theo)"]


def test_sections_without_a_heading_are_named_by_where_they_stand(tmp_path: Path) -> None:
    summary, opinions = many(600)
    bare = tuple(opinion._replace(section="" if opinion.section != "Chương 2" else "Chương 2") for opinion in opinions)
    captions = [line for line in paragraphs(written(tmp_path, summary, bare)) if not line[0].isdigit()]
    assert captions[-4:] == ["Ý kiến chung", "Chương 2", "Nội dung khác", "Nội dung khác (tiếp theo)"]
