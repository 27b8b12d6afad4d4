"""The journal's page and its files: in words for every act, filtered alike, the chain checked on demand."""

import ast
import csv
import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from consult import paths
from consult.domain.terms import NoticeKind
from consult.store.database import writing
from consult.store.journal import verify
from consult.web.journal_words import ACTS, LABELS, value_words
from tests.builders import NEW_SLUG, SLUG
from tests.web import requests
from tests.web.cast import ANSWER, DRAFTED, Cast, Role
from tests.web.pages import Page

JOURNAL = f"/ban-lam-viec/{SLUG}/nhat-ky"
ROOM = ("append", "_change", "_note_file")


def _told(tree: ast.AST) -> Iterator[tuple[str, list[ast.expr], list[ast.keyword]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "id", getattr(node.func, "attr", "")), node.args, node.keywords


def _acts_of_the_code() -> set[str]:
    """Every literal that is handed to the journal as an act, and the kinds of notices."""
    found = {kind.name.lower() for kind in NoticeKind}
    for path in (paths.PACKAGE / "actions").glob("*.py"):
        tree = ast.parse(path.read_text())
        journals = "consult.store.journal" in path.read_text()
        for name, arguments, _ in _told(tree):
            if journals and name in ROOM:
                found |= {
                    each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str)
                }
    return found


def _english(cast: Cast, **wanted: str) -> Page:
    client = cast.client(Role.OFFICIAL)
    client.get("/ngon-ngu/en")
    return Page(client.get(JOURNAL, query_string=wanted).text)


def test_every_act_of_the_code_has_words() -> None:
    acts = _acts_of_the_code()
    assert {"send", "respond", "publish", "replace draft", "result", "result_taken_back"} <= acts
    assert acts <= set(ACTS)


def test_an_act_without_words_is_shown_by_its_code(cast: Cast) -> None:
    with writing(cast.office.database) as session:
        for name in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE journal_entry SET act = 'something_new' WHERE act = 'publish'"))
    assert "something_new" in _english(cast).text


def test_the_page_says_who_did_what(cast: Cast) -> None:
    requests.further(cast, "concluded")
    page = _english(cast).text
    for words in (
        "answered a comment",
        "sent the agency's answer",
        "result made public",
        "not accepted (kept as it is)",
    ):
        assert words in page
    assert "Lê Văn Duyệt Mẫu" in page
    assert "864/UBND" not in page or "Number" in page


def test_what_was_not_sent_stands_nowhere(cast: Cast) -> None:
    for address in (JOURNAL, f"{JOURNAL}.csv"):
        answer = cast.client(Role.OFFICIAL).get(address).get_data(as_text=True)
        assert DRAFTED not in answer
        assert ANSWER not in answer


def test_it_is_filtered_by_what_the_form_says(cast: Cast) -> None:
    requests.further(cast, "concluded")
    client = cast.client(Role.OFFICIAL)

    def found(**wanted: str) -> int:
        return client.get(JOURNAL, query_string=wanted).text.count('<th scope="row"')

    assert found(viec="respond") == 2
    assert found(viec="respond", loai="AGENCY") == 0
    assert found(viec="respond", nguoi="chuyen vien") == 2
    assert found(tim="le van duyet") == 1
    assert found(viec="respond", tu="27/4/2020", den="27/4/2020") == 2
    assert found(viec="respond", den="26/4/2020") == 0
    assert found(viec="send", **{"co-quan": cast.record.codes[Role.ANSWERING]}) == 1
    assert found(viec="send", **{"co-quan": cast.record.codes[Role.SILENT]}) == 0


@pytest.mark.parametrize("day", ["hôm qua", "31/2/2020", "1/1/0001", "31/12/9999", "99999999"])
def test_a_day_that_cannot_be_read_is_said(cast: Cast, day: str) -> None:
    answer = cast.client(Role.OFFICIAL).get(JOURNAL, query_string={"tu": day, "den": day, "trang": "9" * 30})
    assert answer.status_code == 200
    assert f"“{day}”" in answer.text
    assert f'value="{day}"' in answer.text


def test_the_chain_is_checked_when_asked_for(cast: Cast) -> None:
    assert "intact" not in _english(cast).text.replace("Check that the journal is intact", "")
    assert "The journal is intact." in _english(cast, **{"kiem-tra": "1"}).text
    with writing(cast.office.database) as session:
        for name in session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all():
            session.execute(text(f"DROP TRIGGER {name}"))
        session.execute(text("UPDATE journal_entry SET actor = 'Ai đó' WHERE number = 2"))
        assert verify(session).fault == "entry 2 was changed"
    assert "The journal is not intact." in _english(cast, **{"kiem-tra": "1"}).text


def test_the_files_hold_what_the_page_finds_with_digests(cast: Cast) -> None:
    requests.further(cast, "concluded")
    client = cast.client(Role.OFFICIAL)
    workbook = client.get(f"{JOURNAL}.xlsx", query_string={"viec": "respond"})
    sheet = load_workbook(io.BytesIO(workbook.data)).active
    assert sheet is not None
    heads, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 2
    assert len(heads) == 11
    whole = list(csv.reader(io.StringIO(client.get(f"{JOURNAL}.csv").get_data(as_text=True).lstrip("\ufeff"))))[1:]
    assert {row[7] for row in whole} >= {"load", "publish", "send", "respond", "result"}
    assert [str(value) for value in rows[0][7:]] == next(row[7:] for row in whole if row[7] == "respond")
    assert all(len(row[9]) == len(row[10]) == 64 for row in whole)


def test_a_round_in_preparation_has_its_journal(cast: Cast) -> None:
    answer = cast.client(Role.OFFICIAL).get(f"/ban-lam-viec/{NEW_SLUG}/nhat-ky")
    assert answer.status_code == 200
    assert answer.text.count('<th scope="row"') == 1


def test_particulars_are_read_as_people_write_them(cast: Cast) -> None:
    with cast.app.test_request_context():
        bodies: dict[object, str] = {"abc": "Công an tỉnh", 7: "Sở Nội vụ"}
        assert value_words("closes_at", "2020-04-27 00:00:00+07:00", bodies) == "Thứ Hai, 27/4/2020, 00 giờ 00"
        assert value_words("letter_date", "2020-04-05", bodies) == "05/4/2020"
        assert value_words("number", "2020-04-99", bodies) == "2020-04-99"
        assert value_words("agencies", ["abc", "xyz"], bodies) == "Công an tỉnh; xyz"
        assert value_words("invitation", 7, bodies) == "Sở Nội vụ"
        assert value_words("disposition", "NOTED", bodies) == "ghi nhận"
        assert value_words("role", "OfficialRole.OFFICIAL", bodies) == "chuyên viên"
        assert value_words("late", False, bodies) == "không"
    assert "reason" in LABELS
