"""The site as it is served: real processes, real requests; what they leave on the disk and in the logs."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from consult import paths
from consult.store.database import connect
from tests.builders import OFFICIAL, OPENS, Clock, sample_office

pytestmark = pytest.mark.slow

PATIENCE = 30.0
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
        """Return all letters that left, unfolded."""
        files = sorted((self.home / "instance" / "outbox").rglob("*.eml"))
        return "".join(file.read_bytes().replace(b"=\r\n", b"").replace(b"=\n", b"").decode() for file in files)


def environment(home: Path, port: int) -> dict[str, str]:
    """Return the environment of an installation under ``home``."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("CONSULT_", "FLASK_", "XDG_"))}
    own = {"CONSULT_INSTANCE": str(home / "instance"), "CONSULT_BASE_URL": f"http://127.0.0.1:{port}"}
    return {**bare, **own, "HOME": str(home), "TMPDIR": str(home)}


@pytest.fixture
def served(published_file: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve the sample's round and end the processes afterwards."""
    port, record, output = free_port(), tmp_path / "instance" / "consult.sqlite3", tmp_path / "output.txt"
    record.parent.mkdir()
    shutil.copyfile(published_file, record)
    office = sample_office(connect(f"sqlite:///{record}"), tmp_path, Clock(OPENS))
    office.official()
    office.database.dispose()
    with output.open("w") as file:
        site = subprocess.Popen(
            [sys.executable, "-c", "from consult.cli import main; main(['serve'])"],
            cwd=paths.PACKAGE.parent,
            env=environment(tmp_path, port),
            stdout=file,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(lambda: answers(port))
            yield Served(tmp_path, port, output)
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


def test_a_served_round_leaves_no_secret_in_its_record_or_its_log_and_no_control_socket(served: Served) -> None:
    wait_for(lambda: served.letters().count("/moi/") >= 25)
    cookie, token = served.open("/dang-nhap")
    assert served.post("/dang-nhap", cookie, csrf_token=token, email=OFFICIAL).status == HTTPStatus.OK
    wait_for(lambda: "/dang-nhap/" in served.letters())
    links = set(LINK.findall(served.letters()))
    for number, link in enumerate(sorted(links)):
        path = urlsplit(link).path
        if not path.endswith("/thu-hoi") and (number % 10 == 0 or "/dang-nhap/" in path):
            cookie, token = served.open(path)
            assert served.post(path, cookie, csrf_token=token).status == HTTPStatus.SEE_OTHER
            served.ask("GET", path + "x" * 3).read()
    odd = served.ask("GET", "/", Host="evil.example")
    huge = served.post("/dang-nhap", cookie, csrf_token=token, email="x" * (1024 * 1024 + 1))

    assert (odd.status, huge.status) == (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    assert sockets(served.home) == []
    secrets = {re.split(r"/moi/[^/]+/|/dang-nhap/", urlsplit(link).path)[1].split("/")[0] for link in links}
    database = b"".join(file.read_bytes() for file in (served.home / "instance").glob("consult.sqlite3*"))
    log = served.output.read_bytes()
    assert len(secrets) > 25
    for secret in secrets:
        assert len(secret) == 43
        assert secret.encode() not in database
        assert secret.encode() not in log
    assert cookie.split("=")[1].encode() not in database + log
    assert OFFICIAL.encode() not in log
