"""Writes letters anew that still wait when a deadline moves, so that none leaves with the one before.

Those that ask (the invitation, a reminder, a link sent again) are made of what the record holds, and are written again
in the transaction of the act. Others tell of a moment that has been (a receipt, a correction): they stay as they are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.actions.posting import addressee, occasion
from consult.domain.dates import printed_deadline
from consult.domain.errors import RoundClosed
from consult.domain.terms import LetterKind
from consult.mail import letters
from consult.mail.layout import render
from consult.mail.occasion import Occasion
from consult.mail.parts import Letter
from consult.store.answers import Invitation
from consult.store.outbox_waiting import Waiting, rewrite, waiting_letters
from consult.store.queries.concerns import cited_concerns
from consult.store.queries.people import InvitedAddress
from consult.store.queries.rounds import RoundFacts

_OWN_LETTERS = select(Invitation.id, Invitation.letter_number, Invitation.letter_date).where(
    Invitation.round_id == bindparam("round_id"), Invitation.letter_number != ""
)
OwnLetters = Mapping[int, tuple[str, date | None]]
"""Number and date of the letter that asks an agency, by its invitation, where it is not the round's."""
_ASKING = (LetterKind.INVITATION, LetterKind.REMINDER, LetterKind.LINK_AGAIN)


def own_occasion(facts: RoundFacts, each: InvitedAddress) -> Occasion:
    """Return the round as a letter to this agency names it: the printed deadline is that of its own window."""
    about = occasion(facts, each.window)
    if each.window.closes_at == facts.window.closes_at:
        return about
    return replace(about, deadline_text=printed_deadline(each.window))


def written_anew(
    session: Session, facts: RoundFacts, moved: Collection[InvitedAddress], now: datetime
) -> Mapping[int, frozenset[LetterKind]]:
    """Write the waiting letters of agencies whose window moved again; return which kinds wait, by invitation.

    A letter that a worker may just be sending is written too, and is not counted among the waiting ones.
    """
    present = {each.id: each for each in moved}
    found = [each for each in waiting_letters(session, facts.id) if each.invitation_id in present]
    own = own_letters(session, facts.id)
    concerns = cited_concerns(session, facts.id) if found else {}
    for letter in found:
        each = present[letter.invitation_id]
        words = _words(letter, by_its_letter(facts, each, own), each, concerns.get(each.id, ()), now)
        if words is not None:
            laid_out = render(words)
            rewrite(session, letter.id, laid_out.subject, laid_out.text, laid_out.html)
    return _kinds(found)


def own_letters(session: Session, round_id: int) -> OwnLetters:
    """Return number and date of the letters that ask agencies of a round later than the others."""
    rows = session.execute(_OWN_LETTERS, {"round_id": round_id})
    return {row.id: (row.letter_number, row.letter_date) for row in rows}


def by_its_letter(facts: RoundFacts, each: InvitedAddress, own: OwnLetters) -> Occasion:
    """Return the round as asked by the letter that asks this agency: one asked later may have its own."""
    about = own_occasion(facts, each)
    if each.id not in own:
        return about
    number, day = own[each.id]
    return replace(about, letter_number=number, letter_date=day)


def _words(
    letter: Waiting, about: Occasion, each: InvitedAddress, concerns: Sequence[str], now: datetime
) -> Letter | None:
    """Return what a waiting letter says now, None for one that stays as it is."""
    if letter.kind not in _ASKING:
        return None
    if letter.kind is LetterKind.INVITATION:
        return letters.invitation(about, addressee(each), tuple(concerns))
    if letter.kind is LetterKind.LINK_AGAIN:
        return letters.link_again(about, addressee(each), now)
    try:
        return letters.reminder(about, addressee(each), now)
    except RoundClosed:  # the worker drops a reminder of what is closed
        return None


def _kinds(found: Sequence[Waiting]) -> Mapping[int, frozenset[LetterKind]]:
    kinds: dict[int, frozenset[LetterKind]] = {}
    for letter in found:
        if not letter.leased:
            kinds[letter.invitation_id] = kinds.get(letter.invitation_id, frozenset()) | {letter.kind}
    return kinds
