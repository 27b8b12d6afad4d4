"""A long draft in a real browser: the parts lead on, a bare address of a place finds its part, nobody is shut out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import People
from tests.browser.inspecting import Inspector
from tests.browser.serving import Served, served
from tests.browser.walking import clause, enter, follow
from tests.builders import OPENS, SLUG, Clock
from tests.web.test_long_draft import long_office

pytestmark = pytest.mark.browser


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Served]:
    """Serve a round that puts out a long draft."""
    database = long_office(tmp_path).database
    with served(database, tmp_path, Clock(OPENS)) as running:
        yield running
    database.dispose()


def test_a_bare_address_of_a_place_finds_its_part(people: People) -> None:
    reader = people.come()
    reader.goto(f"/ho-so/{SLUG}#dieu-50")
    reader.wait_for_url(f"**/ho-so/{SLUG}?phan=5#dieu-50")
    expect(clause(reader, "dieu-50")).to_be_in_viewport()
    follow(reader, "Phần sau")
    expect(reader.get_by_text("Phần 6 trên 12").first).to_be_visible()


def test_the_parts_pass_inspection(people: People, site: Served) -> None:
    page, inspector = people.come(), Inspector()
    page.goto(f"/ho-so/{SLUG}?phan=3")
    inspector.look(page, "reader, part")
    own = enter(page, site)
    page.goto(f"{own}?phan=3")
    inspector.look(page, "agency, part")
    assert inspector.found == []
