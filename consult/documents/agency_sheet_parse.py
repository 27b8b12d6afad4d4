"""The reading of one list of agencies in a process of its own: a file on standard input, its cells as JSON on output.

It knows the kinds of lists, workbooks (python-calamine, behind ``archive``) and CSV, and how their cells become texts.
It refuses to know what the cells mean; ``agency_sheet`` starts it, ``child`` bounds it.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from consult.documents.archive import open_archive, read_part
from consult.documents.child import Bounds, serve
from consult.documents.sheet_text import refuse_old_letters, sheet_text
from consult.domain.directory_sheet import MOST_ROWS, TITLE_ROWS, known_heads
from consult.domain.errors import UnreadableDraft, UnreadableSheet
from consult.domain.unreadable import Fault
from consult.domain.unreadable_sheet import SheetFault

BOUNDS = Bounds(memory=512_000_000, seconds=20)
# Beside its agencies a list has a head, perhaps a title, and lines left empty.
_MOST_LINES = MOST_ROWS + TITLE_ROWS + 1
_MOST_COLUMNS = 60
_MOST_CELL = 10_000
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_WORKBOOK = "xl/workbook.xml"
_CONTENT_TYPES = "[Content_Types].xml"
_FORMULA_GUARD = ("'=", "'+", "'-", "'@", "''")
_FAULTS = {Fault.PASSWORD: SheetFault.PASSWORD, Fault.DAMAGED_AT: SheetFault.DAMAGED}
_NAMELESS = ""


def main(bounds: Bounds = BOUNDS) -> None:
    """Tell the cells of the list on standard input, or why it is refused."""
    serve(_answer, bounds)


def _answer(content: bytes) -> bytes:
    try:
        message: dict[str, object] = {"grid": read_grid(content)}
    except UnreadableSheet as refusal:
        message = {"refusal": refusal.fault.name, "details": refusal.details}
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")


def read_grid(content: bytes) -> list[list[str]]:
    """Return the rows of a workbook's first sheet or of a CSV, told by the bytes. Raises UnreadableSheet."""
    if content.startswith(_ZIP):
        grid = _bounded(_workbook_rows(content))
        refuse_old_letters("\n".join(" ".join(row) for row in grid))
        return grid
    if content.startswith(_OLD_OFFICE):
        raise UnreadableSheet(_NAMELESS, SheetFault.OLD_EXCEL)
    return _bounded(_csv_rows(sheet_text(content)))


def _bounded(rows: Iterable[list[str]]) -> list[list[str]]:
    """Return the rows without the empty ones at the end; more than a list has are refused as soon as they come."""
    grid: list[list[str]] = []
    filled = 0
    for row in rows:
        grid.append([cell[:_MOST_CELL] for cell in row[:_MOST_COLUMNS]])
        if any(map(str.strip, row)):
            filled = len(grid)
        if filled > _MOST_LINES:
            raise UnreadableSheet(_NAMELESS, SheetFault.TOO_MANY_ROWS, rows=MOST_ROWS)
    return grid[:filled]


def _workbook_rows(content: bytes) -> Iterator[list[str]]:
    _refuse_unsafe(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ is SheetTypeEnum.WorkSheet and sheet.visible is SheetVisibleEnum.Visible
        ]
        if not sheets:
            raise UnreadableSheet(_NAMELESS, SheetFault.NO_ROWS)
        rows = workbook.get_sheet_by_name(sheets[0]).to_python(skip_empty_area=False, nrows=_MOST_LINES + 1)
    except CalamineError as fault:
        raise UnreadableSheet(_NAMELESS, SheetFault.DAMAGED) from fault
    return ([_cell_text(cell) for cell in row[:_MOST_COLUMNS]] for row in rows)


def _refuse_unsafe(content: bytes) -> None:
    """Open the package as any other, before the reader of workbooks sees it."""
    try:
        archive = open_archive(_NAMELESS, content)
        _refuse_macros(archive)
        for part in archive.namelist():
            read_part(_NAMELESS, archive, part)
    except UnreadableDraft as refusal:
        raise UnreadableSheet(_NAMELESS, _FAULTS.get(refusal.fault, SheetFault.UNSAFE)) from refusal


def _refuse_macros(archive: zipfile.ZipFile) -> None:
    names = [part.lower() for part in archive.namelist()]
    if _CONTENT_TYPES.lower() not in names or _WORKBOOK not in names:
        raise UnreadableSheet(_NAMELESS, SheetFault.NO_LIST)
    types = read_part(_NAMELESS, archive, _CONTENT_TYPES).lower()
    if b"macroenabled" in types or any(part.endswith("vbaproject.bin") for part in names):
        raise UnreadableSheet(_NAMELESS, SheetFault.MACROS)


def _cell_text(cell: object) -> str:
    """Return a cell of a workbook as text: dates as 2025-07-01, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv_rows(text: str) -> Iterator[list[str]]:
    text = text.partition("\n")[2] if text[:4].lower() == "sep=" else text
    try:
        delimiter = max(";\t,", key=lambda sign: _heads(text, sign))
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [cell[1:] if cell.startswith(_FORMULA_GUARD) else cell for cell in row]
    except csv.Error as fault:
        raise UnreadableSheet(_NAMELESS, SheetFault.NO_LIST) from fault


def _heads(text: str, delimiter: str) -> int:
    """Return how many heads are known when columns are separated so."""
    first = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), TITLE_ROWS)
    return max(map(known_heads, first), default=0)


if __name__ == "__main__":
    main()
