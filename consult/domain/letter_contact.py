"""Whom a letter names for questions: office, telephone, e-mail. It may be a person's own: officials choose."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Contact:
    """The office to turn to, as printed; "" for what the letter does not name."""

    office: str
    phone: str
    email: str


_BLOCK = re.compile(
    r"(?:thông tin|chi tiết|đầu mối|xin|vui lòng|đề nghị)?\s*liên hệ\b(?:\s+(?:về|với|qua|đến|theo|tới))?",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+")
_PHONE = re.compile(
    r"(?:điện thoại|số máy|(?<!\w)(?:s?đt|tel|dđ)\b)[^\d(+:]{0,20}[:.]?\s*(?P<phone>[(+]?\d[\d\s().–-]{6,22}\d)",
    re.IGNORECASE,
)
_AFTER_OFFICE = re.compile(
    r"[;(]|\bs?đt\b|điện thoại|số máy|\btel\b|e-?mail|thư điện tử|hộp thư|địa chỉ|[.]\s|[.]/[.]|\d{4}", re.IGNORECASE
)
_FILLER = re.compile(r"^(?:\W|xin|vui lòng|liên hệ|là|về|qua|với|trực tiếp)+", re.IGNORECASE)


def contact_of(body: str) -> Contact:
    """Return the contact from the running text of a letter: its last block about "liên hệ", else its last address."""
    blocks = list(_BLOCK.finditer(body))
    block = body[blocks[-1].end() :] if blocks else ""
    emails = _EMAIL.findall(block) or _EMAIL.findall(body)[-1:]
    phone = _PHONE.search(block)
    return Contact(_office(block), " ".join(phone["phone"].split()) if phone else "", _email(emails))


def _office(block: str) -> str:
    text = _FILLER.sub("", block)
    end = _AFTER_OFFICE.search(text)
    return text[: end.start()].strip(" ,:-–") if end and end.start() < 200 else ""


def _email(found: list[str]) -> str:
    return "".join(found[0].split()).rstrip(".") if found else ""
