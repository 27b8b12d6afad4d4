"""The administrator keeps the officials: inviting one by mail, changing, ending, taking back.

There is always somebody left who may do this.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.loading import lead_agency_id
from consult.actions.posting import appointed
from consult.actions.preparing import acting
from consult.domain.directory import Problem, Why
from consult.domain.errors import LastAdministrator, StaleVersion, UnfitEntry
from consult.domain.terms import OfficialRole
from consult.domain.wording import match_key
from consult.store.access import end_official_sessions
from consult.store.directory import Official
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.officials import OfficialLine, by_address, lead_agencies, official_by_id


@dataclass(frozen=True)
class Post:
    """What a person is to be: name, the lead agency by its name, role."""

    name: str
    lead_agency: str
    role: OfficialRole


def invite(session: Session, official: OfficialGrant, email: str, post: Post, sign_in: str, now: datetime) -> int:
    """Make a person an official, tell them by mail where they sign in (``sign_in``), and return their id.

    A lead agency of a name that is not known yet is made.

    Raises:
        UnfitEntry: somebody has that address already, be it one who has left and can be taken back.
    """
    if by_address(session, email):
        raise UnfitEntry(Problem(Why.ADDRESS_TAKEN, email))
    row = insert(Official).values(
        email=email.lower(), created_at=now, name=post.name, role=post.role, lead_agency_id=_agency(session, post)
    )
    found = official_by_id(session, session.execute(row.returning(Official.id)).scalar_one())
    appointed(session, found, sign_in, now)
    append(session, now, acting(official), "invite_official", official=_told(found))
    return found.id


def change_official(
    session: Session, official: OfficialGrant, official_id: int, post: Post, mark: str, now: datetime
) -> None:
    """Give an official another name, lead agency or role.

    Raises:
        StaleVersion: somebody changed them since ``mark`` was shown; carries how it stands now.
        LastAdministrator: nobody would administer any more.
    """
    before = _held(session, official_id)
    if before.mark != mark:
        raise StaleVersion("somebody changed this official meanwhile", stored=before, version=0)
    if post.role is not OfficialRole.ADMINISTRATOR:
        _refuse_last(session, before)
    values = {"name": post.name, "role": post.role, "lead_agency_id": _agency(session, post)}
    session.execute(update(Official).where(Official.id == official_id).values(**values))
    after = official_by_id(session, official_id)
    append(session, now, acting(official), "change_official", before=_told(before), official=_told(after))


def end_official(session: Session, official: OfficialGrant, official_id: int, now: datetime) -> None:
    """End an official: every browser of theirs is signed out at once. One who has left stays so.

    Raises:
        LastAdministrator: nobody would administer any more.
    """
    before = _held(session, official_id)
    if before.ended_at is not None:
        return
    _refuse_last(session, before)
    session.execute(update(Official).where(Official.id == official_id).values(ended_at=now))
    end_official_sessions(session, official_id)
    append(session, now, acting(official), "end_official", official=_told(before))


def take_back(session: Session, official: OfficialGrant, official_id: int, sign_in: str, now: datetime) -> None:
    """Make somebody who has left an official again, as an official and no more, and tell them by mail."""
    before = _held(session, official_id)
    if before.ended_at is None:
        return
    values = {"ended_at": None, "role": OfficialRole.OFFICIAL}
    session.execute(update(Official).where(Official.id == official_id).values(**values))
    after = official_by_id(session, official_id)
    appointed(session, after, sign_in, now)
    append(session, now, acting(official), "take_back_official", official=_told(after))


def want_letters(session: Session, official: OfficialGrant, told: bool) -> None:
    """Let an official get the letters about the rounds of the office, or not any more."""
    session.execute(update(Official).where(Official.id == official.official_id).values(told=told))


def _held(session: Session, official_id: int) -> OfficialLine:
    """Lock the administrators and the official, in one order, and return the official as it stands."""
    wanted = (Official.role == OfficialRole.ADMINISTRATOR) | (Official.id == official_id)
    session.execute(select(Official.id).where(wanted).order_by(Official.id).with_for_update()).all()
    return official_by_id(session, official_id)


def _refuse_last(session: Session, leaving: OfficialLine) -> None:
    if leaving.role is not OfficialRole.ADMINISTRATOR or leaving.ended_at is not None:
        return
    others = select(func.count(Official.id)).where(
        Official.role == OfficialRole.ADMINISTRATOR, Official.ended_at.is_(None), Official.id != leaving.id
    )
    if not session.scalar(others):
        raise LastAdministrator("this is the last administrator; make somebody else one first")


def _agency(session: Session, post: Post) -> int:
    """Return the lead agency of that name, however its case and accents are placed; a new one is made."""
    key = match_key(post.lead_agency)
    known = (agency_id for agency_id, name in lead_agencies(session) if match_key(name) == key)
    return next(known, None) or lead_agency_id(session, post.lead_agency)


def _told(line: OfficialLine) -> dict[str, str]:
    return {"email": line.email, "name": line.name, "lead_agency": line.lead_agency, "role": line.role.name}
