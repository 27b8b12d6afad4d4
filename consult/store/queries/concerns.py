"""The headings of a round's drafts that name an agency: shown to it first."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.store.answers import Concern
from consult.store.consultations import Clause, Draft

_CONCERNS = (
    select(Clause.anchor)
    .join(Concern, Concern.clause_id == Clause.id)
    .join(Draft, Draft.id == Clause.draft_id)
    .where(Concern.invitation_id == bindparam("invitation_id"))
    .order_by(Draft.position, Clause.position)
)


def concerned_anchors(session: Session, invitation_id: int) -> tuple[str, ...]:
    """Return the anchors of the headings that name this agency or its group, in the order of the draft."""
    return tuple(session.scalars(_CONCERNS, {"invitation_id": invitation_id}))
