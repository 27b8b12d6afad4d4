"""The table at the desk and the office's own forms in a browser: every eye, every width, the keyboard alone."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consult.documents.template_starter import starter_template
from tests.browser.conftest import People
from tests.browser.inspecting import Inspector
from tests.browser.serving import Served
from tests.browser.test_pages import come, sign_in
from tests.browser.walking import DESK
from tests.builders import OPENS
from tests.concluded import answer_all_ways, in_force, respond

pytestmark = pytest.mark.browser


def at_the_desk(people: People, site: Served, language: str) -> Page:
    """Open a browser of an official; one of three comments is answered."""
    site.office.clock.at = OPENS
    answer_all_ways(site.office)
    respond(site.office, in_force(site.office)[0])
    page = come(people, site, language)
    sign_in(page, site)
    return page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_table_and_the_forms_fit_everybody(language: str, people: People, site: Served, tmp_path: Path) -> None:
    page, inspector = at_the_desk(people, site, language), Inspector()
    page.goto(f"{DESK}/bang-tong-hop")
    inspector.look(page, "table")
    page.goto(f"{DESK}/bang-tong-hop?tim=khong+co+dau")
    inspector.look(page, "table, nothing found")
    page.goto("/mau-bang-tong-hop")
    inspector.look(page, "forms, none yet")
    for name, content in (("sai.docx", b"{\\rtf1 x}"), ("mau.docx", starter_template())):
        (tmp_path / name).write_bytes(content)
        page.locator("[name=file]").set_input_files(tmp_path / name)
        with page.expect_navigation():
            page.locator("form.posted button[type=submit]").click()
        inspector.look(page, f"forms, {name}")
    expect(page.locator("article h3")).to_have_text("mau.docx")
    page.goto(f"{DESK}/bang-tong-hop")
    inspector.look(page, "table with a form")
    assert inspector.found == []


def test_words_are_found_with_the_keyboard_alone(people: People, site: Served) -> None:
    page = at_the_desk(people, site, "vi")
    page.goto(f"{DESK}/bang-tong-hop")
    page.get_by_label("Tìm từ ngữ (có dấu hoặc không dấu)").focus()
    page.keyboard.type("tu lap")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 ý kiến góp ý.")
    link = page.locator(".result-row .answer-link a")
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("main form.posted")).to_be_visible()
