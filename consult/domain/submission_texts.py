"""Two texts for the dossier that goes up with a draft: how the consultation went, and which opinions were not taken.

Numbers of bodies and opinions are written as documents write them ("07 đơn vị"); what is nought is not said. It knows
no page.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consult.domain.dates import moment_in_title, short_date
from consult.domain.synthesis import Body, Opinion, Summary
from consult.domain.terms import Disposition, SilenceRule
from consult.domain.wording import counted

HEADS = ("TT", "Vị trí trong dự thảo", "Cơ quan, đơn vị", "Nội dung góp ý", "Lý do không tiếp thu")
_MOST_NAMED = 10
_NOT_TAKEN = (Disposition.NOT_ACCEPTED, Disposition.PARTLY_ACCEPTED)
_RESULTS = {
    Disposition.ACCEPTED: "tiếp thu {} ý kiến",
    Disposition.PARTLY_ACCEPTED: "tiếp thu một phần {} ý kiến",
    Disposition.EXPLAINED: "giải trình, làm rõ {} ý kiến",
    Disposition.NOT_ACCEPTED: "không tiếp thu {} ý kiến",
    Disposition.NOTED: "ghi nhận {} ý kiến",
}


@dataclass(frozen=True)
class NotTaken:
    """An opinion that was not taken, or in part, in the cells of the table."""

    number: int
    place: str
    body: str
    content: str
    reason: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells in the order of ``HEADS``."""
        return counted(self.number), self.place, self.body, self.content, self.reason


@dataclass(frozen=True)
class SubmissionTexts:
    """The paragraph for the tờ trình, and the table."""

    paragraph: str
    not_taken: tuple[NotTaken, ...]


def submission_texts(summary: Summary, opinions: Iterable[Opinion]) -> SubmissionTexts:
    """Read the opinions once and return both texts."""
    results: Counter[Disposition | None] = Counter()
    kept: list[NotTaken] = []
    for opinion in opinions:
        results[opinion.disposition] += 1
        if opinion.disposition in _NOT_TAKEN:
            kept.append(_not_taken(len(kept) + 1, opinion))
    sentences = (_asked(summary), _answered(summary), *_peculiar(summary), *_opinions(summary, results))
    return SubmissionTexts(" ".join(sentences), tuple(kept))


def _not_taken(number: int, opinion: Opinion) -> NotTaken:
    proposed = f"Đề nghị sửa thành: “{opinion.proposed_passage}”" if opinion.proposed_passage else ""
    content = "\n".join(filter(None, (opinion.content, proposed)))
    place = f"{opinion.place[:1].upper()}{opinion.place[1:]}"
    part = "Tiếp thu một phần. " if opinion.disposition is Disposition.PARTLY_ACCEPTED else ""
    sentence = opinion.response or ""
    reason = sentence if part.strip(" .").casefold() in sentence.casefold() else f"{part}{sentence}"
    return NotTaken(number, place, opinion.body.name, content, reason)


def _asked(summary: Summary) -> str:
    number = f" số {summary.letter_number}" if summary.letter_number else ""
    day = f" ngày {short_date(summary.letter_date)}" if summary.letter_date else ""
    letter = f"có Công văn{number}{day} " if number or day else ""
    return f"{summary.lead_agency} đã {letter}lấy ý kiến {_bodies(summary.invited)} đối với {summary.subject}."


def _answered(summary: Summary) -> str:
    """Return how many answered and how: agreeing, with opinions, without opinion; and who is silent."""
    until = f"Đến {moment_in_title(summary.provisional_at)}" if summary.provisional_at else "Kết quả"
    if not summary.answered:
        return f"{until}, không nhận được ý kiến nào."
    against = sum(body.disagrees for body in summary.commenting)
    remark = f" (trong đó {_bodies(against)} không thống nhất)" if against else ""
    parts = [
        (summary.agrees, "thống nhất với nội dung dự thảo", ""),
        (summary.commenting, "có ý kiến góp ý", remark),
        (summary.no_opinion, "không có ý kiến", ""),
    ]
    said = "; ".join(f"{_bodies(len(bodies))} {words}{more}" for bodies, words, more in parts if bodies)
    return f"{until}, đã nhận được ý kiến của {_bodies(len(summary.answered))}, gồm: {said}."


def _peculiar(summary: Summary) -> Iterator[str]:
    if summary.silent:
        not_yet = "chưa" if summary.provisional_at else "không"
        few = len(summary.silent) <= _MOST_NAMED
        names = f" ({'; '.join(body.name for body in summary.silent)})" if few else ""
        rule = summary.silence is SilenceRule.AGREES and not summary.provisional_at
        agrees = ", xem như thống nhất với nội dung dự thảo" if rule else ""
        yield f"{_bodies(len(summary.silent))} {not_yet} gửi ý kiến{names}{agrees}."
    late = _with(summary.answered, "late")
    if late:
        yield f"{_bodies(late)} gửi ý kiến sau thời hạn (đã tính trong số trên)."
    waiting = _with(summary.answered, "awaiting_letter")
    if waiting:
        yield f"{_bodies(waiting)} đã gửi ý kiến, chờ văn bản chính thức."
    if summary.uninvited:
        unasked = _bodies(len(summary.uninvited))
        yield f"Ngoài ra, có ý kiến của {unasked} không thuộc danh sách lấy ý kiến."


def _opinions(summary: Summary, results: Counter[Disposition | None]) -> Iterator[str]:
    if not summary.opinions:
        yield "Không có ý kiến góp ý cụ thể đối với nội dung dự thảo."
        return
    said = [words.format(counted(results[key])) for key, words in _RESULTS.items() if results[key]]
    if results[None]:
        said.append(f"{counted(results[None])} ý kiến chưa có ý kiến tiếp thu, giải trình")
    yield f"Tổng số ý kiến góp ý là {counted(summary.opinions)} ý kiến; trong đó: {'; '.join(said)}."


def _with(bodies: Sequence[Body], mark: str) -> int:
    return sum(bool(getattr(body, mark)) for body in bodies)


def until(summary: Summary) -> str:
    """Return up to when a provisional synthesis counts, "" for a final one."""
    return moment_in_title(summary.provisional_at) if summary.provisional_at else ""


def _bodies(number: int) -> str:
    return f"{counted(number)} cơ quan, đơn vị"
