"""The deadline as a calendar entry: read back by the library, over a whole round, in the letters and on the page."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select, update

from consult.actions import adding, closing, extending
from consult.actions.adding import Asking
from consult.actions.noticing import Grounds
from consult.actions.preparing import acting
from consult.demo.visitor import Unexpected
from consult.domain.window import Window
from consult.mail.calendar import Publisher, written
from consult.store.consultations import Round
from consult.store.database import writing
from consult.store.directory import Agency
from consult.store.queries.deadlines import DeadlineFacts
from tests.actions.passing import at, work
from tests.builders import CLOSES, OPENS, POLICE, Office

SITE = Publisher("https://gopy.example", "khong-tra-loi@gopy.example")
TITLE = "Tăng cường công tác quản lý, cung cấp; sử dụng dịch vụ Internet, trò chơi điện tử trên mạng tại tỉnh Gia Lai"
FACTS = DeadlineFacts(
    code="7q2mabcdef",
    title=TITLE,
    lead_agency="Sở Thông tin và Truyền thông",
    contact_email="gopy@stttt.example",
    window=Window(OPENS, CLOSES),
    withdrawn=False,
    moves=0,
)


def _event(content: bytes) -> Any:
    return Calendar.from_ical(content).walk("VEVENT")[0]


@pytest.fixture
def giving(office: Office) -> Office:
    """Give the sample's round with calendar entries turned on."""
    with writing(office.database) as session:
        session.execute(update(Round).values(gives_calendar=True))
    return office


def _parts(office: Office, kind: str) -> list[EmailMessage]:
    """Return the calendar parts of the letters to the police of one kind, the newest last."""
    files = sorted((office.settings.instance / "out").glob(f"*-{kind}.eml"), key=_number)
    found = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    mine = [each for each in found if POLICE in str(each["To"])]
    return [part for each in mine for part in each.iter_attachments()]  # type: ignore[misc]


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def _number(file: Path) -> int:
    return int(file.name.split("-")[0])


def test_what_is_written_is_what_a_program_reads() -> None:
    entry = written(FACTS, SITE, OPENS)
    event = _event(entry.content)
    assert entry.method == Calendar.from_ical(entry.content)["METHOD"] == "PUBLISH"
    assert event["UID"] == "han-gop-y-7q2mabcdef@gopy.example"
    assert (event["SEQUENCE"], event["STATUS"], event["TRANSP"]) == (0, "CONFIRMED", "TRANSPARENT")
    assert event["SUMMARY"] == f"Hạn gửi ý kiến: {TITLE}"
    assert event["DTSTART"].dt == datetime(2020, 4, 26, 16, 30, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2020, 4, 26, 17, 0, tzinfo=UTC)
    assert event["ORGANIZER"] == "mailto:gopy@stttt.example"
    assert event["ORGANIZER"].params["CN"] == "Sở Thông tin và Truyền thông"
    assert "Thời hạn gửi ý kiến: đến hết Chủ nhật, 26/4/2020 (24 giờ 00)." in event["DESCRIPTION"]
    (alarm,) = event.walk("VALARM")
    assert event["DTSTART"].dt + alarm["TRIGGER"].dt == at("24/04 08:00")


@pytest.mark.parametrize("letter", ["ệ", "đ", "Ữ", "a", "，", "😀"])
@pytest.mark.parametrize("before", range(4))
def test_lines_are_folded_at_75_octets_and_no_letter_is_cut(letter: str, before: int) -> None:
    title = "x" * before + letter * 200
    content = written(DeadlineFacts(**vars(FACTS) | {"title": title}), SITE, OPENS).content
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert _event(content)["SUMMARY"] == f"Hạn gửi ý kiến: {title}"


def test_nothing_of_the_record_breaks_out_of_its_property() -> None:
    title, office = "Dự thảo\r\nATTACH:https://xau.example", 'Sở "Mẫu";X=1:mailto:xau@xau.example'
    content = written(DeadlineFacts(**vars(FACTS) | {"title": title, "lead_agency": office}), SITE, OPENS).content
    event = _event(content)
    assert event["SUMMARY"] == "Hạn gửi ý kiến: Dự thảo ATTACH:https://xau.example"
    assert "ATTACH" not in event
    assert event["ORGANIZER"] == "mailto:gopy@stttt.example"


def test_an_office_without_an_address_of_its_own_publishes_by_the_sites() -> None:
    facts = DeadlineFacts(**vars(FACTS) | {"contact_email": ""})
    assert _event(written(facts, SITE, OPENS).content)["ORGANIZER"] == "mailto:khong-tra-loi@gopy.example"


def test_the_entry_follows_the_deadline_and_goes_with_the_consultation(giving: Office) -> None:
    who, round_id = acting(giving.official()), giving.facts().id
    work(giving, "21/04 08:00")
    (asked,) = _parts(giving, "invitation")
    assert asked.get_content_type() == "text/calendar"
    assert (asked.get_param("method"), asked.get_filename()) == ("PUBLISH", "han-gop-y.ics")
    with writing(giving.database) as session:
        extending.extend(session, who, round_id, at("08/05 17:00"), Grounds("Lý do"), giving.clock())
    work(giving, "22/04 08:00")
    with writing(giving.database) as session:
        code = {giving.address(POLICE).code}
        extending.extend_some(session, who, round_id, code, at("15/05 17:00"), Grounds("Lý do"), giving.clock())
    work(giving, "23/04 08:00")
    with writing(giving.database) as session:
        closing.withdraw(session, who, round_id, Grounds("Lý do"), giving.clock())
    work(giving, "24/04 08:00")
    (withdrawn,) = _parts(giving, "withdrawn")
    parts = [asked, *_parts(giving, "window_changed"), withdrawn]
    events = [_event(_content(part)) for part in parts]
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2, 3]
    assert len({event["UID"] for event in events}) == 1
    assert [event["DTEND"].dt for event in events] == [CLOSES, at("08/05 17:00"), at("15/05 17:00"), at("15/05 17:00")]
    assert [event["STATUS"] for event in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]
    assert withdrawn.get_param("method") == "CANCEL"


def test_an_agency_that_is_asked_again_gets_an_entry_that_outdoes_its_cancelling(giving: Office) -> None:
    who, round_id, again = acting(giving.official()), giving.facts().id, Grounds("Lý do")
    work(giving, "21/04 08:00")
    with writing(giving.database) as session:
        closing.take_back(session, who, round_id, giving.address(POLICE).code, again, giving.clock())
    work(giving, "22/04 08:00")
    with writing(giving.database) as session:
        police = session.scalars(select(Agency.code).where(Agency.name == POLICE)).one()
        adding.add_agencies(session, who, round_id, Asking((police,)), again, giving.clock())
    work(giving, "23/04 08:00")
    first, second = _parts(giving, "invitation")
    events = [_event(_content(part)) for part in (first, *_parts(giving, "withdrawn"), second)]
    assert [(event["SEQUENCE"], event["STATUS"]) for event in events] == [
        (0, "CONFIRMED"),
        (1, "CANCELLED"),
        (2, "CONFIRMED"),
    ]
    assert len({event["UID"] for event in events}) == 1


def test_an_invitation_that_waited_brings_the_deadline_of_its_leaving(giving: Office) -> None:
    with writing(giving.database) as session:
        who = acting(giving.official())
        extending.extend(session, who, giving.facts().id, at("08/05 17:00"), Grounds("Lý do"), giving.clock())
    work(giving, "21/04 08:00")
    (asked,) = _parts(giving, "invitation")
    assert _event(_content(asked))["DTEND"].dt == at("08/05 17:00")


def test_no_secret_link_stands_in_it(giving: Office) -> None:
    work(giving, "21/04 08:00")
    (asked,) = _parts(giving, "invitation")
    content = _content(asked)
    assert b"http" not in content
    assert giving.link().rsplit("/", 1)[1].encode() not in content.replace(b"\r\n ", b"")


def test_it_is_off_unless_the_office_turns_it_on(office: Office) -> None:
    work(office, "21/04 08:00")
    assert _parts(office, "invitation") == []
    code = office.address(POLICE).code
    visitor = office.entered()
    assert "han-gop-y.ics" not in visitor.open(f"/gop-y/{code}")
    with pytest.raises(Unexpected, match="404"):
        visitor.open(f"/gop-y/{code}/han-gop-y.ics")


def test_the_agencys_page_hands_out_the_same_entry(giving: Office) -> None:
    code = giving.address(POLICE).code
    visitor = giving.entered()
    assert f"/gop-y/{code}/han-gop-y.ics" in visitor.open(f"/gop-y/{code}")
    visitor.open(f"/gop-y/{code}/han-gop-y.ics")
    answer = visitor.response
    assert answer is not None
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="han-gop-y.ics"'
    assert _event(answer.data)["UID"] == f"han-gop-y-{code}@consult.example"
