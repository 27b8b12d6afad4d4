"""Bring a folder's agencies and groups into the directory; earlier rounds keep the names that they froze."""

from collections.abc import Sequence

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.documents.folder_agencies import AgencyRow, GroupRow
from consult.domain.wording import search_key, sort_key
from consult.store.directory import Agency, AgencyGroup, GroupMember


def store_agency(session: Session, agency: AgencyRow) -> int:
    """Store an agency under its code, new or changed, and return its id."""
    values = names_kept(agency.name, agency.short_name, agency.aliases) | {"kind": agency.kind, "email": agency.email}
    found = session.scalars(select(Agency).where(Agency.code == agency.code)).one_or_none()
    if found is None:
        fresh = insert(Agency).values(code=agency.code, **values).returning(Agency.id)
        return session.execute(fresh).scalar_one()
    if any(getattr(found, name) != value for name, value in values.items()):
        changed = update(Agency).where(Agency.id == found.id)
        session.execute(changed.values(version=found.version + 1, **values))
    return found.id


def names_kept(name: str, short_name: str, aliases: Sequence[str]) -> dict[str, object]:
    """Return the columns that keep an agency's names, with the keys for sorting and searching."""
    return {
        "name": name,
        "short_name": short_name,
        "aliases": aliases_kept(aliases),
        "sort_key": sort_key(name),
        "search_key": search_key(" ".join((name, short_name, *aliases))),
    }


def aliases_kept(aliases: Sequence[str]) -> str:
    """Return the other ways to write a name as the record keeps them, one a line."""
    return "\n".join(aliases)


def store_group(session: Session, group: GroupRow) -> int:
    """Store a group under its code, without members yet, and return its id."""
    values = {"name": group.name, "aliases": aliases_kept(group.aliases)}
    found = session.scalars(select(AgencyGroup).where(AgencyGroup.code == group.code)).one_or_none()
    if found is None:
        fresh = insert(AgencyGroup).values(code=group.code, **values).returning(AgencyGroup.id)
        return session.execute(fresh).scalar_one()
    if any(getattr(found, name) != value for name, value in values.items()):
        changed = update(AgencyGroup).where(AgencyGroup.id == found.id)
        session.execute(changed.values(version=found.version + 1, **values))
    session.execute(delete(GroupMember).where(GroupMember.group_id == found.id))
    return found.id


def join_group(session: Session, group_id: int, agency_id: int, position: int) -> None:
    """Give an agency its place in a group."""
    session.execute(insert(GroupMember).values(group_id=group_id, agency_id=agency_id, position=position))
