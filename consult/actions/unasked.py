"""Bodies that answer without being asked: they get a place after the last line of the list, and no link."""

import re
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.inviting import new_code
from consult.actions.whose import known_agency
from consult.domain.terms import Basis
from consult.domain.wording import search_key, sort_key
from consult.store.answers import Invitation
from consult.store.directory import Agency
from consult.store.queries.keyed_answers import Keyed

OUTSIDE = "ngoài danh bạ"
"""The kind of a body that came into the directory by answering."""
_LONGEST_CODE = 60


def stand_unasked(session: Session, keyed: Keyed, now: datetime) -> int:
    """Return the invitation of the body that an answer is of; one that was not asked gets its place in the round.

    A body whose request was taken back stands in the round again, unasked, and its old link stays dead.
    """
    if keyed.invitation_id is not None:
        return keyed.invitation_id
    agency_id = keyed.agency_id or known_agency(session, keyed.name) or _add_agency(session, keyed.name)
    mine = (Invitation.round_id == keyed.round_id) & (Invitation.agency_id == agency_id)
    row = session.execute(select(Invitation.id, Invitation.withdrawn_at).where(mine).with_for_update()).one_or_none()
    if row is None:
        return _add_line(session, keyed.round_id, agency_id, now)
    if row.withdrawn_at is not None:
        again = {"withdrawn_at": None, "basis": Basis.UNASKED, "generation": Invitation.generation + 1}
        session.execute(update(Invitation).where(mine).values(line=_next_line(session, keyed.round_id), **again))
    return int(row.id)


def _add_agency(session: Session, name: str) -> int:
    values = {"code": _free_code(session, name), "name": name, "short_name": name, "kind": OUTSIDE}
    keys = {"sort_key": sort_key(name), "search_key": search_key(name)}
    return session.execute(insert(Agency).values(**values, **keys).returning(Agency.id)).scalar_one()


def _free_code(session: Session, name: str) -> str:
    """Make a code of a name, with a number behind it where it is taken."""
    stem = re.sub(r"[^a-z0-9]+", "-", search_key(name)).strip("-")[:_LONGEST_CODE].strip("-") or "co-quan"
    taken = set(session.scalars(select(Agency.code).where(Agency.code.startswith(stem, autoescape=True))))
    number = 2
    code = stem
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return code


def _next_line(session: Session, round_id: int) -> int:
    return (session.scalar(select(func.max(Invitation.line)).where(Invitation.round_id == round_id)) or 0) + 1


def _add_line(session: Session, round_id: int, agency_id: int, now: datetime) -> int:
    agency = session.execute(select(Agency.name, Agency.short_name, Agency.email).where(Agency.id == agency_id)).one()
    row = insert(Invitation).values(
        round_id=round_id,
        agency_id=agency_id,
        code=new_code(),
        name=agency.name,
        short_name=agency.short_name,
        email=agency.email,
        group_line="",
        line=_next_line(session, round_id),
        member=1,
        basis=Basis.UNASKED,
        added_at=now,
    )
    return session.execute(row.returning(Invitation.id)).scalar_one()
