"""Which lines a filter shows, what is counted on top, and how the days with answers add up."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain.board import (
    PAGE,
    Mark,
    Named,
    Order,
    Shown,
    Wanted,
    chosen,
    counts_of,
    page_of,
    pages_of,
    plain,
    tally,
    totals,
)
from consult.domain.counting import Counts
from consult.domain.progress import Day, days_of
from consult.domain.terms import Stance

MIDNIGHT = datetime(2020, 4, 22, 17, 0, tzinfo=UTC)
SILENT = Mark(1, True, True, None, None, None, None, None, None, None, None)


def answered(number: int, stance: Stance, **more: object) -> Mark:
    sent = SILENT._replace(id=number, stance=stance, late=False, numbered=True, sent_at=MIDNIGHT)
    return sent._replace(**more)  # type: ignore[arg-type]


MARKS = (
    SILENT,
    SILENT._replace(id=2, mailbox=False),
    SILENT._replace(id=3, refused=True),
    answered(4, Stance.AGREES),
    answered(5, Stance.DISAGREES, late=True, numbered=False),
    answered(6, Stance.AGREES_WITH_COMMENTS, refused=False),
    answered(7, Stance.NO_OPINION, mailbox=False),
    answered(8, Stance.AGREES_WITH_COMMENTS, asked=False, mailbox=False, late=True, numbered=False),
)


@pytest.mark.parametrize(
    ("shown", "ids"),
    [
        (Shown.ALL, [1, 2, 3, 4, 5, 6, 7, 8]),
        (Shown.SENT, [4, 5, 6, 7]),
        (Shown.SILENT, [1, 2, 3]),
        (Shown.COMMENTING, [5, 6, 8]),
        (Shown.LATE, [5, 8]),
        (Shown.AWAITING, [5, 8]),
        (Shown.REFUSED, [3]),
        (Shown.NO_MAILBOX, [2, 7]),
    ],
)
def test_a_filter_shows_what_it_says_and_counts_the_same(shown: Shown, ids: list[int]) -> None:
    assert [mark.id for mark in chosen(MARKS, {}, Wanted(shown), requires_letter=True)] == ids
    assert totals(tally(MARKS), requires_letter=True)[shown] == len(ids)


def test_nobody_waits_for_a_letter_that_is_not_required() -> None:
    assert totals(tally(MARKS), requires_letter=False)[Shown.AWAITING] == 0


def test_the_counts_keep_their_identities() -> None:
    found = counts_of(tally(MARKS))
    assert found == Counts(invited=7, agrees=1, comments=2, no_opinion=1, silent=3, late=1, unasked=1)
    assert found.invited == found.answered + found.silent
    assert counts_of(Counter()) == Counts(0, 0, 0, 0, 0, 0, 0)


NAMES = {
    1: Named("a", "Ủy ban nhân dân xã Đăk Đoa", "UBND xã Đăk Đoa"),
    2: Named("b", "Công an tỉnh", "CAT"),
    3: Named("c", "Sở Y tế", "SYT"),
    8: Named("h", "Báo An Giang", ""),
}


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("dak doa", [1]),
        ("ĐĂK  đoa", [1]),
        ("tinh cong", [2]),
        ("syt", [3]),
        ("uỷ", [1]),
        ("không có", []),
        ("", [1, 2, 3]),
        ("%", [1, 2, 3]),
    ],
)
def test_names_are_found_without_accents(words: str, ids: list[int]) -> None:
    assert [mark.id for mark in chosen(MARKS[:3], NAMES, Wanted(words=words), requires_letter=True)] == ids


def test_the_alphabet_keeps_those_who_were_not_asked_at_the_end() -> None:
    wanted = Wanted(order=Order.NAME)
    assert not plain(wanted)
    assert [mark.id for mark in chosen((*MARKS[:3], MARKS[7]), NAMES, wanted, requires_letter=True)] == [2, 3, 1, 8]


@pytest.mark.parametrize(("number", "pages"), [(0, 1), (1, 1), (PAGE, 1), (PAGE + 1, 2), (3500, 18)])
def test_lines_fill_pages(number: int, pages: int) -> None:
    marks = [SILENT._replace(id=number) for number in range(number)]
    assert pages_of(marks) == pages
    assert sum(len(page_of(marks, page)) for page in range(1, pages + 1)) == number
    assert page_of(marks, pages + 5) == page_of(marks, pages)
    assert page_of(marks, 0) == page_of(marks, 1)


def test_a_day_is_a_day_in_ho_chi_minh_city() -> None:
    instant = timedelta(microseconds=1)
    days = days_of(
        (
            *MARKS[:3],
            answered(4, Stance.AGREES, sent_at=MIDNIGHT - instant),
            answered(5, Stance.AGREES),
            answered(6, Stance.DISAGREES, received_on=date(2020, 4, 21), late=True),
            MARKS[7],
        )
    )
    assert days == (
        Day(date(2020, 4, 21), 1, 1, 1),
        Day(date(2020, 4, 22), 1, 2, 1),
        Day(date(2020, 4, 23), 1, 3, 1),
    )
