"""What an office says about a consultation and one of its rounds before it is published, as one value each.

These are the fields of ``consultation.toml`` (but slug, lead agency and files). It knows the moments that a new round
begins with; it refuses to know forms and rows.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from consult.domain.dates import moment_in_title, short_date
from consult.domain.terms import ConsultationKind, Readers, SilenceRule, SynthesisForm
from consult.domain.window import HO_CHI_MINH, Window, local
from consult.domain.wording import search_key

WINDOW_DAYS = 20
"""Local days that a new round is open, unless the office says otherwise."""
END_OF_WORK = time(17, 0)
_SATURDAY = 5
_LONGEST_SLUG = 50


@dataclass(frozen=True)
class Matter:
    """The consultation: who asks, under whose authority, by which rules, and how the synthesis is headed and signed."""

    title: str
    kind: ConsultationKind
    superior_body: str
    issuing_authority: str
    place: str
    readers: Readers
    silence: SilenceRule
    silence_ground: str
    contact_office: str
    contact_phone: str
    contact_email: str
    form: SynthesisForm
    signer_authority: str
    signer_title: str


@dataclass(frozen=True)
class Asking:
    """The round: its window, the wording of its deadline, its cover letter, its reminders, its own words in letters.

    ``reminder_days`` are working days before the last day, () for no reminder, None for the usual ones. ``tells_close``
    and ``gives_calendar``: a letter after the close, a calendar entry with the invitation.
    """

    label: str
    window: Window
    deadline_text: str
    letter_number: str
    letter_date: date | None
    letter_subject: str
    requires_letter: bool
    reminder_days: tuple[int, ...] | None = None
    invitation_words: str = ""
    reminder_words: str = ""
    tells_close: bool = False
    gives_calendar: bool = False


def usual_window(now: datetime) -> Window:
    """Return the window of a new round: from this minute to the end of a working day in twenty days."""
    day = local(now).date() + timedelta(days=WINDOW_DAYS)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return Window(now.replace(second=0, microsecond=0), datetime.combine(day, END_OF_WORK, HO_CHI_MINH))


def usual_wording(closes_at: datetime) -> str:
    """Return the wording of a close: "trước 17 giờ 00 ngày 27/4/2020", "đến hết ngày 26/4/2020" for one at midnight."""
    closes = local(closes_at)
    if closes.time() == time.min:
        return f"đến hết ngày {short_date(closes.date() - timedelta(days=1))}"
    return f"trước {moment_in_title(closes_at)}"


def is_weekend(day: date) -> bool:
    """Say whether offices are closed on that day of the week."""
    return day.weekday() >= _SATURDAY


def usual_label(number: int) -> str:
    """Return how a round is called when nobody said otherwise."""
    return f"Dự thảo lần {number}"


def slug_of(title: str, year: int) -> str:
    """Return a name for addresses: the title's words without accents, as many as fit, and the year.

    The year keeps it apart from every page of the desk that has a name of its own.
    """
    words = re.sub(r"[^a-z0-9]+", "-", search_key(title)).strip("-")
    if len(words) > _LONGEST_SLUG:
        words = words[: _LONGEST_SLUG + 1].rpartition("-")[0] or words[:_LONGEST_SLUG]
    return f"{words or 'ho-so'}-{year}"
