"""What a calendar entry says of one agency's deadline, as it stands now."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from consult.domain.terms import NoticeKind
from consult.domain.window import Window
from consult.store.answers import Invitation
from consult.store.consultations import Consultation, Round
from consult.store.directory import LeadAgency
from consult.store.notices import Notice
from consult.store.queries.windows import WINDOW, window_of


@dataclass(frozen=True)
class DeadlineFacts:
    """A deadline: ``moves`` counts the acts that changed it, ``withdrawn`` says that nothing is asked any more."""

    code: str
    title: str
    lead_agency: str
    contact_email: str
    window: Window
    withdrawn: bool
    moves: int


# An agency that is asked again after its request was taken back has the same entry: it has to outdo its cancelling.
_MOVING = (
    NoticeKind.EXTENDED,
    NoticeKind.LATE_ALLOWED,
    NoticeKind.CLOSED_EARLY,
    NoticeKind.WITHDRAWN,
    NoticeKind.REMOVED,
    NoticeKind.ADDED,
)
_MOVES = (
    select(func.count(Notice.id))
    .where(Notice.round_id == Round.id, Notice.kind.in_(_MOVING))
    .where(or_(Notice.invitation_id.is_(None), Notice.invitation_id == Invitation.id))
    .correlate(Round, Invitation)
    .scalar_subquery()
)
_DEADLINE = (
    select(
        Invitation.code,
        Consultation.title,
        LeadAgency.name.label("lead_agency"),
        Consultation.contact_email,
        Invitation.withdrawn_at,
        _MOVES.label("moves"),
        *WINDOW,
    )
    .join(Round, Round.id == Invitation.round_id)
    .join(Consultation, Consultation.id == Round.consultation_id)
    .join(LeadAgency, LeadAgency.id == Consultation.lead_agency_id)
    .where(Invitation.id == bindparam("invitation_id"), Round.gives_calendar)
)


def deadline_of(session: Session, invitation_id: int) -> DeadlineFacts | None:
    """Return the deadline of an invitation, None where its round gives no calendar entry."""
    row = session.execute(_DEADLINE, {"invitation_id": invitation_id}).one_or_none()
    if row is None:
        return None
    window = window_of(row)
    gone = row.withdrawn_at is not None or window.withdrawn_at is not None
    return DeadlineFacts(row.code, row.title, row.lead_agency, row.contact_email, window, gone, row.moves)
