"""Reads a letter that came back (RFC 3464 and the plain ones of older servers), as a file that somebody hands in.

Such a file is a stranger's: it is small or refused, it is parsed by the standard library alone, and nothing of it is
kept but the numbers of our letters that it names and one short reason without addresses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, Message
from itertools import islice

from consult.mail.transport import short_reason

MOST_BYTES = 1_000_000
_MOST_PARTS = 100
_OURS = re.compile(rb"<\s*([0-9a-f]{32})@[^<>\s]{1,255}>")
_ACTION = re.compile(r"^Action:\s*(\w+)", re.MULTILINE | re.IGNORECASE)
_STATUS = re.compile(r"^Status:\s*([245]\.\d{1,3}\.\d{1,3})", re.MULTILINE | re.IGNORECASE)
_DIAGNOSIS = re.compile(r"^Diagnostic-Code:\s*(?:smtp;\s*)?(.+(?:\n[ \t].+)*)", re.MULTILINE | re.IGNORECASE)
_REFUSAL = re.compile(r"\b5\d\d[ -](?:#?5\.\d{1,3}\.\d{1,3})?.*|\b5\.\d{1,3}\.\d{1,3}\b.*")
_MACHINE = re.compile(r"mailer-daemon|postmaster|mail delivery|<>", re.IGNORECASE)


@dataclass(frozen=True)
class Bounce:
    """What a file says: the numbers (``public_id``) of our letters that it names, whether one failed for good, why."""

    letters: frozenset[str]
    failed: bool
    reason: str


def read_bounce(data: bytes) -> Bounce | None:
    """Read the file; None when it is too large or no message."""
    if len(data) > MOST_BYTES:
        return None
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = list(islice(message.walk(), _MOST_PARTS))
        bodies = [data, *(_decoded(part) for part in parts)]
        told = "\n".join(_status_fields(parts))
    except (MessageError, ValueError, LookupError, RecursionError):
        return None
    if not message.keys():
        return None
    letters = frozenset(found.decode() for body in bodies for found in _OURS.findall(body))
    return _reported(letters, told) if told else _plain(letters, message, parts)


def _reported(letters: frozenset[str], told: str) -> Bounce:
    action, status, diagnosis = _ACTION.search(told), _STATUS.search(told), _DIAGNOSIS.search(told)
    failed = bool(action and action[1].lower() == "failed")
    words = diagnosis[1] if diagnosis else status[1] if status else ""
    if diagnosis and status and status[1] not in words:
        words = f"{status[1]} {words}"
    return Bounce(letters, failed, short_reason(words))


def _plain(letters: frozenset[str], message: Message, parts: list[Message]) -> Bounce:
    """A report in words alone counts only from a mail server, or an answer of the agency would be taken for one."""
    sender = f"{message.get('From', '')} {message.get('Return-Path', '')}"
    texts = (_decoded(part).decode("utf-8", "replace") for part in parts if part.get_content_type() == "text/plain")
    refusal = next(filter(None, (_REFUSAL.search(text) for text in texts)), None)
    return Bounce(letters, bool(refusal and _MACHINE.search(sender)), short_reason(refusal[0]) if refusal else "")


def _status_fields(parts: list[Message]) -> Iterator[str]:
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            blocks = payload if isinstance(payload, list) else [payload]
            yield from (str(block) for block in blocks)


def _decoded(part: Message | EmailMessage) -> bytes:
    if part.is_multipart():
        return str(part.get("Message-ID", "")).encode("utf-8", "replace")
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
