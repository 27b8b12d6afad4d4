"""Giving a published round a later close, all of it or some agencies, and taking late answers for a while.

Each act locks the list first and then the round, so that an agency's answer is stored wholly before it or wholly after.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from consult.actions import posting_notices
from consult.actions.noticing import Grounds, MovedClose, note
from consult.domain.dates import printed_deadline
from consult.domain.errors import CannotAdjust
from consult.domain.hindrances import Hindrance
from consult.domain.terms import NoticeKind
from consult.domain.window import Window
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.journal import Actor
from consult.store.queries.people import InvitedAddress, invited
from consult.store.queries.rounds import RoundFacts, round_by_id


def hold(session: Session, round_id: int, grounds: Grounds) -> RoundFacts:
    """Lock a round's list and the round until the transaction ends; return the round as it stands now.

    Raises:
        CannotAdjust: it was withdrawn, its result is public, or no reason is given.
    """
    asked = select(Invitation.id).where(Invitation.round_id == round_id).order_by(Invitation.id)
    session.execute(asked.with_for_update()).all()
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True)).all()
    facts = round_by_id(session, round_id)
    if facts.withdrawn_at is not None:
        raise CannotAdjust(Hindrance.WITHDRAWN, facts.slug)
    if facts.result_at is not None:
        raise CannotAdjust(Hindrance.CONCLUDED, facts.slug)
    if not grounds.reason:
        raise CannotAdjust(Hindrance.NO_REASON, facts.slug)
    return facts


def chosen(session: Session, facts: RoundFacts, codes: Collection[str]) -> tuple[InvitedAddress, ...]:
    """Return the agencies of these codes in the list's order.

    Raises:
        CannotAdjust: there are none of them.
    """
    found = tuple(each for each in invited(session, facts.id) if each.code in codes)
    if not found:
        raise CannotAdjust(Hindrance.NOBODY, facts.slug)
    return found


def extend(session: Session, actor: Actor, round_id: int, closes_at: datetime, grounds: Grounds, now: datetime) -> int:
    """Move the close of a round to a later moment and tell its agencies; time for late answers ends with the old.

    An agency that was given a longer window keeps it while it is the longer one. Returns how many letters are queued.

    Raises:
        CannotAdjust: the new close is not later than the old one and than now; the round was withdrawn; no reason.
    """
    facts = hold(session, round_id, grounds)
    if not facts.window.later_close(closes_at, now):
        raise CannotAdjust(Hindrance.NOT_LATER, facts.slug)
    before = invited(session, round_id)
    move_close(session, facts, closes_at)
    shorter = (Invitation.closes_at <= closes_at) | (
        Invitation.closes_at.is_(None) & Invitation.late_until.is_not(None)
    )
    session.execute(
        update(Invitation).where(Invitation.round_id == round_id, shorter).values(closes_at=None, late_until=None)
    )
    told = posting_notices.moved(session, round_id, before, NoticeKind.EXTENDED, grounds, now)
    moved = MovedClose(facts.window.closes_at, closes_at)
    note(session, actor, round_id, NoticeKind.EXTENDED, grounds, now, moved=moved)
    return told


def extend_some(
    session: Session,
    actor: Actor,
    round_id: int,
    codes: Collection[str],
    closes_at: datetime,
    grounds: Grounds,
    now: datetime,
) -> int:
    """Give some agencies a later close of their own, and tell them; late answers are taken as long as they were.

    Returns how many letters are queued.

    Raises:
        CannotAdjust: for one of them it is not later than what holds and than now; or as for ``extend``.
    """
    facts = hold(session, round_id, grounds)
    asked = chosen(session, facts, codes)
    for each in asked:
        if not each.window.later_close(closes_at, now):
            raise CannotAdjust(Hindrance.NOT_LATER, each.name)
    moves = {
        each.id: MovedClose(each.window.closes_at, closes_at, each.window.late_beyond(closes_at)) for each in asked
    }
    return _give_own(session, actor, facts, asked, moves, NoticeKind.EXTENDED, grounds, now)


def allow_late(
    session: Session, actor: Actor, round_id: int, late_until: datetime, grounds: Grounds, now: datetime
) -> int:
    """Take answers that come after the close, until ``late_until``, from everybody.

    An agency with a close of its own keeps it, and time that it was given beyond ``late_until``. Returns how many
    letters are queued.

    Raises:
        CannotAdjust: late answers are taken as long already, or the moment has passed; or as for ``extend``.
    """
    facts = hold(session, round_id, grounds)
    if not facts.window.later_end(late_until, now):
        raise CannotAdjust(Hindrance.LATE_NOT_LATER, facts.slug)
    before = invited(session, round_id)
    values = {"late_until": late_until, "revision": facts.revision + 1}
    session.execute(update(Round).where(Round.id == round_id).values(**values))
    _reach_own_windows(session, facts, late_until)
    told = posting_notices.moved(session, round_id, before, NoticeKind.LATE_ALLOWED, grounds, now)
    moved = MovedClose(facts.window.closes_at, facts.window.closes_at, late_until)
    note(session, actor, round_id, NoticeKind.LATE_ALLOWED, grounds, now, moved=moved)
    return told


def allow_late_some(
    session: Session,
    actor: Actor,
    round_id: int,
    codes: Collection[str],
    late_until: datetime,
    grounds: Grounds,
    now: datetime,
) -> int:
    """Take late answers of some agencies until ``late_until``, and tell them. Returns how many letters are queued.

    Raises:
        CannotAdjust: of one of them they are taken as long already, or the moment has passed; or as for ``extend``.
    """
    facts = hold(session, round_id, grounds)
    asked = chosen(session, facts, codes)
    for each in asked:
        if not each.window.later_end(late_until, now):
            raise CannotAdjust(Hindrance.LATE_NOT_LATER, each.name)
    moves = {each.id: MovedClose(each.window.closes_at, each.window.closes_at, late_until) for each in asked}
    return _give_own(session, actor, facts, asked, moves, NoticeKind.LATE_ALLOWED, grounds, now)


def _reach_own_windows(session: Session, facts: RoundFacts, late_until: datetime) -> None:
    """Take late answers as long from agencies whose own window ends sooner."""
    own = Invitation.closes_at.is_not(None) | Invitation.late_until.is_not(None)
    ends_at = func.coalesce(Invitation.late_until, Invitation.closes_at)
    mine = (Invitation.round_id == facts.id) & own & (ends_at < late_until)
    session.execute(update(Invitation).where(mine).values(late_until=late_until))


def move_close(session: Session, facts: RoundFacts, closes_at: datetime) -> None:
    """Write another close of a round with its wording; time for late answers ends with the old one."""
    words = printed_deadline(Window(facts.window.opens_at, closes_at))
    values = {"closes_at": closes_at, "late_until": None, "deadline_text": words, "revision": facts.revision + 1}
    session.execute(update(Round).where(Round.id == facts.id).values(**values))


def end_longer(session: Session, facts: RoundFacts, closes_at: datetime) -> None:
    """End the agencies' own windows that reach beyond an earlier close of the round; shorter ones stay."""
    longer = (Invitation.closes_at >= closes_at) | (Invitation.late_until > closes_at)
    mine = (Invitation.round_id == facts.id) & longer
    session.execute(update(Invitation).where(mine).values(closes_at=None, late_until=None))


def _give_own(
    session: Session,
    actor: Actor,
    facts: RoundFacts,
    asked: tuple[InvitedAddress, ...],
    moves: Mapping[int, MovedClose],
    kind: NoticeKind,
    grounds: Grounds,
    now: datetime,
) -> int:
    """Store windows of their own for some agencies; tell and note each."""
    for invitation_id, move in moves.items():
        own = {"closes_at": move.closes_at, "late_until": move.late_until}
        session.execute(update(Invitation).where(Invitation.id == invitation_id).values(**own))
    session.execute(update(Round).where(Round.id == facts.id).values(revision=facts.revision + 1))
    told = posting_notices.moved(session, facts.id, asked, kind, grounds, now)
    for invitation_id, move in moves.items():
        note(session, actor, facts.id, kind, grounds, now, invitation_id, move)
    return told
