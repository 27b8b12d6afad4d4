"""Who stands at the door: a session's digest and an address lead to one agency or one official, or to nobody.

One joined query each. Reading never checks the window; ``held`` is for acts that store an agency's words: it locks the
invitation's row and brings the window with it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.domain.errors import NoAccess
from consult.domain.window import Window
from consult.store.access import Grant, SessionRow
from consult.store.answers import Invitation
from consult.store.consultations import Consultation, Round
from consult.store.database import AnyRow
from consult.store.directory import LeadAgency, Official


@dataclass(frozen=True)
class AgencyGrant:
    """A browser that may act for one agency in one round, with what its page says about itself."""

    session_id: int
    seen_at: datetime
    ends_at: datetime
    grant_id: int
    person_name: str
    person_email: str
    invitation_id: int
    code: str
    agency: str
    short_name: str
    email: str | None
    generation: int
    opened_at: datetime | None
    window: Window
    round_id: int
    revision: int
    consultation_id: int
    slug: str
    requires_letter: bool


@dataclass(frozen=True)
class OfficialGrant:
    """A browser that may act as one official of one lead agency."""

    session_id: int
    seen_at: datetime
    ends_at: datetime
    official_id: int
    name: str
    email: str
    lead_agency_id: int
    lead_agency: str


@dataclass(frozen=True)
class Held:
    """An invitation whose row is locked by this transaction, with the window that holds for it."""

    invitation_id: int
    round_id: int
    code: str
    name: str
    email: str | None
    generation: int
    requires_letter: bool
    window: Window


_WINDOW = (
    Round.opens_at,
    Round.closes_at.label("round_closes_at"),
    Round.late_until.label("round_late_until"),
    Invitation.closes_at,
    Invitation.late_until,
)

_AGENCY = (
    select(
        SessionRow.id.label("session_id"),
        SessionRow.seen_at,
        SessionRow.ends_at,
        Grant.id.label("grant_id"),
        Grant.person_name,
        Grant.person_email,
        Invitation.id.label("invitation_id"),
        Invitation.code,
        Invitation.name,
        Invitation.short_name,
        Invitation.email,
        Invitation.generation,
        Invitation.opened_at,
        Round.id.label("round_id"),
        Round.revision,
        Round.requires_letter,
        Consultation.id.label("consultation_id"),
        Consultation.slug,
        *_WINDOW,
    )
    .join(Grant, Grant.session_id == SessionRow.id)
    .join(Invitation, (Invitation.id == Grant.invitation_id) & (Invitation.generation == Grant.generation))
    .join(Round, Round.id == Invitation.round_id)
    .join(Consultation, Consultation.id == Round.consultation_id)
    .where(SessionRow.digest == bindparam("digest"), Invitation.code == bindparam("code"))
)

_OFFICIAL = (
    select(
        SessionRow.id,
        SessionRow.seen_at,
        SessionRow.ends_at,
        Official.id,
        Official.name,
        Official.email,
        LeadAgency.id,
        LeadAgency.name,
    )
    .join(Grant, Grant.session_id == SessionRow.id)
    .join(Official, Official.id == Grant.official_id)
    .join(LeadAgency, LeadAgency.id == Official.lead_agency_id)
    .where(SessionRow.digest == bindparam("digest"), Official.ended_at.is_(None))
)

_HELD = (
    select(
        Invitation.id,
        Invitation.round_id,
        Invitation.code,
        Invitation.name,
        Invitation.email,
        Invitation.generation,
        Round.requires_letter,
        *_WINDOW,
    )
    .join(Round, Round.id == Invitation.round_id)
    .where(Invitation.id == bindparam("invitation_id"))
    .with_for_update(of=Invitation)
)

_READER = (
    select(Invitation.id)
    .join(Grant, (Grant.invitation_id == Invitation.id) & (Grant.generation == Invitation.generation))
    .join(SessionRow, SessionRow.id == Grant.session_id)
    .where(SessionRow.digest == bindparam("digest"), Invitation.round_id == bindparam("round_id"))
    .where(SessionRow.ends_at > bindparam("now"))
    .limit(1)
)


def window_of(row: AnyRow) -> Window:
    """Return the window that holds for an invitation: its own close where it was given one, else the round's."""
    closes = row.closes_at or row.round_closes_at
    late = row.late_until if row.closes_at or row.late_until else row.round_late_until
    return Window(row.opens_at, closes, late)


def agency_at_door(session: Session, digest: str, code: str) -> AgencyGrant:
    """Return the grant for the agency's page ``code``.

    Raises:
        NoAccess: this session holds none (never, not any more, or the invitation does not exist).
    """
    row = session.execute(_AGENCY, {"digest": digest, "code": code}).one_or_none()
    if row is None:
        raise NoAccess("this page needs the agency's link; open it again from the letter or ask for a new one")
    return AgencyGrant(
        session_id=row.session_id,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
        grant_id=row.grant_id,
        person_name=row.person_name,
        person_email=row.person_email,
        invitation_id=row.invitation_id,
        code=row.code,
        agency=row.name,
        short_name=row.short_name,
        email=row.email,
        generation=row.generation,
        opened_at=row.opened_at,
        window=window_of(row),
        round_id=row.round_id,
        revision=row.revision,
        consultation_id=row.consultation_id,
        slug=row.slug,
        requires_letter=row.requires_letter,
    )


def official_at_door(session: Session, digest: str) -> OfficialGrant:
    """Return the official that this session acts as.

    Raises:
        NoAccess: none, or the official has left.
    """
    row = session.execute(_OFFICIAL, {"digest": digest}).one_or_none()
    if row is None:
        raise NoAccess("this page is for officials of the lead agency; sign in")
    return OfficialGrant(*row)


def reads_as_invited(session: Session, digest: str, round_id: int, now: datetime) -> bool:
    """Say whether a session belongs to an agency that is asked in this round."""
    return session.execute(_READER, {"digest": digest, "round_id": round_id, "now": now}).first() is not None


def held(session: Session, invitation_id: int) -> Held:
    """Lock an invitation's row until the transaction ends and return it with its window."""
    row = session.execute(_HELD, {"invitation_id": invitation_id}).one()
    return Held(
        row.id, row.round_id, row.code, row.name, row.email, row.generation, row.requires_letter, window_of(row)
    )
