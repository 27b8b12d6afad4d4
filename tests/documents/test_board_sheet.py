"""The board as a workbook, read back by another library."""

from datetime import date, datetime
from io import BytesIO

from openpyxl import Workbook, load_workbook

from consult.documents.board_sheet import BoardSheet, SheetRow, write_board

ROW = SheetRow(
    name="=1+1",
    group_line="@nhóm",
    basis="Được lấy ý kiến",
    email="http://x.example",
    state="Đã gửi",
    stance="Thống nhất",
    comments=2,
    letter_number="007",
    letter_date=date(2020, 4, 25),
    sent_at=datetime(2020, 4, 25, 9, 30),
    channel="Văn bản giấy",
    late="Có",
    letter="Đã gửi",
    fault="x" * 40_000,
    reminded=1,
    own_close=None,
)
SHEET = BoardSheet("=Tiêu đề", "Tính đến …", (ROW, ROW), (("N. Được lấy ý kiến", 2),), ("N = M + Z: 2 = 2 + 0",))


def _read(sheet: BoardSheet) -> Workbook:
    content = BytesIO()
    write_board(sheet, content)
    content.seek(0)
    return load_workbook(content)


def test_words_stay_words_and_dates_are_dates() -> None:
    page = _read(SHEET)["Tình hình"]
    assert (page["A1"].value, page["A1"].data_type) == ("=Tiêu đề", "s")
    values = [cell.value for cell in page[5]]
    assert values[:9] == [1, "=1+1", "@nhóm", "Được lấy ý kiến", "http://x.example", "Đã gửi", "Thống nhất", 2, "007"]
    assert values[9:11] == [datetime(2020, 4, 25), datetime(2020, 4, 25, 9, 30)]
    assert page["K5"].is_date
    assert page["B5"].data_type == "s"
    assert page["E5"].hyperlink is None
    assert len(values[14]) == 32_767
    assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_page_can_be_read_sorted_and_printed() -> None:
    page = _read(SHEET)["Tình hình"]
    assert page.freeze_panes == "C5"
    assert page.auto_filter.ref == "A4:Q6"
    assert page.print_title_rows == "$4:$4"
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert page.column_dimensions["B"].width > 30


def test_the_counts_stand_on_a_sheet_of_their_own() -> None:
    page = _read(SHEET)["Số liệu"]
    assert [cell.value for cell in page[4]] == ["N. Được lấy ý kiến", 2]
    assert page["A6"].value == "N = M + Z: 2 = 2 + 0"


def test_an_empty_board_is_a_workbook() -> None:
    page = _read(BoardSheet("t", "a", (), (), ()))["Tình hình"]
    assert page.max_row == 4
