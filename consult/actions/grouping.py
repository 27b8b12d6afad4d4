"""The administrator keeps the groups of the directory: their names, and their members in order."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.directory import join_last
from consult.actions.listing import aliases_kept
from consult.actions.preparing import acting
from consult.domain.directory import GroupName, Problem, Why, new_code
from consult.domain.errors import NotFound, StaleVersion, UnfitEntry
from consult.domain.wording import match_key
from consult.store.directory import Agency, AgencyGroup, GroupMember
from consult.store.journal import append
from consult.store.queries.directory import GroupFacts, group_by_id, groups
from consult.store.queries.door import OfficialGrant


def add_group(session: Session, official: OfficialGrant, group: GroupName, now: datetime) -> int:
    """Make a group without members and return its id; without a code it gets one made from its name.

    Raises:
        UnfitEntry: it has no name, or its code or name is there already.
    """
    known = groups(session)
    code = group.code or new_code(group.name, {each.group.code for each in known})
    if any(each.group.code == code for each in known):
        raise UnfitEntry(Problem(Why.CODE_KNOWN, code))
    _refuse_unfit(group, known)
    row = insert(AgencyGroup).values(code=code, name=group.name, aliases=aliases_kept(group.aliases))
    group_id = session.execute(row.returning(AgencyGroup.id)).scalar_one()
    append(session, now, acting(official), "add_group", code=code, name=group.name, aliases=group.aliases)
    return group_id


def change_group(
    session: Session, official: OfficialGrant, group_id: int, group: GroupName, version: int, now: datetime
) -> None:
    """Name a group anew; its code and members stay.

    Raises:
        StaleVersion: somebody changed it since ``version`` was shown; carries how it stands now.
        UnfitEntry: it has no name, or another group has it.
    """
    before = _hold(session, group_id)
    if before.version != version:
        raise StaleVersion("somebody changed this group meanwhile", stored=before, version=before.version)
    _refuse_unfit(group, tuple(each for each in groups(session) if each.id != group_id))
    values = {"name": group.name, "aliases": aliases_kept(group.aliases), "version": version + 1}
    session.execute(update(AgencyGroup).where(AgencyGroup.id == group_id).values(**values))
    append(
        session, now, acting(official), "change_group", code=before.group.code, name=group.name, aliases=group.aliases
    )


def add_member(session: Session, official: OfficialGrant, group_id: int, agency_id: int, now: datetime) -> None:
    """Put an agency last into a group; one that is in it already stays where it is."""
    before, code = _hold(session, group_id), _code(session, agency_id)
    inside = GroupMember.group_id == group_id, GroupMember.agency_id == agency_id
    if session.scalar(select(GroupMember.id).where(*inside)) is None:
        join_last(session, group_id, [agency_id])
        append(session, now, acting(official), "add_member", group=before.group.code, agency=code)


def remove_member(session: Session, official: OfficialGrant, group_id: int, agency_id: int, now: datetime) -> None:
    """Take an agency out of a group; rounds that were published keep it."""
    before, code = _hold(session, group_id), _code(session, agency_id)
    inside = GroupMember.group_id == group_id, GroupMember.agency_id == agency_id
    if session.scalar(select(GroupMember.id).where(*inside)) is not None:
        session.execute(delete(GroupMember).where(*inside))
        append(session, now, acting(official), "remove_member", group=before.group.code, agency=code)


def move_member(
    session: Session, official: OfficialGrant, group_id: int, agency_id: int, place: int, now: datetime
) -> None:
    """Give a member of a group another place, counted from 1; a place beyond the end is the last.

    Raises:
        NotFound: the agency is no member.
    """
    before, code = _hold(session, group_id), _code(session, agency_id)
    in_order = select(GroupMember.agency_id).where(GroupMember.group_id == group_id).order_by(GroupMember.position)
    order = list(session.scalars(in_order))
    if agency_id not in order:
        raise NotFound("the agency is no member of the group")
    order.remove(agency_id)
    order.insert(max(place, 1) - 1, agency_id)
    session.execute(delete(GroupMember).where(GroupMember.group_id == group_id))
    join_last(session, group_id, order)
    append(session, now, acting(official), "move_member", group=before.group.code, agency=code, place=place)


def _hold(session: Session, group_id: int) -> GroupFacts:
    """Lock a group until the transaction ends and return it; ``NotFound`` when there is none."""
    session.execute(select(AgencyGroup.id).where(AgencyGroup.id == group_id).with_for_update()).all()
    return group_by_id(session, group_id)


def _code(session: Session, agency_id: int) -> str:
    code = session.scalar(select(Agency.code).where(Agency.id == agency_id))
    if code is None:
        raise NotFound("there is no such agency in the directory")
    return code


def _refuse_unfit(group: GroupName, others: tuple[GroupFacts, ...]) -> None:
    if not group.name:
        raise UnfitEntry(Problem(Why.NO_NAME))
    key = match_key(group.name)
    for other in others:
        if match_key(other.group.name) == key:
            raise UnfitEntry(Problem(Why.NAME_KNOWN, other.group.code))
