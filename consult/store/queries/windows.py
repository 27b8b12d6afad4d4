"""The window that holds for an invitation: its own where it was given one, else the round's.

``held`` is for acts that store an agency's words: it locks the invitation's row and brings the window with it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from consult.domain.window import Window
from consult.store.answers import Invitation
from consult.store.consultations import Draft, DraftEdition, Round
from consult.store.database import AnyRow, Session


@dataclass(frozen=True)
class Held:
    """An invitation whose row is locked by this transaction, with the window that holds for it.

    ``corrections`` counts how often the round's drafts were corrected.
    """

    invitation_id: int
    round_id: int
    code: str
    name: str
    email: str | None
    generation: int
    requires_letter: bool
    window: Window
    corrections: int


WINDOW = (
    Round.opens_at,
    Round.closes_at.label("round_closes_at"),
    Round.late_until.label("round_late_until"),
    Invitation.closes_at,
    Invitation.late_until,
    Round.withdrawn_at.label("round_withdrawn_at"),
)

_CORRECTIONS = (
    select(func.count(DraftEdition.id))
    .join(Draft, Draft.id == DraftEdition.draft_id)
    .where(Draft.round_id == Round.id)
    .correlate(Round)
    .scalar_subquery()
    .label("corrections")
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
        _CORRECTIONS,
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


def own_in(of_round: Window, closes_at: datetime | None, late_until: datetime | None) -> Window:
    """Return the window of an invitation in a round: its own moments where it was given some."""
    round_moments = (of_round.opens_at, of_round.closes_at, of_round.late_until)
    return own_window(*round_moments, closes_at, late_until, of_round.withdrawn_at)


def held(session: Session, invitation_id: int) -> Held:
    """Lock an invitation's row until the transaction ends and return it with its window."""
    connection, wanted = session.connection(), {"invitation_id": invitation_id}
    if connection.dialect.name != "sqlite":  # where a writing transaction is alone anyway
        connection.execute(_LOCK, wanted).all()
    row = connection.execute(_HELD, wanted).one()
    own = (row.id, row.round_id, row.code, row.name, row.email, row.generation, row.requires_letter)
    return Held(*own, window_of(row), row.corrections)
