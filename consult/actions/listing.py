"""Bring a folder's agencies and groups into the directory; earlier rounds keep the names that they froze."""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.documents.folder_agencies import AgencyRow, GroupRow
from consult.domain.wording import search_key, sort_key
from consult.store.directory import Agency, AgencyGroup, GroupMember


def store_agency(session: Session, agency: AgencyRow) -> int:
    """Store an agency under its code, new or changed, and return its id."""
    values = {
        "name": agency.name,
        "short_name": agency.short_name,
        "aliases": "\n".join(agency.aliases),
        "kind": agency.kind,
        "email": agency.email,
        "sort_key": sort_key(agency.name),
        "search_key": search_key(" ".join((agency.name, agency.short_name, *agency.aliases))),
    }
    found = session.scalar(select(Agency.id).where(Agency.code == agency.code))
    if found is None:
        fresh = insert(Agency).values(code=agency.code, **values).returning(Agency.id)
        return session.execute(fresh).scalar_one()
    session.execute(update(Agency).where(Agency.id == found).values(**values))
    return found


def store_group(session: Session, group: GroupRow) -> int:
    """Store a group under its code, without members yet, and return its id."""
    values = {"name": group.name, "aliases": "\n".join(group.aliases)}
    found = session.scalar(select(AgencyGroup.id).where(AgencyGroup.code == group.code))
    if found is None:
        fresh = insert(AgencyGroup).values(code=group.code, **values).returning(AgencyGroup.id)
        return session.execute(fresh).scalar_one()
    session.execute(update(AgencyGroup).where(AgencyGroup.id == found).values(**values))
    session.execute(delete(GroupMember).where(GroupMember.group_id == found))
    return found


def join_group(session: Session, group_id: int, agency_id: int, position: int) -> None:
    """Give an agency its place in a group."""
    session.execute(insert(GroupMember).values(group_id=group_id, agency_id=agency_id, position=position))
