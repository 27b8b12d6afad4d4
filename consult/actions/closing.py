"""Ending a published round before its time: closing it early, withdrawing it, or taking one request back."""

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from consult.actions import posting_notices
from consult.actions.extending import chosen, end_longer, hold, move_close
from consult.actions.noticing import Grounds, MovedClose, note
from consult.domain.errors import CannotAdjust
from consult.domain.hindrances import Hindrance
from consult.domain.terms import NoticeKind
from consult.store import outbox
from consult.store.access import end_agency_grants
from consult.store.answers import Invitation, Submission
from consult.store.consultations import Round
from consult.store.journal import Actor
from consult.store.queries.people import invited


def close_early(
    session: Session, actor: Actor, round_id: int, closes_at: datetime, grounds: Grounds, now: datetime
) -> int:
    """End an open round at ``closes_at``, now or later but before its close, for every agency, and tell them.

    What an agency has drafted stays readable to it. Returns how many letters are queued.

    Raises:
        CannotAdjust: the round is not open, or that would not end it sooner; it was withdrawn; no reason.
    """
    facts = hold(session, round_id, grounds)
    if not facts.window.earlier_close(closes_at, now):
        raise CannotAdjust(Hindrance.NOT_EARLIER, facts.slug)
    before = invited(session, round_id)
    move_close(session, facts, closes_at)
    end_longer(session, facts, closes_at)
    told = posting_notices.moved(session, round_id, before, NoticeKind.CLOSED_EARLY, grounds, now)
    moved = MovedClose(facts.window.closes_at, closes_at)
    note(session, actor, round_id, NoticeKind.CLOSED_EARLY, grounds, now, moved=moved)
    return told


def withdraw(session: Session, actor: Actor, round_id: int, grounds: Grounds, now: datetime) -> int:
    """Withdraw a published round: from ``now`` on nothing is taken; letters that have not left stay here.

    Agencies whose request has left are told. What was sent stays for the office. Returns how many letters are queued.

    Raises:
        CannotAdjust: it was withdrawn before; no reason.
    """
    facts = hold(session, round_id, grounds)
    values = {"withdrawn_at": now, "revision": facts.revision + 1}
    session.execute(update(Round).where(Round.id == round_id).values(**values))
    asked = invited(session, round_id)
    reached = outbox.reached(session, round_id)
    outbox.cancel_waiting(session, round_id)
    told = posting_notices.withdrawn(session, round_id, [each for each in asked if each.id in reached], grounds, now)
    note(session, actor, round_id, NoticeKind.WITHDRAWN, grounds, now)
    return told


def take_back(session: Session, actor: Actor, round_id: int, code: str, grounds: Grounds, now: datetime) -> int:
    """Take the request to one agency back: its link ends, and it is counted no more. Tells it if the request has left.

    Returns how many letters are queued.

    Raises:
        CannotAdjust: it has sent an answer, be it recalled; there is no such agency; or as for ``withdraw``.
    """
    facts = hold(session, round_id, grounds)
    asked = chosen(session, facts, (code,))
    (agency,) = asked
    if session.scalar(select(exists().where(Submission.invitation_id == agency.id))):
        raise CannotAdjust(Hindrance.HAS_SENT, agency.name)
    values = {"withdrawn_at": now, "generation": agency.generation + 1}
    session.execute(update(Invitation).where(Invitation.id == agency.id).values(**values))
    session.execute(update(Round).where(Round.id == round_id).values(revision=facts.revision + 1))
    end_agency_grants(session, agency.id)
    reached = agency.id in outbox.reached(session, round_id)
    outbox.cancel_waiting(session, round_id, agency.id)
    told = posting_notices.taken_back(session, round_id, asked if reached else (), grounds, now)
    note(session, actor, round_id, NoticeKind.REMOVED, grounds, now, agency.id)
    return told
