"""A letter as an Internet message: what arrives is what was written, and headers stay closed."""

from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.wording import clean_line
from consult.mail.calendar import Entry
from consult.mail.messages import Mailbox, Outgoing, Unwritable, as_bytes, mailbox
from tests.mail.record import NOW

LETTER = Outgoing(
    name="7-invitation",
    message_id="<0123456789abcdef@gopy.example>",
    date=NOW,
    sender=Mailbox("Lấy ý kiến dự thảo", "khong-tra-loi@gopy.example"),
    to=Mailbox("Sở Lao động - Thương binh và Xã hội", "vanthu@sldtbxh.example"),
    reply_to="gopy@stttt.example",
    subject="Đề nghị góp ý trước ngày 27/4/2020: Tăng cường công tác quản lý, cung cấp, sử dụng dịch vụ Internet",
    text="Kính gửi: Sở Lao động - Thương binh và Xã hội\n",
    html="<p>Kính gửi: Sở Lao động - Thương binh và Xã hội</p>\n",
)
HEADERS = [
    "Message-ID",
    "Date",
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Auto-Submitted",
    "MIME-Version",
    "Content-Type",
    "Content-Language",
]


def _read(data: bytes) -> EmailMessage:
    return message_from_bytes(data.replace(b"\r\n", b"\n"), policy=policy.default)


def _plain(header: str) -> str:
    return str(make_header(decode_header(header)))


def test_a_message_has_these_headers_and_no_other() -> None:
    found = message_from_bytes(as_bytes(LETTER))
    assert found.keys() == HEADERS
    assert found["Message-ID"] == "<0123456789abcdef@gopy.example>"
    assert found["Date"] == "Tue, 21 Apr 2020 02:00:00 +0000"
    assert found["Auto-Submitted"] == "auto-generated"
    assert _plain(found["Subject"]) == LETTER.subject
    assert _plain(found["From"]) == "Lấy ý kiến dự thảo <khong-tra-loi@gopy.example>"
    assert _plain(found["To"]) == "Sở Lao động - Thương binh và Xã hội <vanthu@sldtbxh.example>"
    assert found["Reply-To"] == "<gopy@stttt.example>"


def test_a_letter_without_an_answer_has_no_reply_to() -> None:
    assert "Reply-To" not in _read(as_bytes(replace(LETTER, reply_to="")))


def test_text_comes_first_and_html_beside_it() -> None:
    found = _read(as_bytes(LETTER))
    assert [part.get_content_type() for part in found.iter_parts()] == ["text/plain", "text/html"]


def test_a_long_paragraph_arrives_whole_in_short_lines() -> None:
    paragraph = "Ủy ban nhân dân các huyện, thị xã, thành phố. " * 90 + "\n"
    assert len(paragraph.encode()) > 5000
    data = as_bytes(replace(LETTER, text=paragraph, html=f"<p>{paragraph}</p>\n"))
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert data.count(b"\n") == data.count(b"\r\n")
    text, html = _read(data).iter_parts()
    assert cast(EmailMessage, text).get_content() == paragraph
    assert cast(EmailMessage, html).get_content() == f"<p>{paragraph}</p>\n"


def test_a_calendar_entry_stands_beside_both_bodies_octet_by_octet() -> None:
    entry = Entry("PUBLISH", "BEGIN:VCALENDAR\r\nSUMMARY:Hạn gửi ý kiến\r\nEND:VCALENDAR\r\n".encode() * 40)
    data = as_bytes(replace(LETTER, calendar=entry))
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert data.count(b"\n") == data.count(b"\r") == data.count(b"\r\n")
    found = message_from_bytes(data, policy=policy.default)
    assert [part.get_content_type() for part in found.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert [part.defects for part in found.walk()] == [[]] * 5
    bodies, calendar = cast(EmailMessage, found).iter_parts()
    texts = [cast(EmailMessage, part).get_content() for part in cast(EmailMessage, bodies).iter_parts()]
    assert [text.replace("\r\n", "\n") for text in texts] == [LETTER.text, LETTER.html]
    assert calendar.get_payload(decode=True) == entry.content
    assert cast(EmailMessage, calendar)["Content-Type"].params == {"method": "PUBLISH", "charset": "utf-8"}
    assert cast(EmailMessage, calendar).get_filename() == "han-gop-y.ics"


@given(st.text(max_size=250))
def test_any_name_and_subject_stay_inside_their_headers(words: str) -> None:
    outgoing = replace(LETTER, to=Mailbox(words, "vanthu@sldtbxh.example"), subject=words)
    data = as_bytes(outgoing)
    found = message_from_bytes(data)
    assert found.keys() == HEADERS
    assert max(map(len, data.split(b"\r\n"))) <= 78
    ((name, address),) = getaddresses([found["To"]])
    assert address == "vanthu@sldtbxh.example"
    assert _plain(name) == clean_line(words)
    assert _plain(found["Subject"]) == clean_line(words)


def test_a_comma_a_quote_and_a_line_end_in_a_name_make_no_second_recipient() -> None:
    name = 'Ủy ban nhân dân các huyện, thị xã, thành phố" <all@agencies.example>\r\nBcc: all@agencies.example'
    found = message_from_bytes(as_bytes(replace(LETTER, to=Mailbox(name, "vanthu@sldtbxh.example"))))
    assert found.keys() == HEADERS
    assert parseaddr(found["To"])[1] == "vanthu@sldtbxh.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "vanthu",
        "vanthu@",
        "@so.example",
        "a@so.example, b@so.example",
        "a@so.example\r\nBcc: b@so.example",
        "a@so.example\nb",
        "Sở <a@so.example>",
        "sở@so.example",
        "a b@so.example",
        "<a@so.example>",
        "a@so.example>",
    ],
)
def test_what_is_not_one_address_is_refused(address: str) -> None:
    for wrong in (
        replace(LETTER, to=Mailbox("Sở", address)),
        replace(LETTER, sender=Mailbox("Sở", address)),
    ):
        with pytest.raises(Unwritable):
            as_bytes(wrong)


def test_a_sender_is_read_from_its_setting() -> None:
    assert mailbox("Lấy ý kiến <a@so.example>") == Mailbox("Lấy ý kiến", "a@so.example")
    assert mailbox("a@so.example") == Mailbox("", "a@so.example")


def test_a_paragraph_of_5000_octets_and_a_subject_of_500_characters_arrive_whole_in_short_lines() -> None:
    words, subject = "Đề nghị góp ý nhiều điều. " * 150, "Lấy ý kiến " * 45 + "hết"
    assert len(words.encode()) >= 5000 and len(subject) >= 498
    data = as_bytes(replace(LETTER, text=words + "\n", html=f"<p>{words}</p>\n", subject=subject))
    assert max(len(line) for line in data.splitlines()) <= 998
    read = _read(data)
    body = read.get_body(("plain",))
    assert body is not None and body.get_content() == words + "\n"
    assert _plain(read["Subject"]) == subject


@pytest.mark.parametrize("name", ["Sở A,\r\nB", "Sở A, B; C", '  "Sở" <x@y.example> ', ""])
def test_odd_names_stay_one_recipient(name: str) -> None:
    found = message_from_bytes(as_bytes(replace(LETTER, to=Mailbox(clean_line(name), "vanthu@so.example"))))
    assert [address for _, address in getaddresses([found["To"]])] == ["vanthu@so.example"]
    assert found.keys() == HEADERS
