"""Whose letter it is: a body of the round, of the directory, or one that only its name tells.

A name that the directory knows is that body, so that none stands there twice.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.wording import match_key, search_key
from consult.store.answers import Invitation
from consult.store.directory import Agency
from consult.store.queries.keyed_answers import body_of
from consult.store.queries.rounds import RoundFacts


@dataclass(frozen=True)
class Whose:
    """Whose letter it is: a body of the round (``code``), of the directory (``agency``), or one by its name alone."""

    code: str = ""
    agency: str = ""
    name: str = ""


def ids_of(session: Session, facts: RoundFacts, whose: Whose) -> dict[str, int | None]:
    """Return the ids of invitation and agency; a name that the directory knows is that body and never doubled."""
    if whose.code:
        return {"invitation_id": body_of(session, facts.id, whose.code).id, "agency_id": None}
    agency_id = _agency(session, whose)
    if agency_id is None:
        return {"invitation_id": None, "agency_id": None}
    standing = select(Invitation.id).where(
        Invitation.round_id == facts.id, Invitation.agency_id == agency_id, Invitation.withdrawn_at.is_(None)
    )
    return {"invitation_id": session.scalar(standing), "agency_id": agency_id}


def _agency(session: Session, whose: Whose) -> int | None:
    if whose.agency:
        found = session.scalar(select(Agency.id).where(Agency.code == whose.agency))
        if found is None:
            raise NotFound("no such body stands in the directory")
        return found
    return known_agency(session, whose.name)


def known_agency(session: Session, name: str) -> int | None:
    """Return the body of the directory that goes by this name, short name or alias, or None."""
    wanted = match_key(name)
    rows = session.execute(
        select(Agency.id, Agency.name, Agency.short_name, Agency.aliases)
        .where(Agency.search_key.contains(search_key(name)))
        .order_by(Agency.id)
    )
    for row in rows:
        if wanted in map(match_key, (row.name, row.short_name, *row.aliases.split("\n"))):
            return int(row.id)
    return None
