"""People and mailboxes: invited agencies by round or code, the silent ones, officials by address."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from consult.domain.terms import OfficialRole
from consult.domain.window import Window
from consult.store.answers import ASKED, Invitation, Submission
from consult.store.consultations import Round
from consult.store.database import AnyRow
from consult.store.directory import LeadAgency, Official
from consult.store.queries.windows import WINDOW, window_of


@dataclass(frozen=True)
class InvitedAddress:
    """An invited agency with its frozen official address and the window that holds for it."""

    id: int
    code: str
    name: str
    short_name: str
    email: str | None
    generation: int
    window: Window
    agency_id: int = 0


@dataclass(frozen=True)
class OfficialFacts:
    """An official who has not left."""

    id: int
    name: str
    email: str
    lead_agency_id: int
    lead_agency: str
    role: OfficialRole


_INVITED = (
    select(
        Invitation.id,
        Invitation.code,
        Invitation.name,
        Invitation.short_name,
        Invitation.email,
        Invitation.generation,
        Invitation.round_id,
        Invitation.agency_id,
        *WINDOW,
    )
    .join(Round, Round.id == Invitation.round_id)
    .where(ASKED)
    .order_by(Invitation.line, Invitation.member)
)
_SENT = exists().where(Submission.invitation_id == Invitation.id, Submission.in_force)
_OFFICIAL = (
    select(Official.id, Official.name, Official.email, LeadAgency.id, LeadAgency.name, Official.role)
    .join(LeadAgency, LeadAgency.id == Official.lead_agency_id)
    .where(func.lower(Official.email) == bindparam("email"), Official.ended_at.is_(None))
)


def invited(session: Session, round_id: int) -> tuple[InvitedAddress, ...]:
    """Return every agency of a round in the cover letter's order."""
    return _addresses(session, _INVITED.where(Invitation.round_id == round_id))


def silent(session: Session, round_id: int) -> tuple[InvitedAddress, ...]:
    """Return the agencies of a round with no answer in force."""
    return _addresses(session, _INVITED.where(Invitation.round_id == round_id, ~_SENT))


def still_silent(session: Session, invitation_id: int) -> InvitedAddress | None:
    """Return the agency when it has no answer in force, else None."""
    found = _addresses(session, _INVITED.where(Invitation.id == invitation_id, ~_SENT))
    return found[0] if found else None


def invited_by_id(session: Session, invitation_id: int) -> InvitedAddress | None:
    """Return the agency while it stands on its round's list, else None."""
    found = _addresses(session, _INVITED.where(Invitation.id == invitation_id))
    return found[0] if found else None


def by_code(session: Session, code: str) -> tuple[int, InvitedAddress] | None:
    """Return the round's id and the invited agency of that code, or None."""
    row = session.execute(_INVITED.where(Invitation.code == code)).one_or_none()
    return (row.round_id, _address(row)) if row else None


def official_by_email(session: Session, email: str) -> OfficialFacts | None:
    """Return the active official with that address (capital letters aside), or None."""
    row = session.execute(_OFFICIAL, {"email": email.lower()}).one_or_none()
    return OfficialFacts(*row) if row else None


def sole_lead_agency(session: Session) -> int | None:
    """Return the id of the only lead agency, or None when there are none or several."""
    found = session.scalars(select(LeadAgency.id).limit(2)).all()
    return found[0] if len(found) == 1 else None


def _addresses(session: Session, statement: Select[*tuple[Any, ...]]) -> tuple[InvitedAddress, ...]:
    return tuple(_address(row) for row in session.execute(statement))


def _address(row: AnyRow) -> InvitedAddress:
    own = window_of(row)
    return InvitedAddress(row.id, row.code, row.name, row.short_name, row.email, row.generation, own, row.agency_id)
