"""Answers over time: how many asked agencies had answered by the end of each day, and how many of them late."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from consult.domain.board import Mark


class Day(NamedTuple):
    """A local day on which answers came: how many that day, how many till its end, and how many of those were late."""

    day: date
    came: int
    total: int
    late: int


def days_of(marks: Iterable[Mark]) -> tuple[Day, ...]:
    """Return the days with answers, the earliest first; bodies that were not asked are not among them."""
    came: Counter[date] = Counter()
    late: Counter[date] = Counter()
    for mark in marks:
        if mark.stance is None or not mark.asked:
            continue
        day = mark.answered_on
        if day is not None:
            came[day] += 1
            late[day] += bool(mark.late)
    found: list[Day] = []
    for day in sorted(came):
        before = found[-1] if found else Day(day, 0, 0, 0)
        found.append(Day(day, came[day], before.total + came[day], before.late + late[day]))
    return tuple(found)
