"""Sections: every clause in exactly one, in order, none longer than a page, cut where the draft is widest."""

from random import Random

import pytest

from consult.domain.sections import MOST, WHOLE, cut


def chapters(*sizes: int) -> list[int]:
    """Return the levels of a draft whose chapters have so many clauses, by articles of ten."""
    return [-1, *(level for size in sizes for level in [0, *(2 if each % 10 else 1 for each in range(size - 1))])]


def test_a_short_draft_is_one_section() -> None:
    assert cut(chapters(WHOLE - 1)) == (range(WHOLE),)
    assert cut([]) == ()


def test_chapters_of_a_page_stay_whole_and_the_preamble_joins_the_first() -> None:
    sections = cut(chapters(*[125] * 12))

    assert [len(each) for each in sections] == [126, *[125] * 11]


def test_small_chapters_are_joined() -> None:
    assert [len(each) for each in cut(chapters(*[40] * 6))] == [81, 120, 40]


def test_a_long_chapter_is_cut_at_its_articles_and_takes_nothing_of_the_next() -> None:
    sections = cut(chapters(100, 300, 100))

    assert [each.start for each in sections][1] == 101
    assert 401 in [each.start for each in sections]
    levels = chapters(100, 300, 100)
    assert all(levels[each.start] <= 1 for each in sections)


def test_an_attached_text_begins_a_section() -> None:
    assert cut([-1, *[0] * 99, -1, *[0] * 99]) == (range(100), range(100, 200))


def test_a_flat_draft_is_cut_too() -> None:
    assert [len(each) for each in cut([-1, *[0] * 1499])] == [MOST] * 12 + [60]


@pytest.mark.parametrize("seed", range(50))
def test_every_clause_is_in_exactly_one_section_in_order(seed: int) -> None:
    chance = Random(seed)
    levels = [-1, *(chance.choice([-1, 0, 1, 1, 2, 2, 2, 3, 3, 4]) for _ in range(chance.randrange(2000)))]
    sections = cut(levels)

    assert [index for each in sections for index in each] == list(range(len(levels)))
    assert all(len(each) <= WHOLE for each in sections)
