"""The journal as a file: read back as it was written, and no cell is a formula or a link."""

import csv
from pathlib import Path

from openpyxl import load_workbook

from consult.documents.journal_sheet import write_csv, write_workbook

HEADS = ("Số", "Việc")
ROWS = [
    (1, "=1+1"),
    (2, '=HYPERLINK("http://evil.example";"x")'),
    (3, "https://evil.example"),
    (4, "@SUM(A1)"),
    (5, "-2+3"),
    (6, 'Dòng một\nDòng hai, "trích"; hết'),
    (7, "0123"),
]


def test_a_workbook_gives_the_words_back(tmp_path: Path) -> None:
    write_workbook(HEADS, ROWS, tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    cells = list(sheet.iter_rows())
    assert [tuple(cell.value for cell in row) for row in cells] == [HEADS, *ROWS]
    assert {cell.data_type for row in cells for cell in row} == {"s", "n"}
    assert not any(cell.hyperlink for row in cells for cell in row)


def test_a_cell_holds_what_a_cell_can(tmp_path: Path) -> None:
    write_workbook(HEADS, [(1, "đ" * 40_000)], tmp_path / "a.xlsx")
    sheet = load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    value = sheet.cell(2, 2).value
    assert isinstance(value, str)
    assert len(value) == 32_767
    assert value.endswith("… (cắt bớt)")


def test_a_csv_is_known_to_excel_and_begins_no_formula(tmp_path: Path) -> None:
    write_csv(HEADS, ROWS, tmp_path / "a.csv")
    content = (tmp_path / "a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(content.decode("utf-8-sig").splitlines(keepends=True))
    assert tuple(heads) == HEADS
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert [cell.removeprefix("'") for _, cell in rows] == [words for _, words in ROWS]
