"""The places of a round's drafts that an agency can comment on, found by their anchors."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from consult.domain.errors import NotFound
from consult.domain.outline_nodes import NodeKind
from consult.store.answers import Invitation
from consult.store.consultations import Clause, Draft
from consult.store.database import Reads


@dataclass(frozen=True)
class Place:
    """A clause that can be commented on, by its anchor; what is said of a ``removed`` one may be changed, not added."""

    id: int
    anchor: str
    kind: str
    label: str
    text: str
    cited: str
    removed: bool = False


_PLACE = (
    select(Clause.id, Clause.anchor, Clause.kind, Clause.label, Clause.text, Clause.cited, Clause.removed_at)
    .join(Draft, Draft.id == Clause.draft_id)
    .join(Invitation, Invitation.round_id == Draft.round_id)
    .where(Invitation.id == bindparam("invitation_id"), Clause.anchor == bindparam("anchor"))
    .where(Draft.corrects_id.is_(None))
    .order_by(Draft.position)
    .limit(1)
)


def place_of(session: Reads, invitation_id: int, anchor: str) -> Place:
    """Return the clause of this agency's round with that anchor.

    Raises:
        NotFound: the round's drafts have no such clause.
    """
    row = session.execute(_PLACE, {"invitation_id": invitation_id, "anchor": anchor}).one_or_none()
    if row is None:
        raise NotFound("the draft has no such place")
    assert isinstance(row.kind, NodeKind)
    return Place(row.id, row.anchor, row.kind.value, row.label, row.text, row.cited, row.removed_at is not None)
