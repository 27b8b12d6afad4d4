"""The synthesis as workbook, CSV and JSON, read back by other readers: every comment once, and words stay words."""

import csv
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from consult.documents.synthesis_json import write_json
from consult.documents.synthesis_sheet import write_csv, write_workbook
from consult.domain.errors import IncompleteSynthesis
from consult.domain.synthesis import Opinion, Summary, Tally
from consult.domain.terms import Disposition
from tests.synthesis_samples import GENERAL, OPINIONS, SUMMARY, UNANSWERED, many

Writer = Callable[[Summary, Iterable[Opinion], Path], Tally]
SCHEMA = Path(__file__).parents[2] / "docs/synthesis.schema.json"
WRITERS = (write_workbook, write_csv, write_json)
COMMAND = "=cmd|' /C calc'!A0"
FORBIDDEN = "".join(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, 0xD800)))
NASTY = (
    COMMAND,
    "\t=1+1",
    "\n@SUM(A1)",
    "＝1+1",
    "http://x.example/a\nmailto:a@x.example",
    f"trước{FORBIDDEN}sau",
    "\u202eđảo\u202c \u200f👍🏽",
    "_x0041_",
    "a\tb\tc\n1\t2\t3",
    '";"\r\n"',
    "<is><t>" + "0" * 32 + "</t></is></c></row>",
    "chữ " * 5_000,
)


def _json(path: Path) -> Any:
    return json.loads(path.read_bytes().decode())


def _csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def _said(words: str) -> str:
    """Return words as every file carries them."""
    words = re.sub("\r\n?|\x0b|\x0c", "\n", words)
    return "".join("\ufffd" if char in FORBIDDEN else char for char in words)


def test_a_row_of_the_workbook(tmp_path: Path) -> None:
    target = tmp_path / "s.xlsx"
    answered = GENERAL._replace(disposition=Disposition.PARTLY_ACCEPTED)
    tally = write_workbook(SUMMARY, (answered, *OPINIONS[1:]), target)
    page = load_workbook(target)["Ý kiến góp ý"]
    assert (tally.rows, tally.places, tally.bodies, tally.unanswered) == (4, 3, 3, 1)
    assert [cell.value for cell in page[4]] == [
        1,
        "Ý kiến chung",
        "Ủy ban nhân dân thành phố Pleiku",
        "Đề nghị bổ sung thời hạn báo cáo.",
        None,
        "Để có cơ sở đôn đốc",
        "Tiếp thu một phần",
        "Tiếp thu, bổ sung vào đoạn kết.",
        "dự thảo Công văn",
        None,
        None,
        "Khác",
        "Ủy ban nhân dân các huyện, thị xã, thành phố",
        "864/UBND",
        datetime(2020, 4, 22),
        None,
        "Trang lấy ý kiến",
        "0" * 31 + "1",
    ]
    assert [page.cell(row, 18).value for row in range(4, 9)] == [*(opinion.id for opinion in OPINIONS), None]
    assert page["H7"].value is None


def test_the_workbook_is_read_filtered_and_printed(tmp_path: Path) -> None:
    write_workbook(SUMMARY, OPINIONS, tmp_path / "s.xlsx")
    page = load_workbook(tmp_path / "s.xlsx")["Ý kiến góp ý"]
    assert (page.freeze_panes, page.auto_filter.ref, page.print_title_rows) == ("D4", "A3:R7", "$3:$3")
    assert page.print_area == "'Ý kiến góp ý'!$A$1:$H$7"
    setup = page.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight) == ("landscape", 9, None, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page["D4"].alignment.wrap_text


def test_each_body_stands_once_on_the_second_sheet(tmp_path: Path) -> None:
    write_workbook(SUMMARY, OPINIONS, tmp_path / "s.xlsx")
    page = load_workbook(tmp_path / "s.xlsx")["Cơ quan, đơn vị"]
    assert [[cell.value for cell in row][1:7:2] for row in page.iter_rows(min_row=4)] == [
        ["Tỉnh đoàn Gia Lai", "Thống nhất với nội dung dự thảo", datetime(2020, 2, 5)],
        ["Ủy ban nhân dân thị xã An Khê", "Thống nhất với nội dung dự thảo", datetime(2020, 4, 28)],
        ["Công an tỉnh", "Có ý kiến góp ý", datetime(2020, 4, 24)],
        ["Sở Kế hoạch và Đầu tư", "Có ý kiến góp ý", datetime(2020, 4, 23)],
        ["Ủy ban nhân dân thành phố Pleiku", "Có ý kiến góp ý", datetime(2020, 4, 22)],
        ["Sở Giáo dục và Đào tạo", "Không có ý kiến", None],
        ["Ủy ban nhân dân huyện Ia Pa", "Không gửi", None],
    ]


def test_csv_is_for_excel(tmp_path: Path) -> None:
    write_csv(SUMMARY, OPINIONS, tmp_path / "s.csv")
    content = (tmp_path / "s.csv").read_bytes()
    assert content.startswith("\ufeffTT;Vị trí trong dự thảo;".encode())
    assert content.count(b"\r\n") == 5
    rows = _csv(tmp_path / "s.csv")
    assert rows[1][12:15] == ["Ủy ban nhân dân các huyện, thị xã, thành phố", "864/UBND", "22/4/2020"]
    assert [row[-1] for row in rows[1:]] == [opinion.id for opinion in OPINIONS]


@pytest.mark.parametrize("words", NASTY, ids=range(len(NASTY)))
def test_no_words_of_an_agency_break_or_change_a_file(tmp_path: Path, words: str) -> None:
    opinions = (GENERAL._replace(content=words, proposed_passage=words, response=words), *OPINIONS[1:])
    for writer, name in zip(WRITERS, ("s.xlsx", "s.csv", "s.json"), strict=True):
        assert writer(SUMMARY, opinions, tmp_path / name).rows == 4
    page = load_workbook(tmp_path / "s.xlsx")["Ý kiến góp ý"]
    assert page["D4"].data_type == "s"
    assert page["D4"].hyperlink is None
    assert {unescape(page[cell].value) for cell in ("D4", "E4", "H4")} == {_said(words)}
    assert _csv(tmp_path / "s.csv")[1][3].removeprefix("'") == _said(words)
    assert _csv(tmp_path / "s.csv")[1][3][0] not in "=+-@\t\r\n＝"
    assert _json(tmp_path / "s.json")["comments"][0]["content"] == _said(words)


@pytest.mark.parametrize("writer", WRITERS)
def test_an_incomplete_synthesis_leaves_the_old_file(tmp_path: Path, writer: Writer) -> None:
    target = tmp_path / "s"
    target.write_bytes(b"the old file")
    for opinions in (OPINIONS[:3], (*OPINIONS, UNANSWERED)):
        with pytest.raises(IncompleteSynthesis):
            writer(SUMMARY, opinions, target)
    assert target.read_bytes() == b"the old file"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.slow
@pytest.mark.parametrize("writer", WRITERS)
def test_many_rows_are_proved_across_blocks(tmp_path: Path, writer: Writer) -> None:
    summary, opinions = many(3_000)
    assert writer(summary, opinions, tmp_path / "s").rows == 3_000


@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_synthesis_is_the_same_file(tmp_path: Path, writer: Writer) -> None:
    for name in "ab":
        writer(SUMMARY, OPINIONS, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def _held(schema: Any, value: Any, where: str) -> None:
    """Hold a value to the few words of JSON Schema that ours uses."""
    assert schema.get("const", value) == value, where
    assert value in schema.get("enum", [value]), where
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None), "object": dict, "array": list}
    wanted = schema.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    assert not wanted or type(value) in [kinds[kind] for kind in wanted], where
    if "pattern" in schema:
        assert re.search(schema["pattern"], value), where
    if isinstance(value, dict):
        assert set(schema["required"]) == set(schema["properties"]) == set(value), where
        for name, part in value.items():
            _held(schema["properties"][name], part, f"{where}.{name}")
    for number, part in enumerate(value if isinstance(value, list) else ()):
        _held(schema["items"], part, f"{where}[{number}]")


@pytest.mark.parametrize("summary", [SUMMARY, replace(SUMMARY, provisional_at=datetime(2020, 4, 26, 9, 30))])
def test_json_is_as_its_schema_says(tmp_path: Path, summary: Summary) -> None:
    opinions = (GENERAL._replace(disposition=Disposition.NOTED), *OPINIONS[1:])
    write_json(summary, opinions, tmp_path / "s.json")
    told = _json(tmp_path / "s.json")
    _held(json.loads(SCHEMA.read_bytes().decode()), told, "synthesis")
    assert told["counts"] == {
        "invited": 7,
        "answered": 6,
        "agrees": 2,
        "commenting": 3,
        "no_opinion": 1,
        "silent": 1,
        "unasked": 0,
        "late": 1,
        "comments": 4,
    }
    assert told["comments"][1]["proposed_wording"] == "… nguy cơ mất an toàn …"
    assert [comment["disposition"] for comment in told["comments"]] == ["noted", None, None, None]
    assert told["bodies"][0]["letter_date"] == "2020-02-05"


def test_json_without_a_comment(tmp_path: Path) -> None:
    summary, _ = many(0)
    silent = replace(summary, commenting=(), agrees=(*summary.agrees, *summary.commenting))
    assert write_json(silent, (), tmp_path / "s.json").rows == 0
    assert _json(tmp_path / "s.json")["comments"] == []
