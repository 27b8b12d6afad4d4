"""Queues the letter about the close to each agency whose time is over, where the office wants one. Any worker may."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.actions.issuing import WORKER
from consult.actions.posting import addressee, to_invited
from consult.actions.posting_again import by_its_letter, own_letters
from consult.domain.telling import CLOSED_LETTERS_FOR, at_work, told_of_close
from consult.domain.terms import LetterKind
from consult.mail.closed import Received, closed
from consult.store.consultations import Round
from consult.store.journal import append
from consult.store.outbox import ClaimedLetter, queue
from consult.store.queries.over import InForce, in_force, rounds_over
from consult.store.queries.people import InvitedAddress, invited, invited_by_id
from consult.store.queries.rounds import RoundFacts, round_by_id
from consult.store.queries.told import keys_of

MOST_AT_ONCE = 200


def rounds_to_tell(session: Session, now: datetime) -> tuple[int, ...]:
    """Return the rounds with agencies that are to be told of the close now."""
    if not at_work(now):
        return ()
    over = rounds_over(session, now - CLOSED_LETTERS_FOR, now)
    return tuple(each for each in over if next(_due(session, round_by_id(session, each), now), None))


def tell_close(session: Session, round_id: int, now: datetime) -> int:
    """Queue up to ``MOST_AT_ONCE`` letters about the close of a round, one an agency and close; return how many.

    Call again until it is none. The letter says what was received by now.
    """
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True)).all()
    facts = round_by_id(session, round_id)
    due = [each for each, _ in zip(_due(session, facts, now), range(MOST_AT_ONCE), strict=False)]
    if not due:
        return 0
    sent, own = in_force(session, round_id), own_letters(session, round_id)
    fresh = []
    for each in due:
        words = closed(by_its_letter(facts, each, own), addressee(each), _received(facts, sent.get(each.id)))
        fresh.append(to_invited(_key(each), LetterKind.CLOSED, facts, each, words))
    queue(session, fresh, now)
    append(session, now, WORKER, "tell_close", round_id, agencies=[each.code for each in due])
    return len(due)


def close_still_told(session: Session, letter: ClaimedLetter, now: datetime) -> bool:
    """Say, at the moment of sending, whether a letter about the close still holds: no more time was given."""
    to = invited_by_id(session, letter.invitation_id or 0)
    return to is not None and letter.key == _key(to) and not to.window.phase(now).takes_answers


def _due(session: Session, facts: RoundFacts, now: datetime) -> Iterator[InvitedAddress]:
    if not facts.tells_close or facts.result_at is not None:
        return
    known = keys_of(session, facts.id, LetterKind.CLOSED)
    for each in invited(session, facts.id):
        if each.email and told_of_close(each.window, now) and _key(each) not in known:
            yield each


def _key(each: InvitedAddress) -> str:
    return f"closed:{each.id}:{each.window.ends_at().timestamp():.0f}"


def _received(facts: RoundFacts, sent: InForce | None) -> Received | None:
    if sent is None:
        return None
    return Received(sent.code, sent.stance, sent.late, facts.requires_letter and not sent.letter_number)
