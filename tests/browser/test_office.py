"""The whole way of an office in Chromium: from a list in Excel and a letter to the published result.

What one person does once is done in the browser; what forty agencies do alike is done once there and otherwise by
requests. Each page on the way is fit for all.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from consult.actions import loading
from consult.domain.counting import Counts
from consult.domain.terms import OfficialRole
from consult.store.database import connect, reading, writing
from consult.store.queries.desk import comments_in_force
from tests.browser.conftest import People
from tests.browser.inspecting import Inspector
from tests.browser.serving import Served, served
from tests.browser.walking import follow, press, send, sign_in, state
from tests.builders import CLOSES, LEAD_AGENCY, OPENS, Clock
from tests.stories.test_02_an_office import DISTRICTS, DRAFT, LETTER, PROVIDERS, Desk, agree, comment, counts, key_in
from tests.stories.test_02_an_office import workbook as list_of_160

pytestmark = pytest.mark.browser

DAY = timedelta(days=1)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SCAN = {"name": "cong-van.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n%%EOF\n"}


@pytest.fixture
def site(empty_file: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve an empty record."""
    path = tmp_path / "consult.sqlite3"
    shutil.copyfile(empty_file, path)
    database = connect(f"sqlite:///{path}")
    with writing(database) as session:
        loading.lead_agency_id(session, LEAD_AGENCY)
    with served(database, tmp_path, Clock(OPENS)) as running:
        yield running
    database.dispose()


def attach(page: Page, ending: str, file: dict[str, object], **typed: str) -> None:
    """Send a form with a file."""
    page.locator(f"main form[action$='{ending}'] [name=file]").first.set_input_files(file)  # type: ignore[arg-type]
    send(page, ending, typed)


def bring_in_the_directory(page: Page, look: Inspector) -> None:
    page.goto("/danh-ba/nhom")
    for name in (DISTRICTS, PROVIDERS):
        send(page, "/danh-ba/nhom", {"name": name})
        page.goto("/danh-ba/nhom")
    page.goto("/danh-ba/nhap")
    attach(page, "/danh-ba/nhap", {"name": "danh-ba.xlsx", "mimeType": EXCEL, "buffer": list_of_160()})
    expect(page.locator("main")).to_contain_text("160")
    look.look(page, "preview of the list")
    send(page, "/danh-ba/nhap/xem")
    page.goto("/danh-ba?tim=xa mau 136")
    expect(page.locator("main")).to_contain_text("Ủy ban nhân dân xã Mẫu 136")
    look.look(page, "directory")


def make(page: Page, look: Inspector) -> str:
    """Make the consultation from its draft and its letter; return its address."""
    page.goto("/ban-lam-viec")
    follow(page, "Tạo hồ sơ lấy ý kiến")
    page.get_by_label("Tên hồ sơ lấy ý kiến").fill("Tăng cường quản lý Internet")
    press(page, "Bắt đầu")
    here = page.url.split("?")[0].rsplit("/", 1)[0]
    draft = {"name": "du-thao.docx", "mimeType": WORD, "buffer": DRAFT.read_bytes()}
    attach(page, "/du-thao/them", draft, title="Tăng cường quản lý Internet")
    page.goto(f"{here}/cong-van")
    send(page, "/cong-van", {"text": LETTER.read_text()})
    look.look(page, "what the letter says")
    take = page.locator("main form[action$='/nhan']")
    take.locator("[type=checkbox]").evaluate_all("all => all.forEach(each => each.checked = true)")
    take.locator("[name=deadline]").first.check()
    send(page, "/nhan")
    return here


def mend(page: Page, here: str) -> None:
    """Part one paragraph in two, on the keyboard of the mending table."""
    page.goto(f"{here}/du-thao/1?o=word/document.xml%7C49%7C0&sua=1#marked")
    text = page.locator(".mend-editor textarea").first
    words = text.input_value()
    text.fill(f"{words[:10]}||{words[10:]}")
    with page.expect_navigation():
        page.locator(".mend-editor button[value=split]").click()
    expect(page.locator("main")).to_contain_text("7.p2")


def publish(page: Page, here: str, look: Inspector) -> None:
    page.goto(f"{here}/co-quan?tim=xa mau")
    page.locator("main [name=agency]").evaluate_all("all => all.forEach(each => each.checked = true)")
    send(page, "/co-quan/them")
    look.look(page, "list of agencies")
    page.goto(f"{here}/thong-tin")
    page.get_by_label("Cơ quan ban hành").fill("Ủy ban nhân dân tỉnh Gia Lai")
    press(page, "Lưu")
    page.goto(f"{here}/cong-bo")
    page.get_by_label("Hồ sơ không chứa bí mật nhà nước").check()
    press(page, "Công bố")


def one_agrees(page: Page, desk: Desk) -> None:
    """An agency opens the link in its mail and agrees with all of it."""
    first = desk.agencies()[0]
    page.goto(desk.office.links.invitation(first.code, first.generation))
    press(page, f"Mở trang góp ý của {first.name}")
    state(page)
    send(page, "/thong-nhat-toan-bo")
    expect(page.locator("main")).to_contain_text("Mã phiếu xác nhận")


def one_came_on_paper(page: Page, desk: Desk, look: Inspector) -> None:
    """The officer keys in a letter and puts its scan to it."""
    page.goto(f"{desk.address}/van-ban/moi?co-quan={desk.agencies()[28].code}")
    entry = page.locator("main form:has([name=received_on])")
    entry.locator("[name=letter_number]").fill("12/CV")
    entry.locator("[name=letter_date]").fill("2020-04-21")
    entry.locator("[name=received_on]").fill("2020-04-22")
    entry.locator("[name=channel][value=PAPER]").check()
    entry.locator("[name=stance][value=NO_OPINION]").check()
    with page.expect_navigation():
        entry.locator("button[type=submit]").first.click()
    look.look(page, "letter keyed in")
    send(page, "/ghi-nhan")
    attach(page, "/ban-scan", SCAN)
    expect(page.locator("main")).to_contain_text("cong-van.pdf")


def the_rest_answer(desk: Desk) -> None:
    """27 more on the pages, 11 more by letter."""
    asked = desk.agencies()
    desk.browser = desk.office.signed_in(role=OfficialRole.ADMINISTRATOR)
    for agency in asked[1:20]:
        agree(desk, agency)
    for agency in asked[20:28]:
        comment(desk, agency)
    for agency in asked[29:40]:
        key_in(desk, f"co-quan={agency.code}", stance="NO_OPINION")
    assert counts(desk) == Counts(invited=83, agrees=20, comments=8, no_opinion=12, silent=43, late=0, unasked=0)


def the_week(page: Page, desk: Desk, look: Inspector) -> None:
    """Read the board, chase, add one, give one longer, and one is late."""
    page.goto(desk.address)
    expect(page.locator("main")).to_contain_text("83")
    assert page.locator("main img[src$='.svg'], main svg, main object").count() >= 2
    look.look(page, "board")
    send(page, "/nhac")
    expect(page.locator("main")).to_contain_text("43")
    page.goto(f"{desk.address}/dieu-chinh?tim=xa mau 99")
    page.locator("[name='add-agencies'][value='xa-99']").check()
    send(page, "/bo-sung", {"add-reason": "Bổ sung."})
    assert len(desk.agencies()) == 84
    last = desk.agencies()[50].code
    longer = {"extend-agency": last, "extend-day": "2020-04-28", "extend-reason": "Theo đề nghị."}
    page.goto(f"{desk.address}/dieu-chinh")
    send(page, "/gia-han", longer)
    late = {"late-agency": last, "late-day": "2020-04-30", "late-reason": "Theo đề nghị."}
    send(page, "/nhan-sau-thoi-han", late)
    look.look(page, "what changed in the week")
    desk.office.clock.at = CLOSES + 3 * DAY
    comment(desk, desk.agencies()[50])
    assert counts(desk) == Counts(invited=84, agrees=20, comments=9, no_opinion=12, silent=43, late=1, unasked=0)


def conclude(page: Page, site: Served, desk: Desk, look: Inspector) -> None:
    """Respond to all, one in the browser, and make the result public."""
    desk.office.clock.at = CLOSES + 5 * DAY
    sign_in(page, site, role=OfficialRole.ADMINISTRATOR)
    desk.browser = desk.office.signed_in(role=OfficialRole.ADMINISTRATOR)
    with reading(desk.office.database) as session:
        first, *rest = comments_in_force(session, desk.office.facts(desk.slug).id)
    for each in rest:
        desk.browser.open(f"{desk.address}/y-kien/{each.key}")
        desk.browser.press(f"/y-kien/{each.key}", {"disposition": "ACCEPTED", "sentence": "Tiếp thu."})
    page.goto(f"{desk.address}/y-kien/{first.key}")
    page.locator("[value=NOT_ACCEPTED]").check()
    send(page, f"/{first.key}", {"sentence": "Giữ nguyên như dự thảo. Lý do: theo văn bản gốc."})
    page.goto(f"{desk.address}/ket-qua")
    look.look(page, "before the result")
    send(page, "/ket-qua", {"approved_by": "Lê Văn Mẫu", "position": "Giám đốc", "approved_on": "2020-05-01"})
    page.goto(f"/ho-so/{desk.slug}/ket-qua")
    expect(page.locator("main")).to_contain_text("Giữ nguyên như dự thảo. Lý do: theo văn bản gốc.")
    assert page.locator("main").inner_text().count("Đề nghị riêng của ") == 9
    look.look(page, "result")
    page.goto(f"{desk.address}/nhat-ky")
    expect(page.locator("main")).to_contain_text("Chuyên viên phụ trách")
    look.look(page, "journal")


def test_the_whole_way(people: People, site: Served, tmp_path: Path) -> None:
    page, agency, look = people.come(reduced_motion="reduce"), people.come(reduced_motion="reduce"), Inspector()
    sign_in(page, site, role=OfficialRole.ADMINISTRATOR)
    bring_in_the_directory(page, look)
    here = make(page, look)
    mend(page, here)
    publish(page, here, look)
    desk = Desk(site.office, site.office.visitor(), slug=re.sub(r".*/", "", here), outbox=tmp_path / "outbox")
    assert len(desk.agencies()) == 83 == desk.deliver()
    site.office.clock.at = OPENS + DAY
    sign_in(page, site, role=OfficialRole.ADMINISTRATOR)
    one_agrees(agency, desk)
    one_came_on_paper(page, desk, look)
    the_rest_answer(desk)
    the_week(page, desk, look)
    conclude(page, site, desk, look)
    assert look.found == []
