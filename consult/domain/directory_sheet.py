"""A list of agencies as a grid of texts → its rows by column: the heads are found and told apart.

Heads are compared without accents and case, in Vietnamese and English; a title above them is passed over. It refuses to
know how the grid came out of a file, and what the cells mean.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from consult.domain.directory import Column
from consult.domain.errors import UnreadableSheet
from consult.domain.unreadable_sheet import SheetFault
from consult.domain.wording import clean_line, search_key

MOST_ROWS = 20_000
TITLE_ROWS = 20
"""Among so many first rows the heads are looked for."""

Grid = Sequence[Sequence[str]]

_HEADS: Mapping[Column, str] = {
    Column.CODE: "ma, ma co quan, ma don vi, ma dinh danh, code, agency code",
    Column.NAME: (
        "ten co quan, ten co quan don vi, ten don vi, ten day du, ten, co quan, don vi, co quan don vi, name,"
        " full name, agency, agency name"
    ),
    Column.SHORT_NAME: (
        "ten viet tat, ten ngan, ten ngan gon, ten rut gon, viet tat, ten viet tat ten ngan, short name, abbreviation"
    ),
    Column.ALIASES: "ten goi khac, ten khac, cac ten goi khac, aliases, alias, other names",
    Column.KIND: "loai, loai co quan, loai hinh, loai don vi, kind, type",
    Column.RANK: "thu tu, thu tu sap xep, thu tu xep, rank, order",
    Column.EMAIL: (
        "dia chi thu, email, e mail, hop thu, hop thu cong vu, thu dien tu, dia chi thu dien tu, dia chi email,"
        " thu dien tu cong vu, dia chi thu email hop thu, mail, mailbox, email address"
    ),
    Column.VALID_FROM: "tu ngay, hieu luc tu, hieu luc tu ngay, ngay bat dau, valid from, from",
    Column.LAST_DAY: (
        "den ngay, den het ngay, hieu luc den, hieu luc den ngay, ngay ket thuc, valid to, valid until, to"
    ),
    Column.SUCCESSOR: "co quan ke thua, ke thua, don vi ke thua, ma co quan ke thua, successor",
    Column.GROUPS: "nhom, nhom co quan, thuoc nhom, group, groups",
}
_COLUMNS = {head: column for column, heads in _HEADS.items() for head in heads.split(", ")}
# A running number says nothing about the agency; nobody need be told that it is passed over.
_NUMBERS = {"stt", "tt", "so tt", "so thu tu", "no"}


@dataclass(frozen=True)
class SheetRow:
    """One line of the list by its number in the file, with the texts of the columns that it has."""

    number: int
    cells: Mapping[Column, str]


@dataclass(frozen=True)
class Sheet:
    """The lines of a list, and the heads that say nothing to us."""

    rows: tuple[SheetRow, ...]
    unknown: tuple[str, ...]


def known_heads(row: Sequence[str]) -> int:
    """Return how many cells of a row are heads that we know; 0 when the name's is not among them."""
    columns = {_COLUMNS.get(search_key(cell)) for cell in row} - {None}
    return len(columns) if Column.NAME in columns else 0


def sheet_of(name: str, grid: Grid) -> Sheet:
    """Return the rows of a grid below its heads, empty ones left out.

    Raises:
        UnreadableSheet: no column of names, a column twice, nothing below the heads, too many rows.
    """
    at = max(range(min(len(grid), TITLE_ROWS)), key=lambda row: known_heads(grid[row]), default=0)
    if not grid or not known_heads(grid[at]):
        raise UnreadableSheet(name, SheetFault.NO_NAME_COLUMN)
    columns = _columns(name, grid[at])
    rows = tuple(
        SheetRow(number, {column: cells[place] if place < len(cells) else "" for place, column in columns.items()})
        for number, cells in enumerate(grid[at + 1 :], start=at + 2)
        if any(map(str.strip, cells))
    )
    if not rows:
        raise UnreadableSheet(name, SheetFault.NO_ROWS)
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet(name, SheetFault.TOO_MANY_ROWS, rows=MOST_ROWS)
    return Sheet(rows, _unknown(grid[at]))


def _columns(name: str, heads: Sequence[str]) -> Mapping[int, Column]:
    columns: dict[int, Column] = {}
    for place, head in enumerate(heads):
        column = _COLUMNS.get(search_key(head))
        if column is None:
            continue
        if column in columns.values():
            raise UnreadableSheet(name, SheetFault.COLUMN_TWICE, head=clean_line(head)[:80])
        columns[place] = column
    return columns


def _unknown(heads: Sequence[str]) -> tuple[str, ...]:
    keys = ((clean_line(head)[:80], search_key(head)) for head in heads)
    return tuple(head for head, key in keys if head and key not in _COLUMNS and key not in _NUMBERS)
