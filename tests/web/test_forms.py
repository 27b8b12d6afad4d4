"""What every form of the site holds: its own fields and no more, its token, and the words of the person."""

import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from itertools import count

import pytest
import time_machine
from sqlalchemy import text

from consult.actions import inviting, unasked
from consult.clock import machine_clock
from consult.store.database import reading
from consult.store.tables import metadata
from consult.web.form_fields import PageForm
from tests.web import requests
from tests.web.cast import Cast, Role
from tests.web.matrix import MATRIX, Line

DONE = (200, 303)
POSTS = [
    line
    for line in MATRIX
    if line.method == "POST" and line.of not in ("closed", "invited") and set(DONE) & set(line.expected)
]
COLUMNS = sorted({column.name for table in metadata.tables.values() for column in table.columns})
RANDOM = re.compile(r"[0-9a-f]{32,64}|[A-Za-z0-9_-]{43}")
TYPED = {
    "content": "Ý kiến <gõ> dở",
    "proposed_text": "Phương án viết lại",
    "reason": "Vì trùng lặp",
    "sentence": "Giải trình như sau",
    "agreed_text": "Nội dung thống nhất",
    "letter_number": "12/CV & 13/CV",
    "letter_date": "25/4/2020",
}


DONE_BEFORE = {
    "POST /dang-xuat of public",
    "POST /ban-lam-viec/<slug>/dot-moi of preparing",
    "POST /chuyen-vien/<int:number>/tro-lai of directory",
    "POST /gop-y/<code>/cong-van-gop-y.docx of answering",
    "POST /mau-bang-tong-hop/loi-van/<kind>/<form>/xem-thu.docx of directory",
}
"""Where the record is as it is asked for: nobody signed in, a round in preparation, an official in office; a letter."""
LISTS = ("/ban-lam-viec/<slug>/co-quan", "/ban-lam-viec/<slug>/in-lien-ket", "/ban-lam-viec/<slug>/nhac")
PLAINLY_READ = {"code", "at", "to"}
"""Names that the views of lists read themselves, without a form of fields."""


def fields_made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Return a set to which each form that is made adds the names of its own fields."""
    names: set[str] = set()
    made = PageForm.__init__

    def noting(form: PageForm, *values: object, **named: object) -> None:
        made(form, *values, **named)
        names.update(field.name for field in form)

    monkeypatch.setattr(PageForm, "__init__", noting)
    return names


def allowed(line: Line) -> Role:
    """Return the role to which the line's page belongs."""
    return next(role for role, status in zip(Role, line.expected, strict=True) if status in DONE)


@cache
def masked(row: tuple[object, ...]) -> str:
    return RANDOM.sub("…", repr(row))


def rows(cast: Cast) -> Mapping[str, list[str]]:
    """Return every row of every table, what is drawn at random masked."""
    with reading(cast.office.database) as session:
        return {
            table.name: sorted(masked(tuple(row)) for row in session.execute(text(f"SELECT * FROM {table.name}")))
            for table in metadata.sorted_tables
        }


def test_there_are_columns_to_try() -> None:
    assert {"disposition", "in_force", "sent_at", "official_id", "generation", "late"} <= set(COLUMNS)


@pytest.mark.slow
@pytest.mark.parametrize("line", POSTS, ids=str)
def test_a_form_changes_what_it_may_and_nothing_else(cast: Cast, line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    for room in (inviting, unasked):
        monkeypatch.setattr(room, "new_code", lambda: f"code{next(numbers):06}")
    own, found = fields_made(monkeypatch), []
    for columns in ([], COLUMNS[::2], COLUMNS[1::2]):
        numbers = count()
        known = own | PLAINLY_READ if line.rule.startswith(LISTS) else own
        more = dict.fromkeys(set(columns) - known, "1")
        cast.restore()
        before = rows(cast)
        form = requests.form(cast, line)
        answer = cast.client(allowed(line)).post(requests.address(cast, line), {**more, **form})
        found.append((answer.status_code, rows(cast)))
        assert answer.status_code in DONE

    assert found[0] == found[1] == found[2]
    assert str(line) in DONE_BEFORE or found[0][1] != before


@pytest.mark.slow
@pytest.mark.parametrize("line", POSTS, ids=str)
def test_a_form_without_a_token_or_with_a_foreign_one_is_refused_and_gives_the_words_back(
    cast: Cast, line: Line
) -> None:
    address, client = requests.address(cast, line), cast.client(allowed(line))
    requests.form(cast, line)  # what the form needs in the record is there before it is looked at
    before = rows(cast)
    for token in ({}, {"csrf_token": cast.client(Role.VISITOR).token()}, {"csrf_token": "made-up"}):
        answer = client.ask("POST", address, data={**requests.form(cast, line), **TYPED, **token})
        assert answer.status_code == 400
        for words in TYPED.values():
            assert words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in answer.text
    assert rows(cast) == before


@pytest.mark.slow
@pytest.mark.parametrize("line", POSTS, ids=str)
def test_a_form_opened_five_hours_ago_still_posts(cast: Cast, line: Line) -> None:
    address, form, client = requests.address(cast, line), requests.form(cast, line), cast.client(allowed(line))
    with time_machine.travel(machine_clock() - timedelta(hours=5), tick=False):
        token = client.token()
    cast.office.clock.at += timedelta(minutes=25)

    assert client.ask("POST", address, data={"csrf_token": token, **form}).status_code in DONE


def test_with_the_usual_hour_it_would_not(cast: Cast) -> None:
    cast.office.app = cast.office.own_app()
    cast.app.config["WTF_CSRF_TIME_LIMIT"] = 3600
    client = cast.client(Role.SILENT)
    with time_machine.travel(machine_clock() - timedelta(hours=5), tick=False):
        token = client.token()

    assert client.ask("POST", f"{cast.page(Role.SILENT)}/thong-nhat", data={"csrf_token": token}).status_code == 400


def test_a_clock_set_back_two_hours_refuses_no_form(cast: Cast) -> None:
    client = cast.client(Role.SILENT)
    with time_machine.travel(machine_clock() + timedelta(hours=2), tick=False):
        token = client.token()
    data = {"csrf_token": token, "agree": "2.2"}

    assert client.ask("POST", f"{cast.page(Role.SILENT)}/thong-nhat", data=data).status_code == 303
