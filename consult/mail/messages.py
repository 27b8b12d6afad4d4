"""One letter as the bytes of an Internet message (RFC 5322, MIME): text and HTML, headers that nobody can break out of.

Python 3.11's ``EmailPolicy`` loses a blank here and there where it folds a long Vietnamese header, and Flask-Mail's
own message leaves long lines unfolded, which servers refuse. So headers are folded by ``Header``, bodies are
quoted-printable and no line is longer than 78 octets. All letters have one shape, written out here: ``EmailMessage``
takes many times as long over it, and that was most of what sending a letter costs. Knows no server.
"""

from base64 import encodebytes
from binascii import b2a_qp
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from functools import cached_property, lru_cache

from consult.domain.wording import clean_line
from consult.mail.calendar import FILE_NAME, Entry

_LONGEST_LINE = 76
# No quoted-printable text holds "=_" (RFC 2045, 6.7), so that no letter can end its part.
_BOUNDARY = "=_letter"
_PART = f"""--{_BOUNDARY}\r
Content-Type: text/%b; charset="utf-8"\r
Content-Transfer-Encoding: quoted-printable\r
\r
%b\r
""".encode()
_AROUND = "=_whole"
_WITH_CALENDAR = f"""--{_AROUND}\r
Content-Type: multipart/alternative; boundary="{_BOUNDARY}"\r
\r
%b\r
--{_AROUND}\r
Content-Type: text/calendar; method="%b"; charset="utf-8"\r
Content-Disposition: attachment; filename="{FILE_NAME}"\r
Content-Transfer-Encoding: base64\r
\r
%b\r
--{_AROUND}--\r
""".encode()


class Unwritable(Exception):
    """The letter cannot be put into a message (its address is none)."""


@dataclass(frozen=True)
class Mailbox:
    """A name, possibly empty, and an address."""

    name: str
    address: str


@dataclass(frozen=True)
class Outgoing:
    """A letter with its links filled in; ``name`` is what a file of it is called."""

    name: str
    message_id: str
    date: datetime
    sender: Mailbox
    to: Mailbox
    reply_to: str
    subject: str
    text: str
    html: str
    calendar: Entry | None = None

    @cached_property
    def data(self) -> bytes:
        """The message as it leaves, composed once; raises ``Unwritable`` as ``as_bytes`` does."""
        return as_bytes(self)

    def compose(self) -> "Outgoing":
        """Compose the message now and return the letter with it; raises ``Unwritable``."""
        _ = self.data
        return self


def mailbox(text: str) -> Mailbox:
    """Read "Name <address>" or a bare address, as settings hold it."""
    return Mailbox(*parseaddr(text))


def as_bytes(outgoing: Outgoing) -> bytes:
    """Write the message with CRLF line ends.

    Raises:
        Unwritable: an address is not one single ASCII address.
    """
    kind, boundary, body = "alternative", _BOUNDARY, _both_bodies(outgoing)
    if outgoing.calendar is not None:
        kind, boundary, body = "mixed", _AROUND, _with_calendar(body, outgoing.calendar)
    headers = (
        f"Message-ID: {outgoing.message_id}",
        f"Date: {format_datetime(outgoing.date)}",
        _person("From", outgoing.sender),
        _person("To", outgoing.to),
        *([_person("Reply-To", Mailbox("", outgoing.reply_to))] if outgoing.reply_to else []),
        _subject(outgoing.subject),
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/{kind}; boundary="{boundary}"',
        "Content-Language: vi",
    )
    return b"%b\r\n\r\n%b" % ("\r\n".join(headers).encode("ascii"), body)


def _both_bodies(outgoing: Outgoing) -> bytes:
    parts = _PART % (b"plain", _quoted(outgoing.text)) + _PART % (b"html", _quoted(outgoing.html))
    return b"%b--%b--\r\n" % (parts, _BOUNDARY.encode())


def _with_calendar(bodies: bytes, entry: Entry) -> bytes:
    lines = encodebytes(entry.content).replace(b"\n", b"\r\n")
    return _WITH_CALENDAR % (bodies, entry.method.encode("ascii"), lines)


def _quoted(text: str) -> bytes:
    return b2a_qp(b"\r\n".join(text.encode().splitlines()) + b"\r\n")


@lru_cache(maxsize=64)
def _subject(words: str) -> str:
    return _folded("Subject", Header(clean_line(words), "utf-8", header_name="Subject"))


@lru_cache(maxsize=64)
def _person(header: str, who: Mailbox) -> str:
    """Return an address header; the name always as encoded words, so that no character of it has a meaning there."""
    value = Header(header_name=header)
    if who.name:
        value.append(clean_line(who.name), "utf-8")
    value.append(f"<{_one_address(who.address)}>", "us-ascii")
    return _folded(header, value)


def _folded(name: str, value: Header) -> str:
    return f"{name}: " + value.encode(maxlinelen=_LONGEST_LINE, linesep="\r\n")


def _one_address(text: str) -> str:
    try:
        address = Address(addr_spec=text).addr_spec
    except (ValueError, IndexError, MessageError) as fault:
        raise Unwritable("not an e-mail address") from fault
    if not address.isascii() or "@" not in address:
        raise Unwritable("not an e-mail address")
    return address
