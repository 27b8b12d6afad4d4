"""Trying a mail server: each fault is told at its step, with what to do."""

from dataclasses import replace
from pathlib import Path

import pytest

from consult.mail.messages import Mailbox
from consult.mail.probe import Step, probe
from consult.mail.transport import MailServer
from consult.settings import MailSecurity
from tests.mail.servers import Sink, authority, free_port, plain, serving, silent
from tests.mail.test_messages import LETTER

TO = replace(LETTER, to=Mailbox("", "vanthu@so.example"))


def _last(server: MailServer) -> Step:
    steps = list(probe(server, TO))
    assert all(step.well and not step.remedy for step in steps[:-1])
    return steps[-1]


def test_a_good_server_takes_the_letter_at_the_last_of_seven_steps() -> None:
    sink = Sink()
    with serving(sink) as port:
        steps = list(probe(plain(port), TO))
    assert [step.name for step in steps] == [
        "name",
        "connection",
        "TLS",
        "sign-in",
        "sender",
        "recipient",
        "letter",
    ]
    assert all(step.well for step in steps)
    assert len(sink.letters) == 1


@pytest.mark.parametrize(
    ("sink", "name", "found", "remedy"),
    [
        (Sink(mail="530 5.7.0 sign in"), "sender", "530 5.7.0 sign in", "CONSULT_MAIL_SENDER"),
        (
            Sink(rcpt=lambda to: f"550 5.1.1 <{to}> unknown"),
            "recipient",
            "550 5.1.1 <…> unknown",
            "is the address right",
        ),
        (Sink(data=lambda _: "554 5.7.1 no"), "letter", "554 5.7.1 no", "refused the letter itself"),
    ],
)
def test_a_refusal_is_told_at_its_step(sink: Sink, name: str, found: str, remedy: str) -> None:
    with serving(sink) as port:
        last = _last(plain(port))
    assert (last.name, last.well, last.found) == (name, False, found)
    assert remedy in last.remedy


def test_an_unknown_name_a_closed_port_and_a_silent_server_are_told_apart() -> None:
    assert _last(replace(plain(25), host="khong-co.invalid")).name == "name"
    assert "nothing listens" in _last(plain(free_port())).found
    with silent() as port:
        assert "does not answer" in _last(plain(port, timeout_seconds=0.3)).found


@pytest.mark.parametrize("wrong", ["authority", "name"])
@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_a_wrong_certificate_is_told_with_the_setting_that_mends_it(
    tmp_path: Path, security: MailSecurity, wrong: str
) -> None:
    own = authority(tmp_path, "mail.example" if wrong == "name" else "127.0.0.1")
    tls = security is MailSecurity.TLS
    options = {"ssl_context": own.context} if tls else {"tls_context": own.context, "require_starttls": True}
    with serving(Sink(), **options) as port:
        server = MailServer("127.0.0.1", port, security, 10, ca_file=own.ca_file if wrong == "name" else None)
        last = _last(server)
    assert (last.name, last.well) == ("TLS", False)
    assert "CONSULT_MAIL_CA_FILE" in last.remedy


def test_a_server_without_tls_or_sign_in_is_told() -> None:
    with serving(Sink()) as port:
        assert "no STARTTLS" in _last(replace(plain(port), security=MailSecurity.STARTTLS)).found
        assert "no sign-in" in _last(replace(plain(port), username="an", password="mật khẩu")).found
