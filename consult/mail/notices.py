"""What the letters about an act of the office say: another close, a withdrawal, a request taken back; in Vietnamese.

Pure functions like those of ``letters``: they begin from the office's own letter, name the letter about the act where
there is one, and give the reason.
"""

from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.dates import printed_deadline, printed_moment, short_date
from consult.domain.window import Window
from consult.mail.letters import to_agency
from consult.mail.occasion import Addressee, Occasion
from consult.mail.parts import Button, Facts, Letter, Link, Words
from consult.mail.phrases import draft, last_moment, opening, silence


@dataclass(frozen=True)
class ActFacts:
    """Why the office acts, and number and date of its letter about it ("" and None without one)."""

    reason: str
    letter_number: str
    letter_date: date | None


def extended(occasion: Occasion, addressee: Addressee, before: Window, act: ActFacts) -> Letter:
    """Say that the agency has longer; ``before`` is the window that held for it."""
    return to_agency(
        occasion,
        addressee,
        f"Gia hạn góp ý {printed_deadline(occasion.window)}: {occasion.title}",
        Words(
            f"{opening(occasion)} thông báo gia hạn thời hạn gửi ý kiến của {addressee.name} đối với {draft(occasion)}"
            f"{_by(act)}."
        ),
        Facts((*_deadlines(occasion, before), *_why(act))),
        *silence(occasion),
        Button("Mở trang góp ý", Link.INVITATION),
        Words(
            "Ý kiến đã gửi trước thời hạn cũ vẫn có giá trị; Quý cơ quan có thể gửi lại để thay thế trong thời hạn mới."
        ),
    )


def late_allowed(occasion: Occasion, addressee: Addressee, act: ActFacts) -> Letter:
    """Say that answers are still taken after the close, and how they are marked."""
    return to_agency(
        occasion,
        addressee,
        f"Tiếp nhận ý kiến gửi sau thời hạn: {occasion.title}",
        Words(
            f"{opening(occasion)} thông báo tiếp tục tiếp nhận ý kiến của {addressee.name} đối với {draft(occasion)} "
            f"sau khi hết thời hạn{_by(act)}. Ý kiến gửi trong thời gian này được ghi nhận là gửi sau thời hạn."
        ),
        Facts(
            (
                ("Thời hạn gửi ý kiến", printed_deadline(occasion.window)),
                ("Tiếp nhận", last_moment(occasion.window)),
                *_why(act),
            )
        ),
        Button("Mở trang góp ý", Link.INVITATION),
    )


def closed_early(occasion: Occasion, addressee: Addressee, before: Window, act: ActFacts) -> Letter:
    """Say that the time for answers ends sooner; ``before`` is the window that held for the agency."""
    return to_agency(
        occasion,
        addressee,
        f"Kết thúc sớm việc lấy ý kiến: {occasion.title}",
        Words(
            f"{opening(occasion)} thông báo kết thúc sớm việc lấy ý kiến đối với {draft(occasion)}{_by(act)}. Nội dung "
            f"{addressee.name} đã soạn trên trang lấy ý kiến vẫn xem được."
        ),
        Facts((*_deadlines(occasion, before), *_why(act))),
        Button("Mở trang góp ý", Link.INVITATION),
    )


def withdrawn(occasion: Occasion, addressee: Addressee, at: datetime, act: ActFacts) -> Letter:
    """Say that the whole consultation was withdrawn and that no answer is needed any more."""
    return to_agency(
        occasion,
        addressee,
        f"Rút hồ sơ lấy ý kiến: {occasion.title}",
        Words(
            f"{opening(occasion)} thông báo rút hồ sơ lấy ý kiến đối với {draft(occasion)}{_by(act)}. "
            f"Đề nghị {addressee.name} dừng việc góp ý; từ thời điểm rút, trang lấy ý kiến không tiếp nhận ý kiến."
        ),
        Facts((("Thời điểm rút", printed_moment(at)), *_why(act))),
    )


def taken_back(occasion: Occasion, addressee: Addressee, at: datetime, act: ActFacts) -> Letter:
    """Say that the request to this one agency was taken back."""
    return to_agency(
        occasion,
        addressee,
        f"Rút đề nghị góp ý: {occasion.title}",
        Words(
            f"{opening(occasion)} rút đề nghị {addressee.name} góp ý đối với {draft(occasion)}{_by(act)}. Quý cơ quan "
            "không phải gửi ý kiến; liên kết đã gửi không còn hiệu lực."
        ),
        Facts((("Thời điểm rút", printed_moment(at)), *_why(act))),
    )


def _deadlines(occasion: Occasion, before: Window) -> tuple[tuple[str, str], ...]:
    return (("Thời hạn mới", printed_deadline(occasion.window)), ("Thời hạn cũ", printed_deadline(before)))


def _by(act: ActFacts) -> str:
    """Return the office's letter about the act as the end of a sentence."""
    if not act.letter_number:
        return ""
    day = f" ngày {short_date(act.letter_date)}" if act.letter_date else ""
    return f", theo Công văn số {act.letter_number}{day}"


def _why(act: ActFacts) -> tuple[tuple[str, str], ...]:
    return (("Lý do", act.reason),)
