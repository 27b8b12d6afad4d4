"""What an agency's letter of reply needs besides its comments: its kind, the letter that asked, names of drafts."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.store.answers import Invitation
from consult.store.consultations import Clause, Draft
from consult.store.directory import Agency


class InvitedBody(NamedTuple):
    """An invited agency with its kind in the directory, and the letter of its own by which it was asked, if any."""

    name: str
    kind: str
    letter_number: str
    letter_date: date | None


_BODY = (
    select(Invitation.name, Agency.kind, Invitation.letter_number, Invitation.letter_date)
    .join(Agency, Agency.id == Invitation.agency_id)
    .where(Invitation.id == bindparam("invitation_id"))
)
_TITLES = (
    select(Draft.title)
    .where(Draft.round_id == bindparam("round_id"), Draft.corrects_id.is_(None))
    .order_by(Draft.position)
)
_DRAFTS = (
    select(Clause.anchor, Draft.title)
    .join(Draft, Draft.id == Clause.draft_id)
    .where(Draft.round_id == bindparam("round_id"), Draft.corrects_id.is_(None))
    .where(Clause.anchor.in_(bindparam("anchors", expanding=True)))
)


def invited_body(session: Session, invitation_id: int) -> InvitedBody:
    """Return the agency of an invitation."""
    return InvitedBody._make(session.execute(_BODY, {"invitation_id": invitation_id}).one())


def titles_of_drafts(session: Session, round_id: int) -> tuple[str, ...]:
    """Return the titles of a round's drafts in their order."""
    return tuple(session.scalars(_TITLES, {"round_id": round_id}))


def drafts_of_anchors(session: Session, round_id: int, anchors: Iterable[str]) -> dict[str, str]:
    """Return anchor → title of its draft."""
    rows = session.execute(_DRAFTS, {"round_id": round_id, "anchors": list(anchors)})
    return {row.anchor: row.title for row in rows}
