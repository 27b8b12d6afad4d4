"""The phrases that several letters share: how a letter opens, how a deadline reads, whom to ask."""

from datetime import datetime

from consult.domain.dates import printed_deadline, short_date
from consult.domain.errors import RoundClosed
from consult.domain.terms import SilenceRule
from consult.domain.window import Phase, Window, local
from consult.domain.wording import opening_words
from consult.mail.occasion import Occasion, ReceiptFacts
from consult.mail.parts import Part, Words

_SHORT_WORDS = 40
_SHORT_LETTERS = 300


def opening(occasion: Occasion) -> str:
    """Return the start of the first sentence, from the office's own letter where it has a number, to its name."""
    if not occasion.letter_number:
        return occasion.lead_agency
    day = f" ngày {short_date(occasion.letter_date)}" if occasion.letter_date else ""
    return f"Tiếp theo Công văn số {occasion.letter_number}{day}, {occasion.lead_agency}"


def standing(occasion: Occasion) -> str:
    """Return how the e-mail stands to the office's letter: beside it, never in its place."""
    return "; thư này không thay thế Công văn nêu trên" if occasion.letter_number else ""


def draft(occasion: Occasion) -> str:
    """Return what opinions are asked on: dự thảo “…” (Dự thảo lần 1)."""
    label = f" ({occasion.round_label})" if occasion.round_label else ""
    return f"dự thảo “{occasion.title}”{label}"


def deadline(occasion: Occasion) -> str:
    """Return the letter's own wording and what it means on the clock, with the weekday."""
    return f"{occasion.deadline_text}, tức là {printed_deadline(occasion.window)}"


def last_moment(window: Window) -> str:
    """Return until when an answer can be changed, late answers included ("đến hết …", "trước …")."""
    return printed_deadline(window.closing(window.ends_at()))


def time_left(window: Window, now: datetime) -> str:
    """Return how long is left at ``now``, in days, since a letter may be read a day later.

    Raises:
        RoundClosed: nothing is taken any more.
    """
    phase = window.phase(now)
    if phase is Phase.CLOSED:
        raise RoundClosed("the round is closed: there is nothing to remind of")
    if phase is Phase.LATE:
        return f"đã quá thời hạn; vẫn tiếp nhận {last_moment(window)} và ghi nhận là gửi sau thời hạn"
    today, days = short_date(local(now).date()), window.days_left(now)
    return f"còn {days} ngày, tính từ {today}" if days else f"{today} là ngày cuối cùng"


def silence(occasion: Occasion) -> tuple[Part, ...]:
    """Return what silence means, only where the office's letter announced that it counts as agreement."""
    if occasion.silence is not SilenceRule.AGREES:
        return ()
    ground = f" (căn cứ {occasion.silence_ground})" if occasion.silence_ground else ""
    return (
        Words(
            f"Quá thời hạn trên, cơ quan, đơn vị không gửi ý kiến được xem là thống nhất với nội dung dự thảo{ground}."
        ),
    )


def own_words(text: str) -> tuple[Part, ...]:
    """Return the office's own words, a paragraph a line."""
    return tuple(Words(line.strip()) for line in text.split("\n") if line.strip())


def missing_letter(facts: ReceiptFacts) -> tuple[Part, ...]:
    """Return what is still awaited of an answer that needs a signed letter."""
    if not facts.awaiting_letter:
        return ()
    return (
        Words(
            "Còn thiếu: số, ngày của văn bản góp ý chính thức. Khi văn bản được ký, Quý cơ quan bổ sung số, ngày tại "
            "trang phiếu xác nhận, kể cả sau thời hạn; không phải gửi lại ý kiến."
        ),
    )


def contact(occasion: Occasion) -> tuple[Part, ...]:
    """Return whom to ask, with what the office entered of office, telephone and address."""
    means = [occasion.contact_office]
    means += [f"điện thoại {occasion.contact_phone}"] if occasion.contact_phone else []
    means += [f"thư điện tử {occasion.contact_email}"] if occasion.contact_email else []
    told = "; ".join(filter(None, means))
    return (Words(f"Đầu mối liên hệ: {told}."),) if told else ()


def short(content: str) -> str:
    """Return the opening of a comment on one line: at most 40 words and 300 characters."""
    words = opening_words(content, _SHORT_WORDS)
    return words if len(words) <= _SHORT_LETTERS else words[: _SHORT_LETTERS - 1] + "…"
