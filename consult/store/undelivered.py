"""Letters that did not arrive: found, sent again, given another address, noted as come back."""

import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.domain.terms import LetterState
from consult.store.database import AnyRow
from consult.store.outbox import LETTERS as _TABLE


def failed(session: Session, round_id: int, letter_id: int) -> AnyRow | None:
    """Return ``to_address``, ``to_name`` and ``invitation_id`` of a letter of a round that was given up, or None."""
    letter = _TABLE.c
    found = select(letter.to_address, letter.to_name, letter.invitation_id).where(
        letter.id == letter_id, letter.round_id == round_id, letter.state == LetterState.FAILED
    )
    return session.execute(found.with_for_update()).one_or_none()


def readdress(session: Session, round_id: int, invitation_id: int | None, email: str) -> None:
    """Give the letters of an agency that have not left another address; those in a worker's hand keep theirs."""
    letter = _TABLE.c
    mine = (letter.round_id == round_id) & (letter.invitation_id == invitation_id) & letter.leased_by.is_(None)
    waiting = mine & letter.state.in_((LetterState.DUE, LetterState.FAILED))
    session.execute(update(_TABLE).where(waiting).values(to_address=email))


def renew(session: Session, letter_id: int, now: datetime) -> None:
    """Make a letter that was given up due at once, with all its tries, as a message of its own."""
    given_up = (_TABLE.c.id == letter_id) & (_TABLE.c.state == LetterState.FAILED)
    fresh: dict[str, object] = {"state": LetterState.DUE, "due_at": now, "attempts": 0}
    fresh |= {"last_error": "", "bounced_at": None, "reported_at": None}
    session.execute(update(_TABLE).where(given_up).values(**fresh, public_id=secrets.token_hex(16)))


def bounce(session: Session, message_ids: Collection[str], round_id: int, reason: str, now: datetime) -> AnyRow | None:
    """Note that a letter of a round came back, by its ``public_id``; return its id and ``to_name``, or None.

    One that came back before stays as it is and is returned all the same.
    """
    letter = _TABLE.c
    mine = (letter.round_id == round_id) & letter.public_id.in_(message_ids)
    found = session.execute(select(letter.id, letter.to_name).where(mine).limit(1)).one_or_none()
    if found is not None:
        left = (letter.id == found.id) & (letter.state == LetterState.SENT)
        came_back = {"state": LetterState.FAILED, "sent_at": None, "bounced_at": now, "last_error": reason}
        session.execute(update(_TABLE).where(left).values(**came_back))
    return found
