"""An office runs a consultation from its pages alone: from a list in Excel and a letter to the published result."""

import re
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from consult import paths
from consult.demo.visitor import Visitor
from consult.domain.counting import Counts, count
from consult.domain.terms import OfficialRole
from consult.mail.transport import FolderTransport
from consult.mail.worker import deliver_all
from consult.server import post_office
from consult.store import journal
from consult.store.database import Database, reading
from consult.store.queries.board import board
from consult.store.queries.desk import comments_in_force
from consult.store.queries.people import InvitedAddress, invited
from tests.builders import CLOSES, OPENS, Clock, Office, sample_office

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
BOOKMARK = re.compile(r'w:name="c_([0-9a-f]{32})"')
LETTER = Path(__file__).parents[1] / "data" / "gia-lai-2020" / "cover-letter.txt"
DRAFT = paths.DRAFTS / "gia-lai-2020" / "draft.docx"
SINGLE = (
    "Công an tỉnh",
    "Sở Kế hoạch và Đầu tư",
    "Sở Giáo dục và Đào tạo",
    "Sở Lao động - Thương binh và Xã hội",
    "Tỉnh đoàn Gia Lai",
    "Cục Quản lý thị trường Gia Lai",
)
DISTRICTS = "Ủy ban nhân dân các huyện, thị xã, thành phố"
PROVIDERS = "Các doanh nghiệp cung cấp dịch vụ Internet trên địa bàn tỉnh"
OTHERS = 137


def workbook() -> bytes:
    """Make the list of 160 agencies as an office keeps it in Excel."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Mã", "Tên cơ quan", "Tên ngắn", "Hộp thư", "Nhóm"])
    rows = [(f"so-{n}", name, name, "") for n, name in enumerate(SINGLE)]
    rows += [(f"huyen-{n}", f"Ủy ban nhân dân huyện Mẫu {n}", f"Huyện Mẫu {n}", DISTRICTS) for n in range(12)]
    rows += [(f"dn-{n}", f"Công ty Mạng Mẫu {n}", f"Mạng {n}", PROVIDERS) for n in range(5)]
    rows += [(f"xa-{n}", f"Ủy ban nhân dân xã Mẫu {n}", f"Xã Mẫu {n}", "") for n in range(OTHERS)]
    for code, name, short, group in rows:
        sheet.append([code, name, short, f"{code}@gialai.example", group])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@dataclass
class Desk:
    """An official's browser and the office behind it."""

    office: Office
    browser: Visitor
    slug: str = ""
    outbox: Path = Path()

    @property
    def address(self) -> str:
        """Where the consultation is worked on."""
        return f"/ban-lam-viec/{self.slug}"

    def at(self, page: str, ending: str, **typed: object) -> str:
        """Open a page of the consultation, fill in one of its forms and send it."""
        self.browser.open(f"{self.address}/{page}")
        return self.browser.press(ending, typed)  # type: ignore[arg-type]

    def deliver(self) -> int:
        """Let the worker send what is due; return how many letters left."""
        settings, database = self.office.settings, self.office.database
        office = post_office(settings, database, FolderTransport(self.outbox))
        return deliver_all(office, self.office.clock, Event()).sent

    def agencies(self) -> tuple[InvitedAddress, ...]:
        """Return who is asked."""
        with reading(self.office.database) as session:
            return invited(session, self.office.facts(self.slug).id)


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    """Open an empty office with an administrator at its desk."""
    office = sample_office(database, tmp_path, Clock(OPENS))
    return Desk(office, office.signed_in(role=OfficialRole.ADMINISTRATOR), outbox=tmp_path / "outbox")


def fill_directory(desk: Desk) -> None:
    for name in (DISTRICTS, PROVIDERS):
        desk.browser.open("/danh-ba/nhom")
        desk.browser.press("/danh-ba/nhom", {"name": name})
    desk.browser.open("/danh-ba/nhap")
    preview = desk.browser.press("/danh-ba/nhap", {"file": (BytesIO(workbook()), "danh-ba.xlsx")})  # type: ignore[dict-item]
    assert "160" in preview
    desk.browser.press("/danh-ba/nhap/xem")
    assert "Ủy ban nhân dân xã Mẫu 136" in desk.browser.open("/danh-ba?tim=xa mau 136")


def make(desk: Desk) -> None:
    desk.browser.open("/ban-lam-viec/moi")
    desk.browser.press("/ban-lam-viec/moi", {"title": "Tăng cường quản lý Internet", "kind": "ADMINISTRATIVE"})
    assert desk.browser.response is not None
    desk.slug = desk.browser.response.request.path.split("/")[2]
    draft = (BytesIO(DRAFT.read_bytes()), "du-thao.docx")
    desk.at("thong-tin", "/du-thao/them", title="Tăng cường quản lý Internet", part="", file=draft)
    desk.at("cong-van", "/cong-van", text=LETTER.read_text())
    page = desk.browser.open(f"{desk.address}/cong-van")
    ticks = dict.fromkeys((f"take_{name}" for name in ("number", "dated", "subject")), "y")
    lines = dict(re.findall(r'name="(line-\d)"[^>]*value="([ag]\d+)"', page))
    assert len(lines) == 8
    (deadline, *_) = re.findall(r'name="deadline" value="(0 [^"]+)"', page)
    desk.at("cong-van", "/nhan", deadline=deadline, **ticks, **lines)


def publish(desk: Desk) -> None:
    found = desk.browser.open(f"{desk.address}/co-quan?tim=xa mau")
    more = list(dict.fromkeys(re.findall(r'name="agency" value="(\d+)"', found)))
    desk.browser.press("/co-quan/them", {"agency": more})  # type: ignore[dict-item]
    chosen = {"readers": "PUBLIC", "kind": "ADMINISTRATIVE", "silence": "NO_ANSWER", "form": "ADMINISTRATIVE"}
    desk.at("thong-tin", "/thong-tin", issuing_authority="Ủy ban nhân dân tỉnh Gia Lai", **chosen)
    desk.at("cong-bo", "/cong-bo", no_secret="y", when="now")
    facts = desk.office.facts(desk.slug)
    assert (facts.published_at, facts.letter_number, facts.window.closes_at) == (OPENS, "532/STTTT-BCVT", CLOSES)
    assert len(desk.agencies()) == 83 == desk.deliver()


def entered(desk: Desk, agency: InvitedAddress) -> Visitor:
    """Come in by an agency's link."""
    visitor = desk.office.visitor()
    link = desk.office.links.invitation(agency.code, agency.generation)
    visitor.open(link)
    visitor.press(link.rsplit("/", 1)[1])
    visitor.press("/nguoi-gop-y", {"name": "Nguyễn Văn Mẫu", "email": "mau@coquan.example"})
    return visitor


def agree(desk: Desk, agency: InvitedAddress) -> None:
    entered(desk, agency).press("/thong-nhat-toan-bo")


def comment(desk: Desk, agency: InvitedAddress, anchor: str = "2.2") -> Visitor:
    """Comment on one place and send."""
    visitor = entered(desk, agency)
    visitor.open(f"/gop-y/{agency.code}/y-kien/moi?vi-tri={anchor}")
    visitor.submit(visitor.form_with("content"), {"kind": "AMEND", "content": f"Đề nghị riêng của {agency.name}."})
    visitor.open(f"/gop-y/{agency.code}/xem-lai")
    visitor.press("/gui", {"stance": "AGREES_WITH_COMMENTS"})
    return visitor


def key_in(desk: Desk, where: str, **told: str) -> None:
    """Record the letter of a body."""
    letter = {"letter_number": "12/CV", "letter_date": "21/4/2020", "received_on": "22/4/2020", "channel": "PAPER"}
    desk.browser.open(f"{desk.address}/van-ban/moi?{where}")
    desk.browser.submit(desk.browser.form_with("received_on"), {**letter, "stance": "AGREES", **told})
    desk.browser.press("/ghi-nhan")


def counts(desk: Desk) -> Counts:
    """Return the numbers as the board has them."""
    with reading(desk.office.database) as session:
        return count(line.standing for line in board(session, desk.office.facts(desk.slug).id))


def answer(desk: Desk) -> None:
    """Forty answers: 28 on the pages, 12 by letter; one of a body that was not asked besides."""
    asked = desk.agencies()
    desk.office.clock.at = OPENS + DAY
    desk.browser = desk.office.signed_in()
    for agency in asked[:20]:
        agree(desk, agency)
    for agency in asked[20:28]:
        comment(desk, agency)
    for agency in asked[28:39]:
        key_in(desk, f"co-quan={agency.code}", stance="NO_OPINION")
    key_in(desk, f"co-quan={asked[39].code}", stance="AGREES", secret="y")
    key_in(desk, "ten=Hội Mẫu tỉnh")
    assert counts(desk) == Counts(invited=83, agrees=21, comments=8, no_opinion=11, silent=43, late=0, unasked=1)


def the_week(desk: Desk) -> None:
    """Chase, add one, extend one, who then sends late; one takes its answer back."""
    asked = desk.agencies()
    desk.deliver()
    desk.browser.open(desk.address)
    desk.browser.press("/nhac")
    assert desk.deliver() == 43
    desk.at("dieu-chinh?tim=xa mau 99", "/bo-sung", **{"add-agencies": "xa-99", "add-reason": "Bổ sung."})
    assert len(desk.agencies()) == 84
    last = asked[50]
    extended = {"extend-agency": last.code, "extend-day": "28/4/2020", "extend-reason": "Theo đề nghị."}
    desk.at("dieu-chinh", "/gia-han", **extended)
    late = {"late-agency": last.code, "late-day": "30/4/2020", "late-reason": "Theo đề nghị."}
    desk.at("dieu-chinh", "/nhan-sau-thoi-han", **late)
    sender = comment(desk, asked[51], "1.4")
    sender.open(f"/gop-y/{asked[51].code}/phieu/1")
    sender.press("/thu-hoi")
    desk.office.clock.at = CLOSES + 3 * DAY
    comment(desk, last)
    assert counts(desk) == Counts(invited=84, agrees=21, comments=9, no_opinion=11, silent=43, late=1, unasked=1)


def conclude(desk: Desk) -> None:
    """Answer everything and make the result public."""
    desk.office.clock.at = CLOSES + 5 * DAY
    desk.browser = desk.office.signed_in()
    with reading(desk.office.database) as session:
        said = comments_in_force(session, desk.office.facts(desk.slug).id)
    assert len(said) == 9
    for each in said:
        desk.browser.open(f"{desk.address}/y-kien/{each.key}")
        desk.browser.press(f"/y-kien/{each.key}", {"disposition": "ACCEPTED", "sentence": "Tiếp thu."})
    approved = {"approved_by": "Lê Văn Mẫu", "position": "Giám đốc", "approved_on": "1/5/2020", "letters": "y"}
    desk.at("ket-qua", "/ket-qua", **approved)
    assert desk.office.facts(desk.slug).result_at == desk.office.clock.at
    client, base = desk.office.app.test_client(), desk.office.settings.base_url
    file = client.get(f"/ho-so/{desk.slug}/ket-qua.docx", base_url=base)
    document = ZipFile(BytesIO(file.data)).read("word/document.xml").decode()
    assert len(set(BOOKMARK.findall(document))) == len(BOOKMARK.findall(document)) == 9
    public = desk.office.visitor().open(f"/ho-so/{desk.slug}/ket-qua")
    assert public.count("Đề nghị riêng của ") == 9
    assert "Nguyễn Văn Mẫu" not in public and "Lê Văn Mẫu" not in public
    assert "văn bản giấy" in public and "gửi sau thời hạn" in public


def test_an_office_runs_a_consultation_from_its_pages(desk: Desk) -> None:
    fill_directory(desk)
    make(desk)
    publish(desk)
    answer(desk)
    the_week(desk)
    conclude(desk)
    with reading(desk.office.database) as session:
        assert journal.verify(session).fault == ""
