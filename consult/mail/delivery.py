"""Sends what is due: claims a batch, fills in the links, hands each letter over and records what became of it.

The only module that meets Flask-Mail, through a connection with a time limit and a checked certificate and a message
whose bytes are those of ``messages``. Each letter is recorded in a short transaction of its own, never while a server
is spoken to. A letter is sent once in normal life; when a worker dies between the server's yes and the record, the
letter leaves again with the same Message-ID.
"""

import smtplib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from urllib.parse import urlsplit

import flask_mail
from flask import Flask

from consult.domain.terms import LetterKind
from consult.domain.window import local
from consult.mail.filling import filled
from consult.mail.messages import Mailbox, Outgoing, Unwritable, as_bytes
from consult.mail.post_office import PAUSES, Clock, DeliveryReport, Fate, PostOffice, report_of
from consult.mail.transport import Channel, MailServer, PutOff, Refused, Unreachable, short_reason
from consult.settings import MailSecurity
from consult.store import outbox
from consult.store.database import reading, writing
from consult.store.outbox import ClaimedLetter


def deliver_due(office: PostOffice, clock: Clock, stop: Callable[[], bool]) -> DeliveryReport:
    """Deliver one batch over one connection; once ``stop`` says so, finish the letter in hand and hand the rest back.

    A server that cannot be reached puts off the whole batch; a connection that breaks, the letter in hand alone.
    """
    with writing(office.database) as session:
        letters = outbox.claim(session, office.worker, clock(), office.limit, office.lease_seconds)
    if not letters:
        return DeliveryReport()
    try:
        with office.transport.open() as channel:
            fates = _deliver_each(office, channel, letters, clock, stop)
    except Unreachable as fault:
        fates = [_put_off(office, letter, clock(), fault) for letter in letters]
    with writing(office.database) as session:
        outbox.release(session, [letter.id for letter in letters[len(fates) :]], office.worker)
    return report_of(fates)


def _deliver_each(
    office: PostOffice, channel: Channel, letters: Sequence[ClaimedLetter], clock: Clock, stop: Callable[[], bool]
) -> list[Fate]:
    """Deliver letter by letter; none is begun after half the lease, so that none is in hand when the lease runs out."""
    fates: list[Fate] = []
    begun = time.monotonic()
    for letter in letters:
        if stop() or Fate.LOST in fates or time.monotonic() - begun > office.lease_seconds / 2:
            break
        fates.append(_deliver(office, channel, letter, clock))
    return fates


def _deliver(office: PostOffice, channel: Channel, letter: ClaimedLetter, clock: Clock) -> Fate:
    try:
        outgoing = _prepared(office, letter, clock())
        if outgoing is None:
            return _cancelled(office, letter)
        channel.send(outgoing)
    except (Refused, Unwritable) as fault:
        return _given_up(office, letter, fault)
    except Unreachable as fault:
        _put_off(office, letter, clock(), fault)
        return Fate.LOST
    except Exception as fault:  # one letter's fault must not stop the others; the record names its kind
        return _put_off(office, letter, clock(), fault)
    with writing(office.database) as session:
        outbox.mark_sent(session, letter.id, clock())
    return Fate.SENT


def _prepared(office: PostOffice, letter: ClaimedLetter, now: datetime) -> Outgoing | None:
    """Return the message to be sent, or None for a reminder that is due no more."""
    opened = writing if letter.kind is LetterKind.SIGN_IN else reading
    with opened(office.database) as session:
        if letter.kind is LetterKind.REMINDER and not office.still_due(session, letter, now):
            return None
        letter = filled(session, letter, office.links, office.mint, now)
    return Outgoing(
        name=f"{letter.id}-{letter.kind.value}",
        message_id=f"<{letter.public_id}@{urlsplit(office.links.base_url).hostname}>",
        date=local(now),
        sender=office.sender,
        to=Mailbox(letter.to_name, letter.to_address),
        reply_to=letter.reply_to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
    )


def _cancelled(office: PostOffice, letter: ClaimedLetter) -> Fate:
    with writing(office.database) as session:
        outbox.cancel(session, letter.key)
    return Fate.CANCELLED


def _given_up(office: PostOffice, letter: ClaimedLetter, fault: Exception) -> Fate:
    with writing(office.database) as session:
        outbox.mark_failed(session, letter.id, office.worker, _reason(fault))
    return Fate.FAILED


def _put_off(office: PostOffice, letter: ClaimedLetter, now: datetime, fault: Exception) -> Fate:
    """Try again later. A letter's own troubles are given up in the end; a server that is away is waited for."""
    if letter.attempts >= len(PAUSES) and not isinstance(fault, Unreachable):
        return _given_up(office, letter, fault)
    pause = PAUSES[min(letter.attempts, len(PAUSES) - 1)]
    with writing(office.database) as session:
        outbox.mark_retry(session, letter.id, office.worker, now + pause, _reason(fault))
    return Fate.RETRIED


def _reason(fault: Exception) -> str:
    """Return what the record keeps: the server's words without addresses, or only the kind of an inner fault."""
    told = isinstance(fault, Refused | PutOff | Unreachable | Unwritable)
    return short_reason(str(fault)) if told else type(fault).__name__


@dataclass(frozen=True)
class SmtpTransport:
    """Hands letters to an SMTP server over one connection a batch."""

    server: MailServer

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Connect, agree on TLS, sign in; raises ``Unreachable`` when any of these fails."""
        app = Flask("consult.mail", static_folder=None)
        app.config["MAIL_SUPPRESS_SEND"] = False
        with app.app_context(), _Connection(flask_mail.Mail(app), self.server) as connection:
            yield _SmtpChannel(connection)


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

    def _connected(self) -> smtplib.SMTP:
        server, seconds = self._server, self._server.timeout_seconds
        if server.security is MailSecurity.TLS:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=seconds, context=server.tls())
        return smtplib.SMTP(server.host, server.port, timeout=seconds)

    def _introduce(self, host: smtplib.SMTP) -> None:
        if self._server.security is MailSecurity.STARTTLS:
            host.starttls(context=self._server.tls())
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
        message = _Message(outgoing)
        try:
            self.connection.send(message)
        except smtplib.SMTPRecipientsRefused as fault:
            raise _answer(*next(iter(fault.recipients.values()))) from fault
        except smtplib.SMTPSenderRefused as fault:  # the account's fault, not the letter's
            raise PutOff(f"{fault.smtp_code} {_told(fault.smtp_error)}") from fault
        except smtplib.SMTPDataError as fault:
            raise _answer(fault.smtp_code, fault.smtp_error) from fault
        except (OSError, smtplib.SMTPException) as fault:
            raise Unreachable(f"{type(fault).__name__}: {fault}") from fault


def _answer(code: int, words: bytes | str) -> Exception:
    """Return what an SMTP answer means (RFC 5321, 4.2.1): 421 the server leaves, 4xx later, 5xx never."""
    told = f"{code} {_told(words)}"
    if code == 421:
        return Unreachable(told)
    return PutOff(told) if code < 500 else Refused(told)


def _told(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
