"""What pages gain with JavaScript: words that save themselves, warnings, the countdown; and what two people see."""

from datetime import timedelta

import pytest
from playwright.sync_api import Dialog, Page, expect

from consult.store.database import reading
from consult.store.queries.own_answer import OwnComment, working_copy
from tests.browser.conftest import People
from tests.browser.serving import Served
from tests.browser.walking import DESK, clause, enter, fill_comment, follow, own_path, press, sign_in
from tests.builders import CLOSES, POLICE

pytestmark = pytest.mark.browser

STATUS = "[data-autosave-status]"


def stored(site: Served) -> list[OwnComment]:
    """Return what stands in the agency's working copy."""
    with reading(site.office.database) as session:
        return list(working_copy(session, site.office.address(POLICE).id))


def open_form(page: Page, own: str, anchor: str = "2.2") -> None:
    """Open the form of a comment on one place."""
    page.goto(f"{own}/y-kien/moi?vi-tri={anchor}")


def test_words_are_saved_while_somebody_types(people: People, site: Served) -> None:
    person = people.come()
    own = enter(person, site)
    open_form(person, own)
    person.get_by_role("textbox", name="Nội dung góp ý").press_sequentially("Bỏ từ lặp")
    expect(person.locator(STATUS)).to_contain_text("Đã lưu: ")
    assert [each.content for each in stored(site)] == ["Bỏ từ lặp"]
    person.get_by_role("textbox", name="Lý do").press_sequentially("Lỗi soạn thảo")
    person.get_by_role("textbox", name="Nội dung góp ý").focus()
    expect(person.locator(STATUS)).to_contain_text("Đã lưu: ")
    person.wait_for_function("() => document.querySelector('#version').value === '2'")
    assert [(each.content, each.reason, each.version) for each in stored(site)] == [("Bỏ từ lặp", "Lỗi soạn thảo", 2)]
    press(person, "Lưu ý kiến")
    expect(clause(person, "2.2")).to_contain_text("Lỗi soạn thảo")
    assert len(stored(site)) == 1


def test_an_empty_form_is_not_stored_and_says_so(people: People, site: Served) -> None:
    person = people.come()
    own = enter(person, site)
    open_form(person, own)
    person.get_by_role("textbox", name="Lý do").fill("Chỉ có lý do")
    person.get_by_role("textbox", name="Nội dung góp ý").focus()
    expect(person.locator(STATUS)).to_have_text("Chưa lưu: còn mục bắt buộc chưa nhập.")
    assert stored(site) == []


def ask_to_stay(page: Page) -> list[str]:
    """Answer each question of the browser by staying; return the list in which the kinds of questions are noted."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


def test_leaving_unsaved_words_asks_first(people: People, site: Served) -> None:
    person = people.come()
    own = enter(person, site)
    open_form(person, own)
    asked = ask_to_stay(person)
    person.get_by_role("textbox", name="Lý do").press_sequentially("Chưa lưu")
    with person.expect_event("dialog"):
        person.get_by_role("link", name="Trở lại dự thảo", exact=True).click(no_wait_after=True)
    assert asked == ["beforeunload"]
    expect(person.get_by_role("textbox", name="Lý do")).to_have_value("Chưa lưu")
    fill_comment(person, "Bỏ từ lặp.")
    press(person, "Lưu ý kiến")
    person.wait_for_url(f"**{own}#2.2")
    assert asked == ["beforeunload"]


def test_the_last_day_counts_hours_and_minutes(people: People, site: Served) -> None:
    site.office.clock.at = CLOSES - timedelta(hours=2, minutes=30, seconds=-1)
    reader = people.come()
    for path in ("/", "/ho-so/gia-lai-2020"):
        reader.goto(path)
        expect(reader.locator("time.countdown")).to_have_text("Còn 2 giờ 29 phút")
    enter(reader, site)
    expect(reader.locator("time.countdown")).to_have_text("Còn 2 giờ 29 phút")
    site.office.clock.at = CLOSES - timedelta(seconds=4)
    reader.reload()
    expect(reader.locator("time.countdown")).to_have_text("Còn chưa đầy một phút")
    expect(reader.locator("time.countdown")).to_have_text("Đã hết thời hạn")


def test_two_people_in_one_comment_are_shown_both_texts(people: People, site: Served) -> None:
    first, second = people.come(), people.come()
    own = enter(first, site)
    open_form(first, own)
    fill_comment(first, "Bỏ từ lặp.")
    press(first, "Lưu ý kiến")
    enter(second, site, person="Trần Thị Mẫu")
    follow(clause(first, "2.2"), "Sửa hoặc rút")
    follow(clause(second, "2.2"), "Sửa hoặc rút")
    fill_comment(first, "Bỏ từ “mất” thứ hai.")
    press(first, "Lưu ý kiến")
    second.get_by_role("textbox", name="Nội dung góp ý").fill("Viết lại cả câu.")
    second.get_by_role("textbox", name="Lý do").focus()
    expect(second.locator(STATUS)).to_contain_text("có người khác vừa sửa nội dung này")
    press(second, "Lưu ý kiến")
    expect(second.get_by_role("heading", level=1)).to_have_text("Hai nội dung khác nhau của cùng một ý kiến")
    expect(second.locator(".two-texts")).to_contain_text("Bỏ từ “mất” thứ hai.")
    expect(second.get_by_role("textbox", name="Nội dung góp ý")).to_have_value("Viết lại cả câu.")
    assert [each.content for each in stored(site)] == ["Bỏ từ “mất” thứ hai."]
    press(second, "Lưu nội dung của tôi thay vào")
    second.wait_for_url(f"**{own}#2.2")
    assert [each.content for each in stored(site)] == ["Viết lại cả câu."]


def test_two_officials_at_one_comment_are_shown_both_answers(people: People, site: Served) -> None:
    grant = site.office.grant()
    key = site.office.comment(grant)
    site.office.send(grant)
    first, second = people.come(), people.come()
    for page in (first, second):
        sign_in(page, site)
        page.goto(f"{DESK}/y-kien/{key}")
    answer(first, "Tiếp thu, bỏ từ lặp.")
    answer(second, "Tiếp thu, viết lại câu.")
    expect(second.get_by_role("heading", level=1)).to_contain_text("Nội dung đã thay đổi")
    expect(second.locator("main")).to_contain_text("Tiếp thu, bỏ từ lặp.")
    expect(second.get_by_role("textbox", name="Nội dung tiếp thu, giải trình")).to_have_value("Tiếp thu, viết lại câu.")
    press(second, "Lưu nội dung vừa nhập thay nội dung đang lưu")
    expect(second.locator(".opinion .answer")).to_contain_text("Tiếp thu, viết lại câu.")


def answer(official: Page, sentence: str) -> None:
    """Accept the comment on the open page with a sentence."""
    official.get_by_role("radio", name="tiếp thu", exact=True).check()
    official.get_by_role("textbox", name="Nội dung tiếp thu, giải trình").fill(sentence)
    press(official, "Lưu ý kiến tiếp thu, giải trình")


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "no-javascript"])
def test_words_come_back_when_the_close_passes(javascript: bool, people: People, site: Served) -> None:
    site.office.clock.at = CLOSES - timedelta(minutes=2)
    person = people.come(java_script_enabled=javascript)
    enter(person, site)
    open_form(person, own_path(site))
    site.office.clock.at = CLOSES
    content = person.get_by_role("textbox", name="Nội dung góp ý")
    content.fill("Chưa kịp gửi.")
    if javascript:
        person.get_by_role("textbox", name="Lý do").focus()
        expect(person.locator(STATUS)).to_contain_text("Chưa lưu: đã hết thời hạn góp ý.")
        expect(content).to_have_value("Chưa kịp gửi.")
    press(person, "Lưu ý kiến")
    expect(person.get_by_role("heading", level=1)).to_have_text("Đã hết thời hạn góp ý")
    expect(person.get_by_label("Nội dung góp ý")).to_have_value("Chưa kịp gửi.")
    assert stored(site) == []
