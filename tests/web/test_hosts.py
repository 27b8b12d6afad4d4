"""Only the configured host is answered, letters link to it alone, and no address leads away from the site."""

import re
from threading import Event

import pytest
from sqlalchemy import text

from consult.demo.post import NotingTransport
from consult.mail.transport import FolderTransport
from consult.mail.worker import deliver_all
from consult.server import post_office
from consult.store.database import reading
from tests.builders import BASE_URL, OFFICIAL, SLUG, settings_in
from tests.web.cast import Cast, Client, Role

EVIL = ("evil.example", "consult.example.evil.example", "evil.example:80", "consult.example@evil.example", "127.0.0.1")
FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Server": "evil.example",
    "Forwarded": "host=evil.example",
    "X-Host": "evil.example",
    "X-Original-URL": "http://evil.example/",
}
AWAY = (
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http://evil.example",
    "https:evil.example",
    "http:/evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "/\t/evil.example",
    "/\n/evil.example",
    "\t//evil.example",
    " //evil.example",
    "evil.example",
    "//[",
    "http://[::1",
    "/%0d%0aSet-Cookie:x=1\r\nX: y",
    "//evil.example@consult.example",
    "/\u2028/evil.example",
    "",
)


@pytest.mark.parametrize("host", EVIL)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_foreign_host_is_refused(cast: Cast, host: str, method: str) -> None:
    client = Client(cast.app)
    for path in ("/", "/dang-nhap", "/khong-co", "/static/consult.css"):
        answer = client.ask(method, path, base_url=f"http://{host.rsplit('@', maxsplit=1)[-1]}", headers={"Host": host})
        assert answer.status_code == 400
        assert "evil" not in answer.text
        assert answer.headers["Content-Security-Policy"]


def test_forwarded_hosts_are_ignored(cast: Cast) -> None:
    client = Client(cast.app)
    answer = client.get(f"/ho-so/{SLUG}", headers=FORWARDED)

    assert answer.status_code == 200
    assert "evil.example" not in answer.text
    answer = client.post("/dang-nhap", {"email": OFFICIAL}, headers=FORWARDED)
    assert answer.status_code == 200
    assert "evil.example" not in answer.text


@pytest.mark.parametrize("proxies", [0, 1, 2])
def test_behind_proxies_too_the_host_is_not_taken_from_a_header(cast: Cast, proxies: int) -> None:
    cast.office.settings = settings_in(cast.path.parent, cast.office.database, trusted_proxies=proxies)
    cast.office.__dict__.pop("app", None)
    answer = Client(cast.app).get("/ngon-ngu/vi?next=/", headers={**FORWARDED, "X-Forwarded-Prefix": "/evil"})

    assert answer.headers["Location"] == "/"


def test_an_absolute_address_in_the_request_line_changes_nothing(cast: Cast) -> None:
    answer = Client(cast.app).get(
        "/", environ_overrides={"RAW_URI": "http://evil.example/", "REQUEST_URI": "http://e/"}
    )

    assert answer.status_code == 200
    assert "evil" not in answer.text


@pytest.mark.slow
def test_every_address_in_every_letter_begins_with_the_base_address(cast: Cast) -> None:
    """Also of letters that were asked for under forged headers; their text, their HTML, the files that left."""
    client = Client(cast.app)
    client.post("/dang-nhap", {"email": OFFICIAL}, headers=FORWARDED)
    client.post(f"/ho-so/{SLUG}/gui-lai-lien-ket", {"agency": cast.record.codes[Role.SILENT]}, headers=FORWARDED)
    cast.client(Role.OFFICIAL).post(f"/ban-lam-viec/{SLUG}/nhac", headers=FORWARDED)
    noting = NotingTransport(FolderTransport(cast.path.parent / "outbox"))
    deliver_all(post_office(cast.office.settings, cast.office.database, noting), cast.office.clock, Event())

    assert {kind for kind, _ in noting.links} >= {"invitation", "sign_in", "link_again", "reminder", "receipt"}
    assert all(link.startswith(f"{BASE_URL}/") for link in noting.links.values())
    for letter in (cast.path.parent / "outbox").rglob("*.eml"):
        words = letter.read_bytes().replace(b"=\r\n", b"").replace(b"=\n", b"").decode()
        assert "evil.example" not in words
        for address in re.findall(r"https?://[^\s\"'<>]+", words):
            assert address.startswith(f"{BASE_URL}/") or "www.w3.org" in address, address
    with reading(cast.office.database) as session:
        stored = " ".join(map(str, session.execute(text("SELECT subject, text, html FROM letter")).all()))
    assert "evil.example" not in stored


@pytest.mark.parametrize("where", AWAY)
def test_the_language_switch_leads_nowhere_else(cast: Cast, where: str) -> None:
    answer = Client(cast.app).get("/ngon-ngu/en", query_string={"next": where})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert len(answer.headers.getlist("Set-Cookie")) == 1


@pytest.mark.parametrize(
    "path", ["//evil.example/", "//evil.example//x", "/\\evil.example//", "///evil.example/%2e%2e"]
)
def test_doubled_slashes_lead_nowhere_else(cast: Cast, path: str) -> None:
    answer = Client(cast.app).get("/", environ_overrides={"PATH_INFO": path})

    assert answer.status_code in (308, 404)
    assert answer.headers.get("Location", f"{BASE_URL}/").startswith(f"{BASE_URL}/")


@pytest.mark.parametrize("where", ["/", f"/ho-so/{SLUG}?a=b#dieu-5.1.dd", "/ho-so/a%20b"])
def test_the_language_switch_comes_back(cast: Cast, where: str) -> None:
    assert Client(cast.app).get("/ngon-ngu/en", query_string={"next": where}).headers["Location"] == where


def test_a_page_of_a_link_does_not_repeat_its_token(cast: Cast) -> None:
    """The language switch would carry it into another address, and from there into logs."""
    link = cast.office.link()
    token = link.rsplit("/", 1)[1]
    for address in (link, f"{link}/thu-hoi", link[:-3] + "xyz"):
        for found in re.findall(r'href="([^"]*)"', Client(cast.app).get(address).text):
            assert token not in found
            assert "/moi/" not in found
