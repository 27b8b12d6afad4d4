"""A printed link for an agency without a mailbox: handed over on paper, and noted in the journal."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.links import LinkMaker
from consult.domain.terms import ActorKind
from consult.store.journal import Actor, append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.people import InvitedAddress, by_code
from consult.store.queries.rounds import RoundFacts


def print_link(
    session: Session, official: OfficialGrant, facts: RoundFacts, code: str, links: LinkMaker, now: datetime
) -> tuple[InvitedAddress, str]:
    """Return an invited agency and its link, to be printed; who printed it stands in the journal.

    Raises:
        NotFound: the round has no such agency, or it has a mailbox, to which alone its link goes.
    """
    found = by_code(session, code)
    if found is None or found[0] != facts.id or found[1].email:
        raise NotFound("this round has no agency of that code without a mailbox")
    append(session, now, Actor(ActorKind.OFFICIAL, official.name), "print_link", facts.id, code=code)
    return found[1], links.invitation(code, found[1].generation)
