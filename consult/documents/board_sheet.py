"""The board as a workbook: one row an agency to sort, filter and print, and the counts on a second sheet.

Words stay words: nothing becomes a formula, a link or a number by how it begins. Dates are dates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any

import xlsxwriter

_A4 = 9
_HEAD_ROW = 3
_MOST_CHARACTERS = 32_767
_COLUMNS: tuple[tuple[str, int], ...] = (
    ("TT", 6),
    ("Cơ quan, đơn vị", 38),
    ("Nhóm tại mục Kính gửi", 26),
    ("Diện lấy ý kiến", 18),
    ("Hộp thư công vụ", 26),
    ("Tình hình", 20),
    ("Ý kiến chung", 26),
    ("Số ý kiến", 8),
    ("Số văn bản", 18),
    ("Ngày văn bản", 12),
    ("Thời điểm gửi", 16),
    ("Kênh", 16),
    ("Gửi sau thời hạn", 11),
    ("Thư đề nghị góp ý", 16),
    ("Lý do thư không tới", 24),
    ("Số lần nhắc", 8),
    ("Thời hạn riêng", 16),
)


@dataclass(frozen=True)
class SheetRow:
    """One row; moments are local and naive as the workbook has them, "" and None where there is nothing to say."""

    name: str
    group_line: str
    basis: str
    email: str
    state: str
    stance: str
    comments: int | None
    letter_number: str
    letter_date: date | None
    sent_at: datetime | date | None
    channel: str
    late: str
    letter: str
    fault: str
    reminded: int | None
    own_close: datetime | None


@dataclass(frozen=True)
class BoardSheet:
    """The whole workbook: its two heading lines, the rows, and the counts with their words."""

    title: str
    as_of: str
    rows: Sequence[SheetRow]
    counts: Sequence[tuple[str, int]]
    identities: Sequence[str]


def write_board(sheet: BoardSheet, target: IO[bytes]) -> None:
    """Write the workbook into an open binary file."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": sheet.title})
        _agencies(book, sheet)
        _counts(book, sheet)


def _agencies(book: Any, sheet: BoardSheet) -> None:
    page = book.add_worksheet("Tình hình")
    last = _HEAD_ROW + max(1, len(sheet.rows))
    _layout(page, last)
    for number, (_, width) in enumerate(_COLUMNS):
        page.set_column(number, number, width)
    _headings(book, page, sheet)
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "align": "center", "valign": "vcenter"})
    for number, (words, _) in enumerate(_COLUMNS):
        page.write_string(_HEAD_ROW, number, words, head)
    looks = _looks(book)
    for position, row in enumerate(sheet.rows, start=1):
        values = (position, *(getattr(row, name) for name in SheetRow.__dataclass_fields__))
        for column, value in enumerate(values):
            _cell(page, _HEAD_ROW + position, column, value, looks)


def _layout(page: Any, last: int) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD_ROW)
    page.freeze_panes(_HEAD_ROW + 1, 2)
    page.autofilter(_HEAD_ROW, 0, last, len(_COLUMNS) - 1)
    page.set_footer("&CTrang &P/&N")


def _headings(book: Any, page: Any, sheet: BoardSheet) -> None:
    page.write_string(0, 0, sheet.title[:_MOST_CHARACTERS], book.add_format({"bold": True, "font_size": 14}))
    page.write_string(1, 0, sheet.as_of)


def _looks(book: Any) -> dict[type, Any]:
    plain = {"border": 1, "valign": "top"}
    return {
        str: book.add_format({**plain, "text_wrap": True}),
        int: book.add_format(plain),
        date: book.add_format({**plain, "num_format": "dd/mm/yyyy"}),
        datetime: book.add_format({**plain, "num_format": "dd/mm/yyyy hh:mm", "text_wrap": True}),
    }


def _cell(page: Any, row: int, column: int, value: object, looks: dict[type, Any]) -> None:
    if value is None or value == "":
        page.write_blank(row, column, None, looks[str])
    elif isinstance(value, str):
        page.write_string(row, column, value[:_MOST_CHARACTERS], looks[str])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, looks[type(value)])
    else:
        page.write_number(row, column, value, looks[int])


def _counts(book: Any, sheet: BoardSheet) -> None:
    page = book.add_worksheet("Số liệu")
    page.set_paper(_A4)
    page.set_column(0, 0, 60)
    page.set_column(1, 1, 12)
    _headings(book, page, sheet)
    looks = _looks(book)
    for row, (words, number) in enumerate(sheet.counts, start=_HEAD_ROW):
        _cell(page, row, 0, words, looks)
        _cell(page, row, 1, number, looks)
    for row, words in enumerate(sheet.identities, start=_HEAD_ROW + len(sheet.counts) + 1):
        page.write_string(row, 0, words)
