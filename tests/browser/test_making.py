"""A consultation from its title to its letters in a real browser: every page fit for all."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import People
from tests.browser.inspecting import Inspector
from tests.browser.serving import Served
from tests.browser.walking import follow, press, sign_in
from tests.builders import NEW_SLUG

pytestmark = pytest.mark.browser

DRAFT = {"name": "du-thao.txt", "mimeType": "text/plain", "buffer": "1. Mục tiêu.\n\n2. Nhiệm vụ.\n".encode()}
REPORT = {"name": "to-trinh.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}
PREPARED = f"/ban-lam-viec/{NEW_SLUG}"


@pytest.fixture
def desk(people: People, site: Served) -> Page:
    """Give an official's browser at the desk."""
    page = people.come(reduced_motion="reduce")
    sign_in(page, site)
    page.goto("/ban-lam-viec")
    return page


def attach(page: Page, section: str, file: dict[str, object], title: str, button: str) -> None:
    """Fill in and send a form with a file."""
    form = page.locator(f"section[aria-labelledby={section}] form[data-upload]")
    form.locator("[name=title]").fill(title)
    form.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]
    with page.expect_navigation():
        form.get_by_role("button", name=button).click()


def test_from_the_title_to_a_round_that_lacks_only_its_list(desk: Page) -> None:
    inspector = Inspector()
    follow(desk, "Tạo hồ sơ lấy ý kiến")
    inspector.look(desk, "new consultation")
    press(desk, "Bắt đầu")
    inspector.look(desk, "new consultation without a title")
    desk.get_by_label("Tên hồ sơ lấy ý kiến").fill("Quy chế quản lý dữ liệu")
    press(desk, "Bắt đầu")
    here = desk.url
    inspector.look(desk, "a consultation just begun")
    attach(desk, "drafts", DRAFT, "Quy chế quản lý dữ liệu", "Thêm dự thảo")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Quy chế quản lý dữ liệu")
    desk.goto(here)
    desk.get_by_text("Thêm tài liệu kèm theo").click()
    attach(desk, "enclosed", REPORT, "Tờ trình", "Thêm tài liệu")
    desk.get_by_label("Thời hạn theo câu chữ của công văn").fill("trước ngày 30/4/2020")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    expect(desk.get_by_label("Ngày kết thúc nhận ý kiến")).to_have_value("2020-04-30")
    desk.get_by_label("Ngày kết thúc nhận ý kiến").fill("2020-05-03")
    press(desk, "Lưu")
    desk.locator("main details").evaluate_all("all => all.forEach(each => each.open = true)")
    inspector.look(desk, "wording and moment disagree, all unfolded")
    press(desk, "Lấy thời điểm theo câu chữ")
    expect(desk.get_by_label("Ngày kết thúc nhận ý kiến")).to_have_value("2020-04-30")
    expect(desk.get_by_text("Còn thiếu 1 nội dung trước khi công bố")).to_be_visible()
    assert inspector.found == []


def test_letters_and_publishing(desk: Page, site: Served) -> None:
    site.office.prepare()
    inspector = Inspector()
    for name in ("thu-mau?thu=phieu", "cong-bo"):
        desk.goto(f"{PREPARED}/{name}")
        inspector.look(desk, name)
    press(desk, "Công bố")
    inspector.look(desk, "publishing without the declaration")
    desk.get_by_label("Hồ sơ không chứa bí mật nhà nước").check()
    desk.get_by_label("Vào thời điểm hẹn trước").check()
    desk.get_by_label("Ngày công bố").fill("2020-04-22")
    desk.get_by_label("Giờ công bố").fill("07:30")
    press(desk, "Công bố")
    inspector.look(desk, "scheduled")
    expect(desk.get_by_text("Hồ sơ sẽ tự công bố vào Thứ Tư, 22/4/2020, 07 giờ 30.")).to_be_visible()
    press(desk, "Hủy hẹn công bố")
    assert inspector.found == []


def test_a_letter_is_framed_as_mail_programs_show_it(desk: Page, site: Served) -> None:
    site.office.prepare()
    desk.goto(f"{PREPARED}/thu-mau")
    letter = desk.frame_locator("iframe")
    expect(letter.get_by_text("Mở trang góp ý")).to_be_visible()
    button = letter.get_by_role("link", name="Mở trang góp ý")
    assert button.evaluate("link => getComputedStyle(link).color") == "rgb(255, 255, 255)"


def test_two_officials_in_one_field(people: People, site: Served, desk: Page) -> None:
    site.office.prepare()
    inspector, other = Inspector(), people.come(reduced_motion="reduce")
    sign_in(other, site)
    for page in (desk, other):
        page.goto(f"{PREPARED}/thong-tin")
    for page, place in ((desk, "Pleiku"), (other, "Kon Tum")):
        page.get_by_label("Địa danh").fill(place)
        press(page, "Lưu")
    inspector.look(other, "conflict")
    expect(other.get_by_role("row", name="Địa danh")).to_contain_text("Pleiku")
    press(other, "Lưu nội dung vừa nhập thay nội dung đang lưu")
    desk.reload()
    expect(desk.get_by_label("Địa danh")).to_have_value("Kon Tum")
    assert inspector.found == []
