"""An agency answers and the official responds, in a real browser: once with JavaScript, once without."""

from datetime import timedelta
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.serving import Served
from tests.browser.walking import DESK, clause, enter, fill_comment, follow, main_words, press, sign_in
from tests.builders import CLOSES, EDUCATION, POLICE

pytestmark = pytest.mark.browser

CONTENT = "Bỏ một từ “mất” bị lặp."
REASON = "Lỗi lặp từ khi soạn thảo."


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_an_agency_answers_and_the_official_responds(
    javascript: bool, people: People, site: Served, tmp_path: Path
) -> None:
    person = people.come(java_script_enabled=javascript)
    own = enter(person, site)
    comment_twice(person)
    withdraw_one(person)
    send_recall_send_again(person, own)
    official = people.come(java_script_enabled=javascript, accept_downloads=True)
    respond(official, site, tmp_path)
    after_the_close(person, site, own)


def comment_twice(person: Page) -> None:
    clause(person, "2.1").get_by_role("button", name="Thống nhất", exact=False).click()
    expect(clause(person, "2.1")).to_contain_text("thống nhất")
    follow(clause(person, "2.2"), "Góp ý")
    proposed = person.get_by_label("Nội dung đề nghị sửa thành")
    drafted = proposed.input_value()
    assert drafted.startswith("Đẩy mạnh công tác nắm tình hình") and "nguy cơ mất mất an toàn" in drafted
    fill_comment(person, "Bỏ từ lặp.", drafted.replace("mất mất", "mất"))
    press(person, "Lưu ý kiến")
    expect(clause(person, "2.2").locator("del")).to_contain_text("mất")
    follow(clause(person, "2.2"), "Sửa hoặc rút")
    fill_comment(person, CONTENT, reason=REASON)
    press(person, "Lưu ý kiến")
    expect(clause(person, "2.2")).to_contain_text(CONTENT)
    expect(clause(person, "2.2")).not_to_contain_text("Bỏ từ lặp.")


def withdraw_one(person: Page) -> None:
    follow(person, "Viết ý kiến chung")
    fill_comment(person, "Ý kiến này sẽ được rút.")
    press(person, "Lưu ý kiến")
    whole = person.locator("#whole")
    expect(whole).to_contain_text("Ý kiến này sẽ được rút.")
    follow(whole, "Sửa hoặc rút")
    person.get_by_text("Rút ý kiến góp ý này").click()
    press(person, "Rút ý kiến")
    expect(person.locator("#whole")).not_to_contain_text("Ý kiến này sẽ được rút.")


def send_recall_send_again(person: Page, own: str) -> None:
    person.locator("#answer").get_by_role("link", name="Xem lại và gửi").click()
    expect(person.locator("main")).to_contain_text("1 ý kiến góp ý, thống nhất với 1 vị trí")
    expect(person.get_by_label("Cơ bản thống nhất, có ý kiến góp ý")).to_be_checked()
    person.get_by_role("textbox", name="Số, ký hiệu văn bản góp ý").fill("1127/CAT-PA05")
    person.get_by_role("textbox", name="Ngày văn bản góp ý").fill("21.4.2020")
    press(person, f"Gửi ý kiến thay mặt {POLICE}")
    assert person.url.endswith(f"{own}/phieu/1")
    shown = main_words(person)
    assert "Công văn số 1127/CAT-PA05 ngày 21/4/2020" in shown
    assert CONTENT in shown
    person.get_by_text("Thu hồi bản góp ý này").click()
    press(person, "Thu hồi bản góp ý")
    expect(person.locator("main")).to_contain_text("đã được thu hồi")
    follow(person, "Trở lại dự thảo")
    person.locator("#answer").get_by_role("link", name="Xem lại và gửi").click()
    press(person, f"Gửi ý kiến thay mặt {POLICE}")
    assert person.url.endswith(f"{own}/phieu/2")


def respond(official: Page, site: Served, tmp_path: Path) -> None:
    sign_in(official, site)
    follow(official, "Tăng cường công tác quản lý")
    row = official.get_by_role("row").filter(has_text=POLICE)
    expect(row).to_contain_text("đã gửi bản góp ý")
    follow(official, "Ý kiến góp ý và tiếp thu, giải trình")
    expect(official.locator(".opinion del")).to_contain_text("mất")
    official.locator(".answer-link a").click()
    official.get_by_label("Không tiếp thu (giữ nguyên)").check()
    press(official, "Lưu ý kiến tiếp thu, giải trình")
    expect(official.locator(".error-summary")).to_contain_text("nêu rõ lý do")
    sentence = "Giữ nguyên như dự thảo. Lý do: theo văn bản gốc."
    official.get_by_role("textbox", name="Nội dung tiếp thu, giải trình").fill(sentence)
    press(official, "Lưu ý kiến tiếp thu, giải trình")
    expect(official.locator(".opinion .answer")).to_contain_text(sentence)
    official.goto(DESK)
    with official.expect_download() as downloading:
        official.get_by_role("link", name="Tải bảng tổng hợp (Word)").click()
    path = tmp_path / "synthesis.docx"
    downloading.value.save_as(path)
    rows = [[cell.text for cell in row.cells] for table in Document(str(path)).tables for row in table.rows]
    assert any(
        "2.2 (Công an tỉnh)" in row[0] and CONTENT in row[2] and sentence in row[3] for row in rows if len(row) == 4
    )


def after_the_close(person: Page, site: Served, own: str) -> None:
    site.office.comment(site.office.grant(), "2.3", "Viết sau khi gửi.")
    site.office.clock.at = CLOSES + timedelta(hours=1)
    person.goto(site.office.link())
    press(person, f"Mở trang góp ý của {POLICE}")
    assert person.url.endswith(own)
    expect(person.locator("#answer")).to_contain_text("Đã hết thời hạn góp ý; trang này chỉ để xem.")
    expect(person.locator("#answer")).to_contain_text("Nội dung được tính là nội dung trên phiếu xác nhận.")
    assert person.locator("main button, main a[href*='/y-kien/'], main textarea").count() == 0
    person.goto(f"{own}/xem-lai")
    assert person.locator("main button").count() == 0
    person.goto(f"{own}/phieu")
    assert person.get_by_text("Thu hồi bản góp ý").count() == 0
    person.get_by_role("textbox", name="Số, ký hiệu văn bản góp ý").fill("1130/CAT-PA05")
    person.get_by_role("textbox", name="Ngày văn bản góp ý").fill("27/4/2020")
    press(person, "Lưu số, ngày văn bản")
    expect(person.locator(".receipt")).to_contain_text("Công văn số 1130/CAT-PA05 ngày 27/4/2020")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_agreeing_with_the_whole_draft_takes_three_presses(javascript: bool, people: People, site: Served) -> None:
    person = people.come(java_script_enabled=javascript)
    own = enter(person, site, EDUCATION)
    press(person, "Gửi ý kiến thống nhất với toàn bộ dự thảo")
    assert person.url.endswith(f"{own}/phieu/1")
    expect(person.locator("main")).to_contain_text("Cơ quan chủ trì soạn thảo đã nhận")
    expect(person.locator(".receipt")).to_contain_text("chờ văn bản chính thức")


def test_a_reader_finds_the_draft_and_changes_the_language(people: People, site: Served) -> None:
    reader = people.come()
    reader.goto("/")
    follow(reader, "Tăng cường công tác quản lý")
    reader.locator(".contents").get_by_role("link", name="Công an tỉnh").click()
    assert reader.url.endswith("#2")
    expect(clause(reader, "2")).to_be_in_viewport()
    expect(reader.locator(".contents")).to_be_in_viewport()
    path = reader.url.split("#")[0]
    reader.get_by_role("link", name="English").click()
    assert reader.url.startswith(path)
    expect(reader.locator("html")).to_have_attribute("lang", "en")
    expect(reader.get_by_role("heading", name="Who was asked")).to_be_visible()
    reader.get_by_role("link", name="Tiếng Việt").click()
    expect(reader.get_by_role("heading", name="Cơ quan, đơn vị được lấy ý kiến")).to_be_visible()
    follow(reader, "Gửi lại liên kết tới hộp thư công vụ của cơ quan")
    reader.get_by_label("Cơ quan, đơn vị").select_option(label=POLICE)
    press(reader, "Gửi lại liên kết")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Đã tiếp nhận yêu cầu")
