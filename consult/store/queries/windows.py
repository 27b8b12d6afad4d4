"""The window that holds for an invitation: its own where it was given one, else the round's.

``held`` is for acts that store an agency's words: it locks the invitation's row and brings the window with it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from consult.domain.window import Window
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import AnyRow, Session


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


WINDOW = (
    Round.opens_at,
    Round.closes_at.label("round_closes_at"),
    Round.late_until.label("round_late_until"),
    Invitation.closes_at,
    Invitation.late_until,
    Round.withdrawn_at.label("round_withdrawn_at"),
)

# Locked by a statement of its own: one that waited for the lock would read the round as it stood before the wait.
_LOCK = select(Invitation.id).where(Invitation.id == bindparam("invitation_id")).with_for_update()
_HELD = (
    select(
        Invitation.id,
        Invitation.round_id,
        Invitation.code,
        Invitation.name,
        Invitation.email,
        Invitation.generation,
        Round.requires_letter,
        *WINDOW,
    )
    .join(Round, Round.id == Invitation.round_id)
    .where(Invitation.id == bindparam("invitation_id"))
)


def window_of(row: AnyRow) -> Window:
    """Return the window that holds for an invitation: its own close where it was given one, else the round's."""
    return own_window(
        row.opens_at,
        row.round_closes_at,
        row.round_late_until,
        row.closes_at,
        row.late_until,
        row.round_withdrawn_at,
    )


def own_window(
    opens_at: datetime,
    round_closes_at: datetime,
    round_late_until: datetime | None,
    closes_at: datetime | None,
    late_until: datetime | None,
    withdrawn_at: datetime | None,
) -> Window:
    """Return the window made of the columns of ``WINDOW`` in their order."""
    late = late_until if closes_at or late_until else round_late_until
    return Window(opens_at, closes_at or round_closes_at, late, withdrawn_at)


def held(session: Session, invitation_id: int) -> Held:
    """Lock an invitation's row until the transaction ends and return it with its window."""
    session.connection().execute(_LOCK, {"invitation_id": invitation_id}).all()
    row = session.connection().execute(_HELD, {"invitation_id": invitation_id}).one()
    return Held(
        row.id, row.round_id, row.code, row.name, row.email, row.generation, row.requires_letter, window_of(row)
    )
