"""The door: each view says who may come in, and gets the grant it asked for as its argument.

A view without one of these marks fails the guard tests. Nobody learns here whether what was refused exists.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

from flask.typing import ResponseReturnValue

from consult.actions.responding import own_round
from consult.domain.errors import BusyStore, NoAccess, NotFound
from consult.store import access as rows
from consult.store.queries.door import OfficialGrant, agency_at_door, official_at_door
from consult.store.queries.rounds import RoundFacts, published_round
from consult.web.request import connection, now, reader, transaction
from consult.web.sessions import browser
from consult.web.site import site

View = Callable[..., ResponseReturnValue]
V = TypeVar("V", bound=View)
TOUCH_EVERY = timedelta(minutes=15)


def public(view: V) -> V:
    """Mark a view that anybody may use; it decides itself what it shows to whom."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def agency(view: View) -> View:
    """Let in a browser that may act for the agency of the address's ``code``; the view gets the ``AgencyGrant``."""

    @wraps(view)
    def guarded(code: str, **rest: Any) -> ResponseReturnValue:
        grant = agency_at_door(connection(), _digest(), code)
        _alive(grant.session_id, grant.seen_at, grant.ends_at)
        return view(grant, **rest)

    guarded.access = "agency"  # type: ignore[attr-defined]
    return guarded


def official(view: View) -> View:
    """Let in an official; the view gets the ``OfficialGrant``."""

    @wraps(view)
    def guarded(**rest: Any) -> ResponseReturnValue:
        return view(_official(), **rest)

    guarded.access = "official"  # type: ignore[attr-defined]
    return guarded


def official_of_round(view: View) -> View:
    """Let in an official of the lead agency of the address's ``slug``; the view gets grant and ``RoundFacts``."""

    @wraps(view)
    def guarded(slug: str, **rest: Any) -> ResponseReturnValue:
        grant = _official()
        return view(grant, _own_round(grant, slug), **rest)

    guarded.access = "official of the lead agency"  # type: ignore[attr-defined]
    return guarded


def signed_in_official() -> OfficialGrant | None:
    """Return the official of this browser, or None; for pages that are the same for all but show more to one."""
    try:
        return _official()
    except NoAccess:
        return None


def _official() -> OfficialGrant:
    grant = official_at_door(connection(), _digest())
    _alive(grant.session_id, grant.seen_at, grant.ends_at)
    return grant


def _own_round(grant: OfficialGrant, slug: str) -> RoundFacts:
    """Return the round of the official's lead agency; another's is refused like one that does not exist."""
    try:
        return own_round(grant, published_round(reader(), slug))
    except NoAccess as refusal:
        raise NotFound("there is no such consultation") from refusal


def _digest() -> str:
    found = browser()
    if not found.arrived:
        raise NoAccess("this page needs a link; open it from the letter or sign in")
    return found.digest


def _alive(session_id: int, seen_at: datetime, ends_at: datetime) -> None:
    """Refuse a session that is over or was idle too long; note from time to time that it is used."""
    moment = now()
    if moment >= ends_at or moment - seen_at >= site().session_idle:
        raise NoAccess("the session has ended; open the link again")
    if moment - seen_at >= TOUCH_EVERY:
        with suppress(BusyStore), transaction() as session:
            rows.touch(session, session_id, moment)
