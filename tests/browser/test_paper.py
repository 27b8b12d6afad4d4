"""Answers on paper in a browser: every page looked at in both languages; a letter keyed in by keyboard alone."""

from datetime import date

import pytest
from playwright.sync_api import Page

from consult.actions import scanning
from consult.actions.whose import Whose
from consult.domain.terms import Stance
from consult.store.database import writing
from tests.actions import keying
from tests.browser.conftest import People
from tests.browser.inspecting import Inspector
from tests.browser.serving import Served
from tests.browser.test_pages import come, sign_in, submit
from tests.browser.walking import own_path
from tests.builders import CLOSES, EDUCATION, POLICE, SLUG

pytestmark = pytest.mark.browser
PAPER = f"/ban-lam-viec/{SLUG}/van-ban"
YOUTH = "Tỉnh đoàn Gia Lai"


def _letters_came(site: Served) -> dict[str, str]:
    """Let an agency answer online, and letters come; return the addresses of the pages about them."""
    office = site.office
    grant, official = office.grant(EDUCATION), office.official()
    office.comment(grant)
    office.send(grant)
    office.clock.at = CLOSES.replace(day=29)
    told = keying.letter(Stance.AGREES_WITH_COMMENTS, date(2020, 4, 28))
    code, version = keying.answered(office, official, keying.whose(office, YOUTH), told, ["2.2", ""])
    scan = scanning.read_scan("cong-van.pdf", b"%PDF-1.4\n%%EOF")
    with writing(office.database) as session:
        scanning.add_by_office(session, official, office.facts(), code, version, scan, office.clock())
    secret, _ = keying.answered(
        office, official, Whose(name="Hội Luật gia tỉnh"), keying.letter(Stance.DISAGREES, secret=True)
    )
    key = keying.begin(office, official, keying.whose(office, EDUCATION), keying.letter(Stance.DISAGREES))
    keying.add(office, official, key)
    return {
        "list": "",
        "list, searched": "?tim=so",
        "a signed copy or another": f"/moi?co-quan={grant.code}",
        "unasked": "/moi",
        "keyed in": f"/{key}",
        "new comment": f"/{key}/y-kien/0?vi-tri=2.2",
        "comment": f"/{key}/y-kien/1",
        "recorded": f"/{code}/1",
        "secret": f"/{secret}/1",
    }


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_answers_on_paper(language: str, people: People, site: Served) -> None:
    page, inspector = come(people, site, language), Inspector()
    addresses = _letters_came(site)
    sign_in(page, site)
    for name, address in addresses.items():
        page.goto(PAPER + address)
        inspector.look(page, name)
    page.goto(f"{PAPER}/moi")
    submit(page, "/moi")
    inspector.look(page, "unasked, with errors")
    page.goto(site.office.link(YOUTH))
    submit(page, "")
    page.goto(f"{own_path(site, YOUTH)}/phieu/1")
    inspector.look(page, "receipt of a letter")
    assert inspector.found == []


def _press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def _tab_to(page: Page, selector: str) -> None:
    """Go on by the Tab key until the element has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"the Tab key does not come to {selector}")


def test_a_letter_is_keyed_in_by_keyboard_alone(people: People, site: Served) -> None:
    page = people.come()
    site.office.clock.at = CLOSES.replace(day=29)
    sign_in(page, site)
    page.goto(PAPER)
    _tab_to(page, "#tim")
    page.keyboard.type("cong an")
    with page.expect_navigation():
        _press(page, "Enter")
    _tab_to(page, ".bodies a")
    with page.expect_navigation():
        _press(page, "Enter")
    for field, text in (("letter_number", "45/CAT"), ("letter_date", "21/4/2020"), ("received_on", "22/4/2020")):
        _tab_to(page, f"[name={field}]")
        page.keyboard.type(text)
    _tab_to(page, "[name=stance]")
    _press(page, "Space")
    _tab_to(page, "form.posted button[type=submit]")
    with page.expect_navigation():
        _press(page, "Enter")
    _tab_to(page, "form[action$='/ghi-nhan'] button")
    with page.expect_navigation():
        _press(page, "Enter")
    assert page.locator("h1").inner_text() == POLICE
