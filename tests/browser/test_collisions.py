"""Two officials at the same act at once, each in a browser: the second is told in one sentence and loses nothing."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from consult.actions import appointing
from consult.domain.terms import OfficialRole, Stance
from consult.store.database import writing
from tests import concluded
from tests.actions import keying
from tests.browser.conftest import People
from tests.browser.serving import Served
from tests.browser.walking import DESK, press
from tests.builders import CLOSES, EDUCATION, NEW_SLUG, OFFICIAL, OPENS, POLICE

pytestmark = pytest.mark.browser

COLLEAGUE = "dongnghiep@stttt.example"


def come_in(people: People, site: Served, email: str) -> Page:
    """Open the browser of an administrator of the lead agency who signs in by a one-time link."""
    office, page = site.office, people.come(reduced_motion="reduce")
    office.official(email, role=OfficialRole.ADMINISTRATOR)
    with writing(office.database) as session:
        link = appointing.sign_in_address(session, email, office.settings, office.clock())
    page.goto(link)
    press(page, "Đăng nhập")
    return page


def two_officials(people: People, site: Served) -> tuple[Page, Page]:
    """Give the browsers of two officials."""
    return come_in(people, site, OFFICIAL), come_in(people, site, COLLEAGUE)


def both_open(two: tuple[Page, ...], address: str) -> None:
    """Open the same page in both browsers."""
    for page in two:
        page.goto(address)
        page.locator("main details").evaluate_all("all => all.forEach(each => each.open = true)")


def send(page: Page, ending: str, **typed: str) -> None:
    """Fill in the form that is posted to …``ending`` and send it."""
    form = page.locator(f"main form[method=post][action$='{ending}']")
    for name, text in typed.items():
        field = form.locator(f"[name='{name}']")
        field.fill(text)
    with page.expect_navigation():
        form.locator("button[type=submit]").first.click()


def test_the_same_comment_is_answered_by_two(people: People, site: Served) -> None:
    grant = site.office.grant(POLICE)
    key = site.office.comment(grant)
    site.office.send(grant)
    first, second = two = two_officials(people, site)
    both_open(two, f"{DESK}/y-kien/{key}")
    for page, words in ((first, "Giữ nguyên: một."), (second, "Giữ nguyên: hai.")):
        page.locator("[value=NOT_ACCEPTED]").check()
        send(page, key, sentence=words)
    expect(second.locator(".notice").first).to_contain_text("Ý kiến tiếp thu, giải trình chưa được lưu.")
    expect(second.locator("[name=sentence]")).to_have_value("Giữ nguyên: hai.")
    expect(second.get_by_role("region", name="Nội dung đang lưu")).to_contain_text("Giữ nguyên: một.")
    assert [each.sentence for each in concluded.in_force(site.office)] == ["Giữ nguyên: một."]


def test_the_deadline_is_moved_by_two(people: People, site: Served) -> None:
    first, second = two = two_officials(people, site)
    both_open(two, f"{DESK}/dieu-chinh")
    for page, day in ((first, "30/4/2020"), (second, "29/4/2020")):
        send(page, "/gia-han", **{"extend-day": day, "extend-reason": f"Theo đề nghị {day}."})
    expect(second.locator(".error-summary")).to_contain_text("Thời hạn mới phải muộn hơn thời hạn đang áp dụng")
    expect(second.locator("[name=extend-reason]")).to_have_value("Theo đề nghị 29/4/2020.")
    assert site.office.facts().window.closes_at == CLOSES + timedelta(days=4)


def test_the_round_is_closed_by_two(people: People, site: Served) -> None:
    site.office.clock.at = OPENS + timedelta(days=1)
    first, second = two = two_officials(people, site)
    both_open(two, f"{DESK}/dieu-chinh")
    for page, why in ((first, "Đã đủ ý kiến."), (second, "Các cơ quan đã trả lời.")):
        send(page, "/ket-thuc-som", **{"close-reason": why})
    expect(second.locator(".error-summary")).to_contain_text("Không kết thúc sớm được: đợt lấy ý kiến đã kết thúc")
    expect(second.locator("[name=close-reason]")).to_have_value("Các cơ quan đã trả lời.")
    expect(second.locator("ol.changes > li")).to_have_count(1)
    assert site.office.facts().window.closes_at == OPENS + timedelta(days=1)


def test_a_round_that_opens_this_very_moment_is_not_closed(people: People, site: Served) -> None:
    page = come_in(people, site, OFFICIAL)
    both_open((page,), f"{DESK}/dieu-chinh")
    send(page, "/ket-thuc-som", **{"close-reason": "Nhầm."})
    expect(page.locator(".error-summary")).to_contain_text("Không kết thúc sớm được: đợt lấy ý kiến đã kết thúc")
    assert site.office.facts().window.closes_at == CLOSES


def test_the_round_is_published_by_two(people: People, site: Served) -> None:
    site.office.prepare()
    first, second = two = two_officials(people, site)
    both_open(two, f"/ban-lam-viec/{NEW_SLUG}/cong-bo")
    for page, number in ((first, "1/CV"), (second, "2/CV")):
        page.locator("[name=no_secret]").check()
        page.locator("[name=when]").first.check()
        send(page, "/cong-bo", letter_number=number)
    expect(second.locator("h1")).to_have_text("Đợt lấy ý kiến này đã công bố")
    expect(second.locator("#typed-1")).to_have_value("2/CV")
    assert site.office.facts(NEW_SLUG).letter_number == "1/CV"


def test_the_result_is_published_by_two(people: People, site: Served) -> None:
    concluded.all_answered(site.office)
    first, second = two = two_officials(people, site)
    both_open(two, f"{DESK}/ket-qua")
    for page, name, position in ((first, "Lê Văn Mẫu", "Giám đốc"), (second, "Trần Thị Mẫu", "Phó Giám đốc")):
        send(page, "/ket-qua", approved_by=name, position=position, approved_on="27/4/2020")
    expect(second.locator("h1")).to_have_text("Kết quả đã công bố")
    typed = second.locator("#typed ~ .form-group textarea").evaluate_all("all => all.map(each => each.value)")
    assert typed == ["Trần Thị Mẫu", "Phó Giám đốc", "27/4/2020"]
    second.goto(f"{DESK}/ket-qua")
    expect(second.locator("dl.facts dd").nth(1)).to_have_text("Giám đốc phê duyệt ngày 27/4/2020")


def test_an_agency_of_the_directory_is_edited_by_two(people: People, site: Served) -> None:
    first, second = two = two_officials(people, site)
    both_open(two, "/danh-ba/co-quan/2/sua")
    for page, name in ((first, "Tên Một"), (second, "Tên Hai")):
        send(page, "/sua", short_name=name)
    expect(second.locator(".notice").first).to_contain_text("Nội dung sửa chưa được lưu.")
    expect(second.locator("[name=short_name]")).to_have_value("Tên Hai")
    expect(second.get_by_role("region", name="Nội dung đang lưu")).to_contain_text("Tên Một")


def test_the_same_letter_is_recorded_by_two(people: People, site: Served) -> None:
    site.office.clock.at = OPENS + timedelta(days=2)
    first, second = two = two_officials(people, site)
    code = site.office.address(EDUCATION).code
    both_open(two, f"{DESK}/van-ban/moi?co-quan={code}")
    for page, number in ((first, "1/SGD"), (second, "2/SGD")):
        page.locator("[name=stance][value=AGREES]").check()
        send(page, "/moi", letter_number=number, letter_date="21/4/2020", received_on="22/4/2020")
    for page in two:
        send(page, "/ghi-nhan")
    stands = keying.body(site.office, code).in_force
    assert stands is not None and stands.letter_number == "1/SGD"
    expect(second.locator(".notice").first).to_contain_text(
        f"Chưa ghi nhận: trong lúc đó văn bản của cơ quan này đã được ghi nhận ({stands.code})."
    )
    expect(second.get_by_role("region", name="Văn bản", exact=True)).to_contain_text("2/SGD")


def test_one_keyed_letter_is_recorded_twice(people: People, site: Served) -> None:
    site.office.clock.at = OPENS + timedelta(days=2)
    two = two_officials(people, site)
    told, whose = keying.letter(Stance.AGREES), keying.whose(site.office, EDUCATION)
    key = keying.begin(site.office, site.office.official(), whose, told)
    both_open(two, f"{DESK}/van-ban/{key}")
    for page in two:
        send(page, "/ghi-nhan")
    for page in two:
        expect(page.locator("h1")).to_have_text(EDUCATION)
        expect(page.locator(".notice").first).to_contain_text("Đã ghi nhận.")
    assert [each.version for each in keying.body(site.office, whose.code).sent] == [1]
