"""One line of a list → an agency as it would stand in the directory, with what is wrong with the line.

A column that the list lacks leaves what stands; a cell that reads as the list would print what stands changes nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from consult.domain.dates import read_date
from consult.domain.directory import (
    DEFAULT_RANK,
    LOWEST_RANK,
    AgencyEntry,
    Column,
    Groups,
    Problem,
    Why,
    day_after,
    faults,
    is_address,
    printed,
    read_kind,
    split_list,
)
from consult.domain.directory_sheet import SheetRow
from consult.domain.wording import clean, clean_line

FIRST_YEAR, LAST_YEAR = 1900, 2200
# Excel counts days from here; a cell of a date that lost its form shows as such a number.
_EXCEL_DAY_0 = date(1899, 12, 30)
_EXCEL_DAY = re.compile(r"[1-9]\d{4}")
_LISTS = (Column.ALIASES, Column.GROUPS)
_GROUP_ROW = "group"


@dataclass(frozen=True)
class _Unfit(Exception):
    """A cell that says nothing that could be kept."""

    problem: Problem


def cell(row: SheetRow, column: Column) -> str:
    """Return a cell as one clean line; several lines of a list become parts of it."""
    text = clean(row.cells.get(column, ""))
    return clean_line(text.replace("\n", "|") if column in _LISTS else text)


def entry_of(
    row: SheetRow, code: str, before: AgencyEntry | None, groups: Groups
) -> tuple[AgencyEntry, tuple[Problem, ...]]:
    """Return the agency of a line over what stands under its code, and the faults of the line.

    The successor is left as it was written: what it names may stand further down.
    """
    values: dict[str, object] = {}
    problems = []
    for column, (field, read) in _READERS.items():
        text = cell(row, column)
        if column not in row.cells or (before and text == printed(before, column, groups)):
            continue
        try:
            values[field] = read(text, groups)
        except _Unfit as fault:
            problems.append(fault.problem)
    entry = replace(before or AgencyEntry(code, ""), **values)  # type: ignore[arg-type]
    entry = replace(entry, short_name=entry.short_name or entry.name)
    return entry, (*problems, *faults(entry))


def read_day(text: str) -> date | None:
    """Read a date as people and Excel write it, None for an empty text.

    Raises:
        ValueError: it is no date, or one of no body that exists.
    """
    if not text:
        return None
    day = _EXCEL_DAY_0 + timedelta(days=int(text)) if _EXCEL_DAY.fullmatch(text) else read_date(text)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return day


def read_rank(text: str) -> int:
    """Read a place in the order of protocol; an empty text is the usual one.

    Raises:
        ValueError: it is no number from 0 to ``LOWEST_RANK``.
    """
    rank = int(text) if text else DEFAULT_RANK
    if not (text.isascii() and 0 <= rank <= LOWEST_RANK):
        raise ValueError(text)
    return rank


def _day(text: str, _groups: Groups) -> date | None:
    try:
        return read_day(text)
    except ValueError as fault:
        raise _Unfit(Problem(Why.DATE, text)) from fault


def _last_day(text: str, groups: Groups) -> date | None:
    return day_after(_day(text, groups))


def _rank(text: str, _groups: Groups) -> int:
    try:
        return read_rank(text)
    except ValueError as fault:
        raise _Unfit(Problem(Why.RANK, text)) from fault


def _email(text: str, _groups: Groups) -> str:
    if text and not is_address(text):
        raise _Unfit(Problem(Why.EMAIL, text))
    return text


def _kind(text: str, _groups: Groups) -> str:
    if text == _GROUP_ROW:
        raise _Unfit(Problem(Why.GROUP_ROW))
    return read_kind(text)


def _groups_of(text: str, groups: Groups) -> tuple[str, ...]:
    whole = groups.find(text) if text else None
    parts = (text,) if whole else split_list(text)
    codes = []
    for part in parts:
        code = groups.find(part)
        if code is None:
            raise _Unfit(Problem(Why.GROUP, part))
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _words(text: str, _groups: Groups) -> str:
    return text


def _aliases(text: str, _groups: Groups) -> tuple[str, ...]:
    return split_list(text)


_READERS: dict[Column, tuple[str, Callable[[str, Groups], object]]] = {
    Column.NAME: ("name", _words),
    Column.SHORT_NAME: ("short_name", _words),
    Column.ALIASES: ("aliases", _aliases),
    Column.KIND: ("kind", _kind),
    Column.RANK: ("rank", _rank),
    Column.EMAIL: ("email", _email),
    Column.VALID_FROM: ("valid_from", _day),
    Column.LAST_DAY: ("valid_to", _last_day),
    Column.SUCCESSOR: ("successor", _words),
    Column.GROUPS: ("groups", _groups_of),
}
