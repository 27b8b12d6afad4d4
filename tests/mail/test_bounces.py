"""Letters that came back: reports by the standard, plain ones of older servers, and files that are none."""

from base64 import b64encode

import pytest

from consult.mail.bounces import MOST_BYTES, Bounce, read_bounce

OURS = "0123456789abcdef0123456789abcdef"
REPORT = f"""\
From: MAILER-DAEMON@mail.example
To: khong-tra-loi@gopy.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

The mail could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; vanthu@so.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <vanthu@so.example>: user
 unknown

--b
Content-Type: message/rfc822

Message-ID: <{OURS}@gopy.example>
Subject: =?utf-8?q?G=C3=B3p_=C3=BD?=

Letter
--b--
"""
PLAIN = f"""\
Return-Path: <>
From: Mail Delivery System <postmaster@so.example>
Subject: failure notice

Sorry, I could not deliver your message.
<vanthu@so.example>: 552 5.2.2 mailbox full

--- Below is a copy of the message.
Message-ID: <{OURS}@gopy.example>
"""


def test_a_report_names_the_letter_and_the_reason_without_the_address() -> None:
    assert read_bounce(REPORT.encode()) == Bounce(frozenset({OURS}), True, "550 5.1.1 <…>: user unknown")


def test_line_ends_of_the_wire_change_nothing() -> None:
    assert read_bounce(REPORT.replace("\n", "\r\n").encode()) == read_bounce(REPORT.encode())


def test_a_delay_is_no_failure() -> None:
    delayed = read_bounce(REPORT.replace("failed", "delayed").replace("5.1.1", "4.4.1").encode())
    assert delayed is not None
    assert (delayed.letters, delayed.failed) == (frozenset({OURS}), False)


def test_a_plain_notice_of_a_mail_server_counts() -> None:
    assert read_bounce(PLAIN.encode()) == Bounce(frozenset({OURS}), True, "552 5.2.2 mailbox full")


def test_a_plain_notice_in_base64_is_read_too() -> None:
    head, body = PLAIN.split("\n\n", 1)
    coded = f"{head}\nContent-Transfer-Encoding: base64\n\n{b64encode(body.encode()).decode()}\n"
    assert read_bounce(coded.encode()) == read_bounce(PLAIN.encode())


def test_an_answer_of_the_agency_that_cites_a_number_is_no_bounce() -> None:
    answer = PLAIN.replace("Return-Path: <>\n", "").replace("Mail Delivery System <postmaster@", "<vanthu@")
    found = read_bounce(answer.encode())
    assert found is not None
    assert not found.failed


@pytest.mark.parametrize(
    "data", [b"", b"\x00\xff" * 50, b"no header at all", b"From: x\n" + b"y" * MOST_BYTES], ids=["", "nul", "no", "big"]
)
def test_what_is_no_message_or_too_large_is_refused(data: bytes) -> None:
    assert read_bounce(data) is None


def test_a_message_of_endless_parts_is_read_in_part_and_ends() -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    assert read_bounce(nested.encode()) in (None, Bounce(frozenset(), False, ""))
