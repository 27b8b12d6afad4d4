"""The keyboard alone does it all: from the link in the letter to the receipt, with the focus in sight."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.serving import Served
from tests.browser.walking import PERSON, own_path
from tests.builders import POLICE

pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  const label = at.labels && at.labels.length ? at.labels[0] : at;
  return {
    words: (at.matches("input, textarea, select") ? label : at).textContent.replace(/\\s+/g, " ").trim(),
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inSight: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left >= 0,
  };
}"""


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Press Tab until what has the focus begins with these words; each stop on the way can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["outline"] >= 2, f"no outline around {at['words']!r}"
        assert at["inSight"], f"the focus is out of sight: {at['words']!r}"
        if at["words"].lower().startswith(words.lower()):
            return
    raise AssertionError(f"Tab never came to {words!r}")


def press_key(page: Page, key: str) -> None:
    """Press a key that leads to another page, and wait for that."""
    with page.expect_navigation():
        page.keyboard.press(key)


def test_from_the_link_to_the_receipt(people: People, site: Served) -> None:
    page = people.come(reduced_motion="reduce")
    page.goto(site.office.link())
    tab_to(page, f"Mở trang góp ý của {POLICE}")
    press_key(page, "Enter")
    state_by_keys(page)
    comment_by_keys(page)
    tab_to(page, "Xem lại và gửi")
    press_key(page, "Enter")
    tab_to(page, "Số, ký hiệu")
    page.keyboard.type("1127/CAT-PA05")
    tab_to(page, "Gửi ý kiến thay mặt")
    press_key(page, "Enter")
    assert page.url.endswith(f"{own_path(site)}/phieu/1")


def state_by_keys(page: Page) -> None:
    """Forget the e-mail first: the summary of errors takes the focus and leads to the field."""
    tab_to(page, "Họ và tên")
    page.keyboard.type(PERSON)
    press_key(page, "Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    tab_to(page, "Địa chỉ thư điện tử: ", most=1)
    page.keyboard.press("Enter")
    expect(page.locator("#email")).to_be_focused()
    page.keyboard.type("mau@congan.gialai.example")
    tab_to(page, "Tiếp tục")
    press_key(page, "Space")


def comment_by_keys(page: Page) -> None:
    tab_to(page, "Viết ý kiến chung")
    press_key(page, "Enter")
    tab_to(page, "Sửa đổi")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("Bổ sung", exact=False).first).to_be_checked()
    tab_to(page, "Nội dung góp ý")
    page.keyboard.type("Bổ sung thời hạn báo cáo.")
    tab_to(page, "Lưu ý kiến")
    press_key(page, "Enter")
    expect(page.locator("#whole")).to_contain_text("Bổ sung thời hạn báo cáo.")
    page.goto(page.url.split("#")[0])


def test_the_skip_link_leads_past_the_head(people: People, site: Served) -> None:
    page = people.come(reduced_motion="reduce")
    page.goto("/ho-so/gia-lai-2020")
    tab_to(page, "Đến phần nội dung", most=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
