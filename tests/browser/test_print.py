"""What comes out of the printer: the whole draft and nothing that can only be pressed."""

from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from consult.store.database import reading
from consult.store.queries.clauses import drafts_of
from tests.browser.conftest import People
from tests.browser.serving import Served
from tests.browser.walking import DESK, enter, press, sign_in

pytestmark = pytest.mark.browser
NO_MAILBOX = "Ủy ban nhân dân huyện Ia Pa"


def printed(page: Page) -> str:
    """Return the words of the open page on paper, without any space, since lines break where they like."""
    page.locator("h1").wait_for()
    pages = PdfReader(BytesIO(page.pdf(format="A4"))).pages
    return squeezed("".join(each.extract_text() for each in pages))


def squeezed(text: str) -> str:
    """Return a text without spaces."""
    return "".join(text.split())


def test_the_draft_prints_whole(people: People, site: Served) -> None:
    reader = people.come()
    reader.goto("/ho-so/gia-lai-2020")
    paper = printed(reader)
    with reading(site.office.database) as session:
        clauses = [node for draft in drafts_of(session, site.office.facts().id) for node in draft.clauses]
    assert len(clauses) == 44
    assert [node.anchor for node in clauses if squeezed(node.text) not in paper] == []
    for words in ("Gửi lại liên kết", "English", "Mục lục", "Đến phần nội dung"):
        assert squeezed(words) not in paper
    assert squeezed("Ủy ban nhân dân huyện Mang Yang") in paper


def test_the_receipt_prints_what_was_sent(people: People, site: Served) -> None:
    person = people.come()
    enter(person, site)
    grant = site.office.grant()
    site.office.comment(grant, content="Bỏ một từ bị lặp.")
    sent = site.office.send(grant, number="1127/CAT-PA05")
    person.goto(f"/gop-y/{grant.code}/phieu")
    paper = printed(person)
    for words in (sent.code, sent.digest, "Công an tỉnh", "Bỏ một từ bị lặp.", "1127/CAT-PA05"):
        assert squeezed(words) in paper
    for words in ("Đăng xuất", "Thu hồi bản góp ý", "Lưu số, ngày", "Trở lại dự thảo"):
        assert squeezed(words) not in paper


def test_the_link_of_an_agency_without_a_mailbox_prints(people: People, site: Served) -> None:
    official = people.come()
    sign_in(official, site)
    official.goto(DESK)
    line = official.get_by_role("row").filter(has_text="chưa có thư điện tử")
    line.locator("summary").click()
    press(line, f"In liên kết kèm mã QR {NO_MAILBOX}")
    paper = printed(official)
    assert squeezed(site.office.link(NO_MAILBOX)) in paper
    for words in ("Đăng xuất", "Bàn làm việc", "English"):
        assert squeezed(words) not in paper
