"""The list of a round in preparation: lines in order, nobody twice, no empty line."""

import pytest

from consult.domain import invitees
from consult.domain.errors import AlreadyListed, NotFound
from consult.domain.invitees import Listed, ListedLine

POLICE, DISTRICTS = ListedLine("", (1,)), ListedLine("Ủy ban nhân dân các huyện, thị xã", (2, 3))
LINES: Listed = (POLICE, DISTRICTS)


def test_a_line_is_put_where_it_is_wanted_or_last() -> None:
    new = ListedLine("", (4,))
    assert invitees.added(LINES, new) == (POLICE, DISTRICTS, new)
    assert invitees.added(LINES, new, 1) == (new, POLICE, DISTRICTS)
    assert invitees.added(LINES, new, 99) == (POLICE, DISTRICTS, new)


def test_nobody_stands_twice_and_no_line_is_empty() -> None:
    with pytest.raises(AlreadyListed):
        invitees.added(LINES, ListedLine("", (4, 3)))
    with pytest.raises(NotFound):
        invitees.added(LINES, ListedLine("Các trường", ()))


def test_lines_of_a_letter_join_those_of_the_same_words() -> None:
    again = ListedLine("Ủy ban nhân dân các huyện, thị xã", (3, 5))
    assert invitees.merged(LINES, [again, ListedLine("", (1,)), ListedLine("", (6,))]) == (
        POLICE,
        ListedLine("Ủy ban nhân dân các huyện, thị xã", (2, 3, 5)),
        ListedLine("", (6,)),
    )


def test_moving_and_rewording() -> None:
    assert invitees.moved(LINES, 2, 1) == (DISTRICTS, POLICE)
    assert invitees.moved(LINES, 1, 9) == (DISTRICTS, POLICE)
    assert invitees.reworded(LINES, 1, "Công an tỉnh Mẫu")[0] == ListedLine("Công an tỉnh Mẫu", (1,))
    for number in (0, 3):
        with pytest.raises(NotFound):
            invitees.moved(LINES, number, 1)


def test_taking_off_takes_an_emptied_line_along() -> None:
    assert invitees.without_agency(LINES, 1) == (DISTRICTS,)
    assert invitees.without_agency(LINES, 2) == (POLICE, ListedLine(DISTRICTS.printed, (3,)))
    assert invitees.without_line(LINES, 2) == (POLICE,)
    with pytest.raises(NotFound):
        invitees.without_agency(LINES, 9)


def test_a_successor_takes_the_place_and_is_not_doubled() -> None:
    assert invitees.replaced(LINES, 2, 7) == (POLICE, ListedLine(DISTRICTS.printed, (7, 3)))
    assert invitees.replaced(LINES, 1, 3) == (DISTRICTS,)
    with pytest.raises(NotFound):
        invitees.replaced(LINES, 9, 8)
