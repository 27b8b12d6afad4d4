"""Reminding the silent agencies of a round: by the official's click, at most once a day each."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.actions import posting
from consult.actions.responding import own_round
from consult.domain.errors import RoundClosed
from consult.domain.terms import ActorKind
from consult.domain.window import local
from consult.store.journal import Actor, append
from consult.store.outbox import ClaimedLetter
from consult.store.queries.door import OfficialGrant
from consult.store.queries.people import InvitedAddress, silent, still_silent
from consult.store.queries.rounds import RoundFacts


def remind_silent(session: Session, official: OfficialGrant, facts: RoundFacts, now: datetime) -> tuple[int, int]:
    """Queue a reminder for every silent agency whose window is open and that had none today.

    Returns how many were queued, and how many silent agencies have no address.

    Raises:
        NoAccess: the round is another lead agency's.
        RoundClosed: no silent agency's window takes answers.
    """
    own_round(official, facts)
    waiting = tuple(each for each in silent(session, facts.id) if each.window.phase(now).takes_answers)
    if not waiting:
        raise RoundClosed("no silent agency can be reminded: the window is not open or all have answered")
    today = local(now).date().isoformat()
    reminded = posting.reminded_on(session, facts.id, today)
    reachable = tuple(each for each in waiting if each.email and each.id not in reminded)
    posting.reminders(session, facts, reachable, now, today)
    who = Actor(ActorKind.OFFICIAL, official.name)
    append(session, now, who, "remind", facts.id, agencies=[each.code for each in reachable])
    return len(reachable), sum(not each.email for each in waiting)


def reminder_still_due(session: Session, letter: ClaimedLetter, now: datetime) -> bool:
    """Say, at the moment of sending, whether the agency is still silent and its window still takes answers."""
    address: InvitedAddress | None = still_silent(session, letter.invitation_id or 0)
    return address is not None and address.window.phase(now).takes_answers
