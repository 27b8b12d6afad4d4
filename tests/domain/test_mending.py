"""Mending a reading: what each edit does, written out; and that no list of edits loses a character."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.coverage import coverage
from consult.domain.edits import (
    BeginPart,
    BringBack,
    Edit,
    Join,
    JoinPart,
    Relabel,
    SetAside,
    SetKind,
    Shift,
    Split,
    Trust,
    TrustLabels,
    edit_told,
    edits_of,
)
from consult.domain.errors import CannotMend
from consult.domain.hindrances import Unfit
from consult.domain.mending import mended
from consult.domain.mending_texts import offset_marked
from consult.domain.outline import NodeKind, SourceText, outline, outlined, read
from consult.domain.outline_entries import At
from tests.domain.drafts import assert_tree_holds, paragraphs, wrapped

DRAFT = paragraphs(
    "Căn cứ Luật Tổ chức chính quyền địa phương.",
    "Điều 1. Phạm vi điều chỉnh",
    "1. Quy chế này quy định việc tiếp công dân.",
    "2. Những trường hợp sau không áp dụng:",
    "a) Vụ việc đã hết thời hiệu.",
    "b) Vụ việc đã có kết luận.",
    "Điều 2. Đối tượng áp dụng",
    "Cơ quan, tổ chức",
    "và cá nhân có liên quan.",
)


def at(paragraph: int, start: int = 0) -> At:
    return At("text", paragraph, start)


def told(source: SourceText, *changes: Edit) -> list[tuple[str, str, str, str]]:
    """Return anchor, kind, label and text of every node after the edits."""
    nodes = outlined(mended(read(source), changes).reading).nodes
    return [(node.anchor, node.kind.value, node.label, node.text) for node in nodes]


def anchors(source: SourceText, *changes: Edit) -> list[str]:
    return [anchor for anchor, *_ in told(source, *changes)]


def refusal(source: SourceText, *changes: Edit) -> Unfit:
    with pytest.raises(CannotMend) as refused:
        mended(read(source), changes)
    return refused.value.why


def test_without_edits_it_is_the_reading() -> None:
    assert outlined(mended(read(DRAFT), []).reading) == outline(DRAFT)
    assert anchors(DRAFT) == [
        "mo-dau-1",
        "dieu-1",
        "dieu-1.1",
        "dieu-1.2",
        "dieu-1.2.a",
        "dieu-1.2.b",
        "dieu-2",
        "dieu-2.p1",
        "dieu-2.p2",
    ]


def test_joining_runs_on_an_unfinished_sentence() -> None:
    assert told(DRAFT, Join(at(8)))[-1] == (
        "dieu-2.p1",
        "plain",
        "",
        "Cơ quan, tổ chức và cá nhân có liên quan.",
    )


def test_joining_after_a_finished_sentence_makes_a_paragraph_of_the_clause_and_the_label_is_text() -> None:
    after = told(DRAFT, Join(at(5)))
    assert after[4] == ("dieu-1.2.a", "numbered", "a)", "Vụ việc đã hết thời hiệu.\nb) Vụ việc đã có kết luận.")
    assert after[5][0] == "dieu-2"


def test_what_stood_below_a_joined_clause_stands_below_the_one_it_went_into() -> None:
    assert anchors(DRAFT, Join(at(3))) == [
        "mo-dau-1",
        "dieu-1",
        "dieu-1.1",
        "dieu-1.1.a",
        "dieu-1.1.b",
        "dieu-2",
        "dieu-2.p1",
        "dieu-2.p2",
    ]


def test_splitting_makes_a_paragraph_below_a_labelled_clause() -> None:
    source = paragraphs("1. Câu thứ nhất. Câu thứ hai.", "2. Khác.")
    assert told(source, Split(at(0), len("Câu thứ nhất."))) == [
        ("1", "numbered", "1.", "Câu thứ nhất."),
        ("1.p1", "plain", "", "Câu thứ hai."),
        ("2", "numbered", "2.", "Khác."),
    ]


def test_splitting_before_a_label_gives_the_clause_that_was_swallowed() -> None:
    source = paragraphs("1. Gồm:", "a) Một việc; b) Hai việc; c) Ba việc.", "2. Khác.")
    first = Split(at(1), len("Một việc;"))
    second = Split(at(1, len("a) Một việc; ")), len("Hai việc;"))
    assert told(source, first, second) == [
        ("1", "numbered", "1.", "Gồm:"),
        ("1.a", "numbered", "a)", "Một việc;"),
        ("1.b", "numbered", "b)", "Hai việc;"),
        ("1.c", "numbered", "c)", "Ba việc."),
        ("2", "numbered", "2.", "Khác."),
    ]


def test_splitting_between_wrapped_lines_cuts_between_them() -> None:
    source = wrapped("1. Câu thứ nhất còn dài và được ngắt xuống dòng ở đây rồi mới kết thúc ở\ndòng sau. Câu hai.")
    whole = "Câu thứ nhất còn dài và được ngắt xuống dòng ở đây rồi mới kết thúc ở dòng sau. Câu hai."
    assert told(source) == [("1", "numbered", "1.", whole)]
    assert told(source, Split(at(0), whole.index(" dòng sau"))) == [
        ("1", "numbered", "1.", whole[: whole.index(" dòng sau")]),
        ("1.p1", "plain", "", "dòng sau. Câu hai."),
    ]


@pytest.mark.parametrize("offset", [0, -1, len("Quy chế này quy định việc tiếp công dân."), 10_000])
def test_nothing_is_split_off_where_there_are_no_words(offset: int) -> None:
    assert refusal(DRAFT, Split(at(2), offset)) is Unfit.NO_WORDS


def test_a_label_that_is_none_goes_back_into_the_text() -> None:
    source = paragraphs("1. Mục tiêu.", "2. 5 xã đạt chuẩn.")
    assert told(source, Relabel(at(1), "")) == [
        ("1", "numbered", "1.", "Mục tiêu."),
        ("p1", "plain", "", "2. 5 xã đạt chuẩn."),
    ]


def test_a_label_that_was_not_seen_is_taken_out_of_the_text_and_the_clause_finds_its_level() -> None:
    source = paragraphs("1. Mở đầu", "Gồm:", "3. Nội dung cuối.", "a) Một.")
    assert told(source)[2] == ("1.p2", "plain", "", "3. Nội dung cuối.")
    assert told(source, Relabel(at(2), "3"))[2:] == [
        ("3", "numbered", "3.", "Nội dung cuối."),
        ("3.a", "numbered", "a)", "Một."),
    ]


def test_a_misprinted_label_is_replaced() -> None:
    source = paragraphs("Điều 1. Phạm vi", "Điều 1. Đối tượng")
    assert [node[0] for node in told(source)] == ["dieu-1", "dieu-1~2"]
    assert told(source, Relabel(at(1), "Điều 2."))[1] == ("dieu-2", "heading", "Điều 2.", "Đối tượng")


@pytest.mark.parametrize("typed", ["Bước 1", "xyz", "2020", "Điều năm"])
def test_a_label_that_drafts_do_not_use_is_refused(typed: str) -> None:
    assert refusal(DRAFT, Relabel(at(2), typed)) is Unfit.LABEL


@pytest.mark.parametrize(
    ("typed", "anchor", "printed"),
    [
        ("Điều 7", "dieu-7", "Điều 7."),
        ("chương ii", "chuong-2", "chương ii"),
        ("2", "2", "2."),
        ("đ)", "dd", "đ)"),
        ("đ", "dd", "đ)"),
        ("1)", "1", "1)"),
        ("IV", "iv", "IV."),
        ("-", "-1", "-"),
    ],
)
def test_labels_may_be_typed_as_people_write_them(typed: str, anchor: str, printed: str) -> None:
    assert told(paragraphs("Nội dung."), Relabel(at(0), typed))[0][:3:2] == (anchor, printed)


def test_to_the_frame_and_back() -> None:
    source = paragraphs("KẾ HOẠCH", "Triển khai công tác năm 2026", "I. MỤC ĐÍCH", "Một câu.")
    assert anchors(source) == ["trich-yeu-1", "i", "i.p1"]
    out = SetKind(at(3), NodeKind.SIGNATURE)
    assert told(source, out)[-1] == ("ky-1", "signature", "", "Một câu.")
    assert told(source, out, SetKind(at(3), NodeKind.PLAIN)) == told(source)


def test_a_table_goes_to_the_frame_and_stays_whole() -> None:
    assert refusal(DRAFT, SetKind(at(2), NodeKind.TABLE)) is Unfit.KIND
    assert refusal(DRAFT, SetKind(at(7), NodeKind.NUMBERED)) is Unfit.NO_LABEL


def test_moving_in_and_out_takes_along_what_stands_below() -> None:
    inside = anchors(DRAFT, Shift(at(3), 1))
    assert inside[2:6] == ["dieu-1.1", "dieu-1.1.2", "dieu-1.1.2.a", "dieu-1.1.2.b"]
    assert anchors(DRAFT, Shift(at(3), 1), Shift(at(3), -1)) == anchors(DRAFT)


@pytest.mark.parametrize("change", [Shift(at(0), 1), Shift(at(1), -1), Shift(at(2), 1), Shift(at(4), 1)])
def test_nothing_moves_where_nothing_can_hold_it(change: Edit) -> None:
    assert refusal(DRAFT, change) is Unfit.LEVEL


def test_set_aside_and_brought_back() -> None:
    drafted = outlined(mended(read(DRAFT), [SetAside(at(3))]).reading)
    assert [piece.text for piece in drafted.furniture] == ["2. Những trường hợp sau không áp dụng:"]
    assert [node.anchor for node in drafted.nodes][2:5] == ["dieu-1.1", "dieu-1.1.a", "dieu-1.1.b"]
    assert coverage(DRAFT.lines, drafted).whole
    assert told(DRAFT, SetAside(at(3)), BringBack(at(3)))[3] == told(DRAFT)[3]


def test_a_page_number_that_was_text_is_brought_back_or_joined() -> None:
    source = paragraphs("1. Mục tiêu năm", "2", "2. Khác.")
    assert [piece.text for piece in outline(source).furniture] == ["2"]
    assert told(source, BringBack(at(1)))[1] == ("1.p1", "plain", "", "2")
    assert told(source, Join(at(1)))[0] == ("1", "heading", "1.", "Mục tiêu năm 2")


def test_a_text_of_its_own_begins_and_is_joined_again() -> None:
    source = paragraphs("Điều 1. Việc ban hành", "Quy chế hoạt động", "Điều 1. Phạm vi", "Điều 2. Đối tượng")
    assert anchors(source) == ["dieu-1", "dieu-1.p1", "dieu-1~2", "dieu-2"]
    begun = BeginPart(at(1))
    expected = ["dieu-1", "quy-che-hoat.p1", "quy-che-hoat.dieu-1", "quy-che-hoat.dieu-2"]
    assert anchors(source, begun) == expected
    assert anchors(source, begun, JoinPart(at(3)))[:3] == ["dieu-1", "p1", "dieu-1~2"]
    assert refusal(source, JoinPart(at(0))) is Unfit.NOTHING_BEFORE
    assert refusal(source, begun, Join(at(1))) is Unfit.OTHER_PART


def test_what_is_not_there_cannot_be_mended() -> None:
    assert refusal(DRAFT, Join(at(99))) is Unfit.GONE
    assert refusal(DRAFT, Join(at(5)), Join(at(5))) is Unfit.GONE
    assert refusal(DRAFT, Join(at(0))) is Unfit.NOTHING_BEFORE


def test_edits_are_stored_and_read_back() -> None:
    changes: tuple[Edit, ...] = (
        Join(at(1)),
        Split(at(2), 57),
        Relabel(at(3), "đ)"),
        SetKind(at(4), NodeKind.SIGNATURE),
        Shift(at(5), -1),
        SetAside(at(6)),
        BringBack(at(6)),
        BeginPart(at(7)),
        JoinPart(at(7)),
        Trust(at(8)),
        TrustLabels(),
    )
    stored = [edit_told(change) for change in changes]
    assert stored[1:4] == [
        '["Split",["text",2,0],57]',
        '["Relabel",["text",3,0],"đ)"]',
        '["SetKind",["text",4,0],"SIGNATURE"]',
    ]
    assert edits_of(stored) == changes


_LINES = st.lists(
    st.sampled_from(
        [
            "Điều 1. Phạm vi",
            "1. Nội dung thứ nhất; b) việc hai.",
            "a) Việc một",
            "- Gạch đầu dòng.",
            "câu nối tiếp không dấu",
            "PHỤ LỤC",
            "(Kèm theo Quyết định)",
            "Nơi nhận:",
            "TM. ỦY BAN NHÂN DÂN",
            "2",
            "“Điều 5. Trích",
            "trong ngoặc”;",
            "Căn cứ Luật;",
            "",
        ]
    ),
    min_size=1,
    max_size=14,
)
_KINDS = st.sampled_from(list(NodeKind))


def _edit_of(places: Sequence[At]) -> st.SearchStrategy[Edit]:
    place = st.sampled_from(places)
    return st.one_of(
        place.map(Join),
        st.builds(Split, place, st.integers(-1, 40)),
        st.builds(Relabel, place, st.sampled_from(["", "1.", "Điều 2.", "a)", "-", "I.", "Chương I", "zz"])),
        st.builds(SetKind, place, _KINDS),
        st.builds(Shift, place, st.sampled_from([1, -1])),
        place.map(SetAside),
        place.map(BringBack),
        place.map(BeginPart),
        place.map(JoinPart),
    )


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(texts=_LINES, make=st.sampled_from([paragraphs, lambda *texts: wrapped("\n".join(texts))]), data=st.data())
def test_no_list_of_edits_loses_a_character(texts, make, data) -> None:  # type: ignore[no-untyped-def]
    source = make(*texts)
    reading, done = read(source), list[Edit]()
    for _ in range(data.draw(st.integers(0, 8))):
        places = [entry.at for entry in mended(reading, done).reading.entries]
        if not places:
            break
        change = data.draw(_edit_of(places))
        try:
            mended(reading, [*done, change])
        except CannotMend:
            continue
        done.append(change)
    after = mended(reading, done)
    drafted = outlined(after.reading)
    assert coverage(source.lines, drafted).whole
    assert_tree_holds(drafted)
    assert mended(reading, edits_of(map(edit_told, done))) == after
    assert len({entry.at for entry in after.reading.entries}) == len(after.reading.entries)


@pytest.mark.parametrize(
    ("marked", "offset"),
    [
        ("Một câu. || Hai câu.\nBa câu.", 9),
        ("Một câu.\r\nHai||câu.\r\nBa câu.", 13),
        ("||Một câu. Hai câu. Ba câu.", 0),
        ("Một câu. Hai câu. Ba câu.||", 25),
    ],
)
def test_a_mark_says_where_to_cut(marked: str, offset: int) -> None:
    assert offset_marked("Một câu. Hai câu.\nBa câu.", marked) == offset


@pytest.mark.parametrize(
    ("marked", "why"),
    [
        ("Một câu. Hai câu.\nBa câu.", Unfit.MARK),
        ("Một||câu. Hai||câu.\nBa câu.", Unfit.MARK),
        ("Một câu || Hai câu.\nBa câu.", Unfit.OTHER_WORDS),
    ],
)
def test_a_mark_that_is_missing_or_words_that_were_changed(marked: str, why: Unfit) -> None:
    with pytest.raises(CannotMend) as refused:
        offset_marked("Một câu. Hai câu.\nBa câu.", marked)
    assert refused.value.why is why
