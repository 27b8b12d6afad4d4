"""What the page of the cover letter shows: each proposal beside what stands in the round now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from consult.domain.cover_letter import CoverLetter, read_letter
from consult.domain.dates import short_date
from consult.domain.deadline_readings import DeadlineReading
from consult.domain.invitees import Listed
from consult.domain.recipients import Body, Directory, Found, Group, Meant
from consult.domain.window import Window, local
from consult.domain.working_days import holidays_known
from consult.store.queries.invitees import directory_on, letter_kept, listed
from consult.store.queries.rounds import RoundFacts
from consult.web.letter_words import FIELDS, READ_AS
from consult.web.request import now, reader


@dataclass(frozen=True)
class ProposedField:
    """A field: what the letter says and what stands now."""

    name: str
    words: str
    proposed: str
    stands: str

    @property
    def same(self) -> bool:
        """Whether nothing would change."""
        return self.proposed == self.stands


@dataclass(frozen=True)
class ProposedClose:
    """A reading of the deadline as a choice: ``value`` is what the form carries."""

    value: str
    wording: str
    window: Window
    how: str
    on_weekend: bool
    counted: bool
    holidays_known: bool
    same: bool


@dataclass(frozen=True)
class Choice:
    """A body or group that a printed line may mean; ``fresh`` counts those of its agencies that are not listed yet."""

    value: str
    name: str
    members: int
    fresh: int
    mailless: int
    expired: bool
    agencies: tuple[int, ...]


@dataclass(frozen=True)
class ProposedLine:
    """A printed line of "Kính gửi" with what it may mean."""

    number: int
    printed: str
    found: Found
    choices: tuple[Choice, ...]

    @property
    def field(self) -> str:
        """The name of its field in the form."""
        return f"line-{self.number}"

    @property
    def same(self) -> bool:
        """Whether all that it certainly means stands on the list already."""
        certain = self.found in (Found.BODY, Found.GROUP)
        return certain and all(choice.members and not choice.fresh for choice in self.choices)


@dataclass(frozen=True)
class LetterPage:
    """The letter of a round as it was kept, read at ``at``, with all that it proposes."""

    facts: RoundFacts
    text: str
    file_name: str
    list_now: Listed
    directory: Directory
    at: datetime

    @cached_property
    def letter(self) -> CoverLetter:
        """What was read in it."""
        return read_letter(self.text, local(self.at).date())

    @cached_property
    def fields(self) -> tuple[ProposedField, ...]:
        """Those fields that the letter names."""
        letter, facts = self.letter, self.facts
        stands = {
            "number": facts.letter_number,
            "dated": short_date(facts.letter_date) if facts.letter_date else "",
            "subject": facts.letter_subject,
            "office": facts.contact_office,
            "phone": facts.contact_phone,
            "email": facts.contact_email,
        }
        found = {
            "number": letter.number,
            "dated": short_date(letter.dated) if letter.dated else "",
            "subject": letter.subject,
            "office": letter.contact.office,
            "phone": letter.contact.phone,
            "email": letter.contact.email,
        }
        return tuple(ProposedField(name, FIELDS[name], words, stands[name]) for name, words in found.items() if words)

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields that were not found in the letter."""
        found = {field.name for field in self.fields}
        return tuple(words for name, words in FIELDS.items() if name not in found)

    @cached_property
    def closes(self) -> tuple[ProposedClose, ...]:
        """The readings of the deadline."""
        return tuple(self._close(number, each) for number, each in enumerate(self.letter.deadlines))

    def _close(self, number: int, reading: DeadlineReading) -> ProposedClose:
        closes_at = reading.closes_at
        return ProposedClose(
            value=f"{number} {closes_at.isoformat()}",
            wording=reading.wording,
            window=Window(closes_at - timedelta(days=1), closes_at),
            how=READ_AS[reading.read_as],
            on_weekend=reading.on_weekend,
            counted=reading.read_as.counted,
            holidays_known=holidays_known(reading.last_day.year),
            same=(reading.wording, closes_at) == (self.facts.deadline_text, self.facts.window.closes_at),
        )

    @cached_property
    def lines(self) -> tuple[ProposedLine, ...]:
        """The printed lines of "Kính gửi"."""
        meant = map(self.directory.meant, self.letter.recipients)
        return tuple(self._line(number, each) for number, each in enumerate(meant, start=1))

    def _line(self, number: int, meant: Meant) -> ProposedLine:
        return ProposedLine(number, meant.printed, meant.found, tuple(map(self._choice, meant.candidates)))

    @cached_property
    def _listed(self) -> frozenset[int]:
        return frozenset(agency for line in self.list_now for agency in line.agencies)

    def _choice(self, candidate: Body | Group) -> Choice:
        on = self.directory.on
        bodies: Sequence[Body] = candidate.present(on) if isinstance(candidate, Group) else (candidate,)
        return Choice(
            value=f"{'g' if isinstance(candidate, Group) else 'a'}{candidate.id}",
            name=candidate.name,
            members=len(bodies),
            fresh=sum(body.id not in self._listed for body in bodies),
            mailless=sum(not body.email for body in bodies),
            expired=isinstance(candidate, Body) and not candidate.exists(on),
            agencies=tuple(body.id for body in bodies),
        )

    @cached_property
    def choices(self) -> Mapping[tuple[int, str], Choice]:
        """Every choice by the number of its line and the value of its field."""
        return {(line.number, choice.value): choice for line in self.lines for choice in line.choices}


def letter_page(facts: RoundFacts) -> LetterPage:
    """Return the letter of a round with its proposals, as everything stands in this request."""
    text, file_name = letter_kept(reader(), facts.id)
    directory = directory_on(reader(), local(now()).date(), facts.place)
    return LetterPage(facts, text, file_name, listed(reader(), facts.id), directory, now())
