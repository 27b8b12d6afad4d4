"""The journal of a consultation as a workbook and as CSV: rows come and go, none is remembered.

Every cell is text or a number. Nothing of what people wrote can become a formula or a link: the workbook says so of
each cell, and in CSV a text that a spreadsheet would take for a formula begins with an apostrophe.
"""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from consult.documents.cells import fitting, harmless

Row = Sequence[str | int]
_WIDTHS = (8, 22, 16, 34, 30, 60, 6, 18, 60, 30, 30)


def write_workbook(heads: Sequence[str], rows: Iterable[Row], target: Path) -> None:
    """Write one sheet to ``target``; a text longer than a cell holds is cut and says so."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = Workbook(str(target), {**options, "strings_to_numbers": False})
    sheet = book.add_worksheet("Nhật ký")
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
    cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    for column, width in enumerate(_WIDTHS[: len(heads)]):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, heads, head)
    for number, row in enumerate(rows, start=1):
        sheet.write_row(number, 0, [fitting(value) for value in row], cell)
    book.close()


def write_csv(heads: Sequence[str], rows: Iterable[Row], target: Path) -> None:
    """Write UTF-8 with the mark by which Excel knows it, values parted by commas."""
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(heads)
        writer.writerows([harmless(value) for value in row] for row in rows)
