"""The directory as a file for the office: an ``.xlsx`` workbook or a CSV, which both read back as they were written.

Nothing in a cell becomes a formula: the workbook holds texts alone, the CSV guards what Excel would run.
"""

import csv
import io
from collections.abc import Iterable
from typing import IO

import xlsxwriter

from consult.domain.directory import AgencyEntry, Column, Groups, printed

_WIDTHS = {Column.CODE: 24, Column.NAME: 48, Column.ALIASES: 40, Column.EMAIL: 34, Column.GROUPS: 40}
_USUAL_WIDTH = 16
_GUARDED = ("=", "+", "-", "@", "\t", "\r", "'=", "'+", "'-", "'@", "''")
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def write_workbook(file: IO[bytes], entries: Iterable[AgencyEntry], groups: Groups) -> None:
    """Write the agencies as a workbook, a head and one line each."""
    with xlsxwriter.Workbook(file, _OPTIONS) as workbook:
        sheet = workbook.add_worksheet("Danh bạ cơ quan")
        bold = workbook.add_format({"bold": True})
        text = workbook.add_format({"num_format": "@"})
        for place, column in enumerate(Column):
            sheet.set_column(place, place, _WIDTHS.get(column, _USUAL_WIDTH), text)
            sheet.write_string(0, place, column.value, bold)
        sheet.freeze_panes(1, 0)
        for number, entry in enumerate(entries, start=1):
            for place, column in enumerate(Column):
                if column is Column.RANK:
                    sheet.write_number(number, place, entry.rank)
                else:
                    sheet.write_string(number, place, printed(entry, column, groups), text)


def csv_list(entries: Iterable[AgencyEntry], groups: Groups) -> bytes:
    """Return the agencies as a CSV for Excel with Vietnamese settings: UTF-8 with its mark, semicolons, CRLF."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.value for column in Column])
    for entry in entries:
        writer.writerow([_guarded(printed(entry, column, groups)) for column in Column])
    return text.getvalue().encode("utf-8-sig")


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_GUARDED) else text
