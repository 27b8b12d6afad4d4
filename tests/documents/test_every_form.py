"""Every form of the synthesis, read back: each comment once, with its answer, whatever the history and the options."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.domain.errors import WordsRefused
from consult.domain.hindrances import Unprintable
from consult.domain.redline import redline
from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.synthesis_options import AnnexOf, Options, Proposal, SameWords
from consult.domain.synthesis_words import COLUMNS, Column, Words, changed, fields_of, filled, words_of
from consult.domain.terms import CommentKind, SynthesisForm
from tests.documents.written import assert_valid, cells, paragraphs, part, written
from tests.synthesis_samples import DOUBLED_WORD, NASTY, OPINIONS, SAME_PLACE, SUMMARY

FORMS = list(SynthesisForm)
_MARK = re.compile(r'w:name="c_([0-9a-f]{32})"')
_BODIES = tuple(
    Body(f"Sở {name}", f"{number}/CV", date(2020, 4, 20), late=number == 2)
    for number, name in enumerate("ABCD", start=1)
)
_CELL = st.tuples(
    st.integers(0, 1), st.integers(0, 3), st.integers(0, 3), st.sampled_from(["x\ty\tz", "Bỏ từ.", "\u202e😀\x0b"])
)
_ANSWER = st.sampled_from([None, "Tiếp thu.", "Giữ nguyên như dự thảo."])


def _history(
    found: list[tuple[tuple[int, int, int, str], str | None]], form: SynthesisForm
) -> tuple[Summary, list[Opinion]]:
    """Build comments of four bodies over two drafts in the order of ``form``, and the lists that belong to them."""
    made = []
    for number, ((draft, place, body, words), answer) in enumerate(found, start=1):
        where, who = (draft, place), (body, 0)
        opinion = DOUBLED_WORD._replace(
            id=f"{number:032x}",
            draft=("dự thảo Quyết định", "dự thảo Quy chế")[draft],
            section=f"Chương {place}",
            place=f"điều {place}",
            body=_BODIES[body],
            content=words,
            response=answer,
            kind=CommentKind.AMEND,
            order=(*who, *where, number) if form.by_agency else (*where, *who, number),
        )
        made.append(opinion)
    made.sort(key=lambda each: each.order)
    speaking = {each.body.name for each in made}
    commenting = tuple(body for body in _BODIES if body.name in speaking)
    agrees = tuple(body for body in _BODIES if body.name not in speaking)
    lists = {"agrees": agrees, "commenting": commenting, "no_opinion": (), "silent": (), "invited": len(_BODIES)}
    drafts = ("dự thảo Quyết định", "dự thảo Quy chế")
    return replace(SUMMARY, form=form, opinions=len(made), drafts=drafts, **lists), made


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(st.tuples(_CELL, _ANSWER), max_size=12), same=st.sampled_from(SameWords), names=st.booleans())
def test_every_comment_stands_once_with_its_answer(
    tmp_path: Path, form: SynthesisForm, found: list[object], same: SameWords, names: bool
) -> None:
    summary, made = _history(found, form)  # type: ignore[arg-type]
    summary = replace(summary, options=Options(form=form, same=same, names=names))
    document = written(tmp_path, summary, tuple(made))
    marks = _MARK.findall(part(tmp_path))
    assert sorted(marks) == sorted(opinion.id for opinion in made)
    if same is SameWords.APART or form.by_agency:
        assert marks == [opinion.id for opinion in made]
    answer_at, body_at = COLUMNS[form].index(Column.RESPONSE), COLUMNS[form].index(Column.BODY)
    by_id = {opinion.id: opinion for opinion in made}
    for row in (row for table in document.tables for row in table._tbl.findall(qn("w:tr"))):
        ids = [mark.get(qn("w:name"))[2:] for mark in row.iter(qn("w:bookmarkStart"))]
        texts = ["".join(node.text or "" for node in cell.iter(qn("w:t"))) for cell in row.findall(qn("w:tc"))]
        for each in map(by_id.__getitem__, ids):
            assert texts[answer_at] == (each.response or "Chưa có ý kiến tiếp thu, giải trình")
            if names and not form.by_agency:
                assert each.body.name in texts[body_at]
    if not names:
        assert "Sở A" not in part(tmp_path)


@pytest.mark.parametrize("form", FORMS)
def test_no_words_keep_a_form_from_being_written_or_change_on_the_way(tmp_path: Path, form: SynthesisForm) -> None:
    body = _BODIES[0]
    made = [
        DOUBLED_WORD._replace(
            id=f"{number:032x}",
            body=body,
            content=words,
            proposed_passage="",
            reason="",
            response=words,
            order=(number,),
        )
        for number, words in enumerate(NASTY, start=1)
    ]
    lists = {"agrees": (), "commenting": (body,), "no_opinion": (), "silent": (), "invited": 1}
    document = written(tmp_path, replace(SUMMARY, form=form, opinions=len(made), **lists), tuple(made))
    rows = cells(document.tables[1])[1:-1]
    content, response = (COLUMNS[form].index(column) for column in (Column.CONTENT, Column.RESPONSE))
    assert [row[response] for row in rows] == list(NASTY.values())
    below_place = [row[content].partition("\n")[2] if form.by_agency else row[content] for row in rows]
    assert below_place == list(NASTY.values())


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_validators_accept_every_form_with_its_annexes(tmp_path: Path, form: SynthesisForm) -> None:
    options = Options(form=form, annex_of=AnnexOf("Sở A"), asked=True, same=SameWords.MERGED)
    opinions = OPINIONS
    if form.by_agency:
        opinions = tuple(
            each._replace(order=(number,))
            for number, each in enumerate(sorted(OPINIONS, key=lambda each: each.body.name))
        )
    told = ("Được gia hạn đến hết ngày 29/4/2020", "Lấy ý kiến bổ sung (tại Công văn số 9/CV)")
    agrees = (SUMMARY.agrees[0], replace(SUMMARY.agrees[1], notes=told))
    document = written(tmp_path, replace(SUMMARY, form=form, options=options, agrees=agrees), opinions)
    assert_valid(tmp_path)
    listed = cells(document.tables[-1])
    assert [row[0] for row in listed] == ["STT", "1", "2", "3", "4", "5", "6", "7"]
    assert listed[2][1:] == [
        "Ủy ban nhân dân thị xã An Khê",
        "512/UBND-VX ngày 28/4/2020",
        "Thống nhất",
        "Được gia hạn đến hết ngày 29/4/2020; Lấy ý kiến bổ sung (tại Công văn số 9/CV); Gửi sau thời hạn",
    ]
    said = paragraphs(document)
    assert [said.count(each) for each in ("Phụ lục", "Phụ lục I", "Phụ lục II")] == [0, 1, 1]
    assert said.count("(Kèm theo Văn bản số …/… ngày … tháng … năm … của Sở A)") == 2
    assert "(danh sách tại Phụ lục II kèm theo)" in "".join(said)


def test_the_annex_of_a_synthesis_that_stands_alone_names_it_in_a_sentence(tmp_path: Path) -> None:
    said = paragraphs(written(tmp_path, replace(SUMMARY, options=Options(asked=True))))
    assert said[-4:] == [
        "Phụ lục",
        "DANH SÁCH CƠ QUAN, ĐƠN VỊ ĐƯỢC LẤY Ý KIẾN VÀ KẾT QUẢ GÓP Ý",
        "(Kèm theo Bảng tổng hợp ý kiến góp ý và tiếp thu, giải trình đối với dự thảo văn bản tăng cường quản lý"
        " dịch vụ Internet)",
        "./.",
    ]
    assert "(danh sách tại Phụ lục kèm theo)" in "".join(said)


def test_the_same_words_share_a_row_that_names_all(tmp_path: Path) -> None:
    twin = SAME_PLACE._replace(content=DOUBLED_WORD.content)
    summary = replace(SUMMARY, options=Options(same=SameWords.MERGED))
    document = written(tmp_path, summary, (OPINIONS[0], DOUBLED_WORD, twin, OPINIONS[3]))
    rows = cells(document.tables[1])[1:-1]
    assert [row[1].splitlines()[::2] for row in rows] == [
        ["Ủy ban nhân dân thành phố Pleiku"],
        ["Công an tỉnh", "Sở Kế hoạch và Đầu tư"],
        ["Sở Kế hoạch và Đầu tư"],
    ]


def test_the_form_of_the_practice_counts_by_kind_and_has_no_list_of_the_silent(tmp_path: Path) -> None:
    lines = paragraphs(written(tmp_path, replace(SUMMARY, form=SynthesisForm.PRACTICE)))
    assert "- Ủy ban nhân dân các huyện, thị xã, thành phố (01/02 đơn vị): Ủy ban nhân dân thị xã An Khê" in " ".join(
        lines
    )
    assert (
        "- Đơn vị không gửi văn bản góp ý: 01 đơn vị. Đơn vị không gửi văn bản góp ý không được tính là thống nhất với"
        " nội dung dự thảo." in lines
    )
    assert not any("Mẫu số" in line or "Căn cứ Luật" in line for line in lines)


def test_a_military_command_is_no_ministry(tmp_path: Path) -> None:
    agrees = (Body("Bộ Chỉ huy Quân sự tỉnh"), Body("Bộ Công Thương"))
    lines = paragraphs(written(tmp_path, replace(SUMMARY, form=SynthesisForm.PRACTICE, agrees=agrees)))
    assert "- Cơ quan, tổ chức khác (01/02 đơn vị): Bộ Chỉ huy Quân sự tỉnh;" in lines
    assert "- Bộ, cơ quan ngang bộ (01/01 đơn vị): Bộ Công Thương." in lines


def test_a_redline_strikes_out_and_puts_in(tmp_path: Path) -> None:
    marked = DOUBLED_WORD._replace(changes=redline("nguy cơ mất mất an toàn", "nguy cơ mất an toàn cao"))
    summary = replace(SUMMARY, options=Options(proposal=Proposal.REDLINE))
    written(tmp_path, summary, (OPINIONS[0], marked, *OPINIONS[2:]))
    xml = part(tmp_path)
    assert re.search(r"<w:strike/></w:rPr><w:t[^>]*>[^<]*mất", xml)
    assert re.search(r'<w:b/><w:u w:val="single"/></w:rPr><w:t[^>]*>[^<]*cao', xml)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("preamble", "{cơ_quan_chủ_trì} lấy ý kiến về {tên_hồ_sơ", "a brace stands without its partner"),
        ("preamble", "{cơ_quan_chủ_trì} lấy ý kiến", "{tên_hồ_sơ} is missing"),
        ("total", "Tổng số {all}", "{all} is no mark of this field"),
        ("total", "Tổng số {số_cơ_quan!r}", "{số_cơ_quan!r} is no mark of this field"),
        ("letters", "Số văn bản {}: {số_văn_bản}", "{} is no mark of this field"),
        ("head_body", "CƠ QUAN {số_cơ_quan}", "{số_cơ_quan} is no mark of this field"),
        ("head_body", "", "it may not be empty"),
        ("widths", "50 50", "4 whole numbers of at least 4 that make 100 together are wanted"),
        ("widths", "3 29 34 34", "4 whole numbers of at least 4 that make 100 together are wanted"),
        ("widths", "16 16 34 35", "4 whole numbers of at least 4 that make 100 together are wanted"),
        ("widths", "16 16 34 ３4", "4 whole numbers of at least 4 that make 100 together are wanted"),
        ("widths", "x", "4 whole numbers of at least 4 that make 100 together are wanted"),
    ],
)
def test_words_that_could_not_be_printed_are_refused(field: str, text: str, told: str) -> None:
    with pytest.raises(WordsRefused) as refused:
        changed(SynthesisForm.QPPL, {field: text})
    assert str(refused.value) == f"{field}: {told}"


def test_every_field_that_could_not_be_printed_is_named_at_once() -> None:
    with pytest.raises(WordsRefused) as refused:
        changed(SynthesisForm.QPPL, {"name": "", "head_body": "TÊN", "subject": "VỀ {dự_thảo}"})
    assert refused.value.faults == {
        "name": (Unprintable.EMPTY, ""),
        "subject": (Unprintable.UNKNOWN, "{dự_thảo}"),
    }


def test_a_form_asks_for_the_heads_of_its_own_columns() -> None:
    heads = {form: [field for field in fields_of(form) if field.startswith("head_")] for form in SynthesisForm}
    four = ["head_place", "head_body", "head_content", "head_response"]
    assert heads == {
        SynthesisForm.ADMINISTRATIVE: four,
        SynthesisForm.QPPL: four,
        SynthesisForm.PRACTICE: four,
        SynthesisForm.FIVE_COLUMN: ["head_number", *four],
        SynthesisForm.BY_AGENCY: ["head_number", "head_body", "head_content", "head_response"],
    }


def test_a_mark_that_has_no_words_leaves_one_blank() -> None:
    assert filled("{a} đã {b} lấy {c}", {"a": "Sở", "b": "", "c": "{a}"}) == "Sở đã lấy {a}"


def test_the_words_of_the_office_are_printed_and_the_others_stay(tmp_path: Path) -> None:
    own = changed(
        SynthesisForm.ADMINISTRATIVE, {"head_body": "CƠ QUAN", "widths": "20 20 30 30", "name": "BẢNG TỔNG HỢP"}
    )
    assert set(own) == {"head_body", "widths"}
    document = written(tmp_path, replace(SUMMARY, own=tuple(own.items())))
    assert cells(document.tables[1])[0][:2] == ["NHÓM VẤN ĐỀ HOẶC ĐIỀU, KHOẢN", "CƠ QUAN"]
    assert isinstance(words_of(SynthesisForm.QPPL), Words)
