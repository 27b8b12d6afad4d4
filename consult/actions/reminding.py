"""Reminding the silent agencies of a round: by the official's click, at most once a day each."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actions import posting
from consult.actions.preparing import acting
from consult.actions.reminding_due import of_this_window, planned
from consult.actions.responding import own_round
from consult.domain.errors import RoundClosed
from consult.domain.window import Phase, local
from consult.store.journal import append
from consult.store.outbox import ClaimedLetter
from consult.store.queries.door import OfficialGrant
from consult.store.queries.people import InvitedAddress, silent, still_silent
from consult.store.queries.reminded import reminder_sent
from consult.store.queries.rounds import RoundFacts


@dataclass(frozen=True)
class Reminded:
    """What became of a click: letters queued, and agencies that got none because …

    ``already``: they were reminded today; ``without``: they have no mailbox; ``answered``: they were chosen and are
    not silent any more; ``over``: they were chosen and their time is not open.
    """

    queued: int
    already: int = 0
    without: int = 0
    answered: int = 0
    over: int = 0


def remind_silent(
    session: Session, official: OfficialGrant, facts: RoundFacts, now: datetime, codes: Collection[str] | None = None
) -> Reminded:
    """Queue a reminder for every silent agency, or for those of ``codes`` alone, whose window is open, once a day each.

    Raises:
        NoAccess: the round is another lead agency's.
        RoundClosed: all silent agencies were meant, and the window of none takes answers.
    """
    own_round(official, facts)
    found = tuple(each for each in silent(session, facts.id) if codes is None or each.code in codes)
    waiting = tuple(each for each in found if each.window.phase(now).takes_answers)
    if codes is None and not waiting:
        raise RoundClosed("no silent agency can be reminded: the window is not open or all have answered")
    today = local(now).date().isoformat()
    reminded = posting.reminded_on(session, facts.id, today)
    fresh = tuple(each for each in waiting if each.email and each.id not in reminded)
    posting.reminders(session, facts, fresh, now, today)
    if fresh:
        append(session, now, acting(official), "remind", facts.id, agencies=[each.code for each in fresh])
    without = sum(not each.email for each in waiting)
    return Reminded(
        queued=len(fresh),
        already=len(waiting) - len(fresh) - without,
        without=without,
        answered=0 if codes is None else len(set(codes)) - len(found),
        over=0 if codes is None else len(found) - len(waiting),
    )


def reminder_still_due(session: Session, letter: ClaimedLetter, now: datetime) -> bool:
    """Say, at the moment of sending, whether a reminder may leave.

    The agency is still silent, its window still takes answers and is the one that the letter names, and no other
    reminder left on the same day. One that left by the plan alone does not leave after the close.
    """
    address: InvitedAddress | None = still_silent(session, letter.invitation_id or 0)
    if address is None or not of_this_window(letter.key, address):
        return False
    phase = address.window.phase(now)
    if not phase.takes_answers or (planned(letter.key) and phase is not Phase.OPEN):
        return False
    sent = reminder_sent(session, address.id)
    return sent is None or local(sent).date() != local(now).date()
