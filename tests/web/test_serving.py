"""The site as it is served: real processes, real requests; what they leave on the disk and in the logs."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest

from consult import paths
from consult.store.database import connect
from tests.builders import OFFICIAL, OPENS, SLUG, Clock, sample_office
from tests.drills.site import Browser
from tests.mail.servers import Sink, serving

pytestmark = pytest.mark.slow

PATIENCE = 30.0
REFUSED, REFUSED_NAME, PUT_OFF = "congan@gialai.example", "Công an tỉnh", "vanthu@skhdt.gialai.example"
PERSON, COMMENT, QUOTED = "Nguyễn Văn Mẫu", "Kiếnnghị bổsung thời hạn báo cáo.", "Trần Thị Mẫu và Lê Văn Mẫu"
LINK = re.compile(r"https?://[^\s\"<>]+/(?:moi|dang-nhap)/[^\s\"<>]+")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Served:
    """A running site with its home folder, its address and the file that its output goes to."""

    home: Path
    port: int
    output: Path
    sink: Sink

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> http.client.HTTPResponse:
        """Send one request as it is written here."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, body.encode(), headers)
        return connection.getresponse()

    def post(self, path: str, cookie: str, **form: str) -> http.client.HTTPResponse:
        """Send a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        return self.ask("POST", path, urlencode(form), **kind)

    def open(self, path: str) -> tuple[str, str]:
        """Open a page with a form; return the cookie and the token."""
        answer = self.ask("GET", path)
        page = answer.read().decode()
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert answer.status == HTTPStatus.OK
        assert token
        return str(answer.headers["Set-Cookie"]).split(";")[0], token[1]

    def letters(self) -> str:
        """Return all letters that the mail server took, unfolded."""
        taken = (content for _, content in self.sink.letters)
        return "".join(data.replace(b"=\r\n", b"").replace(b"=\n", b"").decode() for data in taken)

    def log(self) -> str:
        """Return all that the processes wrote."""
        return self.output.read_text()


def environment(home: Path, port: int, mail_port: int) -> dict[str, str]:
    """Return the environment of an installation under ``home``."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("CONSULT_", "FLASK_", "XDG_"))}
    own = {"CONSULT_INSTANCE": str(home / "instance"), "CONSULT_BASE_URL": f"http://127.0.0.1:{port}"}
    own |= {"CONSULT_MAIL_SERVER": "127.0.0.1", "CONSULT_MAIL_PORT": str(mail_port), "CONSULT_MAIL_SECURITY": "none"}
    own["CONSULT_HEALTH_FREE_MB"] = "0"
    return {**bare, **own, "HOME": str(home), "TMPDIR": str(home)}


def answer_to(address: str) -> str:
    """Refuse one mailbox for good and put one off, in words that name them."""
    if address == REFUSED:
        return f"550 5.1.1 <{address}> {REFUSED_NAME} has no mailbox here"
    if address == PUT_OFF:
        return f"451 4.7.1 {address} is greylisted"
    return "250 OK"


@pytest.fixture
def served(published_file: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve the sample's round and end the processes afterwards."""
    port, record, output = free_port(), tmp_path / "instance" / "consult.sqlite3", tmp_path / "output.txt"
    record.parent.mkdir()
    shutil.copyfile(published_file, record)
    office = sample_office(connect(f"sqlite:///{record}"), tmp_path, Clock(OPENS))
    office.official()
    office.database.dispose()
    sink = Sink(rcpt=answer_to)
    with output.open("w") as file, serving(sink) as mail_port:
        site = subprocess.Popen(
            [sys.executable, "-c", "from consult.cli import main; main(['serve'])"],
            cwd=paths.PACKAGE.parent,
            env=environment(tmp_path, port, mail_port),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(lambda: answers(port))
            yield Served(tmp_path, port, output, sink)
        finally:
            site.send_signal(signal.SIGTERM)
            assert site.wait(PATIENCE) == 0


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def wait_for(ready: Callable[[], bool]) -> None:
    """Wait until something is so, within reason."""
    until = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)


def sockets(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_socket() or "gunicorn" in path.name]


def spilt(log: str, words: Iterable[str]) -> list[str]:
    """Return those of the words that stand in a log, as they are or as JSON writes them."""
    return [word for word in words if word in log or json.dumps(word)[1:-1] in log]


def private(record: Path) -> set[str]:
    """Return what the record knows of people and agencies: names, addresses, what was said and what letters say."""
    columns = {
        "invitation": ("name", "email"),
        "letter": ("to_address", "to_name", "subject"),
        "official": ("name", "email"),
        "agency": ("name", "email"),
        "lead_agency": ("name",),
        "comment": ("content",),
        "consultation": ("title", "slug"),
    }
    with sqlite3.connect(record) as file:
        found = {
            row[0]
            for table, names in columns.items()
            for name in names
            for row in file.execute(f"SELECT {name} FROM {table}")
        }
    return {word for word in found if word}


def comment_as(served: Served, path: str) -> None:
    """Come in by an agency's link, say who is at work and write a comment, which comes after the close."""
    browser, code = Browser(served.port), path.split("/")[2]
    form = browser.form(path, "csrf_token")
    form.action = path
    assert browser.post(form).status == HTTPStatus.SEE_OTHER
    person = browser.form(f"/gop-y/{code}/nguoi-gop-y", "name")
    assert browser.post(person, name=PERSON, email="mau@congan.example").status == HTTPStatus.SEE_OTHER
    person.action = f"/gop-y/{code}/y-kien/{'0' * 32}?vi-tri=2.2"
    refused = browser.post(person, kind="AMEND", content=COMMENT, version="0")
    assert (refused.status, COMMENT in refused.text) == (HTTPStatus.GONE, True)


def force_a_fault(served: Served, path: str) -> None:
    """Have a page fail with an error whose message quotes a name."""
    browser = Browser(served.port)
    browser.get(path + "xxx")
    form = browser.form(path, "csrf_token")
    form.action = path
    assert browser.post(form).status == HTTPStatus.SEE_OTHER
    with sqlite3.connect(served.home / "instance" / "consult.sqlite3") as file:
        file.execute("PRAGMA ignore_check_constraints = ON")
        file.execute("UPDATE letter SET kind = ? WHERE state = 'SENT'", [QUOTED])
    sought = quote(COMMENT.split(maxsplit=1)[0])
    assert browser.get(f"/ban-lam-viec/{SLUG}/thu?x={sought}").status == HTTPStatus.INTERNAL_SERVER_ERROR


def send_raw(port: int, line: str) -> None:
    """Send a request that is none."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        connection.sendall(f"{line}\r\nHost: x\r\n\r\n".encode())
        connection.recv(4096)


def test_a_served_round_leaves_no_secret_in_its_record_and_nobodys_data_in_its_log(served: Served) -> None:
    wait_for(lambda: served.letters().count("/moi/") >= 25)
    cookie, token = served.open("/dang-nhap")
    assert served.post("/dang-nhap", cookie, csrf_token=token, email=OFFICIAL).status == HTTPStatus.OK
    wait_for(lambda: "/dang-nhap/" in served.letters())
    links = set(LINK.findall(served.letters()))
    entering = sorted(path for link in links if not (path := urlsplit(link).path).endswith("/thu-hoi"))
    invited = [path for path in entering if "/moi/" in path]
    for path in invited[::10]:
        cookie, token = served.open(path)
        assert served.post(path, cookie, csrf_token=token).status == HTTPStatus.SEE_OTHER
        served.ask("GET", path + "x" * 3).read()
        send_raw(served.port, f"GET {path} HTTX/1.1")
    comment_as(served, invited[0])
    force_a_fault(served, next(path for path in entering if "/dang-nhap/" in path))
    odd = served.ask("GET", "/", Host="evil.example")
    huge = served.post("/dang-nhap", cookie, csrf_token=token, email="x" * (1024 * 1024 + 1))

    assert (odd.status, huge.status) == (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    assert sockets(served.home) == []
    tokens = {re.split(r"/moi/[^/]+/|/dang-nhap/", urlsplit(link).path)[1].split("/")[0] for link in links}
    assert len(tokens) > 25
    assert {len(token) for token in tokens} == {43}
    secrets = tokens | {cookie.split("=")[1]}
    record = served.home / "instance" / "consult.sqlite3"
    stored = b"".join(file.read_bytes() for file in record.parent.glob("consult.sqlite3*"))
    assert [secret for secret in secrets if secret.encode() in stored] == []
    words = secrets | links | private(record) | {PERSON, QUOTED, *COMMENT.split()[:2], REFUSED_NAME, "@", "x="}
    assert {REFUSED, PUT_OFF, SLUG} < words
    assert spilt(served.log(), words) == []
    assert set(spilt(f'{served.log()}{{"to": "{PUT_OFF}"}}', words)) == {PUT_OFF, "@"}
    _assert_told(served)


def _assert_told(served: Served) -> None:
    """What the office's keeper needs stands there: requests, letters, the fault, the start; each line is JSON."""
    lines = [json.loads(line) for line in served.log().splitlines() if not line.startswith("Consult serves")]
    letters = [line for line in lines if line["event"] == "letter"]
    requests = [line for line in lines if line["event"] == "request"]
    [fault] = [line for line in lines if line["event"] == "fault"]
    [broken] = [line for line in requests if line["status"] == 500]
    told = {(each["kind"], each["outcome"], each["attempts"], each["code"]) for each in letters if each["code"]}
    assert told == {("invitation", "failed", 1, "550 5.1.1"), ("invitation", "retried", 1, "451 4.7.1")}
    assert (broken["route"], broken["method"]) == ("/ban-lam-viec/<slug>/thu", "GET")
    assert fault["request"] == broken["request"]
    assert fault["faults"][0]["kind"] == "LookupError"
    assert ("GET", "/moi/<code>/<token>", 404) in {(each["method"], each["route"], each["status"]) for each in requests}
    assert [line["part"] for line in lines if line["event"] == "start"] == ["worker"]
    assert "Listening at: %s (%s)" in {line["words"] for line in lines if line["event"] == "library"}
