"""A cover letter (công văn) read from its text: what it proposes for a round, for an official to confirm.

It knows the lines that a person pasted or a file gave and refuses to decide: nothing that it returns stands in the
record before somebody ticked it. The rooms beside it (``letter_*``, ``deadline_readings``) each know one part.
"""

from dataclasses import dataclass
from datetime import date

from consult.domain.deadline_readings import DeadlineReading, readings_of
from consult.domain.letter_contact import Contact, contact_of
from consult.domain.letter_head import date_of, number_of, subject_of
from consult.domain.letter_lines import body_of, head_of, letter_lines
from consult.domain.letter_recipients import recipients_of


@dataclass(frozen=True)
class CoverLetter:
    """What was read: "" and None where the letter does not say it or it was not found.

    ``recipients`` are the printed lines of "Kính gửi"; ``deadlines`` all readings of all its deadlines.
    """

    number: str
    dated: date | None
    subject: str
    recipients: tuple[str, ...]
    deadlines: tuple[DeadlineReading, ...]
    contact: Contact


def read_letter(text: str, today: date) -> CoverLetter:
    """Read a letter; ``today`` is the local day, which a period without a dated letter is counted from."""
    lines = letter_lines(text)
    head, body = head_of(lines), body_of(lines)
    dated = date_of(head)
    return CoverLetter(
        number=number_of(head),
        dated=dated,
        subject=subject_of(head),
        recipients=recipients_of(lines),
        deadlines=readings_of(body, dated, today),
        contact=contact_of(body),
    )
