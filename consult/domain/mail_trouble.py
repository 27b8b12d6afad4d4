"""What kept a letter from arriving, told from what the record keeps of a fault. Pure.

That is what a mail server said, by number (RFC 3463, RFC 5321) or in words, or the kind of the fault met on the way.
"""

import re
from enum import Enum


class Trouble(Enum):
    """Why a letter did not arrive; the value is the sentence that letters to officials have for it."""

    NO_ADDRESS = "Đây không phải là địa chỉ thư điện tử; đề nghị sửa lại."
    CERTIFICATE = "Chứng thư số của máy chủ thư không hợp lệ; cần báo người quản trị kiểm tra."
    FULL = "Hộp thư của cơ quan đã đầy; đề nghị gọi điện cho cơ quan."
    NO_MAILBOX = "Không có hộp thư này; đề nghị hỏi cơ quan địa chỉ đúng."
    NO_SERVER = "Không tìm thấy máy chủ thư của cơ quan; đề nghị xem lại địa chỉ."
    AGAINST_RULES = "Máy chủ thư từ chối thư theo quy tắc riêng; cần báo người quản trị."
    TOO_LARGE = "Thư quá lớn đối với máy chủ thư."
    LATER = "Máy chủ thư đề nghị gửi lại sau."
    REFUSED = "Máy chủ thư từ chối thư; đề nghị xem lại địa chỉ hoặc gọi điện cho cơ quan."
    UNREACHABLE = "Không kết nối được với máy chủ thư."
    UNKNOWN = "Không gửi được thư."


# Four numbers with dots between are an address of a machine and no status.
_STATUS = re.compile(r"(?<![\d.])[45]\.(\d{1,3})\.(\d{1,3})\b(?!\.\d)")
_BY_STATUS = {
    ("1", "1"): Trouble.NO_MAILBOX,
    ("1", "2"): Trouble.NO_SERVER,
    ("1", "3"): Trouble.NO_MAILBOX,
    ("1", "6"): Trouble.NO_MAILBOX,
    ("1", "10"): Trouble.NO_SERVER,
    ("2", "2"): Trouble.FULL,
    ("2", "3"): Trouble.TOO_LARGE,
    ("3", "4"): Trouble.TOO_LARGE,
    ("4", "1"): Trouble.NO_SERVER,
    ("4", "4"): Trouble.NO_SERVER,
}
_BY_WORDS = tuple(
    (re.compile(pattern, re.IGNORECASE), trouble)
    for pattern, trouble in (
        (r"not an e-mail address", Trouble.NO_ADDRESS),
        (r"CERTIFICATE_VERIFY_FAILED", Trouble.CERTIFICATE),
        (r"^(\w+Error|SMTP\w+): ", Trouble.UNREACHABLE),
        (r"too (large|big)|message size", Trouble.TOO_LARGE),
        (r"full|quota|^[45]52\b", Trouble.FULL),
        (r"unknown|no such|not exist", Trouble.NO_MAILBOX),
        (r"spam|block|policy", Trouble.AGAINST_RULES),
        (r"^4(\d\d\b|\.\d)", Trouble.LATER),
        (r"^5(\d\d\b|\.\d)", Trouble.REFUSED),
        (r"Timeout|Connection|Server|gaierror|SMTP|SSL|OSError", Trouble.UNREACHABLE),
    )
)


def trouble_of(fault: str) -> Trouble:
    """Return why a letter did not arrive; the status that a server gives counts before its other words."""
    status = _STATUS.search(fault)
    if status and status[1] == "7":
        return Trouble.AGAINST_RULES
    if status and status.groups() in _BY_STATUS:
        return _BY_STATUS[status[1], status[2]]
    return next((trouble for pattern, trouble in _BY_WORDS if pattern.search(fault)), Trouble.UNKNOWN)
