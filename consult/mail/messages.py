"""One letter as the bytes of an Internet message (RFC 5322, MIME): text and HTML, headers that nobody can break out of.

Python 3.11's ``EmailPolicy`` loses a blank here and there where it folds a long Vietnamese header, and Flask-Mail's
own message leaves long lines unfolded, which servers refuse. So headers are ``Header`` objects, bodies are
quoted-printable and no line is longer than 78 octets. Knows no server.
"""

from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.contentmanager import raw_data_manager
from email.errors import MessageError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from consult.domain.wording import clean_line

_POLICY = policy.compat32.clone(linesep="\r\n", max_line_length=76)


class Unwritable(Exception):
    """The letter cannot be put into a message (its address is none)."""


@dataclass(frozen=True)
class Mailbox:
    """A name, possibly empty, and an address."""

    name: str
    address: str


@dataclass(frozen=True)
class Outgoing:
    """A letter with its links filled in, ready to leave; ``name`` is what a file of it is called."""

    name: str
    message_id: str
    date: datetime
    sender: Mailbox
    to: Mailbox
    reply_to: str
    subject: str
    text: str
    html: str


def mailbox(text: str) -> Mailbox:
    """Read "Name <address>" or a bare address, as settings hold it."""
    return Mailbox(*parseaddr(text))


def compose(outgoing: Outgoing) -> EmailMessage:
    """Write the message.

    Raises:
        Unwritable: an address is not one single ASCII address.
    """
    message = EmailMessage(policy=_POLICY)
    message["Message-ID"] = outgoing.message_id
    message["Date"] = format_datetime(outgoing.date)
    message["From"] = _person("From", outgoing.sender)
    message["To"] = _person("To", outgoing.to)
    if outgoing.reply_to:
        message["Reply-To"] = _person("Reply-To", Mailbox("", outgoing.reply_to))
    message["Subject"] = Header(clean_line(outgoing.subject), "utf-8", header_name="Subject")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(outgoing.text, cte="quoted-printable", content_manager=raw_data_manager)
    message.add_alternative(outgoing.html, subtype="html", cte="quoted-printable", content_manager=raw_data_manager)
    message["Content-Language"] = "vi"
    return message


def as_bytes(outgoing: Outgoing) -> bytes:
    """Write the message with CRLF line ends; raises ``Unwritable`` as ``compose`` does."""
    return compose(outgoing).as_bytes()


def _person(header: str, who: Mailbox) -> Header:
    """Return an address header; the name always as encoded words, so that no character of it has a meaning there."""
    value = Header(header_name=header)
    if who.name:
        value.append(clean_line(who.name), "utf-8")
    value.append(f"<{_one_address(who.address)}>", "us-ascii")
    return value


def _one_address(text: str) -> str:
    try:
        address = Address(addr_spec=text).addr_spec
    except (ValueError, IndexError, MessageError) as fault:
        raise Unwritable("not an e-mail address") from fault
    if not address.isascii() or "@" not in address:
        raise Unwritable("not an e-mail address")
    return address
