"""Delivery against real SMTP servers: every letter leaves once, none is lost, no secret stays behind."""

import subprocess
import sys
import threading
import time
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlalchemy import select

from consult.domain.links import invitation_token, token_digest
from consult.domain.terms import LetterKind
from consult.mail.delivery import deliver_due
from consult.mail.post_office import PAUSES, DeliveryReport
from consult.mail.smtp import SmtpTransport
from consult.mail.transport import FolderTransport, MailServer
from consult.settings import MailSecurity
from consult.store.access import SignInLink
from consult.store.answers import Invitation
from consult.store.database import writing
from tests.mail.conftest import LINKS, Desk
from tests.mail.servers import Sink, authority, free_port, plain, serving, silent


def _text(data: bytes) -> str:
    body = message_from_bytes(data, policy=policy.default).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _html(data: bytes) -> str:
    body = message_from_bytes(data, policy=policy.default).get_body(("html",))
    assert body is not None
    return str(body.get_content())


def _ids(sink: Sink) -> list[str]:
    return [message_from_bytes(data)["Message-ID"] for _, data in sink.letters]


def test_a_letter_arrives_with_its_link(desk: Desk) -> None:
    sink = Sink()
    desk.queue("invitation:1:1")
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=1)
    ((recipients, data),) = sink.letters
    address = LINKS.invitation("7Q2M", 1)
    assert recipients == ["vanthu@congan.example"]
    assert f"\n{address}\n" in _text(data).replace("\r\n", "\n")
    assert f'href="{address}"' in _html(data)
    assert "⟦" not in _text(data) + _html(data)
    assert message_from_bytes(data)["Message-ID"].endswith("@gopy.example>")
    assert desk.states() == {"invitation:1:1": ("SENT", 1, "")}


def test_a_batch_leaves_over_one_connection(desk: Desk) -> None:
    sink = Sink()
    desk.queue(*(f"invitation:{number}:1" for number in range(12)))
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port)), limit=10) == DeliveryReport(sent=10)
        assert sink.connections == 1
        assert desk.deliver(SmtpTransport(plain(port)), limit=10) == DeliveryReport(sent=2)
        assert desk.deliver(SmtpTransport(plain(port)), limit=10) == DeliveryReport()
    assert sink.connections == 2


def test_five_thousand_octets_of_vietnamese_arrive_as_written(desk: Desk) -> None:
    sink, words = Sink(), " ".join(["Ủy ban nhân dân các huyện, thị xã, thành phố."] * 90)
    assert len(words.encode()) > 5000
    desk.queue("invitation:1:1", words=words)
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=1)
    ((_, data),) = sink.letters
    assert words in _text(data)
    assert words in _html(data)


def test_a_hostile_name_reaches_one_recipient_with_no_header_of_its_own(desk: Desk) -> None:
    sink = Sink()
    desk.queue("one", to_name="Sở, x\r\nBcc: all@agencies.example", subject="Góp ý\r\nBcc: all@agencies.example")
    desk.queue("two", to_address="a@so.example\r\nBcc: all@agencies.example")
    desk.queue("three", to_address="a@so.example, all@agencies.example")
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=1, failed=2)
    ((recipients, data),) = sink.letters
    assert recipients == ["vanthu@congan.example"]
    assert "Bcc" not in message_from_bytes(data)
    assert desk.states()["two"] == ("FAILED", 1, "not an e-mail address")


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_tls_with_the_offices_own_authority(desk: Desk, tmp_path: Path, security: MailSecurity) -> None:
    sink, own = Sink(), authority(tmp_path)
    desk.queue("invitation:1:1")
    with serving(sink, **_tls(security, own.context)) as port:
        server = MailServer("127.0.0.1", port, security, 10, ca_file=own.ca_file)
        assert desk.deliver(SmtpTransport(server)) == DeliveryReport(sent=1)
    assert len(sink.letters) == 1


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
@pytest.mark.parametrize("wrong", ["authority", "name"])
def test_a_wrong_certificate_gets_no_letter(desk: Desk, tmp_path: Path, security: MailSecurity, wrong: str) -> None:
    sink, own = Sink(), authority(tmp_path, "mail.example" if wrong == "name" else "127.0.0.1")
    desk.queue("invitation:1:1")
    with serving(sink, **_tls(security, own.context)) as port:
        server = MailServer("127.0.0.1", port, security, 10, ca_file=own.ca_file if wrong == "name" else None)
        assert desk.deliver(SmtpTransport(server)) == DeliveryReport(retried=1)
    assert sink.letters == []
    state, attempts, error = desk.states()["invitation:1:1"]
    assert (state, attempts) == ("DUE", 1)
    assert "CERTIFICATE_VERIFY_FAILED" in error


def _tls(security: MailSecurity, context: object) -> dict[str, object]:
    if security is MailSecurity.TLS:
        return {"ssl_context": context}
    return {"tls_context": context, "require_starttls": True}


def test_a_server_that_offers_no_tls_gets_no_letter(desk: Desk) -> None:
    sink = Sink()
    desk.queue("invitation:1:1")
    with serving(sink) as port:
        server = MailServer("127.0.0.1", port, MailSecurity.STARTTLS, 10)
        assert desk.deliver(SmtpTransport(server)) == DeliveryReport(retried=1)
    assert sink.letters == []


def test_a_silent_server_is_given_up_in_time_and_the_letter_kept(desk: Desk) -> None:
    desk.queue("one", "two")
    with silent() as port:
        assert desk.deliver(SmtpTransport(plain(port, timeout_seconds=0.3))) == DeliveryReport(retried=2)
    assert {state for state, _, _ in desk.states().values()} == {"DUE"}
    sink = Sink()
    desk.wait(1)
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=2)


def test_a_server_that_is_away_is_waited_for_however_long(desk: Desk) -> None:
    away = SmtpTransport(plain(free_port()))
    desk.queue("invitation:1:1")
    for pause in (*PAUSES, PAUSES[-1], PAUSES[-1]):
        assert desk.deliver(away) == DeliveryReport(retried=1)
        assert desk.deliver(away) == DeliveryReport()
        desk.now += pause
    assert (desk.now - Desk(desk.database, desk.seeded).now).total_seconds() == (231 + 120) * 60
    with serving(Sink()) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=1)
    assert desk.states()["invitation:1:1"][:2] == ("SENT", 10)


def test_later_means_later(desk: Desk) -> None:
    answers = iter(["451 4.3.0 come again", "250 OK"])
    sink = Sink(data=lambda envelope: next(answers))
    desk.queue("invitation:1:1")
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(retried=1)
        assert desk.states() == {"invitation:1:1": ("DUE", 1, "451 4.3.0 come again")}
        desk.wait(1)
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=1)
    assert len(sink.letters) == 1


def test_no_means_no_and_the_record_keeps_the_words_without_the_address(desk: Desk) -> None:
    sink = Sink(rcpt=lambda address: f"550 5.1.1 <{address}> no such user" if "gone" in address else "250 OK")
    desk.queue("one", to_address="gone@so.example")
    desk.queue("two")
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=1, failed=1)
    assert desk.states() == {"one": ("FAILED", 1, "550 5.1.1 <…> no such user"), "two": ("SENT", 1, "")}


def test_a_refused_sender_is_no_fault_of_the_letter(desk: Desk) -> None:
    desk.queue("one")
    with serving(Sink(mail="530 5.7.0 sign in first")) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(retried=1)
    assert desk.states()["one"][0] == "DUE"


def test_a_server_that_leaves_with_a_letter_in_hand_takes_that_one_later(desk: Desk) -> None:
    answers = iter(["250 OK", "421 4.3.2 closing", "250 OK", "250 OK"])
    sink = Sink(data=lambda envelope: next(answers))
    desk.queue("one", "two", "three")
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=2, retried=1)
        assert {key: state[:2] for key, state in desk.states().items()} == {
            "one": ("SENT", 1),
            "two": ("DUE", 1),
            "three": ("SENT", 1),
        }
        assert sink.connections == 2
        desk.wait(1)
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=1)


def test_a_fault_inside_stops_no_other_letter(desk: Desk) -> None:
    sink = Sink()
    desk.queue("one", kind=LetterKind.REMINDER)
    desk.queue("two")

    def broken(*_: object) -> bool:
        raise ZeroDivisionError("https://gopy.example/moi/secret")

    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port)), still_due=broken) == DeliveryReport(sent=1, retried=1)
    assert desk.states() == {"one": ("DUE", 1, "ZeroDivisionError"), "two": ("SENT", 1, "")}


def test_a_reminder_that_is_no_longer_due_does_not_leave(desk: Desk) -> None:
    sink = Sink()
    desk.queue("answered", "silent", kind=LetterKind.REMINDER)
    desk.queue("invitation")
    desk.answered = {"answered", "invitation"}
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=2, cancelled=1)
    assert {key: state for key, (state, _, _) in desk.states().items()} == {
        "answered": "CANCELLED",
        "silent": "SENT",
        "invitation": "SENT",
    }


def test_a_letter_that_waited_carries_the_link_in_force(desk: Desk) -> None:
    sink = Sink()
    desk.queue("invitation:1:1")
    with writing(desk.database) as session:
        session.execute(Invitation.__table__.update().values(generation=2))  # type: ignore[attr-defined]
    with serving(sink) as port:
        desk.deliver(SmtpTransport(plain(port)))
    assert invitation_token(LINKS.key, "7Q2M", 2) in _text(sink.letters[0][1])


def test_a_sign_in_token_is_made_at_the_sending_and_only_its_digest_stays(desk: Desk) -> None:
    sink = Sink()
    desk.queue("sign_in:1", kind=LetterKind.SIGN_IN, invitation_id=None)
    desk.wait(90)
    with serving(sink) as port:
        desk.deliver(SmtpTransport(plain(port)))
    token = _text(sink.letters[0][1]).split("https://gopy.example/dang-nhap/")[1].split()[0]
    with desk.database.reading() as session:
        link = session.scalars(select(SignInLink)).one()
    assert link.digest == token_digest(token)
    assert (link.expires_at - desk.now).total_seconds() == 30 * 60


def test_no_token_stands_in_the_database_after_delivery(desk: Desk, tmp_path: Path) -> None:
    sink = Sink(data=lambda envelope: "250 OK")
    desk.queue("invitation:1:1")
    desk.queue("sign_in:1", kind=LetterKind.SIGN_IN, invitation_id=None)
    with serving(sink) as port:
        assert desk.deliver(SmtpTransport(plain(port))) == DeliveryReport(sent=2)
    tokens = [_text(data).split("https://gopy.example/")[1].split()[0].split("/")[-1] for _, data in sink.letters]
    assert [len(token) for token in tokens] == [43, 43]
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"invitation:1:1" in stored
    assert not [token for token in tokens if token.encode() in stored]


def test_two_workers_at_once_send_each_letter_once(desk: Desk) -> None:
    sink = Sink()
    desk.queue(*(f"invitation:{number}:1" for number in range(60)))

    def work(name: str) -> None:
        office = desk.office(SmtpTransport(plain(port)), worker=name, limit=5)
        while deliver_due(office, desk.clock, lambda: False).tried:
            pass

    with serving(sink) as port:
        threads = [threading.Thread(target=work, args=(name,)) for name in ("a", "b")]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert Counter(Counter(_ids(sink)).values()) == {1: 60}
    assert {state for state, _, _ in desk.states().values()} == {"SENT"}


@pytest.mark.slow
def test_a_worker_killed_after_the_servers_yes_sends_the_same_message_id_again(desk: Desk) -> None:
    sink = Sink()
    desk.queue("invitation:1:1")
    with serving(sink) as port:
        subprocess.run(
            [sys.executable, "-m", "tests.mail.killed_worker", str(desk.database.engine.url), str(port)], check=False
        )
        assert len(sink.letters) == 1
        assert desk.states()["invitation:1:1"][0] == "DUE"
        while not desk.deliver(SmtpTransport(plain(port))).tried:
            time.sleep(0.05)
    first, second = _ids(sink)
    assert first == second


def test_a_worker_that_is_stopped_hands_back_what_it_did_not_begin(desk: Desk) -> None:
    sink = Sink()
    desk.queue("one", "two", "three")
    with serving(sink) as port:
        office = desk.office(SmtpTransport(plain(port)))
        assert deliver_due(office, desk.clock, lambda: len(sink.letters) == 1) == DeliveryReport(sent=1)
        assert deliver_due(desk.office(SmtpTransport(plain(port)), worker="next"), desk.clock, lambda: False).sent == 2


def test_without_a_mail_server_letters_become_files(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "outbox"
    desk.queue("invitation:1:1")
    assert desk.deliver(FolderTransport(folder)) == DeliveryReport(sent=1)
    (path,) = folder.iterdir()
    assert path.name == "1-invitation.eml"
    assert path.stat().st_mode & 0o777 == 0o600
    assert LINKS.invitation("7Q2M", 1) in _text(path.read_bytes())


def test_a_folder_that_cannot_be_written_puts_letters_off(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("a file stands where the folder should be")
    desk.queue("invitation:1:1")
    assert desk.deliver(FolderTransport(tmp_path / "outbox")) == DeliveryReport(retried=1)
