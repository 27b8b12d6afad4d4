"""Every page of the office, as the authorisation matrix lists them, over one record with everybody in it.

Whoever adds a page to the matrix has it looked at here: WCAG 2.2 AA on desktop and phone, no page wider than a narrow
screen, nothing on the console, and a keyboard that reaches all there is with the focus in sight.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from consult.store.database import connect
from tests.browser.conftest import People
from tests.browser.inspecting import Inspector
from tests.browser.keys import unreached
from tests.browser.serving import Served, served
from tests.builders import Clock
from tests.web import requests
from tests.web.cast import AT, Cast, CastRecord, Role, assemble
from tests.web.matrix import MATRIX, Line

pytestmark = pytest.mark.browser

OFFICE = (Role.OFFICIAL, Role.ADMINISTRATOR)
UNFOLD = "all => all.forEach(each => each.open = true)"


def reader(line: Line) -> Role | None:
    """Say who of the office may open the page of a line; None for files, for what anybody opens and for agencies."""
    allowed = dict(zip(Role, line.expected, strict=True))
    if line.method != "GET" or (allowed[Role.VISITOR] == 200 and line.of != "concluded"):
        return None
    return next((role for role in OFFICE if allowed[role] == 200), None)


# A letter as the frame of the sample page shows it: no page of its own, and no script may run in it.
FRAMED = "/ban-lam-viec/<slug>/thu-mau/<kind>"
PAGES = [line for line in MATRIX if reader(line) and line.rule != FRAMED]


@pytest.fixture(scope="module")
def cast_record(published_file: Path, tmp_path_factory: pytest.TempPathFactory) -> CastRecord:
    """Assemble everybody in one record."""
    return assemble(published_file, tmp_path_factory.mktemp("cast"))


@pytest.fixture
def site(cast_record: CastRecord, tmp_path: Path) -> Iterator[Served]:
    """Serve a copy of that record."""
    path = tmp_path / "cast.sqlite3"
    shutil.copyfile(cast_record.path, path)
    database = connect(f"sqlite:///{path}")
    with served(database, tmp_path, Clock(AT)) as running:
        yield running
    database.dispose()


def come_as(people: People, site: Served, cookie: str) -> Page:
    """Open the browser of somebody who has signed in before."""
    page = people.come(reduced_motion="reduce")
    page.context.add_cookies([{"name": "consult", "value": cookie, "url": site.base_url}])
    return page


@pytest.mark.parametrize("line", PAGES, ids=str)
def test_a_page_of_the_office(line: Line, people: People, site: Served, cast_record: CastRecord) -> None:
    cast = Cast(site.office, cast_record, site.office.settings.instance / "cast.sqlite3")
    role = reader(line)
    assert role is not None
    address = requests.address(cast, line)
    if cast.client(role).get(address).mimetype != "text/html":
        return
    page = come_as(people, site, cast_record.cookies[role])
    page.goto(address)
    page.locator("main details").evaluate_all(UNFOLD)
    inspector = Inspector()
    inspector.look(page, str(line))
    assert inspector.found == []
    assert unreached(page) == []


def test_the_pages_of_the_office_are_many() -> None:
    assert len(PAGES) > 40
