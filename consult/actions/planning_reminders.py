"""The office changes, while a round is open, which letters leave by themselves."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.domain.errors import CannotAdjust
from consult.domain.hindrances import Hindrance
from consult.domain.reminder_plan import stored_days
from consult.store.consultations import Round
from consult.store.journal import Actor, append
from consult.store.outbox import cancel_reminders
from consult.store.queries.people import silent
from consult.store.queries.rounds import round_by_id


def set_reminders(
    session: Session,
    actor: Actor,
    round_id: int,
    days: tuple[int, ...] | None,
    now: datetime,
    *,
    tells_close: bool = False,
) -> None:
    """Store on which working days before the last day silent agencies are reminded: () for never, None for the usual.

    With () the reminders that have not left are taken back. ``tells_close``: each agency gets a letter after the close.

    Raises:
        CannotAdjust: the round was withdrawn, or its result is public.
    """
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True)).all()
    facts = round_by_id(session, round_id)
    if facts.withdrawn_at is not None:
        raise CannotAdjust(Hindrance.WITHDRAWN, facts.slug)
    if facts.result_at is not None:
        raise CannotAdjust(Hindrance.CONCLUDED, facts.slug)
    values = {"reminder_days": stored_days(days), "tells_close": tells_close}
    session.execute(update(Round).where(Round.id == round_id).values(**values))
    if days == ():
        cancel_reminders(session, [each.id for each in silent(session, round_id)])
    append(session, now, actor, "set reminders", round_id, days=stored_days(days) or "", tells_close=tells_close)
