"""``/healthz``: the office's own monitor gets a word on each part, everybody else the page of a made-up address."""

import sqlite3
from pathlib import Path

import pytest

from consult.settings import from_environment
from consult.store import migrations
from tests.builders import OPENS, Office, settings_in
from tests.web.cast import Client

NEWEST = migrations.newest()


def served(office: Office, **changed: object) -> Client:
    """Return a browser of the office with other settings."""
    office.settings = settings_in(Path(str(office.database.engine.url.database)).parent, office.database, **changed)
    office.__dict__.pop("app", None)
    return Client(office.app)


def is_refused(office: Office, **settings: object) -> bool:
    """Ask from 127.0.0.1 with the headers of ``settings``; the answer is that to a made-up address, or the page."""
    headers = settings.pop("headers", {})
    address = settings.pop("address", "127.0.0.1")
    client = served(office, **settings)
    asked = {"headers": headers, "environ_base": {"REMOTE_ADDR": address}}
    found, made_up = client.get("/healthz", **asked), client.get("/khongco", **asked)
    if found.status_code == 200:
        assert found.json is not None
        return False
    assert (found.status_code, found.text) == (404, made_up.text.replace("/khongco", "/healthz"))
    assert dict(found.headers) == {**made_up.headers, "Content-Length": found.headers["Content-Length"]}
    return True


def test_a_healthy_site(office: Office) -> None:
    client = served(office, health_free_mb=0)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    told = answer.json
    assert told is not None
    assert told["parts"]["disk"].pop("free_mb") > 0
    assert told == {
        "status": "ok",
        "parts": {
            "database": {"status": "ok"},
            "schema": {"status": "ok", "found": NEWEST, "expected": NEWEST},
            "letters": {"status": "ok", "waiting": 27, "oldest_seconds": 0},
            "disk": {"status": "ok"},
            "worker": {"status": "unknown", "seen_seconds": None},
        },
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers.getlist("Set-Cookie") == []
    assert client.ask("HEAD", "/healthz").status_code == 200


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "PUT", "DELETE"])
def test_nothing_but_looking_is_there(office: Office, method: str) -> None:
    client = served(office)
    answer, made_up = client.ask(method, "/healthz"), client.ask(method, "/khongco")
    assert (answer.status_code, answer.text) == (404, made_up.text.replace("/khongco", "/healthz"))


@pytest.mark.parametrize(
    ("allowed", "address", "refused"),
    [
        (None, "127.0.0.1", False),
        (None, "127.8.8.8", False),
        (None, "::1", False),
        (None, "::ffff:127.0.0.1", False),
        (None, "10.0.0.8", True),
        (None, "", True),
        ("10.0.0.0/8, 2001:db8::/32", "10.0.0.8", False),
        ("10.0.0.0/8, 2001:db8::/32", "::ffff:10.0.0.8", False),
        ("10.0.0.0/8, 2001:db8::/32", "2001:db8::5", False),
        ("10.0.0.0/8, 2001:db8::/32", "127.0.0.1", True),
        ("", "127.0.0.1", True),
    ],
)
def test_only_the_networks_of_the_setting_may_ask(
    office: Office, allowed: str | None, address: str, refused: bool
) -> None:
    given = {} if allowed is None else {"CONSULT_HEALTH_FROM": allowed}
    assert is_refused(office, address=address, health_from=from_environment(given).health_from) is refused


@pytest.mark.parametrize(
    ("proxies", "headers", "refused"),
    [
        (0, {"X-Forwarded-For": "127.0.0.1"}, True),
        (0, {"X-Real-IP": "127.0.0.1"}, True),
        (0, {"Forwarded": "for=127.0.0.1"}, True),
        (0, {"Via": "1.1 proxy"}, True),
        (1, {}, False),
        (1, {"X-Forwarded-For": "127.0.0.1"}, False),
        (1, {"X-Forwarded-For": "203.0.113.9"}, True),
        (1, {"X-Forwarded-For": "127.0.0.1, 203.0.113.9"}, True),
        (1, {"X-Forwarded-Proto": "https"}, True),
        (2, {"X-Forwarded-For": "203.0.113.9"}, True),
        (2, {"X-Forwarded-For": "127.0.0.1, 10.0.0.1"}, False),
        (2, {"X-Forwarded-For": "127.0.0.1, 203.0.113.9, 10.0.0.1"}, True),
    ],
)
def test_who_comes_through_a_proxy_of_this_machine_is_not_taken_for_this_machine(
    office: Office, proxies: int, headers: dict[str, str], refused: bool
) -> None:
    assert is_refused(office, trusted_proxies=proxies, headers=headers) is refused


def test_a_record_that_cannot_be_asked_is_told_and_not_waited_for(office: Office) -> None:
    client = served(office)
    office.database.dispose()
    with sqlite3.connect(str(office.database.engine.url.database), isolation_level=None) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        answer = client.get("/healthz")
    other.close()
    assert answer.status_code == 503
    assert answer.json is not None
    assert (answer.json["status"], answer.json["parts"]["database"]) == ("failing", {"status": "failing"})


def test_letters_that_do_not_leave_are_told(office: Office) -> None:
    office.clock.at = OPENS.replace(hour=23)
    answer = served(office).get("/healthz")
    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["parts"]["letters"]["status"] == "failing"
