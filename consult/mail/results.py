"""The letter of the result: what an agency said, place by place, and what the lead agency answers. Pure words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.dates import printed_moment, short_date
from consult.domain.terms import Stance
from consult.domain.wording import counted
from consult.mail.occasion import Addressee, Occasion
from consult.mail.parts import Button, Facts, Items, Letter, Link, Part, Words
from consult.mail.phrases import contact, draft, opening, short

MOST_ROWS = 50


@dataclass(frozen=True)
class AnsweredComment:
    """A comment as it was answered, both already cut for a letter; ``place`` as it is cited."""

    place: str
    said: str
    answered: str


@dataclass(frozen=True)
class ResultFacts:
    """What one agency is told: its stance, the first of its comments, how many there are, the letter that goes along.

    ``letter`` is the office's letter about the result in words ("Công văn số … ngày …"), "" without one.
    """

    stance: Stance
    comments: tuple[AnsweredComment, ...]
    total: int
    letter: str = ""


def cut(words: str) -> str:
    """Return the opening of a comment or an answer, on one line, as a letter can carry it."""
    return short(" ".join(words.split()))


def result(occasion: Occasion, addressee: Addressee, facts: ResultFacts) -> Letter:
    """Tell an agency that answered what became of it."""
    along = f" Kết quả được gửi kèm theo {facts.letter}." if facts.letter else ""
    parts: list[Part] = [
        Words(
            f"{opening(occasion)} thông báo kết quả tổng hợp, tiếp thu, giải trình ý kiến góp ý đối với "
            f"{draft(occasion)}.{along}"
        ),
        Words(_stood(addressee, facts)),
        *_rows(facts.comments),
    ]
    more = facts.total - len(facts.comments)
    if more > 0:
        parts.append(Words(f"Còn {counted(more)} ý kiến khác của Quý cơ quan: xem đầy đủ trên trang."))
    parts.append(Button("Xem kết quả tiếp thu, giải trình", Link.INVITATION))
    parts += contact(occasion)
    subject = f"Kết quả tiếp thu, giải trình ý kiến góp ý: {occasion.title}"
    return Letter(subject, addressee.name, tuple(parts), occasion.lead_agency)


def taken_back(occasion: Occasion, addressee: Addressee, public_since: datetime, reason: str) -> Letter:
    """Tell an agency that got the result that it does not hold any more, and that it will be told of the next one."""
    parts: list[Part] = [
        Words(
            f"{opening(occasion)} thông báo thu hồi kết quả tổng hợp, tiếp thu, giải trình ý kiến góp ý đối với "
            f"{draft(occasion)} đã gửi {addressee.name}."
        ),
        Facts((("Kết quả được thu hồi", f"công bố {printed_moment(public_since)}"), ("Lý do", reason))),
        Words(
            f"Ý kiến của {addressee.name} được giữ nguyên; đề nghị không sử dụng kết quả đã gửi. "
            "Kết quả thay thế sẽ được công bố và thông báo sau."
        ),
        Button("Mở trang góp ý", Link.INVITATION),
        *contact(occasion),
    ]
    subject = f"Thu hồi kết quả tiếp thu, giải trình ý kiến góp ý: {occasion.title}"
    return Letter(subject, addressee.name, tuple(parts), occasion.lead_agency)


def letter_words(number: str, day: date | None) -> str:
    """Return the office's letter about the result in words, "" where there is none."""
    if not number and not day:
        return ""
    return "Công văn" + (f" số {number}" if number else "") + (f" ngày {short_date(day)}" if day else "")


def _stood(addressee: Addressee, facts: ResultFacts) -> str:
    told = f"Ý kiến chung của {addressee.name}: {facts.stance.value}"
    if not facts.total:
        return f"{told}. {addressee.name} không có ý kiến góp ý cụ thể; trân trọng cảm ơn sự phối hợp của Quý cơ quan."
    return f"{told}; số ý kiến góp ý: {counted(facts.total)}. Trân trọng cảm ơn ý kiến của Quý cơ quan."


def _rows(comments: Sequence[AnsweredComment]) -> tuple[Part, ...]:
    rows = tuple((each.place, f"{each.said} – Tiếp thu, giải trình: {each.answered}") for each in comments)
    return (Items("Ý kiến góp ý và tiếp thu, giải trình (trích)", rows),) if rows else ()
