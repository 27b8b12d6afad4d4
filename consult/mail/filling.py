"""Where secret links enter a letter: at the moment of sending, in memory alone.

An invitation link is derived from the invitation's present generation, so a letter that waited never carries a revoked
link. A sign-in token is minted here, since its minutes count from the sending.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from html import escape

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.domain.links import LinkMaker, new_token, token_digest
from consult.domain.terms import LetterKind
from consult.mail.parts import Link
from consult.store.access import issue_sign_in_link
from consult.store.answers import Invitation
from consult.store.outbox import ClaimedLetter

_PAGE = re.compile(r"⟦page:([^⟧]*)⟧")
Mint = Callable[[Session, int, datetime], str]
_LINKED = select(Invitation.code, Invitation.generation).where(Invitation.id == bindparam("invitation"))


def minting(minutes: int) -> Mint:
    """Return what makes an official's one-time token, stores its digest and lets it live for ``minutes``."""

    def mint(session: Session, official_id: int, now: datetime) -> str:
        token = new_token()
        issue_sign_in_link(session, official_id, token_digest(token), now + timedelta(minutes=minutes))
        return token

    return mint


def filled(session: Session, letter: ClaimedLetter, links: LinkMaker, mint: Mint, now: datetime) -> ClaimedLetter:
    """Return the letter with its addresses in it; a sign-in letter needs a writing session."""
    text, html = letter.text, letter.html
    for link, address in _addresses(session, letter, links, mint, now).items():
        text = text.replace(link.value, address)
        html = html.replace(link.value, escape(address))
    text = _PAGE.sub(lambda found: links.page(found[1]), text)
    html = _PAGE.sub(lambda found: escape(links.page(found[1])), html)
    return replace(letter, text=text, html=html)


def _addresses(
    session: Session, letter: ClaimedLetter, links: LinkMaker, mint: Mint, now: datetime
) -> Mapping[Link, str]:
    if letter.kind is LetterKind.SIGN_IN and letter.official_id is not None:
        return {Link.SIGN_IN: links.sign_in(mint(session, letter.official_id, now))}
    if letter.invitation_id is None:
        return {}
    code, generation = session.execute(_LINKED, {"invitation": letter.invitation_id}).one()
    return {
        Link.INVITATION: links.invitation(code, generation),
        Link.RECEIPT: links.receipt(code, generation),
        Link.REVOCATION: links.revocation(code, generation),
    }
