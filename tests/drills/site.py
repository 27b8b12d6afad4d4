"""A real site for the drills: gunicorn over the sample's round, and browsers that speak HTTP to it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urljoin

from lxml import html

from consult.actions import loading, publishing
from consult.clock import machine_clock
from consult.store import migrations
from consult.store.database import connect, writing
from tests.builders import SECRET, SLUG, Clock, Office, sample_folder, settings_in
from tests.mail.servers import free_port

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 30
LOST = (ConnectionError, HTTPException, TimeoutError)


@dataclass(frozen=True)
class Reply:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Form:
    """A form of a page with what it holds."""

    action: str
    fields: dict[str, str]


@dataclass
class Browser:
    """One person's browser: keeps cookies, fills the forms of the pages it opened, follows no redirect by itself."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Reply:
        """Open a page; redirects within the site are followed."""
        reply = self._ask("GET", path)
        while reply.status in (302, 303):
            reply = self._ask("GET", urljoin(path, reply.headers["Location"]))
        return reply

    def post(self, form: Form, **typed: str) -> Reply:
        """Send a form once."""
        return self._ask("POST", form.action, urlencode({**form.fields, **typed}))

    def form(self, path: str, holding: str) -> Form:
        """Open a page and return its form that has a field of that name."""
        reply = self.get(path)
        for found in html.fromstring(reply.text).forms:
            if holding in found.fields and found.method == "POST":
                values = {name: value for name, value in found.form_values() if name != "csrf_token" or value}
                return Form(found.action or path, values)
        raise AssertionError(f"{path} answered {reply.status} without a form that holds {holding}")

    def _ask(self, method: str, path: str, body: str | None = None) -> Reply:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name == "Set-Cookie":
                cookie, _, content = value.split(";", 1)[0].partition("=")
                self.cookies[cookie] = content
        return Reply(response.status, dict(response.getheaders()), text)


@dataclass
class Site:
    """A running site and its record."""

    office: Office
    port: int
    master: "subprocess.Popen[bytes]"

    def browser(self, agency: str) -> "AgencyBrowser":
        """Come in by an agency's link and state who is at work."""
        browser, address = Browser(self.port), self.office.address(agency)
        link = self.office.links.invitation(address.code, address.generation).removeprefix(
            self.office.settings.base_url
        )
        form = browser.form(link, "csrf_token")
        form.action = link
        assert browser.post(form).status == 303
        person = browser.form(f"/gop-y/{address.code}/nguoi-gop-y", "name")
        assert browser.post(person, name="Nguyễn Văn Mẫu", email="mau@congan.example").status == 303
        return AgencyBrowser(browser, address.code)

    def workers(self) -> list[int]:
        """Return the process ids of gunicorn's workers, as its master has them now."""
        path = Path(f"/proc/{self.master.pid}/task/{self.master.pid}/children")
        return [int(number) for number in path.read_text().split()]


@dataclass(frozen=True)
class AgencyBrowser:
    """A browser signed in for one agency."""

    browser: Browser
    code: str

    def page(self) -> Reply:
        """Open the agency's page."""
        return self.browser.get(f"/gop-y/{self.code}")

    def new_comment(self, anchor: str = "2.2") -> Form:
        """Open an empty comment form."""
        return self.browser.form(f"/gop-y/{self.code}/y-kien/moi?vi-tri={anchor}", "content")

    def review(self) -> Form:
        """Open the review of the answer."""
        return self.browser.form(f"/gop-y/{self.code}/xem-lai", "stance")

    def save(self, form: Form, content: str) -> Reply:
        """Send a comment once."""
        return self.browser.post(form, kind="AMEND", content=content)


def published(folder: Path) -> Office:
    """Publish the sample for the next seven days in an SQLite file under ``folder``."""
    database = connect(f"sqlite:///{folder}/consult.sqlite3")
    migrations.upgrade(database)
    now = machine_clock()
    with writing(database) as session:
        loading.load(session, loading.prepare(sample_folder()), now)
    with writing(database) as session:
        publishing.publish(session, SLUG, now, now + timedelta(days=7))
    base_url = f"http://127.0.0.1:{free_port()}"
    return Office(database, settings_in(folder, database, base_url=base_url), Clock(now))


@contextmanager
def running(office: Office) -> Iterator[Site]:
    """Run gunicorn with two workers of four threads, set up from the environment as a deployer would."""
    port = int(office.settings.base_url.rsplit(":", 1)[1])
    own = {
        "CONSULT_SECRET_KEY": SECRET,
        "CONSULT_BASE_URL": office.settings.base_url,
        "CONSULT_DATABASE_URL": office.settings.database_url,
        "CONSULT_INSTANCE": str(office.settings.instance),
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("CONSULT_")}
    options = ["-k", "gthread", "-w", "2", "--threads", "4", "--no-control-socket", "--log-level", "critical"]
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "-b", f"127.0.0.1:{port}", *options]
    master = subprocess.Popen(command, cwd=ROOT, env={**others, **own})
    site = Site(office, port, master)
    try:
        _wait_until_it_answers(site)
        yield site
    finally:
        master.send_signal(signal.SIGTERM)
        master.wait(PATIENCE_SECONDS)


def _wait_until_it_answers(site: Site) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            if Browser(site.port).get("/").status == 200:
                return
        except LOST:
            if time.monotonic() > until or site.master.poll() is not None:
                raise
            time.sleep(0.1)
