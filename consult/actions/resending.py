"""Sending a letter again that could not be delivered, to the same address or to a mended one; always noted."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.actions.preparing import acting
from consult.actions.responding import own_round
from consult.domain.errors import NotFound
from consult.store import undelivered
from consult.store.answers import Invitation
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts


def send_again(
    session: Session, official: OfficialGrant, facts: RoundFacts, letter_id: int, email: str, now: datetime
) -> bool:
    """Let a letter that was given up leave again; say whether ``email`` mended the agency's address of this round.

    With another address the agency's other letters that have not left go there too. The directory is left as it is.
    A letter that is on its way or has arrived meanwhile stays as it is.

    Raises:
        NotFound: the round has no such letter, or it was not given up.
    """
    own_round(official, facts)
    failed = undelivered.failed(session, facts.id, letter_id)
    if failed is None:
        raise NotFound("this round has no letter of that number that could be sent again")
    mended = email != failed.to_address and failed.invitation_id is not None
    if mended:
        session.execute(update(Invitation).where(Invitation.id == failed.invitation_id).values(email=email))
        undelivered.readdress(session, facts.id, failed.invitation_id, email)
    undelivered.renew(session, letter_id, now)
    append(session, now, acting(official), "mend_address" if mended else "send_again", facts.id, agency=failed.to_name)
    return mended
