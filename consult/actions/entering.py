"""How people come in: an agency by its invitation link, an official by a one-time link; asking and revoking links.

Nothing here reveals whether an agency, an address or a link exists: what is not there is refused with one and the same
words, and asking for a link always succeeds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.actions import posting
from consult.actions.handing_over import fresh_link
from consult.domain.errors import LinkRefused, Throttled
from consult.domain.links import invitation_token, same_token, token_digest
from consult.domain.terms import ActorKind
from consult.store import access
from consult.store.access import Grant
from consult.store.answers import Invitation
from consult.store.directory import Official
from consult.store.journal import Actor, append
from consult.store.queries.door import AgencyGrant, OfficialGrant
from consult.store.queries.people import InvitedAddress, by_code, official_by_email
from consult.store.queries.rounds import RoundFacts, round_by_id

LINKS_PER_SUBJECT = 5
LINKS_PER_SOURCE = 60
STRETCH = timedelta(hours=1)


@dataclass(frozen=True)
class Browser:
    """A browser at sign-in: the digest of the cookie it had, of its fresh one, how long that may live and be idle."""

    old_digest: str
    new_digest: str
    lifetime: timedelta
    idle: timedelta


def invitation_of(session: Session, key: bytes, code: str, token: str) -> tuple[RoundFacts, InvitedAddress]:
    """Return the agency that a link belongs to; reading only.

    Raises:
        LinkRefused: made up or revoked.
    """
    found = by_code(session, code)
    generation = found[1].generation if found else 0
    genuine = same_token(invitation_token(key, code, generation), token)
    if found is None or not genuine:
        raise LinkRefused("the link does not work (any more); ask for it again on the consultation's page")
    return round_by_id(session, found[0]), found[1]


def enter_agency(session: Session, key: bytes, code: str, token: str, browser: Browser, now: datetime) -> None:
    """Sign a browser in for an agency under a fresh cookie.

    Raises:
        LinkRefused: made up or revoked.
    """
    facts, address = invitation_of(session, key, code, token)
    session_id = _fresh_session(session, browser, now)
    access.grant_agency(session, session_id, address.id, address.generation)
    opened = (Invitation.id == address.id) & Invitation.opened_at.is_(None)
    session.execute(update(Invitation).where(opened).values(opened_at=now))
    append(session, now, Actor(ActorKind.AGENCY, f"{address.name} ({code})"), "enter", facts.id, code=code)


def _fresh_session(session: Session, browser: Browser, now: datetime) -> int:
    session_id = access.open_session(session, browser.new_digest, now, browser.lifetime)
    access.move_grants(session, browser.old_digest, session_id, now, browser.idle)
    return session_id


def state_person(session: Session, grant: AgencyGrant, name: str, email: str, now: datetime) -> None:
    """Keep what a person says of themselves and tell the agency's official address."""
    session.execute(update(Grant).where(Grant.id == grant.grant_id).values(person_name=name, person_email=email))
    posting.entered(session, grant, name, email, now)
    who = Actor(ActorKind.AGENCY, f"{grant.agency} ({grant.code}): {name}")
    append(session, now, who, "state_person", grant.round_id, code=grant.code)


def revoke(session: Session, key: bytes, code: str, token: str, now: datetime) -> None:
    """End an invitation link and every session that came in by it, and send a fresh link to the official address.

    Raises:
        LinkRefused: made up or revoked already.
    """
    facts, address = invitation_of(session, key, code, token)
    fresh_link(session, facts, address, now)
    append(session, now, Actor(ActorKind.AGENCY, f"{address.name} ({code})"), "revoke_link", facts.id, code=code)


def ask_link_again(session: Session, code: str, slug: str, source: str, now: datetime) -> None:
    """Send an invitation link again to its official address; silently does nothing for what does not exist."""
    if not _allowed(session, "link_again", code, source, now):
        return
    found = by_code(session, code)
    if found is None:
        return
    facts = round_by_id(session, found[0])
    if facts.slug == slug:
        posting.link_again(session, facts, found[1], now)
        append(session, now, Actor(ActorKind.READER, "trang lấy ý kiến"), "ask_link", facts.id, code=code)


def ask_sign_in(session: Session, email: str, source: str, minutes: int, now: datetime) -> None:
    """Send an official a one-time link; silently does nothing for an unknown address."""
    if not _allowed(session, "sign_in", email.lower(), source, now):
        return
    official = official_by_email(session, email)
    if official is not None:
        posting.sign_in(session, official, minutes, now)


def _allowed(session: Session, action: str, subject: str, source: str, now: datetime) -> bool:
    """Count the attempt against the source, then the subject; False when either has used up its hour.

    The source first: one that is shut out must not use up what others may still ask for the subject.
    """
    try:
        access.count_attempt(session, action, f"from:{source}", now, LINKS_PER_SOURCE, STRETCH)
        access.count_attempt(session, action, f"to:{subject}", now, LINKS_PER_SUBJECT, STRETCH)
    except Throttled:
        return False
    return True


def enter_official(session: Session, token: str, browser: Browser, now: datetime) -> None:
    """Consume a one-time link and sign a browser in under a fresh cookie.

    Raises:
        LinkRefused: used, expired or made up.
    """
    official_id = access.use_sign_in_link(session, token_digest(token), now)
    session_id = _fresh_session(session, browser, now)
    access.grant_official(session, session_id, official_id)
    name = session.scalar(select(Official.name).where(Official.id == official_id)) or ""
    append(session, now, Actor(ActorKind.OFFICIAL, name), "sign_in")


def sign_out(session: Session, digest: str) -> None:
    """End a browser's session with all its grants."""
    access.end_session(session, digest)


def sign_out_everywhere(session: Session, official: OfficialGrant) -> None:
    """End every session of an official, this one included."""
    access.end_official_sessions(session, official.official_id)
