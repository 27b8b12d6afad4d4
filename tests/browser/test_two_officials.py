"""Two officials at one thing, each in a browser of their own: the second is told, and nothing is lost or done twice."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from consult.domain.terms import OfficialRole, Stance
from consult.store.database import reading
from consult.store.queries.desk import comment_in_force
from consult.store.queries.own_answer import submissions
from tests.actions import keying
from tests.browser.conftest import People
from tests.browser.serving import Served
from tests.browser.walking import DESK, form, press, send, sign_in
from tests.builders import NEW_SLUG, OPENS, POLICE
from tests.concluded import all_answered, answer_all_ways, in_force

pytestmark = pytest.mark.browser

SECOND = "hai@stttt.example"
Pair = tuple[Page, Page]


@pytest.fixture
def pair(people: People, site: Served) -> Callable[..., Pair]:
    """Sign two officials in, when the record is as the test wants it."""

    def come(role: OfficialRole | None = None) -> Pair:
        one, two = people.come(reduced_motion="reduce"), people.come(reduced_motion="reduce")
        sign_in(one, site, role=role)
        sign_in(two, site, SECOND, role)
        return one, two

    return come


def both_open(pair: Pair, address: str) -> Pair:
    """Have both look at the same page before either acts."""
    for page in pair:
        page.goto(address)
    return pair


def test_one_comment(pair: Callable[..., Pair], site: Served) -> None:
    answer_all_ways(site.office)
    key = in_force(site.office)[0].key
    one, two = both_open(pair(), f"{DESK}/y-kien/{key}")
    one.locator("[value=ACCEPTED]").check()
    send(one, key, {"sentence": "Tiếp thu, bỏ từ lặp."})
    two.locator("[value=NOT_ACCEPTED]").check()
    send(two, key, {"sentence": "Giữ nguyên. Lý do: theo văn bản gốc."})

    expect(two.locator("h1")).to_contain_text("Nội dung đã thay đổi")
    expect(two.get_by_text("Ý kiến tiếp thu, giải trình chưa được lưu.")).to_be_visible()
    expect(two.locator("main")).to_contain_text("Tiếp thu, bỏ từ lặp.")
    expect(two.locator("[name=sentence]")).to_have_value("Giữ nguyên. Lý do: theo văn bản gốc.")
    with reading(site.office.database) as session:
        assert comment_in_force(session, site.office.facts().id, key).sentence == "Tiếp thu, bỏ từ lặp."


def test_one_answer_on_paper(pair: Callable[..., Pair], site: Served) -> None:
    official = site.office.official()
    key = keying.begin(site.office, official, keying.whose(site.office, POLICE), keying.letter(Stance.DISAGREES))
    keying.add(site.office, official, key)
    one, two = both_open(pair(), f"{DESK}/van-ban/{key}")
    for page in (one, two):
        send(page, "/ghi-nhan", {})
        expect(page.locator("main")).to_contain_text("Đã ghi nhận.")

    assert one.url.split("?")[0] == two.url.split("?")[0]
    with reading(site.office.database) as session:
        assert len(submissions(session, site.office.address(POLICE).id)) == 1


def test_publishing(pair: Callable[..., Pair], site: Served) -> None:
    site.office.prepare()
    for page in both_open(pair(), f"/ban-lam-viec/{NEW_SLUG}/cong-bo"):
        page.get_by_label("Hồ sơ không chứa bí mật nhà nước").check()
        press(page, "Công bố")
        last = page

    expect(last.locator("h1")).to_have_text("Đợt lấy ý kiến này đã công bố")
    letters = site.office.database.engine.connect()
    with letters:
        sent = letters.exec_driver_sql(
            "SELECT invitation_id, count(*) FROM letter WHERE kind = 'INVITATION'"
            " AND round_id = (SELECT max(id) FROM round) GROUP BY invitation_id HAVING count(*) > 1"
        )
        assert sent.all() == []


@pytest.mark.parametrize(
    ("ending", "first", "second", "told"),
    [
        (
            "/gia-han",
            {"extend-day": "2020-04-29", "extend-reason": "Theo đề nghị của các huyện."},
            {"extend-day": "2020-04-28", "extend-reason": "Theo đề nghị của các sở."},
            "Thời hạn mới phải muộn hơn thời hạn đang áp dụng và muộn hơn hiện tại; hãy chọn thời hạn muộn hơn.",
        ),
        (
            "/ket-thuc-som",
            {"close-reason": "Đã đủ ý kiến."},
            {"close-reason": "Các cơ quan đã gửi đủ."},
            "Không kết thúc sớm được: đợt lấy ý kiến đã kết thúc,"
            " hoặc thời điểm này không sớm hơn thời hạn đang áp dụng.",
        ),
    ],
)
def test_acts_of_the_week(
    pair: Callable[..., Pair], site: Served, ending: str, first: Mapping[str, str], second: Mapping[str, str], told: str
) -> None:
    site.office.clock.at = OPENS + timedelta(hours=1)
    one, two = both_open(pair(), f"{DESK}/dieu-chinh")
    send(one, ending, first)
    send(two, ending, second)

    expect(two.locator(".error-summary")).to_contain_text(told)
    reason = next(name for name in second if name.endswith("reason"))
    expect(form(two, ending).locator(f"[name='{reason}']")).to_have_value(second[reason])
    one.reload()
    expect(one.locator("main")).to_contain_text(first[reason])
    expect(one.locator("main")).not_to_contain_text(second[reason])


def test_the_result(pair: Callable[..., Pair], site: Served) -> None:
    all_answered(site.office)
    approval = {"approved_by": "Lê Văn Mẫu", "position": "Giám đốc", "approved_on": "2020-04-27"}
    one, two = both_open(pair(), f"{DESK}/ket-qua")
    send(one, "/ket-qua", approval)
    send(two, "/ket-qua", approval)

    expect(two.locator("h1")).to_have_text("Kết quả đã công bố")
    with site.office.database.engine.connect() as connection:
        made = connection.exec_driver_sql("SELECT count(*) FROM notice WHERE kind = 'RESULT'")
        assert made.scalar_one() == 1


def test_one_agency_of_the_directory(pair: Callable[..., Pair], site: Served) -> None:
    one, two = both_open(pair(OfficialRole.ADMINISTRATOR), "/danh-ba/co-quan/1/sua")
    send(one, "/sua", {"short_name": "CA tỉnh"})
    send(two, "/sua", {"short_name": "Công an GL"})

    expect(two.locator("h1")).to_contain_text("Nội dung đã thay đổi")
    expect(two.locator("main")).to_contain_text("CA tỉnh")
    expect(two.locator("[name=short_name]")).to_have_value("Công an GL")
    press(two, "Lưu nội dung vừa nhập thay nội dung đang lưu")
    one.goto("/danh-ba/co-quan/1/sua")
    expect(one.locator("[name=short_name]")).to_have_value("Công an GL")
