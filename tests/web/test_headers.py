"""The headers of everything the site answers: every route, every refusal, files and downloads."""

import pytest
from flask import Flask

from consult.web import reading
from tests.builders import CLOSES, SLUG, settings_in
from tests.web import requests
from tests.web.cast import AT, Cast, Client, Role
from tests.web.matrix import MATRIX

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
EXPECTED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LETTERS = "/ban-lam-viec/<slug>/thu-mau"
OWN = {
    LETTERS: {"Content-Security-Policy": f"{POLICY}; frame-src 'self'"},
    f"{LETTERS}/<kind>": {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
        "X-Frame-Options": "SAMEORIGIN",
    },
}


@pytest.mark.slow
def test_every_route_with_every_role(cast: Cast) -> None:
    for line in MATRIX:
        for role in (Role.VISITOR, Role.SILENT, Role.ANSWERING, Role.OFFICIAL):
            cast.restore(CLOSES if line.of == "closed" else AT)
            client, where = cast.client(role), requests.address(cast, line)
            answer = client.get(where) if line.method == "GET" else client.post(where, requests.form(cast, line))
            expected = EXPECTED | (OWN.get(line.rule, {}) if answer.status_code == 200 else {})
            assert expected.items() <= dict(answer.headers).items(), f"{line} as {role}"
            assert answer.headers.getlist("Cache-Control") == ["no-store"], f"{line} as {role}"
            assert "Server" not in answer.headers
            assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/khong-co-trang-nay", 404),
        ("GET", "/static/khong-co.css", 404),
        ("GET", "/static/../app.py", 404),
        ("POST", "/", 404),
        ("DELETE", "/", 404),
        ("OPTIONS", "/", 200),
        ("POST", "/dang-nhap", 400),
        ("POST", "/dang-nhap", 413),
        ("GET", "/no", 500),
    ],
)
def test_refusals_and_faults(cast: Cast, monkeypatch: pytest.MonkeyPatch, method: str, path: str, status: int) -> None:
    monkeypatch.setattr(reading, "public_cards", lambda *_: 1 / 0)
    body = b"x" * (1024 * 1024 + 1) if status == 413 else None
    where = "/" if status == 500 else path
    answer = Client(cast.app).ask(method, where, data=body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == status
    assert EXPECTED.items() <= dict(answer.headers).items()
    assert answer.headers.getlist("Cache-Control") == ["no-store"]


@pytest.mark.parametrize("path", ["/static/consult.css", "/static/consult.js", "/static/mark.svg"])
def test_static_files_may_be_kept_and_nothing_else(cast: Cast, path: str) -> None:
    answer = Client(cast.app).get(path)

    assert answer.status_code == 200
    assert EXPECTED.items() <= dict(answer.headers).items()
    assert answer.headers["Cache-Control"] == "public, max-age=604800"
    assert "Set-Cookie" not in answer.headers


def test_the_synthesis_is_a_file_that_nobody_keeps(cast: Cast) -> None:
    answer = cast.client(Role.OFFICIAL).get(f"/ban-lam-viec/{SLUG}/bang-tong-hop.docx")

    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert answer.data[:2] == b"PK"


def test_https_is_asked_for_where_it_is_there(cast: Cast) -> None:
    cast.office.settings = settings_in(cast.path.parent, cast.office.database, base_url="https://gopy.example")
    cast.office.__dict__.pop("app", None)
    answer = Client(cast.app, base_url="https://gopy.example").get("/")

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_no_view_can_leave_the_headers_out(cast: Cast) -> None:
    app: Flask = cast.office.own_app()
    app.add_url_rule("/tran", "bare", lambda: ("bare", {"Cache-Control": "public", "X-Frame-Options": "ALLOWALL"}))
    answer = Client(app).get("/tran")

    assert EXPECTED.items() <= dict(answer.headers).items()
    assert answer.headers["Cache-Control"] == "no-store"
