"""The letter about a draft that was corrected or replaced after it was published."""

from dataclasses import dataclass
from datetime import date

from consult.domain.dates import short_date
from consult.domain.terms import NoticeKind
from consult.domain.wording import counted
from consult.mail.occasion import Addressee, Occasion
from consult.mail.parts import Button, Facts, Items, Letter, Link, Part, Words
from consult.mail.phrases import contact, deadline, draft, opening

_MOST_PLACES = 30


@dataclass(frozen=True)
class CorrectionFacts:
    """A correction as an agency is told of it.

    ``part`` names the text where a round has several; ``places`` are (cited place, what happened); ``moved`` counts
    those that have another number alone, ``comments`` the agency's own at changed places; ``takes`` says whether
    answers are still taken.
    """

    kind: NoticeKind
    reason: str
    letter_number: str
    letter_date: date | None
    part: str
    places: tuple[tuple[str, str], ...]
    moved: int
    comments: int
    takes: bool


def corrected(occasion: Occasion, addressee: Addressee, facts: CorrectionFacts) -> Letter:
    """Tell an agency what changed, what becomes of its comments, and what it may do."""
    act = facts.kind.value
    parts: tuple[Part, ...] = (
        Words(f"{opening(occasion)} thông báo {act} {draft(occasion)}{_by_letter(facts)}."),
        Facts(_rows(occasion, facts)),
        *_places(facts),
        Words(_comments(facts)),
        Button("Xem dự thảo và ý kiến của Quý cơ quan", Link.INVITATION),
        *contact(occasion),
    )
    return Letter(f"{act.capitalize()} dự thảo: {occasion.title}", addressee.name, parts, occasion.lead_agency)


def _by_letter(facts: CorrectionFacts) -> str:
    if not facts.letter_number:
        return ""
    day = f" ngày {short_date(facts.letter_date)}" if facts.letter_date else ""
    return f", theo Công văn số {facts.letter_number}{day}"


def _rows(occasion: Occasion, facts: CorrectionFacts) -> tuple[tuple[str, str], ...]:
    part = (("Văn bản được thay đổi", facts.part),) if facts.part else ()
    return (*part, ("Lý do", facts.reason), ("Thời hạn gửi ý kiến", deadline(occasion)))


def _places(facts: CorrectionFacts) -> tuple[Part, ...]:
    rows = [(f"{place[:1].upper()}{place[1:]}", what) for place, what in facts.places[:_MOST_PLACES]]
    more = len(facts.places) - _MOST_PLACES
    told: list[Part] = [Items("Những vị trí thay đổi", tuple(rows))] if rows else []
    told += [Words(f"Và {counted(more)} vị trí khác, xem trên trang lấy ý kiến.")] if more > 0 else []
    told += [Words(f"Ngoài ra, {counted(facts.moved)} vị trí chỉ thay đổi số thứ tự.")] if facts.moved else []
    return tuple(told)


def _comments(facts: CorrectionFacts) -> str:
    kept = "Ý kiến của Quý cơ quan được giữ nguyên và gắn với vị trí tương ứng của dự thảo mới"
    if not facts.comments:
        again = " Quý cơ quan có thể bổ sung, gửi lại ý kiến trong thời hạn trên." if facts.takes else ""
        return f"{kept}.{again}"
    own = f"{counted(facts.comments)} ý kiến ở vị trí đã thay đổi"
    if not facts.takes:
        return f"{kept}; {own} được ghi rõ như vậy."
    return f"{kept}. Đề nghị Quý cơ quan xem lại {own}; nếu cần sửa, đề nghị sửa và gửi lại trong thời hạn trên."
