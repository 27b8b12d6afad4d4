"""How a message leaves this machine: the words for a server that takes it or not, and the folder that stands for one.

Knows neither the outbox nor SMTP's library (see ``delivery``).
"""

import os
import re
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from consult.domain.wording import clean_line
from consult.mail.messages import Outgoing
from consult.settings import MailSecurity

_ADDRESS = re.compile(r"[^\s<>@,;:]+@[^\s<>@,;:]+")
_LONGEST_REASON = 200


class Unreachable(Exception):
    """There is no connection (any more): nothing is wrong with the letter, and no other would get through."""


class Gone(Unreachable):
    """The server had hung up before this letter was begun: another connection may well take it at once."""


class PutOff(Exception):
    """The server will not take this letter now; it may later (SMTP 4xx)."""


class Refused(Exception):
    """The server will never take this letter (SMTP 5xx)."""


class Channel(Protocol):
    """An open way out."""

    def send(self, outgoing: Outgoing) -> None:
        """Hand over one message; raises ``Unreachable``, ``PutOff``, ``Refused`` or ``Unwritable``."""


class Transport(Protocol):
    """A way out that is opened once for many letters."""

    def open(self) -> AbstractContextManager[Channel]:
        """Open it; raises ``Unreachable``."""


@dataclass(frozen=True)
class MailServer:
    """The SMTP server that takes the letters; ``ca_file`` names the office's own authority, else the system's count."""

    host: str
    port: int
    security: MailSecurity
    timeout_seconds: float
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: Path | None = None

    def tls(self) -> ssl.SSLContext:
        """Return a context that checks the certificate and the host name."""
        return ssl.create_default_context(cafile=self.ca_file)


@dataclass(frozen=True)
class FolderTransport:
    """Writes letters as .eml files, readable by their owner alone, since they hold the secret links."""

    folder: Path

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Make the folder and give it."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as fault:
            raise Unreachable(f"{type(fault).__name__}: {fault}") from fault
        yield self

    def send(self, outgoing: Outgoing) -> None:
        """Put one file in place, whole or not at all; the same letter again replaces it."""
        unfinished = self.folder / f".{outgoing.name}.part"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(outgoing.data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / f"{outgoing.name}.eml")


def short_reason(words: str) -> str:
    """Return a server's words as they are kept: one clean line, short, each address struck out."""
    return clean_line(_ADDRESS.sub("…", words))[:_LONGEST_REASON]
