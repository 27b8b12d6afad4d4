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
from consult.store.queries.door import AgencyGrant, OfficialGrant, agency_at_door, official_at_door
from consult.store.queries.preparing import stands_on_bench
from consult.store.queries.rounds import RoundFacts, newest_round, published_round
from consult.web.request import connection, now, reader, transaction
from consult.web.sessions import browser
from consult.web.site import site

View = Callable[..., ResponseReturnValue]
V = TypeVar("V", bound=View)
LARGEST_UPLOAD = 51 * 1_000_000
"""Bytes of a form with a file: the largest file (``documents.intake``) and what a form adds to it."""
TOUCH_EVERY = timedelta(minutes=15)


def public(view: V) -> V:
    """Mark a view that anybody may use; it decides itself what it shows to whom."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def agency(view: View) -> View:
    """Let in a browser that may act for the agency of the address's ``code``; the view gets the ``AgencyGrant``."""

    @wraps(view)
    def guarded(code: str, **rest: Any) -> ResponseReturnValue:
        return view(_agency(code), **rest)

    guarded.access = "agency"  # type: ignore[attr-defined]
    guarded.admits = _agency  # type: ignore[attr-defined]
    return guarded


def official(view: View) -> View:
    """Let in an official; the view gets the ``OfficialGrant``."""

    @wraps(view)
    def guarded(**rest: Any) -> ResponseReturnValue:
        return view(_official(), **rest)

    guarded.access = "official"  # type: ignore[attr-defined]
    return guarded


def administrator(view: View) -> View:
    """Let in an official who keeps the directory; for others the page does not exist. The view gets the grant."""

    @wraps(view)
    def guarded(**rest: Any) -> ResponseReturnValue:
        return view(_administrator(), **rest)

    guarded.access = "administrator"  # type: ignore[attr-defined]
    guarded.admits = _administrator  # type: ignore[attr-defined]
    return guarded


def official_of_round(view: View) -> View:
    """Let in an official of the lead agency of the address's ``slug``; the view gets grant and ``RoundFacts``."""

    @wraps(view)
    def guarded(slug: str, **rest: Any) -> ResponseReturnValue:
        grant, facts = _published(slug)
        return view(grant, facts, **rest)

    guarded.access = "official of the lead agency"  # type: ignore[attr-defined]
    guarded.admits = _published  # type: ignore[attr-defined]
    return guarded


def official_of_newest_round(view: View) -> View:
    """Like ``official_of_round``, for the newest round, whether it is published or still in preparation."""

    @wraps(view)
    def guarded(slug: str, **rest: Any) -> ResponseReturnValue:
        grant, facts = _preparing(slug)
        return view(grant, facts, **rest)

    guarded.access = "official of the lead agency, in preparation"  # type: ignore[attr-defined]
    guarded.admits = _preparing  # type: ignore[attr-defined]
    return guarded


def official_at_bench(view: View) -> View:
    """Like ``official_of_newest_round``, for the draft at ``position`` of the address.

    That of the round in preparation, else a correction of the published one.
    """

    @wraps(view)
    def guarded(slug: str, position: int, **rest: Any) -> ResponseReturnValue:
        grant, facts = _at_bench(slug, position)
        return view(grant, facts, position=position, **rest)

    guarded.access = "official of the lead agency, in preparation"  # type: ignore[attr-defined]
    guarded.admits = _at_bench  # type: ignore[attr-defined]
    return guarded


def takes_file(view: V) -> V:
    """Let a guarded view take a file; who may not come in is refused before the file is read."""
    view.most_bytes = LARGEST_UPLOAD  # type: ignore[attr-defined]
    return view


def signed_in_official() -> OfficialGrant | None:
    """Return the official of this browser, or None; for pages that are the same for all but show more to one."""
    try:
        return _official()
    except NoAccess:
        return None


def _agency(code: str, **_: object) -> AgencyGrant:
    grant = agency_at_door(connection(), _digest(), code)
    _alive(grant.session_id, grant.seen_at, grant.ends_at)
    return grant


def _official() -> OfficialGrant:
    grant = official_at_door(connection(), _digest())
    _alive(grant.session_id, grant.seen_at, grant.ends_at)
    return grant


def _administrator(**_: object) -> OfficialGrant:
    grant = _official()
    if not grant.administers:
        raise NotFound("there is no such page")
    return grant


def _published(slug: str, **_: object) -> tuple[OfficialGrant, RoundFacts]:
    grant = _official()
    return grant, _own_round(grant, slug)


def _preparing(slug: str, **_: object) -> tuple[OfficialGrant, RoundFacts]:
    grant = _official()
    try:
        return grant, own_round(grant, newest_round(reader(), slug))
    except NoAccess as refusal:
        raise NotFound("there is no such consultation") from refusal


def _at_bench(slug: str, position: int, **_: object) -> tuple[OfficialGrant, RoundFacts]:
    grant, facts = _preparing(slug)
    if facts.published_at is None and not stands_on_bench(reader(), facts.id, position):
        return _published(slug)
    return grant, facts


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
