"""The list of silent agencies as words for a reminder of the office's own ("công văn đôn đốc"), ready to copy."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from consult.domain.dates import printed_deadline, printed_moment, short_date
from consult.domain.window import Window
from consult.domain.wording import counted


@dataclass(frozen=True)
class AskedBy:
    """What the heading sentence cites: the office, its letter ("" and None while unknown), the draft, the deadline."""

    lead_agency: str
    letter_number: str
    letter_date: date | None
    title: str
    window: Window


@dataclass(frozen=True)
class SilentBody:
    """An agency that has sent nothing: its printed group line, or "", and its own window where it was given one."""

    name: str
    group_line: str
    own_window: Window | None = None


def chasing_list(asked: AskedBy, silent: Iterable[SilentBody], now: datetime) -> str:
    """Return the heading sentence and the numbered agencies in the cover letter's order, groups under their line."""
    bodies = tuple(silent)
    return "\n".join((_heading(asked, len(bodies), now), "", *_lines(bodies)))


def _heading(asked: AskedBy, number: int, now: datetime) -> str:
    return (
        f"Tính đến {_at(now)}, còn {counted(number)} cơ quan, đơn vị chưa gửi ý kiến góp ý đối với dự thảo "
        f"“{asked.title}” theo đề nghị của {asked.lead_agency}{_letter(asked)} "
        f"(thời hạn góp ý: {printed_deadline(asked.window)}), gồm:"
    )


def _at(now: datetime) -> str:
    day, _, hour = printed_moment(now).rpartition(", ")
    return f"{hour}, {day}"


def _letter(asked: AskedBy) -> str:
    if not asked.letter_number:
        return ""
    day = f" ngày {short_date(asked.letter_date)}" if asked.letter_date else ""
    return f" tại Công văn số {asked.letter_number}{day}"


def _lines(bodies: tuple[SilentBody, ...]) -> Iterator[str]:
    numbered = enumerate(bodies, start=1)
    for line, group in groupby(numbered, key=lambda each: each[1].group_line):
        if line:
            yield f"{line.rstrip(':;. ')}:"
        for number, body in group:
            yield f"{number}. {body.name}{_own(body)}{'.' if number == len(bodies) else ';'}"


def _own(body: SilentBody) -> str:
    return f" (thời hạn riêng: {printed_deadline(body.own_window)})" if body.own_window else ""
