"""Real SMTP servers for the tests: one that answers as told, one that accepts and stays silent, one that drips."""

import asyncio
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from consult.mail.transport import MailServer
from consult.settings import MailSecurity


@dataclass
class Sink:
    """Keeps what it is given. ``mail``, ``rcpt`` and ``data`` may answer otherwise than yes."""

    mail: str = "250 OK"
    rcpt: Callable[[str], str] = lambda address: "250 OK"
    data: Callable[[Envelope], str] = lambda envelope: "250 OK"
    letters: list[tuple[list[str], bytes]] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's name)
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count the greetings."""
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a sender."""
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take or refuse a recipient."""
        answer = self.rcpt(address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take or refuse a message."""
        answer = self.data(envelope)
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.letters.append((list(envelope.rcpt_tos), envelope.content))
        return answer


@dataclass
class Dripping(Sink):
    """Says its answer about one recipient octet by octet, for ever, each well within a client's patience."""

    pause: float = 0.05

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer all but one."""
        while address.startswith("drip@") and server.transport is not None and not server.transport.is_closing():
            server.transport.write(b"2")
            await asyncio.sleep(self.pause)
        return await super().handle_RCPT(server, session, envelope, address, options)


@dataclass(frozen=True)
class Authority:
    """A certificate authority of the test's own, and a certificate of it for 127.0.0.1."""

    ca_file: Path
    context: ssl.SSLContext


def authority(folder: Path, name: str = "127.0.0.1") -> Authority:
    """Make an authority and a server's certificate for ``name``."""
    ca, context = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(name).configure_cert(context)
    ca_file = folder / f"ca-{name}.pem"
    ca.cert_pem.write_to_path(str(ca_file))
    return Authority(ca_file, context)


@contextmanager
def serving(sink: Sink, **options: Any) -> Iterator[int]:
    """Run a server on a free port and give the port."""
    controller = Controller(sink, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def silent() -> Iterator[int]:
    """Accept connections and say nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@contextmanager
def dripping(pause: float) -> Iterator[int]:
    """Accept connections and greet octet by octet, without an end."""
    over = threading.Event()

    def drip(to: socket.socket) -> None:
        with to:
            try:
                while not over.wait(pause):
                    to.sendall(b"2")
            except OSError:
                return

    def accept(listening: socket.socket) -> None:
        while not over.is_set():
            try:
                threading.Thread(target=drip, args=(listening.accept()[0],), daemon=True).start()
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]
        over.set()


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def plain(port: int, timeout_seconds: float = 10) -> MailServer:
    """Name a server without TLS."""
    return MailServer("127.0.0.1", port, MailSecurity.NONE, timeout_seconds)
