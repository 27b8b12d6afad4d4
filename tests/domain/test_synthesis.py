"""The merge: order, what begins with a row, and the proof that each comment is there once."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import IncompleteSynthesis
from consult.domain.synthesis import Body, Opinion, Summary, Tally
from consult.domain.synthesis_proof import Merge
from tests.synthesis_samples import (
    DOUBLED_WORD,
    GENERAL,
    IA_PA,
    OPINIONS,
    PLEIKU,
    POLICE,
    SAME_PLACE,
    SUMMARY,
    UNANSWERED,
    YOUTH,
    many,
)


def merged(summary: Summary, opinions: tuple[Opinion, ...]) -> Tally:
    merge = Merge(summary)
    return merge.prove([row.opinion.id for row in merge.rows(opinions)])


def test_rows_know_what_begins_with_them() -> None:
    rows = list(Merge(SUMMARY).rows(OPINIONS))
    assert [(row.number, row.starts_draft, row.starts_section, row.starts_place, row.last) for row in rows] == [
        (1, True, True, True, False),
        (2, False, True, True, False),
        (3, False, False, False, False),
        (4, False, True, True, True),
    ]


def test_the_tally_counts_rows_places_bodies_and_what_is_unanswered() -> None:
    tally = merged(SUMMARY, OPINIONS)
    assert replace(tally, digest="") == Tally(rows=4, places=3, bodies=3, unanswered=1)


def test_two_clauses_with_the_same_words_at_different_places_are_two_places() -> None:
    other = SAME_PLACE._replace(opening="Kiểm tra, xử lý…")
    assert merged(SUMMARY, (GENERAL, DOUBLED_WORD, other, UNANSWERED)).places == 4


def test_a_consultation_without_comments_is_complete() -> None:
    silent = replace(SUMMARY, agrees=(*SUMMARY.agrees, *SUMMARY.commenting), commenting=(), opinions=0)
    assert replace(merged(silent, ()), digest="") == Tally(0, 0, 0, 0)


def test_a_doubled_comment_is_named() -> None:
    with pytest.raises(IncompleteSynthesis, match=r"came twice: 0{31}2 \(mục 2\.2 \(Công an tỉnh\), Công an tỉnh\)"):
        merged(SUMMARY, (GENERAL, DOUBLED_WORD, DOUBLED_WORD, SAME_PLACE))


def test_a_missing_comment_is_counted() -> None:
    with pytest.raises(IncompleteSynthesis, match="4 comments are in force, 3 came into the table: 1 missing"):
        merged(SUMMARY, OPINIONS[:3])


def test_a_body_without_a_row_is_named() -> None:
    rest = tuple(opinion._replace(body=POLICE) for opinion in OPINIONS)
    with pytest.raises(IncompleteSynthesis, match="no row: Sở Kế hoạch và Đầu tư, Ủy ban nhân dân thành phố Pleiku"):
        merged(SUMMARY, rest)


def test_a_body_that_agreed_cannot_have_a_row() -> None:
    with pytest.raises(IncompleteSynthesis, match=r"not listed as commenting: .*Tỉnh đoàn Gia Lai"):
        merged(SUMMARY, (GENERAL, DOUBLED_WORD._replace(body=YOUTH)))


def test_an_uninvited_body_may_have_rows_and_is_no_part_of_the_identity() -> None:
    guest = Body("Hội Luật gia tỉnh")
    summary = replace(SUMMARY, uninvited=(guest,), opinions=5)
    assert merged(summary, (*OPINIONS, UNANSWERED._replace(id="f" * 32, body=guest))).bodies == 4


def test_a_secret_answer_has_no_row_whatever_its_stance() -> None:
    secret = Body("Bộ Chỉ huy Quân sự tỉnh", secret=True)
    commenting = (*SUMMARY.commenting, secret)
    assert merged(replace(SUMMARY, commenting=commenting, invited=SUMMARY.invited + 1), OPINIONS).rows == 4
    open_one = replace(secret, secret=False)
    with pytest.raises(IncompleteSynthesis, match="no row: Bộ Chỉ huy Quân sự tỉnh"):
        merged(replace(SUMMARY, commenting=(*SUMMARY.commenting, open_one), invited=SUMMARY.invited + 1), OPINIONS)


def test_rows_out_of_order_are_refused() -> None:
    with pytest.raises(IncompleteSynthesis, match="out of the order of the draft"):
        merged(SUMMARY, (DOUBLED_WORD, GENERAL))


def test_a_draft_that_comes_back_is_refused() -> None:
    other = DOUBLED_WORD._replace(draft="dự thảo Quy chế")
    back = SAME_PLACE._replace(order=DOUBLED_WORD.order)
    with pytest.raises(IncompleteSynthesis, match="order of the drafts"):
        merged(SUMMARY, (GENERAL, other, back))


def test_an_id_that_is_none_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="not the id of a comment"):
        merged(SUMMARY, (GENERAL._replace(id='x" w:name="y'),))


def test_the_lists_must_add_up() -> None:
    with pytest.raises(
        IncompleteSynthesis,
        match="8 bodies were invited, 7 stand in the lists: 2 agree, 1 have no opinion, 3 comment, 1",
    ):
        Merge(replace(SUMMARY, invited=8))


def test_no_body_stands_in_two_lists() -> None:
    with pytest.raises(IncompleteSynthesis, match="more than one list: Ủy ban nhân dân thành phố Pleiku"):
        Merge(replace(SUMMARY, silent=(IA_PA, PLEIKU), invited=8))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ([1, 2, 3], "lacks 1 rows: 0{31}4"),
        ([1, 2, 3, 4, 4], "twice or one too many: 0{31}4"),
        ([1, 2, 3, 9], "twice or one too many: 0{31}9"),
    ],
)
def test_what_was_written_is_compared_with_what_went_by(written: list[int], told: str) -> None:
    merge = Merge(SUMMARY)
    assert len(list(merge.rows(OPINIONS))) == 4
    with pytest.raises(IncompleteSynthesis, match=told):
        merge.prove([f"{number:032x}" for number in written])


@given(st.lists(st.integers(0, 8), max_size=12))
def test_a_proved_merge_holds_each_comment_exactly_once(numbers: list[int]) -> None:
    summary, opinions = many(5)
    given_opinions = [opinions[n % 5]._replace(id=f"{n + 1:032x}", order=(n,)) for n in numbers]
    right = numbers == sorted(set(numbers)) and len(numbers) == 5
    merge = Merge(summary)
    try:
        merge.prove([row.opinion.id for row in merge.rows(given_opinions)])
    except IncompleteSynthesis:
        assert not right
    else:
        assert right


@pytest.mark.slow
def test_memory_does_not_grow_with_the_words() -> None:
    """20,000 comments of 2,000 characters are 40 MB of text; the merge keeps their ids only."""
    summary, _ = many(20_000)

    def stream() -> Iterator[Opinion]:
        for number in range(20_000):
            yield DOUBLED_WORD._replace(id=f"{number:032x}", content=f"{number}" + "ý" * 2_000, order=(number,))

    tracemalloc.start()
    merge = Merge(summary)
    assert sum(1 for _ in merge.rows(stream())) == 20_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000
