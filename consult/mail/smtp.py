"""Letters over SMTP: a connection with a time limit and a checked certificate, kept for as many letters as it lasts.

The only module that meets Flask-Mail, through its connection and a message whose bytes are those of ``messages``.
"""

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, cast

import flask_mail
from flask import Flask

from consult.mail.messages import Outgoing, as_bytes
from consult.mail.transport import Channel, Gone, MailServer, PutOff, Refused, Unreachable
from consult.settings import MailSecurity


@dataclass(frozen=True)
class SmtpTransport:
    """Hands letters to an SMTP server, any number over one connection."""

    server: MailServer

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Connect, agree on TLS, sign in; raises ``Unreachable`` when any of these fails."""
        app = Flask("consult.mail", static_folder=None)
        app.config["MAIL_SUPPRESS_SEND"] = False
        with app.app_context(), _Connection(flask_mail.Mail(app), self.server) as connection:
            yield _SmtpChannel(connection)


class _Noting:
    """Notes that a letter itself is being handed over, after which nobody knows what a lost connection means."""

    handing_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the letter over."""
        self.handing_over = True
        return super().data(msg)  # type: ignore[misc,no-any-return]


class _Plain(_Noting, smtplib.SMTP):
    """A server spoken to in the clear, or by STARTTLS."""


class _Wrapped(_Noting, smtplib.SMTP_SSL):
    """A server spoken to by TLS from the first octet."""


class _Connection(flask_mail.Connection):
    """Flask-Mail's connection with what it lacks: a time limit, a checked certificate, an end that hides no error."""

    def __init__(self, mail: flask_mail.Mail, server: MailServer) -> None:
        super().__init__(mail)
        self._server = server

    def configure_host(self) -> smtplib.SMTP:
        """Return a server that is ready for letters."""
        try:
            host = self._connected()
            try:
                self._introduce(host)
            except BaseException:
                host.close()
                raise
        except (OSError, smtplib.SMTPException) as fault:
            raise Unreachable(f"{type(fault).__name__}: {fault}") from fault
        return host

    def _connected(self) -> "_Plain | _Wrapped":
        server, seconds = self._server, self._server.timeout_seconds
        if server.security is MailSecurity.TLS:
            return _Wrapped(server.host, server.port, timeout=seconds, context=server.tls())
        return _Plain(server.host, server.port, timeout=seconds)

    def _introduce(self, host: smtplib.SMTP) -> None:
        if self._server.security is MailSecurity.STARTTLS:
            host.starttls(context=self._server.tls())
        host.ehlo_or_helo_if_needed()
        if self._server.username:
            host.login(self._server.username, self._server.password)

    def __exit__(
        self, exc_type: type[BaseException] | None, exc_value: BaseException | None, tb: TracebackType | None
    ) -> None:
        """Part from the server; that it is gone already is no error of a letter."""
        assert self.host is not None
        try:
            self.host.quit()
        except (OSError, smtplib.SMTPException):
            self.host.close()


class _Message(flask_mail.Message):
    """Flask-Mail's message for the envelope alone: the bytes were composed before."""

    def __init__(self, outgoing: Outgoing) -> None:
        super().__init__(sender=outgoing.sender.address, recipients=[outgoing.to.address])
        self._composed = as_bytes(outgoing)

    def as_bytes(self) -> bytes:
        return self._composed


@dataclass(frozen=True)
class _SmtpChannel:
    connection: _Connection

    def send(self, outgoing: Outgoing) -> None:
        """Hand one letter over; ``Gone`` when the server had hung up before the letter itself was begun."""
        message, host = _Message(outgoing), cast(_Noting, self.connection.host)
        host.handing_over = False
        try:
            self.connection.send(message)
        except smtplib.SMTPRecipientsRefused as fault:
            raise self._early(*next(iter(fault.recipients.values()))) from fault
        except smtplib.SMTPSenderRefused as fault:  # the account's fault, not the letter's
            if fault.smtp_code == 421:
                raise Gone(f"421 {_told(fault.smtp_error)}") from fault
            raise PutOff(f"{fault.smtp_code} {_told(fault.smtp_error)}") from fault
        except smtplib.SMTPDataError as fault:
            raise _answer(fault.smtp_code, fault.smtp_error) from fault
        except (OSError, smtplib.SMTPException) as fault:
            lost = Unreachable if host.handing_over or isinstance(fault, TimeoutError) else Gone
            raise lost(f"{type(fault).__name__}: {fault}") from fault

    def _early(self, code: int, words: bytes | str) -> Exception:
        return Gone(f"421 {_told(words)}") if code == 421 else _answer(code, words)


def _answer(code: int, words: bytes | str) -> Exception:
    """Return what an SMTP answer means (RFC 5321, 4.2.1): 421 the server leaves, 4xx later, 5xx never."""
    told = f"{code} {_told(words)}"
    if code == 421:
        return Unreachable(told)
    return PutOff(told) if code < 500 else Refused(told)


def _told(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
