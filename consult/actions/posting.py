"""Puts letters into the outbox: gathers the facts of a letter, has it written and laid out, and queues it.

A letter is rendered here, in the transaction of the fact that it announces, so that a fault meets the person acting.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from consult.domain.citing import WHOLE
from consult.domain.terms import LetterKind
from consult.domain.window import Window, local
from consult.mail import letters, officials
from consult.mail.layout import render
from consult.mail.occasion import Addressee, EntryFacts, Occasion, RecallFacts, ReceiptFacts
from consult.mail.parts import Letter
from consult.store.outbox import NewLetter, queue
from consult.store.queries.door import AgencyGrant
from consult.store.queries.officials import OfficialLine
from consult.store.queries.own_answer import OwnComment, OwnSubmission
from consult.store.queries.people import InvitedAddress, OfficialFacts
from consult.store.queries.reminded import last_reminded
from consult.store.queries.rounds import RoundFacts, round_by_id


def occasion(facts: RoundFacts, window: Window) -> Occasion:
    """Return what a letter says about a round, with the addressee's own window."""
    return Occasion(
        lead_agency=facts.lead_agency,
        title=facts.title,
        round_label=facts.round_label,
        letter_number=facts.letter_number,
        letter_date=facts.letter_date,
        deadline_text=facts.deadline_text,
        window=window,
        contact_office=facts.contact_office,
        contact_phone=facts.contact_phone,
        contact_email=facts.contact_email,
        silence=facts.silence,
        silence_ground=facts.silence_ground,
        invitation_words=facts.invitation_words,
        reminder_words=facts.reminder_words,
    )


def invitations(
    session: Session,
    facts: RoundFacts,
    addresses: Sequence[InvitedAddress],
    concerns: Mapping[int, Sequence[str]],
    now: datetime,
) -> None:
    """Queue the invitation of every agency that has a mailbox, due when the round opens."""
    fresh = []
    for each in filter(lambda address: address.email, addresses):
        words = letters.invitation(occasion(facts, each.window), addressee(each), tuple(concerns.get(each.id, ())))
        fresh.append(to_invited(f"invitation:{each.id}:1", LetterKind.INVITATION, facts, each, words))
    queue(session, fresh, now, due_at=max(now, facts.window.opens_at))


def reminders(
    session: Session, facts: RoundFacts, addresses: Sequence[InvitedAddress], now: datetime, day: str
) -> None:
    """Queue a reminder for each agency; at most one a day each."""
    fresh = [
        to_invited(
            f"reminder:{each.id}:{day}",
            LetterKind.REMINDER,
            facts,
            each,
            letters.reminder(occasion(facts, each.window), addressee(each), now),
        )
        for each in addresses
    ]
    queue(session, fresh, now)


def reminded_on(session: Session, round_id: int, day: str) -> frozenset[int]:
    """Return the invitations that got a reminder on that local day ("2020-04-24"), or have one waiting of that day."""
    last = last_reminded(session, round_id)
    return frozenset(each for each, moment in last.items() if local(moment).date().isoformat() == day)


def receipt(
    session: Session, grant: AgencyGrant, sent: OwnSubmission, comments: Sequence[OwnComment], now: datetime
) -> None:
    """Queue the receipt of an answer to the agency's official address."""
    facts = round_by_id(session, grant.round_id)
    listed = tuple((comment.cited or WHOLE, comment.content or comment.proposed_text) for comment in comments)
    awaiting = grant.requires_letter and not sent.letter_number
    about = ReceiptFacts(sent.code, sent.sent_at, sent.stance, listed, sent.digest, sent.late, awaiting)
    words = letters.receipt(occasion(facts, grant.window), Addressee(grant.agency, grant.short_name), about)
    queue(session, [_to_grant(f"receipt:{sent.code}", LetterKind.RECEIPT, facts, grant, words)], now)


def recalled(session: Session, grant: AgencyGrant, sent: OwnSubmission, now: datetime) -> None:
    """Queue the confirmation that an answer was recalled."""
    facts = round_by_id(session, grant.round_id)
    about = RecallFacts(sent.code, sent.sent_at, now)
    words = letters.recalled(occasion(facts, grant.window), Addressee(grant.agency, grant.short_name), about)
    queue(session, [_to_grant(f"recalled:{sent.code}", LetterKind.RECALLED, facts, grant, words)], now)


def entered(session: Session, grant: AgencyGrant, name: str, email: str, now: datetime) -> None:
    """Tell the official address who came in by its link, with a link that revokes; the same within a minute once."""
    facts = round_by_id(session, grant.round_id)
    words = letters.entered(
        occasion(facts, grant.window), Addressee(grant.agency, grant.short_name), EntryFacts(name, email, now)
    )
    who = hashlib.sha256(f"{name}\n{email}".encode()).hexdigest()[:16]
    key = f"entered:{grant.invitation_id}:{now:%Y%m%d%H%M}:{who}"
    queue(session, [_to_grant(key, LetterKind.ENTERED, facts, grant, words)], now)


def link_again(session: Session, facts: RoundFacts, address: InvitedAddress, now: datetime) -> None:
    """Queue the invitation link once more; within one minute only once."""
    words = letters.link_again(occasion(facts, address.window), addressee(address), now)
    key = f"link_again:{address.id}:{now:%Y%m%d%H%M}:{address.generation}"
    queue(session, [to_invited(key, LetterKind.LINK_AGAIN, facts, address, words)], now)


def sign_in(session: Session, official: OfficialFacts, minutes: int, now: datetime) -> None:
    """Queue an official's one-time link; its token is made when the letter leaves."""
    words = render(letters.sign_in(official.name, official.lead_agency, minutes, now))
    letter = NewLetter(
        key=f"sign_in:{official.id}:{now.timestamp():.6f}",
        kind=LetterKind.SIGN_IN,
        to_address=official.email,
        to_name=official.name,
        subject=words.subject,
        text=words.text,
        html=words.html,
        official_id=official.id,
    )
    queue(session, [letter], now)


def appointed(session: Session, official: OfficialLine, sign_in: str, now: datetime) -> None:
    """Tell a new official where they sign in; ``sign_in`` is the address of the page, which is no secret."""
    words = render(officials.appointed(official.name, official.email, official.lead_agency, official.role, sign_in))
    letter = NewLetter(
        key=f"appointed:{official.id}:{now.timestamp():.6f}",
        kind=LetterKind.APPOINTED,
        to_address=official.email,
        to_name=official.name,
        subject=words.subject,
        text=words.text,
        html=words.html,
        official_id=official.id,
    )
    queue(session, [letter], now)


def addressee(address: InvitedAddress) -> Addressee:
    """Return the agency as its letters address it."""
    return Addressee(address.name, address.short_name)


def to_invited(key: str, kind: LetterKind, facts: RoundFacts, to: InvitedAddress, words: Letter) -> NewLetter:
    """Lay a letter out for an invited agency; ``key`` names the fact that it announces. Nothing is queued yet."""
    laid_out = render(words)
    return NewLetter(
        key=key,
        kind=kind,
        to_address=to.email,
        to_name=to.name,
        subject=laid_out.subject,
        text=laid_out.text,
        html=laid_out.html,
        reply_to=facts.contact_email,
        round_id=facts.id,
        invitation_id=to.id,
    )


def _to_grant(key: str, kind: LetterKind, facts: RoundFacts, grant: AgencyGrant, words: Letter) -> NewLetter:
    to = InvitedAddress(
        id=grant.invitation_id,
        code=grant.code,
        name=grant.agency,
        short_name=grant.short_name,
        email=grant.email,
        generation=grant.generation,
        window=grant.window,
    )
    return to_invited(key, kind, facts, to, words)
