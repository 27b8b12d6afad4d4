"""What an agency is told about its answer on paper: that it was recorded, that a record was taken back.

Pure functions like those of ``letters``: they send nothing, store nothing, know no clock.
"""

from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.citing import WHOLE
from consult.domain.dates import printed_moment, short_date
from consult.domain.keyed import KeyedAnswer
from consult.domain.terms import Channel
from consult.domain.wording import counted
from consult.mail.occasion import Addressee, Occasion
from consult.mail.parts import Button, Facts, Items, Letter, Link, Part, Words
from consult.mail.phrases import contact, draft, opening, short

_CAME = {
    Channel.PAPER: "văn bản giấy",
    Channel.EXCHANGE: "qua trục liên thông văn bản",
    Channel.EMAIL: "qua thư điện tử",
}


@dataclass(frozen=True)
class Recorded:
    """An answer as it was recorded from a letter."""

    code: str
    digest: str
    late: bool


def recorded(occasion: Occasion, addressee: Addressee, facts: Recorded, answer: KeyedAnswer) -> Letter:
    """Confirm that a letter came and what was recorded from it ("phiếu xác nhận")."""
    return Letter(
        f"Phiếu xác nhận đã nhận văn bản góp ý {facts.code}: {occasion.title}",
        addressee.name,
        (
            Words(
                f"{opening(occasion)} xác nhận đã nhận được {letter_of(answer.letter.number, answer.letter.day)} của "
                f"{addressee.name} góp ý đối với {draft(occasion)}; nội dung dưới đây được ghi nhận theo văn bản đó."
            ),
            Facts(_rows(facts, answer)),
            *_comments(answer),
            Button("Xem phiếu xác nhận", Link.RECEIPT),
            Words(
                "Trường hợp nội dung ghi nhận không đúng với văn bản, đề nghị Quý cơ quan thông báo cho đầu mối "
                "liên hệ để đính chính."
            ),
            *contact(occasion),
        ),
        occasion.lead_agency,
    )


def letter_of(number: str, day: date | None) -> str:
    """Return "văn bản góp ý số 864/UBND ngày 22/4/2020", as much of it as is known."""
    return "văn bản góp ý" + (f" số {number}" if number else "") + (f" ngày {short_date(day)}" if day else "")


def _rows(facts: Recorded, answer: KeyedAnswer) -> tuple[tuple[str, str], ...]:
    letter = answer.letter
    late = " (gửi sau thời hạn)" if facts.late else ""
    written = counted(len(answer.comments)) if answer.comments else "không có"
    return (
        ("Mã phiếu xác nhận", facts.code),
        ("Ngày đến", short_date(letter.received_on) + late),
        ("Hình thức", _CAME[letter.channel]),
        ("Ý kiến chung", letter.stance.value),
        ("Số ý kiến góp ý", "văn bản Mật, không nhập nội dung" if letter.secret else written),
        ("Mã đối chiếu (SHA-256)", facts.digest),
    )


def _comments(answer: KeyedAnswer) -> tuple[Part, ...]:
    rows = tuple((each.cited or WHOLE, short(each.content or each.proposed_text)) for each in answer.comments)
    return (Items("Các ý kiến góp ý (trích)", rows),) if rows else ()


def taken_back(occasion: Occasion, addressee: Addressee, code: str, again: str, now: datetime) -> Letter:
    """Tell that a record was a mistake; ``again`` is the receipt of the online answer in force again, "" for none."""
    stands = (
        f"Ý kiến Quý cơ quan đã gửi trên trang lấy ý kiến (mã phiếu {again}) tiếp tục có giá trị."
        if again
        else "Từ thời điểm này Quý cơ quan được tính là chưa gửi văn bản góp ý."
    )
    return Letter(
        f"Đã hủy ghi nhận văn bản góp ý {code}: {occasion.title}",
        addressee.name,
        (
            Words(
                f"{opening(occasion)} thông báo: văn bản góp ý đối với {draft(occasion)} được ghi nhận cho "
                f"{addressee.name} (mã phiếu {code}) là do nhầm lẫn và đã được hủy lúc {printed_moment(now)}. {stands}"
            ),
            Words(
                "Trường hợp Quý cơ quan đã gửi văn bản góp ý, đề nghị thông báo cho đầu mối liên hệ để kiểm tra lại."
            ),
            *contact(occasion),
        ),
        occasion.lead_agency,
    )
