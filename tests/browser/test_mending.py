"""From the file to a covered tree in a real browser: uploaded, mended, published; with JavaScript and without.

The keys of the table are worked too: rows by arrows, edits by single keys, splitting by Enter at the cursor.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from consult.actions import publishing
from consult.store.database import writing
from tests.browser.conftest import People
from tests.browser.serving import Served
from tests.browser.walking import follow, press, sign_in
from tests.builders import NEW_SLUG, NEW_TITLE
from tests.documents.word_files import paragraph, word_file

pytestmark = pytest.mark.browser

TABLE = f"/ban-lam-viec/{NEW_SLUG}/du-thao/1"
PARAGRAPHS = (
    "KẾ HOẠCH",
    "Triển khai tiếp công dân năm 2026",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Bảo đảm quyền khiếu nại của công dân.",
    "3. Nâng cao trách nhiệm của người đứng đầu.",
    "II. NHIỆM VỤ",
    "Các sở, ban, ngành",
    "và Ủy ban nhân dân cấp xã bố trí nơi tiếp công dân. Thời hạn: trước ngày 30/6/2026.",
)


def drafted(folder: Path) -> Path:
    file = folder / "Kế hoạch.docx"
    file.write_bytes(word_file("".join(map(paragraph, PARAGRAPHS))))
    return file


def row(page: Page, words: str) -> Locator:
    """Return the row whose clause has these words."""
    return page.locator("[data-row]").filter(has=page.locator(".mend-text", has_text=words)).first


def to_the_table(page: Page, site: Served) -> None:
    site.office.prepare(thuyet_minh="1. Bản cũ.\n".encode())
    sign_in(page, site)
    page.goto("/ban-lam-viec")
    follow(page, NEW_TITLE)
    follow(page, "Xem và chỉnh")


def hand_in(page: Page, file: Path) -> None:
    page.locator(".draft-file > summary").click()
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Thay tệp")
    expect(page.locator("main")).to_contain_text("Kế hoạch.docx")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_from_upload_to_a_published_tree(javascript: bool, people: People, site: Served, tmp_path: Path) -> None:
    page = people.come(java_script_enabled=javascript, accept_downloads=True)
    to_the_table(page, site)
    hand_in(page, drafted(tmp_path))
    expect(page.locator(".mend-meter")).to_contain_text("Đã xếp 8/8 dòng: 6 trong các mục, 2 trong phần thể thức")
    doubts = page.locator(".mend-doubts")
    expect(doubts).to_contain_text("“3.” không đúng thứ tự")
    expect(doubts).to_contain_text("câu trước chưa kết thúc")
    press(doubts.locator("li").filter(has_text="câu trước"), "Gộp vào mục trước")
    press(page.locator(".mend-doubts li").filter(has_text="“3.”").first, "Có mục bắt đầu tại “3.”")
    row(page, "Nâng cao trách nhiệm").get_by_role("link", name="Tách, nhãn, loại…").click()
    page.get_by_label("Nhãn", exact=True).fill("2.")
    press(page, "Ghi nhãn")
    expect(page.locator("main")).to_contain_text("Không có chỗ nghi ngờ.")
    split_the_deadline(page, javascript)
    expect(page.locator(".mend-meter")).to_contain_text("Không mất dòng nào")
    with writing(site.office.database) as session:
        publishing.publish(session, NEW_SLUG, site.office.clock())
    page.goto(f"/ho-so/{NEW_SLUG}")
    expect(page.locator('.clause[id="i.2"]')).to_contain_text("Nâng cao trách nhiệm của người đứng đầu.")
    expect(page.locator('.clause[id="ii.p2"]')).to_contain_text("Thời hạn: trước ngày 30/6/2026.")
    with page.expect_download() as download:
        follow(page, "Tải dự thảo (Word)")
    assert download.value.suggested_filename.endswith(".docx")
    page.goto(TABLE)
    expect(page.locator("h1")).to_have_text("Đợt lấy ý kiến này đã công bố")


def split_the_deadline(page: Page, javascript: bool) -> None:
    row(page, "Thời hạn:").get_by_role("link", name="Tách, nhãn, loại…").click()
    text = page.locator("#marked")
    whole = text.input_value()
    if javascript:
        text.evaluate("(field, at) => { field.focus(); field.setSelectionRange(at, at); }", whole.index("Thời hạn"))
        with page.expect_navigation():
            page.keyboard.press("Enter")
    else:
        text.fill(whole.replace("Thời hạn", "|| Thời hạn"))
        press(page, "Tách tại dấu")
    expect(row(page, "Thời hạn:").locator(".mend-text")).to_have_text("Thời hạn: trước ngày 30/6/2026.")


def test_the_table_is_worked_by_keys(people: People, site: Served, tmp_path: Path) -> None:
    page = people.come()
    to_the_table(page, site)
    hand_in(page, drafted(tmp_path))
    row(page, "Các sở, ban, ngành").focus()
    page.keyboard.press("ArrowDown")
    focused = page.locator("[data-row]:focus")
    expect(focused).to_contain_text("và Ủy ban nhân dân cấp xã")
    for key, words in (("j", "Các sở, ban, ngành và Ủy ban"), ("x", "để riêng"), ("x", "đoạn văn"), ("[", "đoạn văn")):
        with page.expect_navigation():
            page.keyboard.press(key)
        expect(focused).to_contain_text(words)
    expect(focused.locator(".mend-anchor")).to_have_text("p1")
    with page.expect_navigation():
        page.keyboard.press("z")
    expect(focused.locator(".mend-anchor")).to_have_text("ii.p1")
    with page.expect_navigation():
        page.keyboard.press("e")
    expect(page.locator("#marked")).to_be_focused()


def test_a_file_that_cannot_be_read_is_told_beside_the_field(people: People, site: Served, tmp_path: Path) -> None:
    page = people.come()
    to_the_table(page, site)
    (tmp_path / "anh.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 2_000_000)
    page.locator(".draft-file > summary").click()
    page.locator("input[type=file]").set_input_files(tmp_path / "anh.docx")
    page.get_by_role("button", name="Thay tệp").click()
    expect(page.locator("[data-upload-status]")).to_contain_text("anh.docx")
    expect(page.get_by_role("button", name="Thay tệp")).to_be_enabled()
    expect(page.locator("main")).to_contain_text("Bản cũ.")
