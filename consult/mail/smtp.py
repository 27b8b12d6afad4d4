"""Letters over SMTP: a connection with a time limit and a checked certificate, kept for as many letters as it lasts.

The only module that meets Flask-Mail, through its connection and a message whose bytes are those of ``messages``.
"""

import io
import smtplib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, cast

import flask_mail
from flask import Flask

from consult.mail.messages import Outgoing
from consult.mail.transport import Channel, Gone, MailServer, PutOff, Refused, Unreachable
from consult.settings import MailSecurity

SILENCES = 2
"""How many times the limit of one silence a whole letter may take, and an introduction, and a farewell."""


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


class _Bounded(io.RawIOBase):
    """What a server says, until the whole of a letter (or of an introduction) has had its time.

    A time limit on each reading alone would wait for ever on a server that says one octet now and then.
    """

    def __init__(self, heard: socket.socket, seconds: float) -> None:
        self._heard, self._seconds = heard, seconds
        self.begin()

    def begin(self) -> None:
        """Let the time begin anew."""
        self._until = time.monotonic() + SILENCES * self._seconds

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError(f"the server took more than {SILENCES * self._seconds:g} seconds over it")
        self._heard.settimeout(min(left, self._seconds))
        try:
            return self._heard.recv_into(room)
        finally:
            self._heard.settimeout(self._seconds)


class _Patient:
    """A server that is heard for a limited time, and that notes when a letter itself is being handed over.

    After that nobody knows what a lost connection means.
    """

    handing_over = False
    file: Any
    sock: Any
    timeout: float

    def begin(self) -> None:
        """Begin with a letter: the time for it starts, and nothing is handed over yet."""
        self.handing_over = False
        self._heard().begin()

    def getreply(self) -> tuple[int, bytes]:
        """Hear the server out."""
        self._heard()
        return super().getreply()  # type: ignore[misc,no-any-return]

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the letter over."""
        self.handing_over = True
        return super().data(msg)  # type: ignore[misc,no-any-return]

    def _heard(self) -> _Bounded:
        if self.file is None:
            self.file = io.BufferedReader(_Bounded(self.sock, self.timeout))
        return cast(_Bounded, self.file.raw)


class _Plain(_Patient, smtplib.SMTP):
    """A server spoken to in the clear, or by STARTTLS."""


class _Wrapped(_Patient, smtplib.SMTP_SSL):
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
            cast(_Patient, self.host).begin()
            self.host.quit()
        except (OSError, smtplib.SMTPException):
            self.host.close()


class _Message(flask_mail.Message):
    """Flask-Mail's message for the envelope alone, one for all letters: making one asks for this machine's name."""

    composed = b""

    def take(self, outgoing: Outgoing) -> None:
        """Become this letter."""
        self.composed = outgoing.data
        self.sender, self.recipients = outgoing.sender.address, [outgoing.to.address]

    def as_bytes(self) -> bytes:
        return self.composed


class _SmtpChannel:
    def __init__(self, connection: _Connection) -> None:
        self.connection, self._message = connection, _Message(sender="")

    def send(self, outgoing: Outgoing) -> None:
        """Hand one letter over; ``Gone`` when the server had hung up before the letter itself was begun."""
        host = cast(_Patient, self.connection.host)
        self._message.take(outgoing)
        try:
            host.begin()
            self.connection.send(self._message)
        except smtplib.SMTPRecipientsRefused as fault:
            raise self._early(*next(iter(fault.recipients.values()))) from fault
        except smtplib.SMTPSenderRefused as fault:  # the account's fault, not the letter's
            if fault.smtp_code == 421:
                raise Gone(f"421 {_told(fault.smtp_error)}") from fault
            raise PutOff(f"{fault.smtp_code} {_told(fault.smtp_error)}") from fault
        except smtplib.SMTPDataError as fault:
            raise _answer(fault.smtp_code, fault.smtp_error) from fault
        except (OSError, smtplib.SMTPException) as fault:
            lost = Unreachable if host.handing_over or _is_silence(fault) else Gone
            raise lost(f"{type(fault).__name__}: {fault}") from fault

    def _early(self, code: int, words: bytes | str) -> Exception:
        return Gone(f"421 {_told(words)}") if code == 421 else _answer(code, words)


def _is_silence(fault: Exception) -> bool:
    """Tell a server that says nothing, or says it too slowly, from one that hung up; smtplib calls both the latter."""
    return isinstance(fault, TimeoutError) or isinstance(fault.__context__, TimeoutError)


def _answer(code: int, words: bytes | str) -> Exception:
    """Return what an SMTP answer means (RFC 5321, 4.2.1): 421 the server leaves, 4xx later, 5xx never."""
    told = f"{code} {_told(words)}"
    if code == 421:
        return Unreachable(told)
    return PutOff(told) if code < 500 else Refused(told)


def _told(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
