"""Sessions: what the cookie is, when it changes, and how it ends."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from sqlalchemy import text
from werkzeug.test import TestResponse

from consult.domain.links import new_token
from consult.store.database import writing
from tests.builders import settings_in
from tests.web import requests
from tests.web.cast import AT, Cast, Client, Role
from tests.web.matrix import MATRIX
from tests.web.requests import sign_in_token

HTTPS = "https://gopy.example"
PUBLIC = [
    "/",
    "/ho-so/gia-lai-2020",
    "/khong-co-trang-nay",
    "/static/consult.css",
    "/bootstrap/static/css/bootstrap.min.css",
]


def at_https(cast: Cast, cookie: str = "") -> Client:
    """Give the same record at an https address."""
    cast.office.settings = settings_in(cast.path.parent, cast.office.database, base_url=HTTPS)
    cast.office.__dict__.pop("app", None)
    return Client(cast.app, cookie, HTTPS)


def set_cookies(answer: TestResponse) -> list[str]:
    return answer.headers.getlist("Set-Cookie")


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_set_no_cookie(cast: Cast, address: str) -> None:
    for role in (Role.VISITOR, Role.SILENT):
        assert set_cookies(cast.client(role).get(address)) == []


@pytest.mark.slow
def test_every_cookie_is_kept_from_scripts_and_other_sites(cast: Cast) -> None:
    for line in MATRIX:
        cast.restore()
        client = Client(cast.app)
        where = requests.address(cast, line)
        answer = client.get(where) if line.method == "GET" else client.post(where, requests.form(cast, line))
        for header in set_cookies(answer):
            (name, morsel), *more = SimpleCookie(header).items()
            assert (more, name in ("consult", "lang")) == ([], True)
            assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/"), header
            assert not morsel["domain"]


def test_https_makes_cookies_secure_and_bound_to_the_host(cast: Cast) -> None:
    client = at_https(cast)
    session, language = set_cookies(client.get("/dang-nhap")), set_cookies(client.get("/ngon-ngu/en"))

    assert [header.split("=")[0] for header in session + language] == ["__Host-consult", "lang"]
    for header in session + language:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(header.split("; "))
        assert "Domain" not in header


def test_the_cookie_holds_nothing_but_chance(cast: Cast) -> None:
    client = cast.client(Role.VISITOR)
    client.post(cast.office.link())

    assert len(client.cookie) == 43
    assert cast.record.codes[Role.SILENT] not in client.cookie


def test_a_login_posted_from_another_site_is_refused(cast: Cast) -> None:
    victim = Client(cast.app)
    assert victim.ask("POST", cast.office.link()).status_code == 400
    assert victim.ask("POST", f"/dang-nhap/{sign_in_token(cast)}").status_code == 400
    attacker = Client(cast.app).token()
    assert victim.ask("POST", cast.office.link(), data={"csrf_token": attacker}).status_code == 400


def test_under_https_a_login_needs_the_sites_own_referrer(cast: Cast) -> None:
    client = at_https(cast)
    link = cast.office.link().replace("http://consult.example", HTTPS)
    data = {"csrf_token": client.token()}
    statuses = [
        client.ask("POST", link, data=data, headers={"Referer": referrer} if referrer else {}).status_code
        for referrer in ("", "https://evil.example/", f"{HTTPS}.evil.example/", f"{HTTPS}/")
    ]

    assert statuses == [400, 400, 400, 303]


@pytest.mark.parametrize("door", ["agency", "official"])
def test_signing_in_takes_a_fresh_cookie(cast: Cast, door: str) -> None:
    link = cast.office.link() if door == "agency" else f"/dang-nhap/{sign_in_token(cast)}"
    client = Client(cast.app, planted := new_token())
    client.post(link)

    assert client.cookie not in ("", planted)
    page = cast.page(Role.SILENT) if door == "agency" else "/ban-lam-viec"
    assert client.get(page).status_code in (200, 303)
    assert Client(cast.app, planted).get(page).status_code == 404


def test_a_second_sign_in_keeps_what_the_browser_held(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)
    client.post(cast.office.link())

    assert client.get("/ban-lam-viec").status_code == 200
    assert client.get(cast.page(Role.SILENT)).status_code == 303
    assert cast.client(Role.OFFICIAL).get("/ban-lam-viec").status_code == 404


@pytest.mark.parametrize(("role", "page"), [(Role.SILENT, ""), (Role.OFFICIAL, "/ban-lam-viec")])
def test_a_copied_cookie_is_worthless_after_sign_out(cast: Cast, role: Role, page: str) -> None:
    page = page or cast.page(role)
    copied, client = cast.client(role), cast.client(role)
    assert copied.get(page).status_code == 200
    assert client.post("/dang-xuat").status_code == 303

    assert copied.get(page).status_code == client.get(page).status_code == 404


def test_signing_out_everywhere_ends_the_other_machines(cast: Cast) -> None:
    elsewhere = Client(cast.app)
    elsewhere.post(f"/dang-nhap/{sign_in_token(cast)}")
    assert elsewhere.get("/ban-lam-viec").status_code == 200
    cast.client(Role.OFFICIAL).post("/dang-xuat-moi-noi")

    assert elsewhere.get("/ban-lam-viec").status_code == 404
    assert cast.client(Role.OUTSIDER).get("/ban-lam-viec").status_code == 200


def test_revoking_an_invitation_ends_its_sessions_at_once(cast: Cast) -> None:
    working, page = cast.client(Role.SILENT), cast.page(Role.SILENT)
    form = {"csrf_token": working.token(), **requests.comment("silent")}
    old = cast.office.link()
    assert cast.client(Role.VISITOR).post(f"{old}/thu-hoi").status_code == 200

    assert working.get(page).status_code == 404
    refused = working.ask("POST", f"{page}/y-kien/{requests.MADE_UP_KEY}", data=form)
    assert (refused.status_code, "Đề nghị sửa." in refused.text) == (404, True)
    assert Client(cast.app).post(old).status_code == 404
    assert Client(cast.app).post(cast.office.link()).status_code == 303
    assert cast.client(Role.ANSWERING).get(cast.page(Role.ANSWERING)).status_code == 200


def test_an_official_who_left_is_refused_at_the_next_request(cast: Cast) -> None:
    client, link = cast.client(Role.OFFICIAL), f"/dang-nhap/{sign_in_token(cast)}"
    assert client.get("/ban-lam-viec").status_code == 200
    with writing(cast.office.database) as session:
        session.execute(text("UPDATE official SET ended_at = :now WHERE email LIKE '%stttt%'"), {"now": "2020-04-22"})

    assert client.get("/ban-lam-viec").status_code == 404
    assert client.post("/ban-lam-viec/gia-lai-2020/nhac").status_code == 404
    assert Client(cast.app).post(link).status_code == 404


@pytest.mark.parametrize(("role", "page"), [(Role.SILENT, ""), (Role.OFFICIAL, "/ban-lam-viec")])
def test_an_idle_and_an_old_session_end(cast: Cast, role: Role, page: str) -> None:
    client, page = cast.client(role), page or cast.page(role)
    cast.office.clock.at = AT + timedelta(hours=11, minutes=59)
    assert client.get(page).status_code == 200
    cast.office.clock.at += timedelta(hours=12)
    assert client.get(page).status_code == 404
    cast.restore(AT + timedelta(days=14))
    assert client.get(page).status_code == 404
    cast.restore(AT + timedelta(days=14) - timedelta(seconds=1))
    assert client.get(page).status_code == 200


def test_a_cookie_that_is_none_of_ours_is_nobody(cast: Cast) -> None:
    for cookie in ("", "x", "a" * 42, "a" * 44, "é" * 43, "' OR 1=1 --" + "a" * 32):
        assert Client(cast.app, cookie).get(cast.page(Role.SILENT)).status_code == 404
