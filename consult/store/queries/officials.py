"""The officials of all lead agencies, those who have left too, for who administers them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.terms import OfficialRole
from consult.store.directory import LeadAgency, Official


@dataclass(frozen=True)
class OfficialLine:
    """An official; ``ended_at`` is None while they are one."""

    id: int
    name: str
    email: str
    lead_agency_id: int
    lead_agency: str
    role: OfficialRole
    ended_at: datetime | None

    @property
    def mark(self) -> str:
        """Another one whenever what is kept of this official is another: what a form says that it was shown."""
        shown = (self.name, self.email, self.lead_agency_id, self.role.name, self.ended_at)
        return hashlib.sha256(repr(shown).encode()).hexdigest()


_OFFICIALS = select(
    Official.id,
    Official.name,
    Official.email,
    LeadAgency.id,
    LeadAgency.name,
    Official.role,
    Official.ended_at,
).join(LeadAgency, LeadAgency.id == Official.lead_agency_id)
_BY_AGENCY = _OFFICIALS.order_by(LeadAgency.name, LeadAgency.id, Official.ended_at.is_not(None), Official.name)


def officials(session: Session) -> tuple[OfficialLine, ...]:
    """Return every official by lead agency, those who have left last."""
    return tuple(OfficialLine(*row) for row in session.execute(_BY_AGENCY))


def official_by_id(session: Session, official_id: int) -> OfficialLine:
    """Return one official; ``NotFound`` when there is none."""
    row = session.execute(_OFFICIALS.where(Official.id == official_id)).one_or_none()
    if row is None:
        raise NotFound("there is no such official")
    return OfficialLine(*row)


def by_address(session: Session, email: str) -> OfficialLine | None:
    """Return the official with that address, be it one who has left, or None."""
    row = session.execute(_OFFICIALS.where(func.lower(Official.email) == email.lower())).one_or_none()
    return OfficialLine(*row) if row else None


def lead_agencies(session: Session) -> tuple[tuple[int, str], ...]:
    """Return id and name of every lead agency."""
    rows = session.execute(select(LeadAgency.id, LeadAgency.name).order_by(LeadAgency.name))
    return tuple((row.id, row.name) for row in rows)
