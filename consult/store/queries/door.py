"""Who stands at the door: a session's digest and an address lead to one agency or one official, or to nobody.

One joined query each. Reading never checks the window (see ``windows`` for acts).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.domain.errors import NoAccess
from consult.domain.terms import OfficialRole
from consult.domain.window import Window
from consult.store.access import Grant, SessionRow
from consult.store.answers import Invitation
from consult.store.consultations import Consultation, Round
from consult.store.database import Reads
from consult.store.directory import LeadAgency, Official
from consult.store.queries.answer_marks import ANSWER_COLUMNS
from consult.store.queries.windows import WINDOW, own_window


class AgencyGrant(NamedTuple):
    """A browser that may act for one agency in one round, with what its page says about itself.

    ``answer`` is another one whenever something in the agency's answer changed: working copy, agreements, submissions.
    """

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
    round_id: int
    revision: int
    requires_letter: bool
    consultation_id: int
    slug: str
    answer: tuple[int, str, str]
    window: Window


@dataclass(frozen=True)
class OfficialGrant:
    """A browser that may act as one official of one lead agency; ``told``: letters about its rounds are wanted."""

    session_id: int
    seen_at: datetime
    ends_at: datetime
    official_id: int
    name: str
    email: str
    lead_agency_id: int
    lead_agency: str
    role: OfficialRole
    told: bool

    @property
    def administers(self) -> bool:
        """Whether this official keeps the directory and the list of officials."""
        return self.role is OfficialRole.ADMINISTRATOR


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
        *ANSWER_COLUMNS,
        *WINDOW,
    )
    .join(Grant, Grant.session_id == SessionRow.id)
    .join(Invitation, (Invitation.id == Grant.invitation_id) & (Invitation.generation == Grant.generation))
    .join(Round, Round.id == Invitation.round_id)
    .join(Consultation, Consultation.id == Round.consultation_id)
    .where(SessionRow.digest == bindparam("digest"), Invitation.code == bindparam("code"))
    .where(Invitation.withdrawn_at.is_(None))
)

# How many columns of ``_AGENCY`` stand before the marks of the answer: those of ``AgencyGrant`` in their order.
_OWN = len(AgencyGrant._fields) - 2
_MARKED = _OWN + len(ANSWER_COLUMNS)

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
        Official.role,
        Official.told,
    )
    .join(Grant, Grant.session_id == SessionRow.id)
    .join(Official, Official.id == Grant.official_id)
    .join(LeadAgency, LeadAgency.id == Official.lead_agency_id)
    .where(SessionRow.digest == bindparam("digest"), Official.ended_at.is_(None))
)

_READER = (
    select(Invitation.id)
    .join(Grant, (Grant.invitation_id == Invitation.id) & (Grant.generation == Invitation.generation))
    .join(SessionRow, SessionRow.id == Grant.session_id)
    .where(SessionRow.digest == bindparam("digest"), Invitation.round_id == bindparam("round_id"))
    .where(Invitation.withdrawn_at.is_(None))
    .where(SessionRow.ends_at > bindparam("now"), SessionRow.seen_at > bindparam("seen_after"))
    .limit(1)
)


def agency_at_door(session: Reads, digest: str, code: str) -> AgencyGrant:
    """Return the grant for the agency's page ``code``.

    Raises:
        NoAccess: this session holds none (never, not any more, or the invitation does not exist).
    """
    row = session.execute(_AGENCY, {"digest": digest, "code": code}).one_or_none()
    if row is None:
        raise NoAccess("this page needs the agency's link; open it again from the letter or ask for a new one")
    values = tuple(row)
    return AgencyGrant._make((*values[:_OWN], values[_OWN:_MARKED], own_window(*values[_MARKED:])))


def official_at_door(session: Reads, digest: str) -> OfficialGrant:
    """Return the official that this session acts as.

    Raises:
        NoAccess: none, or the official has left.
    """
    row = session.execute(_OFFICIAL, {"digest": digest}).one_or_none()
    if row is None:
        raise NoAccess("this page is for officials of the lead agency; sign in")
    return OfficialGrant(*tuple(row))


def reads_as_invited(session: Session, digest: str, round_id: int, now: datetime, idle: timedelta) -> bool:
    """Say whether a session that is neither over nor idle longer than ``idle`` is of an agency asked in this round."""
    wanted = {"digest": digest, "round_id": round_id, "now": now, "seen_after": now - idle}
    return session.execute(_READER, wanted).first() is not None
