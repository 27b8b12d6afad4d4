"""What a letter is about, as small values that an action fills from the record."""

from dataclasses import dataclass
from datetime import date, datetime

from consult.domain.terms import SilenceRule, Stance
from consult.domain.window import Window


@dataclass(frozen=True)
class Occasion:
    """The round that a letter is about; ``letter_number`` may be empty, ``window`` is the addressee's own.

    ``invitation_words`` and ``reminder_words`` are paragraphs of the office's own, a line each.
    """

    lead_agency: str
    title: str
    round_label: str
    letter_number: str
    letter_date: date | None
    deadline_text: str
    window: Window
    contact_office: str
    contact_phone: str
    contact_email: str
    silence: SilenceRule
    silence_ground: str
    invitation_words: str = ""
    reminder_words: str = ""


@dataclass(frozen=True)
class Addressee:
    """The agency, by the names frozen in its invitation."""

    name: str
    short_name: str


@dataclass(frozen=True)
class ReceiptFacts:
    """An answer as it was taken in; ``comments`` are (cited place, content) in the order of the draft."""

    code: str
    sent_at: datetime
    stance: Stance
    comments: tuple[tuple[str, str], ...]
    digest: str
    late: bool
    awaiting_letter: bool


@dataclass(frozen=True)
class RecallFacts:
    """An answer that was taken back."""

    code: str
    sent_at: datetime
    recalled_at: datetime


@dataclass(frozen=True)
class EntryFacts:
    """Who opened the agency's page by the invitation link, as they said of themselves."""

    person_name: str
    person_email: str
    entered_at: datetime
