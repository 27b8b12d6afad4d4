"""Odd names, long subjects, long paragraphs and addresses that are none, all the way to a real mail server."""

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses

import pytest

from consult.mail.messages import Outgoing
from consult.mail.post_office import DeliveryReport
from consult.mail.smtp import SmtpTransport
from tests.mail.conftest import Desk
from tests.mail.servers import Sink, plain, serving


def _taken(desk: Desk, report: DeliveryReport) -> list[bytes]:
    sink = Sink()
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == report
    return [data for _, data in sink.letters]


def _arrived(desk: Desk, report: DeliveryReport) -> list[EmailMessage]:
    return [message_from_bytes(data, policy=policy.default) for data in _taken(desk, report)]


def _recipients(data: bytes) -> list[tuple[str, str]]:
    """Return names and addresses; Python 3.11's own reader of names puts a blank where a line was folded."""
    written = message_from_bytes(data)["To"]
    return [(str(make_header(decode_header(name))), address) for name, address in getaddresses([written])]


@pytest.mark.parametrize(
    ("name", "arrives"),
    [
        ("Sở Nội vụ\r\nBcc: all@agencies.example", "Sở Nội vụ Bcc: all@agencies.example"),
        ("Ủy ban nhân dân các huyện, thị xã, thành phố", "Ủy ban nhân dân các huyện, thị xã, thành phố"),
        ('Công ty "Mây Ngàn" <kinh@doanh.example>; B', 'Công ty "Mây Ngàn" <kinh@doanh.example>; B'),
    ],
)
def test_a_name_is_one_recipients_whatever_stands_in_it(desk: Desk, name: str, arrives: str) -> None:
    desk.queue("one", to_name=name)
    (data,) = _taken(desk, DeliveryReport(sent=1))
    assert _recipients(data) == [(arrives, "vanthu@congan.example")]
    message = message_from_bytes(data, policy=policy.default)
    assert [each.addr_spec for each in message["To"].addresses] == ["vanthu@congan.example"]
    assert message["Bcc"] is None


def test_a_subject_of_500_characters_and_a_paragraph_of_5000_octets_arrive_as_written(desk: Desk) -> None:
    subject = ("Đề nghị góp ý dự thảo " * 25)[:499] + "."
    words = ("Tăng cường công tác quản lý nhà nước về cung cấp dịch vụ. " * 80).strip()
    assert (len(subject), len(words.encode()) > 5000) == (500, True)
    desk.queue("one", subject=subject, words=words)
    (message,) = _arrived(desk, DeliveryReport(sent=1))
    assert message["Subject"] == subject
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        assert words in str(body.get_content())


def test_a_server_takes_no_paragraph_that_is_left_unfolded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same words as other programs write them (RFC 5321, 4.5.3.1.6)."""
    monkeypatch.setattr(Outgoing, "data", b"Subject: x\r\n\r\n" + "Đề nghị góp ý. ".encode() * 300 + b"\r\n")
    desk.queue("one")
    assert _arrived(desk, DeliveryReport(failed=1)) == []
    assert "Line too long" in desk.states()["one"][2]


@pytest.mark.parametrize("address", ["van thu@so.example", " "])
def test_an_address_with_blanks_is_given_up_and_told_and_stops_no_other(desk: Desk, address: str) -> None:
    desk.queue("odd", to_address=address)
    desk.queue("good")
    assert len(_arrived(desk, DeliveryReport(sent=1, failed=1))) == 1
    assert desk.states()["odd"] == ("FAILED", 1, "not an e-mail address")


@pytest.mark.parametrize("address", [None, ""])
def test_a_letter_without_an_address_is_never_queued(desk: Desk, address: str | None) -> None:
    desk.queue("none", to_address=address)
    assert desk.states() == {}
