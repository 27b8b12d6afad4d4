"""Puts the letters about the office's acts of the week into the outbox, one an agency and act."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actions import posting_again
from consult.actions.noticing import Grounds
from consult.actions.posting import addressee, to_invited
from consult.actions.posting_again import own_occasion
from consult.domain.terms import LetterKind, NoticeKind
from consult.mail import letters, notices
from consult.mail.notices import ActFacts
from consult.mail.occasion import Occasion
from consult.mail.parts import Letter
from consult.store.outbox import NewLetter, queue
from consult.store.queries.people import InvitedAddress, invited
from consult.store.queries.rounds import round_by_id


def moved(
    session: Session,
    round_id: int,
    before: Sequence[InvitedAddress],
    kind: NoticeKind,
    grounds: Grounds,
    now: datetime,
) -> int:
    """Tell those of ``before``, as they were asked then, whose window is another one now; return how many letters.

    Letters that still wait are written anew; the worker drops a planned reminder of the old window. An agency that has
    longer and whose request waits gets that one alone.
    """
    facts = round_by_id(session, round_id)
    earlier = {each.id: each for each in before}
    fresh, changed = [], _changed(session, round_id, earlier)
    waiting = posting_again.written_anew(session, facts, changed, now)
    for each in changed:
        if kind is not NoticeKind.EXTENDED or waiting.get(each.id, frozenset()) != {LetterKind.INVITATION}:
            words = _moved(own_occasion(facts, each), each, earlier[each.id], kind, _act(grounds))
            fresh.append(to_invited(_key(kind, each, now), LetterKind.WINDOW_CHANGED, facts, each, words))
    asked_anew = len(changed) - len(fresh)
    return asked_anew + _queue(session, fresh, now, due_at=max(now, facts.window.opens_at))


def _changed(session: Session, round_id: int, earlier: Mapping[int, InvitedAddress]) -> list[InvitedAddress]:
    """Return the agencies, as they are asked now, whose window is another one than it was."""
    present = (each for each in invited(session, round_id) if each.id in earlier)
    return [each for each in present if each.window != earlier[each.id].window]


def _moved(about: Occasion, each: InvitedAddress, earlier: InvitedAddress, kind: NoticeKind, act: ActFacts) -> Letter:
    if kind is NoticeKind.LATE_ALLOWED:
        return notices.late_allowed(about, addressee(each), act)
    says = notices.extended if kind is NoticeKind.EXTENDED else notices.closed_early
    return says(about, addressee(each), earlier.window, act)


def withdrawn(
    session: Session, round_id: int, asked: Collection[InvitedAddress], grounds: Grounds, now: datetime
) -> int:
    """Tell agencies that the consultation was withdrawn; return how many letters."""
    facts = round_by_id(session, round_id)
    fresh = []
    for each in asked:
        words = notices.withdrawn(own_occasion(facts, each), addressee(each), now, _act(grounds))
        fresh.append(to_invited(_key(NoticeKind.WITHDRAWN, each, now), LetterKind.WITHDRAWN, facts, each, words))
    return _queue(session, fresh, now)


def taken_back(
    session: Session, round_id: int, asked: Collection[InvitedAddress], grounds: Grounds, now: datetime
) -> int:
    """Tell agencies that the request to them was taken back; return how many letters."""
    facts = round_by_id(session, round_id)
    fresh = []
    for each in asked:
        words = notices.taken_back(own_occasion(facts, each), addressee(each), now, _act(grounds))
        fresh.append(to_invited(_key(NoticeKind.REMOVED, each, now), LetterKind.WITHDRAWN, facts, each, words))
    return _queue(session, fresh, now)


def added(
    session: Session,
    round_id: int,
    asked: Collection[InvitedAddress],
    concerns: Mapping[int, Sequence[str]],
    grounds: Grounds,
    now: datetime,
) -> int:
    """Ask agencies that were added, from the letter that asks them where there is one; return how many letters."""
    facts = round_by_id(session, round_id)
    fresh = []
    for each in asked:
        about = own_occasion(facts, each)
        if grounds.letter_number:
            about = replace(about, letter_number=grounds.letter_number, letter_date=grounds.letter_date)
        words = letters.invitation(about, addressee(each), tuple(concerns.get(each.id, ())))
        key = f"invitation:{each.id}:{each.generation}:{now.timestamp():.6f}"
        fresh.append(to_invited(key, LetterKind.INVITATION, facts, each, words))
    return _queue(session, fresh, now, due_at=max(now, facts.window.opens_at))


def _act(grounds: Grounds) -> ActFacts:
    return ActFacts(grounds.reason, grounds.letter_number, grounds.letter_date)


def _key(kind: NoticeKind, each: InvitedAddress, now: datetime) -> str:
    return f"{kind.name.lower()}:{each.id}:{now.timestamp():.6f}"


def _queue(session: Session, fresh: Sequence[NewLetter], now: datetime, due_at: datetime | None = None) -> int:
    """Queue the letters and count those that have an address."""
    queue(session, fresh, now, due_at)
    return sum(1 for letter in fresh if letter.to_address)
