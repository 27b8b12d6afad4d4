"""Every page of the story, in both languages, on desktop and phone: WCAG 2.2 AA, and no page wider than the screen."""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page

from consult.actions import appointing
from consult.store.database import writing
from tests.browser.conftest import People
from tests.browser.inspecting import Inspector
from tests.browser.serving import Served
from tests.browser.walking import DESK, own_path
from tests.builders import CLOSES, EDUCATION, LEAD_AGENCY, NEW_SLUG, OFFICIAL, OPENS, POLICE

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("language", ["vi", "en"])]

PUBLIC = "/ho-so/gia-lai-2020"


def come(people: People, site: Served, language: str) -> Page:
    """Open a browser that has chosen a language."""
    page = people.come(reduced_motion="reduce")
    page.context.add_cookies([{"name": "lang", "value": language, "url": site.base_url}])
    return page


def submit(page: Page, ending: str) -> None:
    """Press the button of the form that posts to …``ending``, or to the open address when that is empty."""
    press_in(page, page.locator(f"main form[action$='{ending}']") if ending else page.locator("main form.posted"))


def press_in(page: Page, form: Locator) -> None:
    """Press the first button of a form and wait for the page that comes."""
    with page.expect_navigation():
        form.locator("button[type=submit]").first.click()


def enter(page: Page, site: Served, agency: str) -> str:
    """Come in by the link and say who is at work."""
    page.goto(site.office.link(agency))
    submit(page, "")
    fill(page, name="Nguyễn Văn Mẫu", email="mau@congan.gialai.example")
    submit(page, "/nguoi-gop-y")
    return own_path(site, agency)


def fill(page: Page, **typed: str) -> None:
    """Fill in fields by their names."""
    for name, text in typed.items():
        page.locator(f"main [name={name}]").fill(text)


def test_what_anybody_may_open(language: str, people: People, site: Served) -> None:
    page, inspector = come(people, site, language), Inspector()
    link = site.office.link()
    addresses = {
        "front page": "/",
        "consultation": PUBLIC,
        "resend": f"{PUBLIC}/gui-lai-lien-ket",
        "sign in": "/dang-nhap",
        "sign-in link": "/dang-nhap/made-up",
        "invitation link": link,
        "revoke": f"{link}/thu-hoi",
        "not found": "/khong-co",
        "no access": own_path(site),
        "link refused": f"{link}x",
    }
    for name, address in addresses.items():
        page.goto(address)
        inspector.look(page, name)
    page.goto("/dang-nhap")
    submit(page, "/dang-nhap")
    inspector.look(page, "sign in with an error")
    fill(page, email=OFFICIAL)
    submit(page, "/dang-nhap")
    inspector.look(page, "sign in sent")
    page.goto(f"{PUBLIC}/gui-lai-lien-ket")
    submit(page, "/gui-lai-lien-ket")
    inspector.look(page, "resent")
    page.goto(f"{link}/thu-hoi")
    submit(page, "")
    inspector.look(page, "revoked")
    for name, moment, address in (
        ("front page, coming", OPENS - timedelta(days=1), "/"),
        ("link, coming", OPENS - timedelta(days=1), site.office.link()),
        ("consultation, last day", CLOSES - timedelta(hours=3), PUBLIC),
        ("front page, closed", CLOSES, "/"),
        ("link, closed", CLOSES, site.office.link()),
    ):
        site.office.clock.at = moment
        page.goto(address)
        inspector.look(page, name)
    assert inspector.found == []


def test_what_an_agency_writes(language: str, people: People, site: Served) -> None:
    page, inspector = come(people, site, language), Inspector()
    page.goto(site.office.link())
    submit(page, "")
    inspector.look(page, "person")
    submit(page, "/nguoi-gop-y")
    inspector.look(page, "person with errors")
    own = enter(page, site, POLICE)
    inspector.look(page, "agency page, empty")
    page.goto(f"{own}/y-kien/moi")
    inspector.look(page, "comment on the whole, new")
    page.goto(f"{own}/y-kien/moi?vi-tri=2.2")
    inspector.look(page, "comment, new")
    submit(page, "vi-tri=2.2")
    inspector.look(page, "comment with errors")
    proposed = page.locator("[name=proposed_text]").input_value().replace("mất mất", "mất")
    fill(page, content="Bỏ một từ bị lặp.", proposed_text=proposed, reason="Lỗi soạn thảo.")
    submit(page, "vi-tri=2.2")
    key = edit_last(page)
    inspector.look(page, "comment, edited")
    page.locator("[name=version]").first.evaluate("field => field.value = '7'")
    submit(page, f"/{key}?vi-tri=2.2")
    inspector.look(page, "comment, conflict")
    grant = site.office.grant()
    site.office.agree(grant, "2.1", "2.3")
    site.office.comment(grant, "", "Cơ bản thống nhất với dự thảo.")
    page.goto(own)
    inspector.look(page, "agency page with comments and agreements")
    refused(page, inspector, f"{own}/y-kien/moi?vi-tri=2.4")
    assert inspector.found == []


def edit_last(page: Page) -> str:
    """Open the comment under 2.2 and return its key."""
    address = page.locator('.clause[id="2.2"] .comment-foot a').get_attribute("href") or ""
    page.goto(address)
    return address.rsplit("/", 1)[1]


def refused(page: Page, inspector: Inspector, address: str) -> None:
    """Look at the pages for a form without its token and for one that is too large."""
    page.goto(address)
    fill(page, content="Nội dung được trả lại.")
    page.locator("form[data-autosave]").evaluate("form => { form.csrf_token.value = 'x'; form.submit(); }")
    page.wait_for_selector("#typed-1")
    inspector.look(page, "form refused")
    page.goto(address)
    with page.expect_navigation():
        page.locator("form[data-autosave]").evaluate(
            "form => { form.content.value = 'x'.repeat(1100000); form.submit(); }"
        )
    assert page.locator("main form").count() == 0
    inspector.look(page, "too large")


def test_what_an_agency_sends(language: str, people: People, site: Served) -> None:
    page, inspector = come(people, site, language), Inspector()
    own = enter(page, site, POLICE)
    page.goto(f"{own}/xem-lai")
    inspector.look(page, "review, nothing written")
    grant = site.office.grant()
    site.office.comment(grant, proposed_text="Nội dung viết lại.", reason="Cho rõ.")
    site.office.comment(grant, "", "Cơ bản thống nhất.")
    site.office.agree(grant, "2.1")
    page.goto(f"{own}/xem-lai")
    inspector.look(page, "review")
    fill(page, letter_date="hôm nay")
    submit(page, "/gui")
    inspector.look(page, "review with an error")
    fill(page, letter_date="")
    page.locator("[name=stance][value=AGREES]").check()
    submit(page, "/gui")
    inspector.look(page, "review, stance refused")
    page.locator("[name=stance][value=DISAGREES]").check()
    submit(page, "/gui")
    inspector.look(page, "receipt in force")
    fill(page, letter_number="864/UBND", letter_date="hôm qua")
    submit(page, "/van-ban")
    inspector.look(page, "receipt with an error")
    page.goto(own)
    inspector.look(page, "agency page, sent")
    site.office.comment(grant, "2.3", "Ý kiến thêm.")
    page.goto(own)
    inspector.look(page, "agency page, changed after sending")
    page.goto(f"{own}/xem-lai")
    inspector.look(page, "review, sent before")
    submit(page, "/gui")
    page.goto(f"{own}/phieu/1")
    inspector.look(page, "receipt superseded")
    page.goto(f"{own}/phieu/2")
    page.locator("details.withdraw summary").click()
    submit(page, "/thu-hoi")
    inspector.look(page, "receipt recalled")
    page.goto(own)
    inspector.look(page, "agency page, recalled")
    assert inspector.found == []


def test_what_an_agency_finds_after_the_close(language: str, people: People, site: Served) -> None:
    site.office.clock.at = CLOSES - timedelta(hours=1)
    page, other, inspector = come(people, site, language), come(people, site, language), Inspector()
    silent = enter(other, site, EDUCATION)
    own = enter(page, site, POLICE)
    inspector.look(page, "agency page, last day")
    grant = site.office.grant()
    key = site.office.comment(grant, proposed_text="Nội dung viết lại.", reason="Cho rõ.")
    site.office.send(grant)
    page.goto(f"{own}/y-kien/moi?vi-tri=2.3")
    fill(page, content="Chưa kịp gửi.", reason="Đến muộn.")
    site.office.clock.at = CLOSES
    submit(page, "vi-tri=2.3")
    page.wait_for_selector("#typed-2")
    inspector.look(page, "closed, words given back")
    for name, address in (
        ("agency page", own),
        ("comment", f"{own}/y-kien/{key}"),
        ("review", f"{own}/xem-lai"),
        ("receipt", f"{own}/phieu/1"),
    ):
        page.goto(address)
        inspector.look(page, f"{name}, closed")
    other.goto(silent)
    inspector.look(other, "agency page, closed and silent")
    assert inspector.found == []


def test_what_the_official_mends(language: str, people: People, site: Served) -> None:
    page, inspector = come(people, site, language), Inspector()
    text = "KẾ HOẠCH\nTriển khai\n\nI. MỤC ĐÍCH\n\n1. Mở đầu.\n\n3. Nội dung.\n\n4. Hết.\n\n2\n"
    site.office.prepare(thuyet_minh=text.encode())
    sign_in(page, site)
    inspector.look(page, "desk with a draft in preparation")
    table = f"/ban-lam-viec/{NEW_SLUG}/du-thao/1"
    for name, address in (
        ("drafts of a round", f"/ban-lam-viec/{NEW_SLUG}/du-thao"),
        ("mending table", table),
        ("mending table, a row opened", f"{table}?o=text%7C5%7C0&sua=1"),
        ("drafts of a published round", "/ban-lam-viec/gia-lai-2020/du-thao"),
    ):
        page.goto(address)
        inspector.look(page, name)
    page.goto(table)
    page.locator(".draft-file > summary").click()
    inspector.look(page, "mending table, the file")
    press_in(page, page.locator(".mend-doubts form").first)
    inspector.look(page, "mending table, mended")
    page.goto(f"{table}?o=text%7C5%7C0&sua=1#marked")
    with page.expect_navigation():
        page.locator(".mend-editor button[value=split]").click()
    inspector.look(page, "mending table, an edit refused")
    assert inspector.found == []


def test_what_the_official_sees(language: str, people: People, site: Served) -> None:
    page, inspector = come(people, site, language), Inspector()
    police, education = site.office.grant(), site.office.grant(EDUCATION)
    key = site.office.comment(police, proposed_text="Nội dung viết lại.", reason="Cho rõ.")
    site.office.comment(police, "", "Cơ bản thống nhất.")
    site.office.send(police, number="1127/CAT-PA05")
    site.office.comment(education, "3.1", "Đang soạn.")
    sign_in(page, site)
    inspector.look(page, "desk")
    for name, address in (
        ("board", DESK),
        ("comments", f"{DESK}/y-kien"),
        ("comments, none of the kind", f"{DESK}/y-kien?loc=changed"),
        ("respond", f"{DESK}/y-kien/{key}"),
    ):
        page.goto(address)
        inspector.look(page, name)
    respond(page, inspector, key)
    page.goto(DESK)
    submit(page, "/nhac")
    inspector.look(page, "board, reminded")
    page.locator(".line-acts summary").first.click()
    inspector.look(page, "board, acts of a line")
    with page.expect_navigation():
        page.locator("button[formaction*='/in-lien-ket/']").first.click()
    inspector.look(page, "printed link")
    for name, address in (
        ("found", f"{DESK}?tim=cong+an"),
        ("silent", f"{DESK}/chua-gui"),
        ("files and texts", f"{DESK}/tep-tong-hop"),
        ("none", f"{DESK}?loc=late"),
    ):
        page.goto(address)
        inspector.look(page, f"board, {name}")
    site.office.comment(police, content="Đã đổi ý.")
    site.office.clock.at = CLOSES
    sign_in(page, site)
    page.goto(DESK)
    inspector.look(page, "board, closed")
    assert inspector.found == []


def sign_in(page: Page, site: Served) -> None:
    """Sign an official in by a one-time link."""
    with writing(site.office.database) as session:
        appointing.add_official(session, OFFICIAL, "Chuyên viên phụ trách", LEAD_AGENCY, site.office.clock())
    with writing(site.office.database) as session:
        link = appointing.sign_in_address(session, OFFICIAL, site.office.settings, site.office.clock())
    page.goto(link)
    submit(page, "")


def respond(page: Page, inspector: Inspector, key: str) -> None:
    """Answer one comment: refused, taken, and once more from an old form."""
    page.locator("[value=NOT_ACCEPTED]").check()
    submit(page, f"/{key}")
    inspector.look(page, "respond with an error")
    fill(page, sentence="Giữ nguyên như dự thảo. Lý do: theo văn bản gốc.")
    submit(page, f"/{key}")
    inspector.look(page, "comments, answered")
    page.goto(f"{DESK}/y-kien/{key}")
    page.locator("[name=version]").evaluate("field => field.value = '0'")
    submit(page, f"/{key}")
    inspector.look(page, "respond, conflict")
