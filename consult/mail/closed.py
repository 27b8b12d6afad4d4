"""The letter after the close, where the office wants one: the time is over, and whether an answer was received."""

from dataclasses import dataclass

from consult.domain.dates import printed_deadline
from consult.domain.terms import SilenceRule, Stance
from consult.mail.letters import to_agency
from consult.mail.occasion import Addressee, Occasion
from consult.mail.parts import Button, Facts, Letter, Link, Part, Words
from consult.mail.phrases import draft, opening


@dataclass(frozen=True)
class Received:
    """The answer in force of an agency: receipt, stance, whether it came late, whether its letter is awaited."""

    code: str
    stance: Stance
    late: bool
    awaiting_letter: bool


def closed(occasion: Occasion, addressee: Addressee, received: Received | None) -> Letter:
    """Say that no more answers are taken, and what was received; ``received`` is None for a silent agency.

    What silence means is said to a silent agency alone, and only where the office's letter announced it.
    """
    parts = _received(addressee, received) if received else _silent(occasion, addressee)
    link = Link.RECEIPT if received else Link.INVITATION
    return to_agency(
        occasion,
        addressee,
        f"Đã kết thúc lấy ý kiến: {occasion.title}",
        Words(f"{opening(occasion)} thông báo đã kết thúc thời hạn lấy ý kiến đối với {draft(occasion)}."),
        Facts((("Thời hạn gửi ý kiến", printed_deadline(occasion.window)), *_rows(received))),
        *parts,
        Button("Xem phiếu xác nhận" if received else "Mở trang góp ý", link),
    )


def _rows(received: Received | None) -> tuple[tuple[str, str], ...]:
    if received is None:
        return (("Ý kiến của Quý cơ quan", "chưa nhận được"),)
    late = " (gửi sau thời hạn)" if received.late else ""
    return (
        ("Ý kiến của Quý cơ quan", f"đã nhận{late}"),
        ("Ý kiến chung", received.stance.value),
        ("Mã phiếu xác nhận", received.code),
    )


def _received(addressee: Addressee, received: Received) -> tuple[Part, ...]:
    thanks = Words(f"Trân trọng cảm ơn {addressee.name} đã gửi ý kiến.")
    if not received.awaiting_letter:
        return (thanks,)
    missing = "Số, ngày của văn bản góp ý chính thức còn thiếu; Quý cơ quan bổ sung được trên trang phiếu xác nhận."
    return (thanks, Words(missing))


def _silent(occasion: Occasion, addressee: Addressee) -> tuple[Part, ...]:
    told: tuple[Part, ...] = ()
    if occasion.silence is SilenceRule.AGREES:
        ground = f" (căn cứ {occasion.silence_ground})" if occasion.silence_ground else ""
        told = (Words(f"{addressee.name} được xem là thống nhất với nội dung dự thảo{ground}."),)
    sent = "Trường hợp Quý cơ quan đã gửi văn bản góp ý, đề nghị thông báo cho đầu mối liên hệ để đối chiếu."
    return (*told, Words(sent))
