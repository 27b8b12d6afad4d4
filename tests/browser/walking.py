"""What people do in a browser, a step a function; the words are those that stand on the pages."""

from collections.abc import Mapping
from types import MappingProxyType

from playwright.sync_api import Locator, Page

from consult.actions import appointing
from consult.domain.terms import OfficialRole
from consult.store.database import writing
from tests.browser.serving import Served
from tests.builders import LEAD_AGENCY, OFFICIAL, POLICE, SLUG

PERSON = "Nguyễn Văn Mẫu"
DESK = f"/ban-lam-viec/{SLUG}"


def press(page: Page | Locator, words: str) -> None:
    """Press the one button of these words and wait for the page that comes."""
    with (page.page if isinstance(page, Locator) else page).expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def follow(page: Page | Locator, words: str) -> None:
    """Follow the first link whose words begin so."""
    page.get_by_role("link", name=words).first.click()


def enter(page: Page, site: Served, agency: str = POLICE, person: str = PERSON) -> str:
    """Come in by the invitation link, say who is at work, and return the path of the agency's page."""
    page.goto(site.office.link(agency))
    press(page, f"Mở trang góp ý của {agency}")
    state(page, person)
    return own_path(site, agency)


def state(page: Page, person: str = PERSON) -> None:
    """Fill in who is at work."""
    page.get_by_label("Họ và tên").fill(person)
    page.get_by_label("Địa chỉ thư điện tử").fill("mau@congan.gialai.example")
    press(page, "Tiếp tục đến trang góp ý")


def own_path(site: Served, agency: str = POLICE) -> str:
    """Return the path of an agency's page."""
    return f"/gop-y/{site.office.address(agency).code}"


def clause(page: Page, anchor: str) -> Locator:
    """Return one place of the draft on the open page."""
    return page.locator(f'.clause[id="{anchor}"]')


def fill_comment(page: Page, content: str, proposed: str | None = None, reason: str = "") -> None:
    """Fill in the open form of a comment; None leaves the wording of the draft."""
    page.get_by_label("Nội dung góp ý").fill(content)
    if proposed is not None:
        page.get_by_label("Nội dung đề nghị sửa thành").fill(proposed)
    page.get_by_label("Lý do").fill(reason)


def sign_in(page: Page, site: Served, email: str = OFFICIAL, role: OfficialRole | None = None) -> None:
    """Sign an official in by a one-time link."""
    office = site.office
    with writing(office.database) as session:
        appointing.add_official(session, email, "Chuyên viên phụ trách", LEAD_AGENCY, office.clock(), role)
    with writing(office.database) as session:
        link = appointing.sign_in_address(session, email, office.settings, office.clock())
    page.goto(link)
    press(page, "Đăng nhập")


def form(page: Page, ending: str) -> Locator:
    """Return the form that posts to …``ending``, with all that was folded on the page unfolded."""
    page.locator("main details").evaluate_all("all => all.forEach(each => each.open = true)")
    return page.locator(f"main form:is([action$='{ending}'], [action*='{ending}?'])").first


def send(page: Page, ending: str, typed: Mapping[str, str | bool] = MappingProxyType({})) -> None:
    """Fill in the fields of a form by their names (True ticks a box) and send it by its first button."""
    found = form(page, ending)
    for name, value in typed.items():
        field = found.locator(f"[name='{name}']").first
        if value is True:
            field.check()
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(str(value))
        else:
            field.fill(str(value))
    with page.expect_navigation():
        found.locator("button[type=submit], button:not([type])").first.click()


def main_words(page: Page) -> str:
    """Return the words that the main part of the open page shows."""
    return page.locator("main").inner_text()
