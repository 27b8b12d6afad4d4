"""The authorisation matrix drives every route with every role; a route without a line fails, and so does a line without
a route."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from consult.web import access
from tests.builders import CLOSES, Office
from tests.web import requests
from tests.web.cast import AT, Cast, Role
from tests.web.matrix import MATRIX, Line

MARKS = {
    "public",
    "agency",
    "official",
    "administrator",
    "official of the lead agency",
    "official of the lead agency, in preparation",
}


def rules(app: Flask) -> Iterator[Rule]:
    return (rule for rule in app.url_map.iter_rules() if not rule.endpoint.endswith("static"))


def methods(app: Flask) -> set[tuple[str, str]]:
    return {(method, rule.rule) for rule in rules(app) for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


def ask(cast: Cast, line: Line, *roles: Role) -> list[TestResponse]:
    """Send a line's request as each of the roles; each finds the record as it was before the others."""
    cast.restore(CLOSES if line.of == "closed" else AT)
    where, put_back = requests.address(cast, line), cast.keep()
    answers = []
    for role in roles:
        put_back()
        client = cast.client(role)
        answers.append(client.get(where) if line.method == "GET" else client.post(where, requests.form(cast, line)))
    return answers


def test_every_route_has_a_line_and_every_line_a_route(office: Office) -> None:
    assert {(line.method, line.rule) for line in MATRIX} == methods(office.app)


def test_every_view_says_who_may_come_in(office: Office) -> None:
    for rule in rules(office.app):
        view = office.app.view_functions[rule.endpoint]
        assert getattr(view, "access", None) in MARKS, f"{rule.endpoint} has no mark of consult.web.access"


def test_a_view_without_a_mark_is_found(office: Office) -> None:
    office.app = office.own_app()
    office.app.add_url_rule("/cua-sau", "back_door", lambda: "")

    assert ("GET", "/cua-sau") in methods(office.app) - {(line.method, line.rule) for line in MATRIX}
    with pytest.raises(AssertionError):
        test_every_view_says_who_may_come_in(office)


@pytest.mark.slow
@pytest.mark.parametrize("line", MATRIX, ids=str)
def test_the_matrix(cast: Cast, line: Line) -> None:
    answers = ask(cast, line, *Role)

    got = {role.value: answer.status_code for role, answer in zip(Role, answers, strict=True)}
    assert got == {role.value: status for role, status in zip(Role, line.expected, strict=True)}


def test_the_matrix_finds_a_door_left_open(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    line = next(line for line in MATRIX if str(line) == "GET /ban-lam-viec/<slug> of public")
    monkeypatch.setattr(access, "own_round", lambda _official, facts: facts)

    assert ask(cast, line, Role.OUTSIDER)[0].status_code == 200


def test_who_may_not_come_in_learns_nothing(cast: Cast) -> None:
    """The page that refuses is the same for what exists and what does not."""
    client = cast.client(Role.OUTSIDER)
    there, nowhere = client.get("/ban-lam-viec/gia-lai-2020"), client.get("/ban-lam-viec/khong-co")
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)

    client = cast.client(Role.SILENT)
    there, nowhere = client.get(cast.page(Role.ANSWERING)), client.get("/gop-y/zzzzzzzzzz")
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)

    there = client.get(f"{cast.page(Role.SILENT)}/y-kien/{cast.record.comment_key}")
    nowhere = client.get(f"{cast.page(Role.SILENT)}/y-kien/{requests.MADE_UP_KEY}")
    assert (there.status_code, there.data) == (nowhere.status_code, nowhere.data)
