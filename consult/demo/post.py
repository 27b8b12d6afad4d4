"""The demo's post: letters are delivered as always, and their links are noted for the people of the story."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from consult.mail.messages import Outgoing
from consult.mail.transport import Channel, Transport

_ADDRESS = re.compile(r"https?://\S+")


@dataclass
class NotingTransport:
    """Hands letters on to the real way out and keeps the first link of the newest letter of each kind and addressee."""

    inner: Transport
    links: dict[tuple[str, str], str] = field(default_factory=dict)

    @contextmanager
    def open(self) -> Iterator[Channel]:
        """Open the real channel under a noting one."""
        with self.inner.open() as channel:
            yield _NotingChannel(channel, self.links)


@dataclass
class _NotingChannel:
    channel: Channel
    links: dict[tuple[str, str], str]

    def send(self, outgoing: Outgoing) -> None:
        """Hand a letter on and note its link."""
        self.channel.send(outgoing)
        kind = outgoing.name.split("-", 1)[1]
        found = _ADDRESS.search(outgoing.text)
        if found:
            self.links[kind, outgoing.to.name] = found.group()
