"""``agencies.csv`` as values: single bodies, groups and their members, checked line by line.

A row of kind ``group`` declares a group: its name is the line printed in the cover letter, its aliases are other ways
to write it. A member names the group's code in ``group``.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from consult.domain.errors import FolderRefused
from consult.domain.wording import clean_line

_COLUMNS = ("code", "name", "short_name", "aliases", "kind", "group", "line", "email")


@dataclass(frozen=True)
class AgencyRow:
    """One line of ``agencies.csv``: a single body, or a member of ``group`` (a group's code)."""

    code: str
    name: str
    short_name: str
    aliases: tuple[str, ...]
    kind: str
    group: str
    line: int
    email: str | None


@dataclass(frozen=True)
class GroupRow:
    """A line of the cover letter that stands for several agencies: its printed words and other ways to write it."""

    code: str
    name: str
    aliases: tuple[str, ...]
    line: int


def read_agencies(content: bytes) -> tuple[tuple[GroupRow, ...], tuple[AgencyRow, ...], tuple[str, ...]]:
    """Return the groups, the agencies in the file's order, and warnings (shared addresses).

    Raises:
        FolderRefused: with the line and field, and what to do.
    """
    try:
        text = content.decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        rows = list(enumerate(reader, start=2))
    except UnicodeDecodeError as fault:
        raise FolderRefused("agencies.csv: it is no text in UTF-8; save it as CSV in UTF-8") from fault
    except csv.Error as fault:
        raise FolderRefused(f"agencies.csv: {fault}; save it as CSV in UTF-8") from fault
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise FolderRefused(f"agencies.csv: line 1: the column {missing[0]} is missing; add it")
    _refuse_doubles(rows)
    groups = tuple(_group(number, row) for number, row in rows if row["kind"] == "group")
    known = {group.code: group for group in groups}
    agencies = tuple(_agency(number, row, known) for number, row in rows if row["kind"] != "group")
    if not agencies:
        raise FolderRefused("agencies.csv: it lists no agency; add a line for each body that is asked")
    return groups, agencies, _shared_addresses(agencies)


def _delimiter(text: str) -> str:
    """Return what separates the columns: Excel with Vietnamese settings writes semicolons."""
    head = text.split("\n", 1)[0]
    return ";" if ";" in head and "," not in head else ","


def _refuse_doubles(rows: list[tuple[int, dict[str, str]]]) -> None:
    seen: dict[str, int] = {}
    for number, row in rows:
        code = _cell(number, row, "code")
        if code in seen:
            raise FolderRefused(f"agencies.csv: line {number}: the code {code!r} stands in line {seen[code]} too")
        seen[code] = number


def _cell(number: int, row: Mapping[str, str], name: str) -> str:
    text = clean_line(row.get(name) or "")
    if not text:
        raise FolderRefused(f"agencies.csv: line {number}: {name} is empty; fill it in")
    return text


def _line(number: int, row: Mapping[str, str]) -> int:
    text = _cell(number, row, "line")
    if not text.isdecimal() or int(text) < 1:
        raise FolderRefused(f"agencies.csv: line {number}: line must be a number from 1 (the line of Kính gửi)")
    return int(text)


def _aliases(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, (clean_line(alias) for alias in (row.get("aliases") or "").split("|"))))


def _group(number: int, row: Mapping[str, str]) -> GroupRow:
    return GroupRow(_cell(number, row, "code"), _cell(number, row, "name"), _aliases(row), _line(number, row))


def _agency(number: int, row: Mapping[str, str], groups: Mapping[str, GroupRow]) -> AgencyRow:
    group = clean_line(row["group"] or "")
    if group and group not in groups:
        raise FolderRefused(
            f"agencies.csv: line {number}: the group {group!r} is unknown; add a line of kind 'group' with that code"
        )
    line = groups[group].line if group and not (row["line"] or "").strip() else _line(number, row)
    if group and line != groups[group].line:
        raise FolderRefused(
            f"agencies.csv: line {number}: line is {line}, its group's is {groups[group].line}; make them alike"
        )
    return AgencyRow(
        code=_cell(number, row, "code"),
        name=_cell(number, row, "name"),
        short_name=clean_line(row["short_name"] or "") or _cell(number, row, "name"),
        aliases=_aliases(row),
        kind=_cell(number, row, "kind"),
        group=group,
        line=line,
        email=_address(number, row),
    )


def _address(number: int, row: Mapping[str, str]) -> str | None:
    text = clean_line(row["email"] or "")
    if text and (text.count("@") != 1 or " " in text or text.startswith("@") or text.endswith("@")):
        raise FolderRefused(f"agencies.csv: line {number}: {text!r} is no e-mail address; mend it or leave it empty")
    return text or None


def _shared_addresses(agencies: tuple[AgencyRow, ...]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    warnings = []
    for agency in agencies:
        if agency.email and agency.email in seen:
            warnings.append(f"{agency.code} and {seen[agency.email]} share the address {agency.email}")
        if agency.email:
            seen.setdefault(agency.email, agency.code)
    return tuple(warnings)
