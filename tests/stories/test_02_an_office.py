"""An office runs a consultation from its pages alone: from a list in Excel and a letter to the published result."""

import email
import re
from dataclasses import dataclass
from datetime import date, timedelta
from email.message import EmailMessage
from email.policy import default
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from threading import Event
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openxml_audit import OpenXmlValidator
from sqlalchemy import select

from consult import paths
from consult.demo.visitor import Visitor
from consult.domain.counting import Counts, count
from consult.domain.terms import Channel, OfficialRole
from consult.mail.transport import FolderTransport
from consult.mail.worker import deliver_all
from consult.server import post_office
from consult.store import journal
from consult.store.answers import Submission
from consult.store.database import Base, Database, reading
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
SECRET = "Nội dung chỉ lưu hành nội bộ"
"""What an official types before seeing that the letter is marked "Mật"."""


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

    def letters(self, subject: str) -> list[EmailMessage]:
        """Return the letters that left whose subject begins so."""
        files = sorted(self.outbox.glob("*.eml"))
        found = [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]
        return [letter for letter in found if letter["Subject"].startswith(subject)]

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


def mend(desk: Desk) -> None:
    """Part the one paragraph below heading 7 in two, so that each half can be commented on."""
    paragraph = {"at": "word/document.xml|49|0", "do": "split-at", "offset": "10"}
    assert desk.browser.open(f"{desk.address}/du-thao/1").count(">7.p2<") == 0
    assert desk.browser.press("/du-thao/1", paragraph).count(">7.p2<") == 1


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


def begin(desk: Desk, where: str, **told: str) -> None:
    """Begin to key in the letter of a body."""
    letter = {"letter_number": "12/CV", "letter_date": "21/4/2020", "received_on": "22/4/2020", "channel": "PAPER"}
    desk.browser.open(f"{desk.address}/van-ban/moi?{where}")
    desk.browser.submit(desk.browser.form_with("received_on"), {**letter, "stance": "AGREES", **told})


def key_in(desk: Desk, where: str, **told: str) -> None:
    """Record the letter of a body."""
    begin(desk, where, **told)
    desk.browser.press("/ghi-nhan")


def key_in_secret(desk: Desk, where: str) -> None:
    """Key in a comment, see that the letter is marked "Mật", and record it without a word of it."""
    begin(desk, where, stance="AGREES_WITH_COMMENTS")
    assert desk.browser.response is not None
    keyed = desk.browser.response.request.path
    desk.browser.open(f"{keyed}/y-kien/0?vi-tri=2.2")
    desk.browser.press("/y-kien/0", {"kind": "AMEND", "content": SECRET})
    desk.browser.submit(desk.browser.form_with("received_on"), {"secret": "y", "stance": "AGREES", "channel": "PAPER"})
    desk.browser.press("/ghi-nhan", expect=HTTPStatus.UNPROCESSABLE_ENTITY)
    desk.browser.open(f"{keyed}/y-kien/1")
    desk.browser.press("/bo")
    desk.browser.press("/ghi-nhan")


def join_copy(desk: Desk, agency: InvitedAddress) -> None:
    """Put the signed copy that came on paper to the answer that the agency sent on the pages."""
    before = counts(desk)
    signed = {"letter_number": "45/CV", "letter_date": "21/4/2020", "received_on": "22/4/2020"}
    desk.browser.open(f"{desk.address}/van-ban/moi?co-quan={agency.code}")
    desk.browser.press(f"/ban-ky/{agency.code}", signed)
    with reading(desk.office.database) as session:
        (sent,) = session.scalars(select(Submission).where(Submission.invitation_id == agency.id))
        assert (sent.channel, sent.received_on) == (Channel.ONLINE, date(2020, 4, 22))
        assert (sent.letter_number, sent.in_force) == ("45/CV", True)
    assert counts(desk) == before


def recall(desk: Desk, agency: InvitedAddress) -> None:
    """Let an agency send a comment and take it back: it counts among M in between."""
    before = counts(desk)
    sender = comment(desk, agency, "1.4")
    sent = counts(desk)
    assert (sent.answered, sent.silent) == (before.answered + 1, before.silent - 1)
    sender.open(f"/gop-y/{agency.code}/phieu/1")
    sender.press("/thu-hoi")
    assert counts(desk) == before


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
    key_in_secret(desk, f"co-quan={asked[39].code}")
    join_copy(desk, asked[20])
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
    recall(desk, asked[51])
    desk.office.clock.at = CLOSES + 3 * DAY
    comment(desk, last, "7.p2")
    told = counts(desk)
    assert told == Counts(invited=84, agrees=21, comments=9, no_opinion=11, silent=43, late=1, unasked=1)
    assert told.invited == told.answered + told.silent == 41 + 43, "N = M + Z"
    assert told.answered == told.agrees + told.comments + told.no_opinion == 21 + 9 + 11, "M = X + Y + W"


def respond(desk: Desk) -> None:
    """Answer every comment, each with a sentence of its own."""
    desk.office.clock.at = CLOSES + 5 * DAY
    desk.browser = desk.office.signed_in()
    with reading(desk.office.database) as session:
        said = comments_in_force(session, desk.office.facts(desk.slug).id)
    assert len(said) == 9
    for each in said:
        desk.browser.open(f"{desk.address}/y-kien/{each.key}")
        sentence = f"Tiếp thu ý kiến của {each.agency}."
        desk.browser.press(f"/y-kien/{each.key}", {"disposition": "ACCEPTED", "sentence": sentence})


def conclude(desk: Desk) -> None:
    """Make the result public, when all earlier letters have left."""
    desk.deliver()
    approved = {"approved_by": "Lê Văn Mẫu", "position": "Giám đốc", "approved_on": "1/5/2020", "letters": "y"}
    desk.at("ket-qua", "/ket-qua", **approved)
    assert desk.office.facts(desk.slug).result_at == desk.office.clock.at
    public = desk.office.visitor().open(f"/ho-so/{desk.slug}/ket-qua")
    assert public.count("Đề nghị riêng của ") == 9
    assert "Nguyễn Văn Mẫu" not in public and "Lê Văn Mẫu" not in public
    assert "văn bản giấy" in public and "gửi sau thời hạn" in public


def read_result(desk: Desk, target: Path) -> str:
    """Keep the public file, look at it as Word would, and return what stands in it."""
    client, base = desk.office.app.test_client(), desk.office.settings.base_url
    target.write_bytes(client.get(f"/ho-so/{desk.slug}/ket-qua.docx", base_url=base).data)
    assert OpenXmlValidator().validate(str(target)).is_valid
    document = ZipFile(target).read("word/document.xml").decode()
    assert len(set(BOOKMARK.findall(document))) == len(BOOKMARK.findall(document)) == 9
    return document


def tell_result(desk: Desk) -> None:
    """Deliver the letters of the result: to each of M, with its own rows and nobody else's."""
    assert desk.deliver() == 41
    letters = desk.letters("Kết quả tiếp thu, giải trình ý kiến góp ý")
    assert len(letters) == 41
    commented = desk.agencies()[20]
    (mine,) = (letter for letter in letters if f"Kính gửi: {commented.name}" in words(letter))
    assert words(mine).count("Đề nghị riêng của ") == words(mine).count("Tiếp thu ý kiến của ") == 1
    assert f"Đề nghị riêng của {commented.name}." in words(mine)
    assert f"Tiếp thu ý kiến của {commented.name}." in words(mine)


def words(letter: EmailMessage) -> str:
    """Return a letter's plain text with its lines joined."""
    body = letter.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def nowhere(desk: Desk, document: str) -> None:
    """Look for the words of the "Mật" letter in every cell of the record, on the pages, in the file, in the letters."""
    with reading(desk.office.database) as session:
        for table in Base.metadata.sorted_tables:
            assert not [row for row in session.execute(select(table)) if any(SECRET in str(cell) for cell in row)]
    secret = desk.agencies()[39]
    pages = (desk.address, f"{desk.address}/van-ban", f"{desk.address}/van-ban/{secret.code}/1")
    for page in (*pages, f"{desk.address}/ket-qua", f"/ho-so/{desk.slug}/ket-qua"):
        assert SECRET not in desk.browser.open(page)
    assert SECRET not in document
    assert not [letter for letter in desk.letters("") if SECRET in words(letter)]


def test_an_office_runs_a_consultation_from_its_pages(desk: Desk, tmp_path: Path) -> None:
    fill_directory(desk)
    make(desk)
    mend(desk)
    publish(desk)
    answer(desk)
    the_week(desk)
    respond(desk)
    conclude(desk)
    tell_result(desk)
    nowhere(desk, read_result(desk, tmp_path / "ket-qua.docx"))
    with reading(desk.office.database) as session:
        assert journal.verify(session).fault == ""
