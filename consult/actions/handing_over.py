"""Giving an agency its link by the office's hand: printed with a QR code, sent again, or made anew; always noted."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.actions import posting
from consult.actions.preparing import acting
from consult.actions.responding import own_round
from consult.documents.qr_code import qr_picture
from consult.domain.errors import NotFound
from consult.domain.links import LinkMaker
from consult.store import access
from consult.store.answers import Invitation
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.people import InvitedAddress, by_code, silent
from consult.store.queries.rounds import RoundFacts

MOST_SHEETS = 200


@dataclass(frozen=True)
class Sheet:
    """What is printed for one agency: its link in words, and as the address of a picture with the QR code."""

    address: InvitedAddress
    link: str
    picture: str


def print_link(
    session: Session, official: OfficialGrant, facts: RoundFacts, code: str, links: LinkMaker, now: datetime
) -> Sheet:
    """Return the sheet of an asked agency; who printed it stands in the journal.

    Raises:
        NotFound: the round has no such agency.
    """
    address = _asked(session, official, facts, code)
    append(session, now, acting(official), "print_link", facts.id, code=code)
    return _sheet(address, links)


def print_links(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    codes: Collection[str],
    links: LinkMaker,
    now: datetime,
) -> tuple[Sheet, ...]:
    """Return the sheets of the silent agencies of ``codes``, or of those without a mailbox when none are named.

    They come in the cover letter's order, at most ``MOST_SHEETS``; none when nobody is meant.
    """
    own_round(official, facts)
    meant = [each for each in silent(session, facts.id) if (each.code in codes if codes else not each.email)]
    meant = meant[:MOST_SHEETS]
    if meant:
        append(session, now, acting(official), "print_links", facts.id, codes=[each.code for each in meant])
    return tuple(_sheet(each, links) for each in meant)


def send_again(session: Session, official: OfficialGrant, facts: RoundFacts, code: str, now: datetime) -> None:
    """Queue the link once more to the official mailbox; within one minute only once.

    Raises:
        NotFound: the round has no such agency, or it has no mailbox.
    """
    address = _asked(session, official, facts, code)
    if not address.email:
        raise NotFound("this agency has no mailbox; print its link")
    posting.link_again(session, facts, address, now)
    append(session, now, acting(official), "send_link", facts.id, code=code)


def renew(session: Session, official: OfficialGrant, facts: RoundFacts, code: str, now: datetime) -> InvitedAddress:
    """Revoke an agency's link, end the sessions that came in by it, and send a fresh one where there is a mailbox.

    Raises:
        NotFound: the round has no such agency.
    """
    address = fresh_link(session, facts, _asked(session, official, facts, code), now)
    append(session, now, acting(official), "revoke_link", facts.id, code=code)
    return address


def fresh_link(session: Session, facts: RoundFacts, address: InvitedAddress, now: datetime) -> InvitedAddress:
    """Raise the generation of an agency's link, end its sessions, queue the fresh link; return it as it is now."""
    fresh = replace(address, generation=address.generation + 1)
    session.execute(update(Invitation).where(Invitation.id == address.id).values(generation=fresh.generation))
    access.end_agency_grants(session, address.id)
    posting.link_again(session, facts, fresh, now)
    return fresh


def _asked(session: Session, official: OfficialGrant, facts: RoundFacts, code: str) -> InvitedAddress:
    own_round(official, facts)
    found = by_code(session, code)
    if found is None or found[0] != facts.id:
        raise NotFound("this round has no agency of that code")
    return found[1]


def _sheet(address: InvitedAddress, links: LinkMaker) -> Sheet:
    link = links.invitation(address.code, address.generation)
    return Sheet(address, link, qr_picture(link))
