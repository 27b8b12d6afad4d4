"""The cover letter of a round in preparation: keeping its words, and taking over what an official confirmed of them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.actions.invitees import SeenList, write_list
from consult.actions.preparing import acting, hold_round
from consult.documents.intake import read_draft
from consult.domain.errors import UnfitClose
from consult.domain.invitees import ListedLine, merged
from consult.domain.window import Window
from consult.store.consultations import Consultation, Round
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.invitees import listed
from consult.store.queries.rounds import RoundFacts


@dataclass(frozen=True)
class Confirmed:
    """What an official ticked; None is what stays as it stands.

    ``deadline`` are the letter's words and their moment; ``lines`` go behind the list, or in its place (``replaces``).
    """

    number: str | None = None
    dated: date | None = None
    subject: str | None = None
    deadline: tuple[str, datetime] | None = None
    office: str | None = None
    phone: str | None = None
    email: str | None = None
    lines: tuple[ListedLine, ...] = ()
    replaces: bool = False


def letter_words(name: str, content: bytes) -> str:
    """Return the lines of a letter's file, before any transaction.

    Raises:
        UnreadableDraft: it cannot be read; names the file, the reason, what to do.
    """
    return "\n".join(line.text for line in read_draft(name, content).lines)


def keep_letter(
    session: Session, official: OfficialGrant, seen: SeenList, words: str, file_name: str, now: datetime
) -> None:
    """Keep the words of the letter; nothing is taken from them yet. Raises like ``hold_round``."""
    hold_round(session, seen.round_id, seen.version)
    values = {"letter_text": words, "letter_file_name": file_name}
    session.execute(update(Round).where(Round.id == seen.round_id).values(**values))
    append(session, now, acting(official), "keep cover letter", seen.round_id, file=file_name)


def take_over(session: Session, official: OfficialGrant, seen: SeenList, confirmed: Confirmed, now: datetime) -> None:
    """Put what was confirmed into the round.

    Time for late answers that would end before the new close goes.

    Raises:
        UnfitClose: the deadline does not lie after the opening of the round.
        StaleVersion, AlreadyPublished: as for ``hold_round``.
    """
    facts = hold_round(session, seen.round_id, seen.version)
    of_round = {**_letter(confirmed), **_close(facts, confirmed)}
    contact = {"contact_office": confirmed.office, "contact_phone": confirmed.phone, "contact_email": confirmed.email}
    of_matter = {name: value for name, value in contact.items() if value is not None}
    if of_round:
        session.execute(update(Round).where(Round.id == facts.id).values(**of_round))
    if of_matter:
        session.execute(update(Consultation).where(Consultation.id == facts.consultation_id).values(**of_matter))
    if confirmed.lines:
        write_list(session, facts.id, merged(() if confirmed.replaces else listed(session, facts.id), confirmed.lines))
    told = {"lines": len(confirmed.lines), **of_round, **of_matter}
    append(session, now, acting(official), "take from cover letter", facts.id, **told)


def _letter(confirmed: Confirmed) -> dict[str, object]:
    values = {
        "letter_number": confirmed.number,
        "letter_date": confirmed.dated,
        "letter_subject": confirmed.subject,
    }
    return {name: value for name, value in values.items() if value is not None}


def _close(facts: RoundFacts, confirmed: Confirmed) -> dict[str, object]:
    if confirmed.deadline is None:
        return {}
    wording, closes_at = confirmed.deadline
    window = _window(facts.window, closes_at)
    return {"deadline_text": wording, "closes_at": window.closes_at, "late_until": window.late_until}


def _window(window: Window, closes_at: datetime) -> Window:
    """Return the window with another close, without its time for late answers where that would end before."""
    for late_until in (window.late_until, None):
        try:
            return Window(window.opens_at, closes_at, late_until)
        except ValueError:
            continue
    raise UnfitClose("the deadline does not lie after the opening of the round")
