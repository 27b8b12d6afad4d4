"""Queues the reminders whose moment has come. Any number of workers may do it: one moment is one letter an agency."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.actions.issuing import WORKER
from consult.actions.posting import addressee, occasion, to_invited
from consult.domain.reminder_plan import Moment, days_for, due_moment, leaving_at, moments
from consult.domain.terms import LetterKind
from consult.mail import letters
from consult.store.consultations import Round
from consult.store.journal import append
from consult.store.outbox import cancel_reminders, queue
from consult.store.queries.people import InvitedAddress, silent
from consult.store.queries.reminded import in_hand, invited_at, keys_queued, last_reminded
from consult.store.queries.rounds import RoundFacts, round_by_id

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class _Due:
    to: InvitedAddress
    moment: Moment


def queue_due_reminders(session: Session, round_id: int, now: datetime) -> int:
    """Queue up to ``MOST_AT_ONCE`` due reminders of a round and return how many; call again until it is none.

    The round is locked first, so that a second worker sees what the first has queued. An older reminder that has not
    left yet gives way to the newer one.
    """
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True)).all()
    facts = round_by_id(session, round_id)
    due = list(_due(session, facts, now))[:MOST_AT_ONCE]
    if not due:
        return 0
    cancel_reminders(session, [each.to.id for each in due])
    for each in due:
        _queue(session, facts, each, now)
    append(session, now, WORKER, "remind", facts.id, agencies=[each.to.code for each in due])
    return len(due)


def key_of(to: InvitedAddress, days: int) -> str:
    """Return the key of a planned reminder: the close that it is about tells one window from the next."""
    return f"reminder:{to.id}:{to.window.closes_at.timestamp():.0f}:{days}"


def of_this_window(key: str, to: InvitedAddress) -> bool:
    """Say whether a reminder's key is of the window that holds now; one that an official asked for names none."""
    return not planned(key) or key.split(":")[2] == f"{to.window.closes_at.timestamp():.0f}"


def planned(key: str) -> bool:
    """Say whether a reminder's key is one of ``key_of``, and not of an official's click."""
    return key.count(":") == 3


def _due(session: Session, facts: RoundFacts, now: datetime) -> Iterator[_Due]:
    asked: Sequence[InvitedAddress] = silent(session, facts.id)
    invited, reminded = invited_at(session, facts.id), last_reminded(session, facts.id)
    sending, known = in_hand(session, facts.id), keys_queued(session, facts.id)
    for each in asked:
        if each.email and each.id in invited and each.id not in sending:
            plan = moments(each.window, days_for(each.window, facts.reminder_days), invited[each.id])
            found = due_moment(plan, each.window, reminded.get(each.id), now)
            if found is not None and key_of(each, found.days) not in known:
                yield _Due(each, found)


def _queue(session: Session, facts: RoundFacts, due: _Due, now: datetime) -> None:
    leaves = leaving_at(now, due.to.window)
    words = letters.reminder(occasion(facts, due.to.window), addressee(due.to), leaves)
    letter = to_invited(key_of(due.to, due.moment.days), LetterKind.REMINDER, facts, due.to, words)
    queue(session, [letter], now, leaves)
