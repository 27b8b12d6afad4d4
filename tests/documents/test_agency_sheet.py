"""A list of agencies out of a file: every encoding and program of an office, and files that attack the reader."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.documents.agency_list import csv_list, write_workbook
from consult.documents.agency_sheet import read_sheet
from consult.documents.agency_sheet_parse import read_grid
from consult.domain.directory import AgencyEntry, Column, GroupName, Groups
from consult.domain.directory_import import Verdict, preview
from consult.domain.directory_sheet import sheet_of
from consult.domain.errors import UnreadableSheet
from consult.domain.unreadable_sheet import SheetFault
from consult.domain.wording import clean_line
from tests.documents.hostile_files import zip_bomb
from tests.documents.old_encodings import in_tcvn3, in_vni
from tests.documents.sheets import windows_1258, with_part, workbook

TEXT = 'Mã;Tên cơ quan;Hộp thư\r\na;"Sở Lao động; Thương binh";a@b.example\r\n;Ủy ban nhân dân huyện Đắk Đoa;\r\n'
NAMES = ["Sở Lao động; Thương binh", "Ủy ban nhân dân huyện Đắk Đoa"]
GROUPS = Groups([GroupName("so", "Các sở, ban, ngành"), GroupName("huyen", "UBND các huyện"), GroupName("h2", "A | B")])
ENTRIES = (
    AgencyEntry(
        "so-noi-vu",
        "Sở Nội vụ",
        "Sở NV",
        ("Sở Nội Vụ tỉnh", "Sở Nội vụ; tỉnh Gia Lai"),
        "department",
        30,
        "snv@gialai.example",
        date(2016, 1, 1),
        date(2025, 7, 1),
        "so-moi",
        ("h2", "so"),
    ),
    AgencyEntry("so-moi", "=1+1", "-Sở", ("@x", "+y; z"), "loại riêng"),
    AgencyEntry("ubnd", "'=Ủy ban nhân dân huyện Chư Pưh", "''x", rank=0, groups=("huyen",)),
)


def separated(sign: str) -> str:
    """Return the same list with another sign between its columns."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign).writerows(csv.reader(io.StringIO(TEXT, newline=""), delimiter=";"))
    return text.getvalue()


def names(content: bytes, name: str = "ds") -> list[str]:
    return [row.cells[Column.NAME] for row in read_sheet(name, content).rows]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        windows_1258(TEXT),
        ("sep=;\r\n" + TEXT).encode(),
        TEXT.replace('"Sở Lao động; Thương binh"', "Sở Lao động; Thương binh".join('""'))
        .replace("\r\n", "\n")
        .encode(),
        ("DANH BẠ CƠ QUAN;;\r\n;;\r\n" + TEXT).encode(),
        separated("\t").encode("utf-16"),
        separated(",").encode(),
    ],
)
def test_a_csv_is_read_however_excel_saved_it(content: bytes) -> None:
    assert names(content) == NAMES


def test_a_list_of_names_alone_keeps_the_commas_in_them() -> None:
    assert names("Tên cơ quan\nSở Lao động, Thương binh và Xã hội\n".encode()) == ["Sở Lao động, Thương binh và Xã hội"]


def test_a_workbook_is_read_with_its_dates_and_numbers() -> None:
    content = workbook(
        [
            ["DANH BẠ CƠ QUAN"],
            [],
            ["STT", "Mã", "Tên cơ quan", "Thứ tự", "Từ ngày", "Đến ngày"],
            [1, 12, "Sở Nội vụ", 30, datetime(2025, 3, 1), date(2025, 6, 30)],
        ]
    )
    (row,) = read_sheet("ds.csv", content).rows

    assert dict(row.cells) == {
        Column.CODE: "12",
        Column.NAME: "Sở Nội vụ",
        Column.RANK: "30",
        Column.VALID_FROM: "2025-03-01",
        Column.LAST_DAY: "2025-06-30",
    }
    assert row.number == 4


def fault_of(content: bytes) -> SheetFault:
    with pytest.raises(UnreadableSheet) as refused:
        read_sheet("ds.xlsx", content)
    assert str(refused.value).startswith("ds.xlsx: ")
    return refused.value.fault


@pytest.mark.slow
def test_what_is_no_list_is_refused_in_one_sentence() -> None:
    good = workbook([["Tên cơ quan"], ["Sở Nội vụ"]])
    assert fault_of(b"") is SheetFault.EMPTY
    assert fault_of(b"x" * 10_000_001) is SheetFault.TOO_LARGE
    assert fault_of(b"\x89PNG\r\n\x1a\n\x00\x00\x8f") is SheetFault.NO_LIST
    assert fault_of(b"%PDF-1.7\n...") is SheetFault.NO_NAME_COLUMN
    assert fault_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600) is SheetFault.OLD_EXCEL
    assert fault_of(in_tcvn3(TEXT * 3).encode("latin-1")) is SheetFault.OLD_ENCODING
    assert fault_of(workbook([["Tên cơ quan"], *[[in_vni("Sở Nội vụ tỉnh Đắk Lắk")]] * 3])) is SheetFault.OLD_ENCODING
    assert fault_of(("Tên cơ quan\n" + "Sở X\n" * 100_000).encode()) is SheetFault.TOO_MANY_ROWS
    assert fault_of(good[: len(good) // 2]) is SheetFault.DAMAGED
    assert fault_of(good.replace(b"worksheets", b"worksheetz")) is not None


def test_a_hostile_workbook_is_refused() -> None:
    good = workbook([["Tên cơ quan"], ["Sở Nội vụ"]])
    assert fault_of(with_part(good, "xl/vbaProject.bin", b"macro")) is SheetFault.MACROS
    assert fault_of(with_part(good, "../../etc/passwd", b"x")) is SheetFault.UNSAFE
    assert fault_of(zip_bomb(2_000, "xl/workbook.xml", "[Content_Types].xml")) is SheetFault.UNSAFE
    assert fault_of(zip_bomb(40, "xl/workbook.xml", "[Content_Types].xml", told=100)) in (
        SheetFault.UNSAFE,
        SheetFault.DAMAGED,
    )


def test_a_workbook_with_one_cell_far_away_takes_no_more_than_its_bounds() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"] = "Tên cơ quan", "Sở Nội vụ"
    book.active["XFD1048576"] = "x"
    content = io.BytesIO()
    book.save(content)

    assert fault_of(content.getvalue()) in (SheetFault.TOO_MUCH, SheetFault.TOO_MANY_ROWS)


def written(entries: tuple[AgencyEntry, ...]) -> bytes:
    content = io.BytesIO()
    write_workbook(content, entries, GROUPS)
    return content.getvalue()


def through_openpyxl(content: bytes) -> bytes:
    """Open a workbook and save it again, as another program of an office does."""
    book, saved = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        written(ENTRIES),
        through_openpyxl(written(ENTRIES)),
        csv_list(ENTRIES, GROUPS),
        windows_1258(csv_list(ENTRIES, GROUPS).decode("utf-8-sig")),
        csv_list(ENTRIES, GROUPS).decode("utf-8-sig").encode("utf-16"),
    ],
)
def test_what_was_exported_changes_nothing_when_it_is_brought_in(content: bytes) -> None:
    lines = preview(read_sheet("ds", content), ENTRIES, GROUPS)

    assert [(line.verdict, line.changes, line.problems) for line in lines] == [(Verdict.UNCHANGED, (), ())] * 3


def test_nothing_in_an_exported_csv_is_run_by_excel() -> None:
    cells = [
        cell for line in csv_list(ENTRIES, GROUPS).decode("utf-8-sig").split("\r\n")[1:] for cell in line.split(";")
    ]

    assert any(cell == "'=1+1" for cell in cells)
    assert not any(cell.strip('" ').startswith(("=", "+", "-", "@")) for cell in cells if cell != ' z"')


# Beside letters these look like text of an old Vietnamese font, which is refused.
OLD_SIGNS = "ÄÅËØÛÏÑäåëøûïñ" + "".join(map(chr, range(0xA1, 0xBF)))
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cn"], exclude_characters=OLD_SIGNS), max_size=30
).map(clean_line)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS.filter(bool), WORDS, st.lists(WORDS.filter(bool), max_size=3)), min_size=1, max_size=5))
def test_any_names_come_back_unchanged(drawn: list[tuple[str, str, list[str]]]) -> None:
    entries = tuple(
        AgencyEntry(f"c{number}", name, short or name, tuple(aliases), short, rank=number)
        for number, (name, short, aliases) in enumerate(drawn)
    )
    for content in (written(entries), csv_list(entries, GROUPS)):
        lines = preview(sheet_of("ds", read_grid(content)), entries, GROUPS)
        assert [(line.verdict, line.changes, line.problems) for line in lines] == [(Verdict.UNCHANGED, (), ())] * len(
            entries
        )
