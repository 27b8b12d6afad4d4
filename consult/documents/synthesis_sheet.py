"""The synthesis as a workbook to filter and print, and as CSV: rows come and go, none is remembered.

Words stay words: nothing that people wrote becomes a formula, a link or a number. The workbook has a second sheet with
the bodies. Either file takes its name only when every comment was read back from it (``proven_file``).
"""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from consult.documents.cells import fitting, harmless
from consult.documents.proven_file import write_proven
from consult.documents.synthesis_columns import BODY_COLUMNS, COLUMNS, PRINTED, Column, Value, body_values, row_values
from consult.documents.typography import printable
from consult.domain.dates import printed_moment, short_date
from consult.domain.synthesis import Opinion, Row, Summary, Tally

_A4 = 9
_HEAD_ROW = 2
_FIRST_SHEET = "xl/worksheets/sheet1.xml"
_CHUNK = 1 << 20
_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
# The last cell of a row holds the id and nothing else; a text that looks so stands in another column.
_WRITTEN_ID = re.compile(rb'<c r="R\d+"[^>]*><is><t>([0-9a-f]{32})</t></is></c></row>')
_LONGEST_END = 200
# No moment of its own: the same synthesis is the same file.
_NO_MOMENT = datetime(1980, 1, 1, tzinfo=UTC)


def write_workbook(summary: Summary, opinions: Iterable[Opinion], target: Path) -> Tally:
    """Write the synthesis as an ``.xlsx`` workbook to ``target``; errors as ``write_proven``."""

    def write(rows: Iterator[Row], path: Path) -> None:
        with Workbook(str(path), {**_OPTIONS, "strings_to_numbers": False}) as book:
            book.set_properties({"title": _title(summary), "created": _NO_MOMENT})
            looks = _looks(book)
            _add_comments(book, summary, rows, looks)
            _add_bodies(book, summary, looks)

    return write_proven(summary, opinions, target, write, _ids_in_workbook)


def _add_comments(book: Any, summary: Summary, rows: Iterator[Row], looks: dict[type, Any]) -> None:
    page = book.add_worksheet("Ý kiến góp ý")
    last = _HEAD_ROW + max(1, summary.expected)
    _layout(page, COLUMNS, last)
    page.freeze_panes(_HEAD_ROW + 1, 3)
    page.print_area(0, 0, last, PRINTED - 1)
    _add_heads(book, page, summary, COLUMNS)
    for line, row in enumerate(rows, start=_HEAD_ROW + 1):
        _add_row(page, line, row_values(row), looks)


def _add_bodies(book: Any, summary: Summary, looks: dict[type, Any]) -> None:
    page = book.add_worksheet("Cơ quan, đơn vị")
    bodies = list(body_values(summary))
    _layout(page, BODY_COLUMNS, _HEAD_ROW + max(1, len(bodies)))
    page.freeze_panes(_HEAD_ROW + 1, 2)
    _add_heads(book, page, summary, BODY_COLUMNS)
    for line, values in enumerate(bodies, start=_HEAD_ROW + 1):
        _add_row(page, line, values, looks)


def _layout(page: Any, columns: Sequence[Column], last: int) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD_ROW)
    page.autofilter(_HEAD_ROW, 0, last, len(columns) - 1)
    page.set_footer("&CTrang &P/&N")
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width)


def _add_heads(book: Any, page: Any, summary: Summary, columns: Sequence[Column]) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"})
    page.write_string(0, 0, fitting(_title(summary)), book.add_format({"bold": True, "font_size": 14}))
    if summary.provisional_at:
        page.write_string(1, 0, f"Tạm tổng hợp, tính đến {printed_moment(summary.provisional_at)}.")
    for number, column in enumerate(columns):
        page.write_string(_HEAD_ROW, number, column.head, head)


def _title(summary: Summary) -> str:
    return printable(f"Tổng hợp ý kiến góp ý và tiếp thu, giải trình đối với {summary.subject}")


def _looks(book: Any) -> dict[type, Any]:
    plain = {"border": 1, "valign": "top"}
    return {
        str: book.add_format({**plain, "text_wrap": True}),
        int: book.add_format(plain),
        date: book.add_format({**plain, "num_format": "dd/mm/yyyy"}),
    }


def _add_row(page: Any, line: int, values: Sequence[Value], looks: dict[type, Any]) -> None:
    *before, last = values
    for column, value in enumerate(before):
        if value is None:
            page.write_blank(line, column, None, looks[str])
        elif isinstance(value, str):
            page.write_string(line, column, fitting(value), looks[str])
        elif isinstance(value, date):
            page.write_datetime(line, column, value, looks[date])
        else:
            page.write_number(line, column, value, looks[int])
    page.write_string(line, len(before), last, looks[str])


def _ids_in_workbook(path: Path) -> Iterator[str]:
    """Read the ids of the rows back, a megabyte at a time."""
    with zipfile.ZipFile(path) as archive, archive.open(_FIRST_SHEET) as part:
        rest = b""
        while chunk := part.read(_CHUNK):
            text, end = rest + chunk, 0
            for match in _WRITTEN_ID.finditer(text):
                end = match.end()
                yield match[1].decode()
            rest = text[max(end, len(text) - _LONGEST_END) :]


def write_csv(summary: Summary, opinions: Iterable[Opinion], target: Path) -> Tally:
    """Write the comments as CSV for Excel with Vietnamese settings: UTF-8 with its mark, semicolons, CRLF."""
    return write_proven(summary, opinions, target, _write_csv, _ids_in_csv)


def _write_csv(rows: Iterator[Row], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow([column.head for column in COLUMNS])
        writer.writerows([_csv_value(value) for value in row_values(row)] for row in rows)


def _csv_value(value: Value) -> str | int:
    if value is None:
        return ""
    return short_date(value) if isinstance(value, date) else harmless(value)


def _ids_in_csv(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        next(rows)
        yield from (row[-1] for row in rows)
