"""The headings of a round's drafts that name an agency: shown to it first."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.store.answers import Concern, Invitation
from consult.store.consultations import Clause, Draft

_CONCERNS = (
    select(Clause.anchor)
    .join(Concern, Concern.clause_id == Clause.id)
    .join(Draft, Draft.id == Clause.draft_id)
    .where(Concern.invitation_id == bindparam("invitation_id"))
    .order_by(Draft.position, Clause.position)
)
_CITED = (
    select(Concern.invitation_id, Clause.cited)
    .join(Clause, Clause.id == Concern.clause_id)
    .join(Draft, Draft.id == Clause.draft_id)
    .join(Invitation, Invitation.id == Concern.invitation_id)
    .where(Invitation.round_id == bindparam("round_id"))
    .order_by(Draft.position, Clause.position)
)


def cited_concerns(session: Session, round_id: int) -> Mapping[int, list[str]]:
    """Return the cited places whose headings name an agency of a round, by invitation."""
    cited: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(_CITED, {"round_id": round_id}):
        cited[row.invitation_id].append(row.cited)
    return cited


def concerned_anchors(session: Session, invitation_id: int) -> tuple[str, ...]:
    """Return the anchors of the headings that name this agency or its group, in the order of the draft."""
    return tuple(session.scalars(_CONCERNS, {"invitation_id": invitation_id}))
