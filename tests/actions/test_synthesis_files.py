"""A round's synthesis in the forms that are not signed: the same comments, by the suffix of the file."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from consult.actions.synthesising import synthesise
from consult.domain.errors import NotSupported
from consult.store.database import reading
from tests.builders import Office
from tests.concluded import all_answered, in_force


def test_every_comment_in_force_stands_once_in_every_form(office: Office, tmp_path: Path) -> None:
    all_answered(office)
    paths = {suffix: tmp_path / f"s.{suffix}" for suffix in ("xlsx", "csv", "json")}
    with reading(office.database) as session:
        tallies = [synthesise(session, office.facts(), path, office.clock()) for path in paths.values()]
    assert [(tally.rows, tally.unanswered) for tally in tallies] == [(3, 0)] * 3
    assert len(in_force(office)) == 3
    contents = ["Đề nghị rà soát thể thức.", "Đề nghị bỏ từ lặp.", None]
    page = load_workbook(paths["xlsx"])["Ý kiến góp ý"]
    assert [row[3].value for row in page.iter_rows(min_row=4)] == contents
    assert [row[6].value for row in page.iter_rows(min_row=4)] == ["Không tiếp thu (giữ nguyên)"] * 3
    with paths["csv"].open(encoding="utf-8-sig", newline="") as file:
        assert [row[3] or None for row in csv.reader(file, delimiter=";")][1:] == contents
    told = json.loads(paths["json"].read_bytes().decode())
    assert [comment["disposition"] for comment in told["comments"]] == ["not_accepted"] * 3
    assert [comment["proposed_wording"] for comment in told["comments"]][:2] == [None, None]
    assert told["counts"]["invited"] == office_size(office)


def office_size(office: Office) -> int:
    """Return how many agencies the sample asks."""
    with reading(office.database) as session:
        return session.connection().exec_driver_sql("SELECT count(*) FROM invitation").scalar_one()


def test_another_suffix_is_refused(office: Office, tmp_path: Path) -> None:
    with reading(office.database) as session, pytest.raises(NotSupported, match=r"\.docx, \.xlsx, \.csv, \.json"):
        synthesise(session, office.facts(), tmp_path / "s.ods", office.clock())
