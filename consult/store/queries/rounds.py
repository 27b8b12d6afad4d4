"""Rounds as readers see them: the front page's cards and one consultation's page."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.reminder_plan import from_stored
from consult.domain.terms import ConsultationKind, Readers, SilenceRule, SynthesisForm
from consult.domain.window import Phase, Window
from consult.store.answers import ASKED, Invitation
from consult.store.consultations import Consultation, Round
from consult.store.database import AnyRow
from consult.store.directory import LeadAgency


@dataclass(frozen=True)
class Card:
    """A round in a list."""

    slug: str
    title: str
    lead_agency: str
    round_label: str
    number: int
    window: Window
    phase: Phase
    deadline_text: str
    days_left: int
    result_at: datetime | None


@dataclass(frozen=True)
class RoundFacts:
    """A round and its consultation, without its draft: what heads every page, letter and document.

    ``letter_digest`` is of the signed cover letter where the office handed one in.
    """

    id: int
    revision: int
    consultation_id: int
    slug: str
    title: str
    kind: ConsultationKind
    lead_agency_id: int
    lead_agency: str
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
    number: int
    round_label: str
    window: Window
    deadline_text: str
    letter_number: str
    letter_date: date | None
    letter_subject: str
    requires_letter: bool
    letter_digest: str | None
    published_at: datetime | None
    version: int
    withdrawn_at: datetime | None
    result_at: datetime | None
    reminder_days: tuple[int, ...] | None
    invitation_words: str
    reminder_words: str
    tells_close: bool
    gives_calendar: bool


@dataclass(frozen=True)
class InvitedLine:
    """A line of the cover letter; ``members`` when it stands for several."""

    line: str
    members: tuple[str, ...]


_ROUND = (
    select(Round, Consultation, LeadAgency.name)
    .join(Consultation, Consultation.id == Round.consultation_id)
    .join(LeadAgency, LeadAgency.id == Consultation.lead_agency_id)
)
_LATEST = select(func.max(Round.number)).where(Round.consultation_id == Consultation.id).correlate(Consultation)
_PUBLISHED = _LATEST.where(Round.published_at.is_not(None)).scalar_subquery()
_CARDS = _ROUND.where(Round.number == _PUBLISHED).order_by(Round.closes_at.desc(), Consultation.slug)
_BY_SLUG = _ROUND.where(Consultation.slug == bindparam("slug"), Round.number == _PUBLISHED)
_NEWEST = _ROUND.where(Consultation.slug == bindparam("slug")).order_by(Round.number.desc()).limit(1)
_BY_ID = _ROUND.where(Round.id == bindparam("round_id"))
_INVITED = (
    select(Invitation.line, Invitation.group_line, Invitation.name)
    .where(Invitation.round_id == bindparam("round_id"), ASKED)
    .order_by(Invitation.line, Invitation.member)
)


def public_cards(session: Session, now: datetime) -> tuple[Card, ...]:
    """Return the latest published round of every consultation that the public may read, latest close first."""
    rows = session.execute(_CARDS.where(Consultation.readers == Readers.PUBLIC))
    return tuple(_card(_facts(row), now) for row in rows)


def lead_agency_cards(session: Session, lead_agency_id: int, now: datetime) -> tuple[Card, ...]:
    """Return the latest published round of every consultation of one lead agency."""
    rows = session.execute(_CARDS.where(Consultation.lead_agency_id == lead_agency_id))
    return tuple(_card(_facts(row), now) for row in rows)


def published_round(session: Session, slug: str) -> RoundFacts:
    """Return the latest published round of a consultation; ``NotFound`` when there is none."""
    return _one(session.execute(_BY_SLUG, {"slug": slug}).one_or_none(), slug)


def newest_round(session: Session, slug: str) -> RoundFacts:
    """Return the newest round of a consultation, published or not; ``NotFound`` when there is none."""
    return _one(session.execute(_NEWEST, {"slug": slug}).one_or_none(), slug)


def round_by_id(session: Session, round_id: int) -> RoundFacts:
    """Return a round that is known to exist."""
    return _one(session.execute(_BY_ID, {"round_id": round_id}).one_or_none(), str(round_id))


def invited_lines(session: Session, round_id: int) -> tuple[InvitedLine, ...]:
    """Return who was asked, as the cover letter lists them."""
    rows = session.execute(_INVITED, {"round_id": round_id}).all()
    return tuple(_line(list(group)) for _, group in groupby(rows, key=lambda row: row.line))


def _line(rows: list[AnyRow]) -> InvitedLine:
    if rows[0].group_line:
        return InvitedLine(rows[0].group_line, tuple(row.name for row in rows))
    return InvitedLine("; ".join(row.name for row in rows), ())


def _one(row: AnyRow | None, slug: str) -> RoundFacts:
    if row is None:
        raise NotFound(f"there is no consultation {slug!r}; load its folder first, or mend the name")
    return _facts(row)


def _facts(row: AnyRow) -> RoundFacts:
    asked, matter, lead_agency = row
    return RoundFacts(
        id=asked.id,
        revision=asked.revision,
        consultation_id=matter.id,
        slug=matter.slug,
        title=matter.title,
        kind=matter.kind,
        lead_agency_id=matter.lead_agency_id,
        lead_agency=lead_agency,
        superior_body=matter.superior_body,
        issuing_authority=matter.issuing_authority,
        place=matter.place,
        readers=matter.readers,
        silence=matter.silence,
        silence_ground=matter.silence_ground,
        contact_office=matter.contact_office,
        contact_phone=matter.contact_phone,
        contact_email=matter.contact_email,
        form=matter.form,
        signer_authority=matter.signer_authority,
        signer_title=matter.signer_title,
        number=asked.number,
        round_label=asked.label,
        window=Window(asked.opens_at, asked.closes_at, asked.late_until, asked.withdrawn_at),
        deadline_text=asked.deadline_text,
        letter_number=asked.letter_number,
        letter_date=asked.letter_date,
        letter_subject=asked.letter_subject,
        requires_letter=asked.requires_letter,
        letter_digest=asked.letter_digest,
        published_at=asked.published_at,
        version=asked.version,
        withdrawn_at=asked.withdrawn_at,
        result_at=asked.result_at,
        reminder_days=from_stored(asked.reminder_days),
        invitation_words=asked.invitation_words,
        reminder_words=asked.reminder_words,
        tells_close=asked.tells_close,
        gives_calendar=asked.gives_calendar,
    )


def _card(facts: RoundFacts, now: datetime) -> Card:
    return Card(
        slug=facts.slug,
        title=facts.title,
        lead_agency=facts.lead_agency,
        round_label=facts.round_label,
        number=facts.number,
        window=facts.window,
        phase=facts.window.phase(now),
        deadline_text=facts.deadline_text,
        days_left=facts.window.days_left(now),
        result_at=facts.result_at,
    )
