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


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_words_of_a_form_fit_everybody(language: str, people: People, site: Served) -> None:
    page, inspector = at_the_desk(people, site, language), Inspector()
    address = "/mau-bang-tong-hop/loi-van/administrative/five-column"
    page.goto(address)
    page.locator("[name=widths]").fill("50 50")
    page.locator("[name=name]").fill("")
    with page.expect_navigation():
        page.locator("[name=name]").press("Enter")
    inspector.look(page, "words refused")
    with page.expect_navigation():
        page.locator("button[name=house][value=name]").click()
    expect(page.locator("[name=name]")).to_have_value("BẢN TỔNG HỢP, GIẢI TRÌNH, TIẾP THU Ý KIẾN")
    expect(page.locator("[name=widths]")).to_have_value("50 50")
    page.locator("[name=widths]").fill("4 26 28 16 26")
    with page.expect_download() as download:
        page.locator("button[formaction$='xem-thu.docx']").first.click()
    assert download.value.suggested_filename.startswith("Xem thử - ")
    other = page.context.new_page()
    other.goto(address)
    other.locator("[name=head_body]").fill("CƠ QUAN")
    with other.expect_navigation():
        other.locator("[name=head_body]").press("Enter")
    inspector.look(other, "words kept")
    page.wait_for_function("() => !document.querySelector('[aria-disabled]')", timeout=15000)
    with page.expect_navigation():
        page.locator("[name=widths]").press("Enter")
    inspector.look(page, "words changed in the meantime")
    expect(page.locator("[name=widths]")).to_have_value("4 26 28 16 26")
    assert inspector.found == []
