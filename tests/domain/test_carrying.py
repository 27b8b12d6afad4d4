"""What became of each clause after a correction: nothing lost, each once, comments never under strange words."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.carrying import Carried, Fate, Place, alike, carried

POLICE = "Công an tỉnh chủ trì, phối hợp với các sở, ban, ngành tổ chức tuần tra, kiểm soát trên địa bàn tỉnh"
HEALTH = "Sở Y tế hướng dẫn các cơ sở khám bệnh, chữa bệnh thực hiện việc báo cáo hằng tháng theo mẫu đính kèm"
FINANCE = "Sở Tài chính bố trí kinh phí từ nguồn ngân sách hằng năm, quyết toán theo quy định của pháp luật"
YOUTH = "Tỉnh đoàn vận động đoàn viên, thanh niên tham gia tuyên truyền tại khu dân cư vào tháng thanh niên"


def places(*texts: str) -> list[Place]:
    """Number texts "1", "2" …"""
    return [Place(str(number), f"{number}.", text) for number, text in enumerate(texts, 1)]


def fates(old: Sequence[Place], new: Sequence[Place]) -> list[tuple[str, str, str]]:
    """Return fate, anchor before and anchor after of each place."""
    return [
        (
            each.fate.name,
            "" if each.old is None else old[each.old].anchor,
            "" if each.new is None else new[each.new].anchor,
        )
        for each in carried(old, new)
    ]


def test_what_nobody_changed_is_the_same() -> None:
    old = places(POLICE, HEALTH)

    assert fates(old, places(POLICE, HEALTH)) == [("SAME", "1", "1"), ("SAME", "2", "2")]


def test_changed_words_at_one_place_are_reworded() -> None:
    new = places(POLICE, HEALTH.replace("hằng tháng", "hằng quý"))

    assert fates(places(POLICE, HEALTH), new) == [("SAME", "1", "1"), ("REWORDED", "2", "2")]


def test_a_clause_put_in_moves_those_after_it() -> None:
    new = places(POLICE, YOUTH, HEALTH, FINANCE)

    assert fates(places(POLICE, HEALTH, FINANCE), new) == [
        ("SAME", "1", "1"),
        ("NEW", "", "2"),
        ("MOVED", "2", "3"),
        ("MOVED", "3", "4"),
    ]


def test_a_clause_that_moved_and_was_reworded_is_found_by_its_words() -> None:
    new = places(POLICE, YOUTH, HEALTH.replace("đính kèm", "kèm theo"))

    assert fates(places(POLICE, HEALTH), new) == [("SAME", "1", "1"), ("NEW", "", "2"), ("REWORDED", "2", "3")]


def test_a_clause_taken_out_stands_after_what_it_followed() -> None:
    new = places(POLICE, FINANCE)

    assert fates(places(POLICE, HEALTH, FINANCE), new) == [
        ("SAME", "1", "1"),
        ("GONE", "2", ""),
        ("MOVED", "3", "2"),
    ]


def test_other_words_at_the_same_number_are_another_place() -> None:
    assert fates(places(POLICE), places(YOUTH)) == [("GONE", "1", ""), ("NEW", "", "1")]


def test_two_places_alike_are_not_guessed_at() -> None:
    old = [Place("1.a", "a)", HEALTH), Place("2.a", "a)", HEALTH)]
    new = [Place("3.a", "a)", HEALTH)]

    assert fates(old, new) == [("GONE", "1.a", ""), ("GONE", "2.a", ""), ("NEW", "", "3.a")]


def test_as_many_of_one_wording_as_before_keep_their_order() -> None:
    old = [Place("1.a", "a)", HEALTH), Place("1.b", "b)", HEALTH)]
    new = [Place("2.a", "a)", HEALTH), Place("2.b", "b)", HEALTH)]

    assert fates(old, new) == [("MOVED", "1.a", "2.a"), ("MOVED", "1.b", "2.b")]


def test_what_an_earlier_correction_took_out_is_matched_with_nothing() -> None:
    old = [Place("1", "1.", POLICE), Place("2@1", "2.", HEALTH, gone=True)]

    assert fates(old, places(POLICE, HEALTH)) == [("SAME", "1", "1"), ("GONE", "2@1", ""), ("NEW", "", "2")]


def test_another_label_is_another_place() -> None:
    assert fates([Place("1", "1.", POLICE)], [Place("1", "1)", POLICE)]) == [("MOVED", "1", "1")]


@pytest.mark.parametrize(("before", "now", "share"), [("", "", 1.0), ("một hai", "hai một", 0.5), ("a", "b", 0.0)])
def test_the_share_of_words_in_common(before: str, now: str, share: float) -> None:
    assert alike(before, now) == share


VOCABULARY = ("công", "an", "tỉnh", "chủ", "trì", "phối", "hợp", "sở", "y", "tế", "báo", "cáo")
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=14)
TREES = st.lists(
    st.builds(Place, st.sampled_from([f"{n}" for n in range(20)]), st.just("1."), WORDS.map(" ".join), st.booleans()),
    max_size=12,
    unique_by=lambda place: place.anchor,
)
EDITS = st.lists(st.tuples(st.sampled_from(("drop", "add", "swap", "word")), st.integers(0, 30)), max_size=8)


def edited(tree: Sequence[Place], edits: Sequence[tuple[str, int]]) -> list[Place]:
    """Return a tree after edits, numbered anew."""
    texts = [place.text for place in tree if not place.gone]
    for do, where in edits:
        at = where % (len(texts) + 1)
        if do == "add":
            texts.insert(at, f"điều khoản mới số {where}")
        elif at < len(texts):
            if do == "drop":
                del texts[at]
            elif do == "word":
                texts[at] += " bổ sung"
            else:
                texts[at], texts[0] = texts[0], texts[at]
    return places(*texts)


def check(old: Sequence[Place], new: Sequence[Place], found: Sequence[Carried]) -> None:
    """Hold what must hold of every matching."""
    assert sorted(each.old for each in found if each.old is not None) == list(range(len(old)))
    assert [each.new for each in found if each.new is not None] == list(range(len(new)))
    for each in found:
        assert each.old is not None or each.new is not None
        if each.old is None or each.new is None:
            assert each.fate is (Fate.NEW if each.old is None else Fate.GONE)
            continue
        before, now = old[each.old], new[each.new]
        assert not before.gone
        assert (before == now) == (each.fate is Fate.SAME)
        assert (before.text != now.text) == (each.fate is Fate.REWORDED)
        assert alike(before.text, now.text) >= 0.5


@given(TREES, EDITS)
def test_after_random_edits_no_clause_is_lost_and_each_stands_once(
    tree: list[Place], edits: list[tuple[str, int]]
) -> None:
    new = edited(tree, edits)

    check(tree, new, carried(tree, new))


@pytest.mark.slow
@given(TREES, TREES)
def test_between_any_two_trees_each_clause_stands_once(old: list[Place], new: list[Place]) -> None:
    new = [Place(place.anchor, place.label, place.text) for place in new]

    check(old, new, carried(old, new))
