"""A worker that dies by SIGKILL right after the server took its letter, before anything is recorded; run by a test."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from consult.mail.messages import Outgoing
from consult.mail.smtp import SmtpTransport
from consult.mail.transport import Channel
from consult.store.database import connect
from tests.mail.conftest import Desk
from tests.mail.record import Seeded
from tests.mail.servers import plain


@dataclass(frozen=True)
class Deadly:
    """Hands the letter over and dies."""

    through: Channel

    def send(self, outgoing: Outgoing) -> None:
        """Send and die."""
        self.through.send(outgoing)
        os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True)
class DeadlyTransport:
    """A way out that kills who takes it."""

    transport: SmtpTransport

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Open the real way out."""
        with self.transport.open() as channel:
            yield Deadly(channel)


if __name__ == "__main__":
    url, port = sys.argv[1:]
    desk = Desk(connect(url), Seeded(1, 1, 1))
    desk.deliver(DeadlyTransport(SmtpTransport(plain(int(port)))), worker="killed", lease_seconds=1)
