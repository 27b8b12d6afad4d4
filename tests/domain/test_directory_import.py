"""A list of agencies against the directory: what becomes of each kind of line."""

from dataclasses import replace
from datetime import date

import pytest

from consult.domain.directory import AgencyEntry, Column, GroupName, Groups, Problem, Why, new_code, split_list
from consult.domain.directory_import import Change, Line, Verdict, applied, preview
from consult.domain.directory_sheet import sheet_of
from consult.domain.errors import UnreadableSheet
from consult.domain.unreadable_sheet import SheetFault

POLICE = AgencyEntry(
    "cong-an-tinh", "Công an tỉnh", "Công an tỉnh", ("CA tỉnh",), "department", 20, "congan@gialai.example"
)
HOME = AgencyEntry("so-noi-vu", "Sở Nội vụ", "Sở NV", email="snv@gialai.example", groups=("so",))
OLD = AgencyEntry("so-tttt", "Sở Thông tin và Truyền thông", valid_to=date(2025, 3, 1))
DIRECTORY = (POLICE, HOME, replace(OLD, short_name=OLD.name))
GROUPS = Groups([GroupName("so", "Các sở, ban, ngành", ("Các sở",)), GroupName("huyen", "UBND các huyện")])


def lines(*rows: str, directory: tuple[AgencyEntry, ...] = DIRECTORY) -> tuple[Line, ...]:
    """Weigh a list that is written with semicolons; its head is the first row."""
    return preview(sheet_of("ds", [row.split(";") for row in rows]), directory, GROUPS)


def only(*rows: str) -> Line:
    (line,) = lines(*rows)
    return line


def test_a_line_that_says_what_stands_changes_nothing() -> None:
    line = only("Mã;Tên cơ quan;Hộp thư", "cong-an-tinh;Công an tỉnh;congan@gialai.example")

    assert (line.verdict, line.changes, line.entry) == (Verdict.UNCHANGED, (), POLICE)


def test_a_new_agency_without_a_code_gets_one_from_its_name() -> None:
    line = only("Tên cơ quan;Loại;Hộp thư", "Sở Tư pháp;sở, ban, ngành;stp@gialai.example")

    assert line.verdict is Verdict.ADDED
    assert line.entry == AgencyEntry(
        "so-tu-phap", "Sở Tư pháp", "Sở Tư pháp", kind="department", email="stp@gialai.example"
    )


def test_a_change_is_told_column_by_column() -> None:
    line = only(
        "Mã;Tên cơ quan;Tên gọi khác;Thứ tự;Nhóm;Từ ngày",
        "cong-an-tinh;Công an tỉnh Gia Lai;CA tỉnh|Công an;10;các sở;01/3/2025",
    )

    assert line.verdict is Verdict.CHANGED
    assert line.changes == (
        Change(Column.NAME, "Công an tỉnh", "Công an tỉnh Gia Lai"),
        Change(Column.ALIASES, "CA tỉnh", "CA tỉnh | Công an"),
        Change(Column.RANK, "20", "10"),
        Change(Column.VALID_FROM, "", "01/3/2025"),
        Change(Column.GROUPS, "", "Các sở, ban, ngành"),
    )


def test_without_a_code_a_line_is_known_by_its_name_however_it_is_accented() -> None:
    line = only("Tên cơ quan;Hộp thư", "SỞ  NỘI VỤ;moi@gialai.example")

    assert line.entry.code == "so-noi-vu"
    assert line.changes == (
        Change(Column.NAME, "Sở Nội vụ", "SỞ NỘI VỤ"),
        Change(Column.EMAIL, "snv@gialai.example", "moi@gialai.example"),
    )


def test_a_column_that_is_missing_leaves_what_stands_and_an_empty_cell_empties_it() -> None:
    assert only("Mã;Tên cơ quan", "so-noi-vu;Sở Nội vụ").verdict is Verdict.UNCHANGED
    line = only("Mã;Tên cơ quan;Hộp thư;Nhóm", "so-noi-vu;Sở Nội vụ;;")

    assert line.changes == (
        Change(Column.EMAIL, "snv@gialai.example", ""),
        Change(Column.GROUPS, "Các sở, ban, ngành", ""),
    )


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ("x;;;;;;;", Problem(Why.NO_NAME)),
        ("x;Sở X;thu sai;;;;;", Problem(Why.EMAIL, "thu sai")),
        ("x;Sở X;a@b.example, c@d.example;;;;;", Problem(Why.EMAIL, "a@b.example, c@d.example")),
        ("x;Sở X;;31/2/2025;;;;", Problem(Why.DATE, "31/2/2025")),
        ("x;Sở X;;1/1/9999;;;;", Problem(Why.DATE, "1/1/9999")),
        ("x;Sở X;;01/7/2025;30/6/2025;;;", Problem(Why.DAYS, "01/7/2025 – 30/6/2025")),
        ("x;Sở X;;;;mười;;", Problem(Why.RANK, "mười")),
        ("x;Sở X;;;;-1;;", Problem(Why.RANK, "-1")),
        ("x;Sở X;;;;;Nhóm lạ;", Problem(Why.GROUP, "Nhóm lạ")),
        ("x;Sở X;;;;;;khong-co", Problem(Why.SUCCESSOR, "khong-co")),
        ("x;Sở X;;;;;;x", Problem(Why.OWN_SUCCESSOR)),
    ],
)
def test_a_line_that_cannot_be_kept_says_why(cells: str, problem: Problem) -> None:
    heads = "Mã;Tên cơ quan;Hộp thư;Từ ngày;Đến ngày;Thứ tự;Nhóm;Cơ quan kế thừa"
    bad, good = lines(heads, cells, "y;Sở Y;;;;;;")

    assert (bad.verdict, bad.problems) == (Verdict.REFUSED, (problem,))
    assert good.verdict is Verdict.ADDED


def test_a_body_of_one_day_ends_when_it_began() -> None:
    line = only("Tên cơ quan;Từ ngày;Đến ngày", "Sở X;01/7/2025;01/7/2025")

    assert (line.entry.valid_from, line.entry.valid_to) == (date(2025, 7, 1), date(2025, 7, 2))


@pytest.mark.parametrize("written", ["1/7/2025", "01-07-2025", "1.7.2025", "2025-07-01", "45839"])
def test_dates_are_read_as_people_and_excel_write_them(written: str) -> None:
    assert only("Tên cơ quan;Từ ngày", f"Sở X;{written}").entry.valid_from == date(2025, 7, 1)


def test_the_second_line_of_one_code_or_name_is_doubled() -> None:
    found = lines(
        "Mã;Tên cơ quan", "a;Sở A", "a;Sở B", ";Hội Nông dân", ";hội nông dân", ";Công an tỉnh", ";Công an tỉnh"
    )

    assert [(line.verdict, line.problems) for line in found] == [
        (Verdict.ADDED, ()),
        (Verdict.DOUBLED, (Problem(Why.CODE_TWICE, "2"),)),
        (Verdict.ADDED, ()),
        (Verdict.DOUBLED, (Problem(Why.NAME_TWICE, "4"),)),
        (Verdict.UNCHANGED, ()),
        (Verdict.DOUBLED, (Problem(Why.CODE_TWICE, "6"),)),
    ]


def test_a_name_that_is_there_under_another_code_is_doubled() -> None:
    added, renamed = lines("Mã;Tên cơ quan", "khac;Công an tỉnh", "so-noi-vu;Công an Tỉnh")

    assert (added.verdict, added.problems) == (Verdict.DOUBLED, (Problem(Why.NAME_KNOWN, "cong-an-tinh"),))
    assert renamed.verdict is Verdict.DOUBLED


def test_the_same_name_after_the_end_of_the_old_body_is_a_new_one() -> None:
    line = only("Mã;Tên cơ quan;Từ ngày", "moi;Sở Thông tin và Truyền thông;01/3/2025")

    assert line.verdict is Verdict.ADDED
    day_before = only("Mã;Tên cơ quan;Từ ngày", "moi;Sở Thông tin và Truyền thông;28/2/2025")
    assert day_before.verdict is Verdict.DOUBLED


def test_a_successor_may_stand_further_down_and_be_named_in_words() -> None:
    old, new = lines(
        "Mã;Tên cơ quan;Đến hết ngày;Cơ quan kế thừa",
        "so-tttt;Sở Thông tin và Truyền thông;28/02/2025;Sở Khoa học và Công nghệ",
        ";Sở Khoa học và Công nghệ;;",
    )

    assert old.changes == (Change(Column.SUCCESSOR, "", "so-khoa-hoc-va-cong-nghe"),)
    assert new.verdict is Verdict.ADDED


def test_a_line_whose_successor_is_refused_is_refused_with_it() -> None:
    found = lines("Mã;Tên cơ quan;Cơ quan kế thừa", "a;Sở A;b", "b;Sở B;c", "c;Sở C;khong-co", "d;Sở D;")

    assert [line.verdict for line in found] == [Verdict.REFUSED] * 3 + [Verdict.ADDED]
    assert [line.entry.code for line in applied(found)] == ["d"]


def test_a_shared_mailbox_is_a_warning_and_no_hindrance() -> None:
    line = only("Tên cơ quan;Hộp thư", "Hội Nông dân;Congan@gialai.example")

    assert (line.verdict, line.warnings) == (Verdict.ADDED, (Problem(Why.SHARED_MAILBOX, "cong-an-tinh"),))


def test_of_several_bodies_of_one_name_the_lasting_one_is_meant_else_the_line_is_refused() -> None:
    ended = AgencyEntry("a", "Sở X", "Sở X", valid_to=date(2025, 3, 1))
    lasting = AgencyEntry("b", "Sở X", "Sở X", valid_from=date(2025, 3, 1))
    (meant,) = lines("Tên cơ quan;Thứ tự", "Sở X;7", directory=(ended, lasting))
    (unclear,) = lines("Tên cơ quan;Thứ tự", "Sở X;7", directory=(lasting, replace(lasting, code="c")))

    assert meant.entry.code == "b"
    assert unclear.problems == (Problem(Why.SEVERAL, "b, c"),)


def test_heads_are_known_without_accents_in_two_languages_and_below_a_title() -> None:
    grid = [["DANH BẠ"], [], ["STT", "ma", "TÊN CƠ QUAN, ĐƠN VỊ", "E-mail", "Ghi chú"], ["1", "x", "Sở X", "", "y"]]
    sheet = sheet_of("ds", grid)

    assert sheet.unknown == ("Ghi chú",)
    assert [(row.number, dict(row.cells)) for row in sheet.rows] == [
        (4, {Column.CODE: "x", Column.NAME: "Sở X", Column.EMAIL: ""})
    ]
    english = sheet_of("ds", [["Code", "Name", "Short name", "Valid until"], ["x", "Sở X", "", ""]])
    assert set(english.rows[0].cells) == {Column.CODE, Column.NAME, Column.SHORT_NAME, Column.LAST_DAY}


@pytest.mark.parametrize(
    ("grid", "fault"),
    [
        ([], SheetFault.NO_NAME_COLUMN),
        ([["Mã", "Hộp thư"], ["x", "y"]], SheetFault.NO_NAME_COLUMN),
        ([["Tên cơ quan", "Tên đơn vị"], ["x", "y"]], SheetFault.COLUMN_TWICE),
        ([["Tên cơ quan"], [""], [" "]], SheetFault.NO_ROWS),
        ([["Tên cơ quan"], *[["Sở X"]] * 20_001], SheetFault.TOO_MANY_ROWS),
    ],
)
def test_a_grid_that_is_no_list_is_refused(grid: list[list[str]], fault: SheetFault) -> None:
    with pytest.raises(UnreadableSheet) as refused:
        sheet_of("ds.csv", grid)

    assert refused.value.fault is fault


def test_codes_are_made_from_names_and_never_twice() -> None:
    assert new_code("Ủy ban nhân dân huyện Đắk Đoa", set()) == "uy-ban-nhan-dan-huyen-dak-doa"
    assert new_code("Sở X", {"so-x", "so-x-2"}) == "so-x-3"
    assert new_code("…", set()) == "co-quan"


def test_lists_in_a_cell_are_parted_by_bars_or_else_by_semicolons() -> None:
    assert split_list("UBND các huyện, thị xã; thành phố|UBND huyện") == (
        "UBND các huyện, thị xã; thành phố",
        "UBND huyện",
    )
    assert split_list("a; b;a") == ("a", "b")
    assert split_list("") == ()


def test_a_circle_of_successors_is_refused_and_a_chain_is_not() -> None:
    first, second, third, chain = lines(
        "Mã;Tên cơ quan;Cơ quan kế thừa", "a;Sở A;b", "b;Sở B;c", "c;Sở C;a", "d;Sở D;a"
    )
    assert [line.problems for line in (first, second, third)] == [
        (Problem(Why.CIRCLE, "b"),),
        (Problem(Why.CIRCLE, "c"),),
        (Problem(Why.CIRCLE, "a"),),
    ]
    assert chain.verdict is Verdict.ADDED
    heir, heirs_heir = lines("Mã;Tên cơ quan;Cơ quan kế thừa", "a;Sở A;b", "b;Sở B;")
    assert (heir.verdict, heirs_heir.verdict) == (Verdict.ADDED, Verdict.ADDED)
