"""Giving a published round a later close."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.actions.loading import COMMAND
from consult.domain.dates import printed_deadline
from consult.domain.errors import Refusal
from consult.domain.window import Window
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.journal import append
from consult.store.queries.rounds import published_round


def extend(session: Session, slug: str, closes_at: datetime, reason: str, now: datetime) -> None:
    """Move the close of a consultation's published round to a later moment; time for late answers ends with the old.

    An agency that was given a longer window keeps it while it is the longer one.

    Raises:
        NotFound: there is no published round.
        Refusal: the new close is not later than the old one and than now.
    """
    facts = published_round(session, slug)
    if not facts.window.later_close(closes_at, now):
        raise Refusal(f"{slug}: the new close must be later than the old one and than now")
    window = Window(facts.window.opens_at, closes_at)
    values = {"closes_at": closes_at, "deadline_text": printed_deadline(window), "revision": facts.revision + 1}
    session.execute(update(Round).where(Round.id == facts.id).values(late_until=None, **values))
    shorter = (Invitation.round_id == facts.id) & (Invitation.closes_at <= closes_at)
    session.execute(update(Invitation).where(shorter).values(closes_at=None, late_until=None))
    append(session, now, COMMAND, "extend", facts.id, closes=closes_at, reason=reason)
