"""The administrator keeps the agencies of the directory: adding, changing, ending one, with a successor.

Rounds that are published keep the names and addresses that they froze.
"""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.listing import names_kept
from consult.actions.preparing import acting
from consult.domain.directory import AgencyEntry, Problem, Why, day_after, faults, leads_back, new_code
from consult.domain.errors import StaleVersion, UnfitEntry
from consult.domain.wording import match_key
from consult.store.directory import Agency, AgencyGroup, GroupMember
from consult.store.journal import append
from consult.store.queries.directory import AgencyFacts, agencies, agency_by_id
from consult.store.queries.door import OfficialGrant


def hold_directory(session: Session) -> None:
    """Lock every agency until the transaction ends, so that one at a time weighs a change against all of them."""
    session.execute(select(Agency.id).order_by(Agency.id).with_for_update()).all()


def add_agency(session: Session, official: OfficialGrant, entry: AgencyEntry, now: datetime) -> int:
    """Put a new agency into the directory and return its id; without a code it gets one made from its name.

    Raises:
        UnfitEntry: it lacks its name, its days are out of order, its code or name is there already, its successor or
            a group is not.
    """
    hold_directory(session)
    known = agencies(session)
    entry = replace(entry, code=entry.code or new_code(entry.name, {each.entry.code for each in known}))
    if any(each.entry.code == entry.code for each in known):
        raise UnfitEntry(Problem(Why.CODE_KNOWN, entry.code))
    _refuse_unfit(entry, known)
    made = insert(Agency).values(code=entry.code, **values_of(entry)).returning(Agency.id)
    agency_id = session.execute(made).scalar_one()
    regroup(session, agency_id, (), entry.groups)
    append(session, now, acting(official), "add_agency", agency=asdict(entry))
    return agency_id


def change_agency(
    session: Session, official: OfficialGrant, agency_id: int, entry: AgencyEntry, version: int, now: datetime
) -> None:
    """Write an agency anew; its code stays.

    Raises:
        StaleVersion: somebody changed it since ``version`` was shown; carries how it stands now.
        UnfitEntry: as for a new one.
    """
    hold_directory(session)
    before = _as_shown(session, agency_id, version)
    entry = replace(entry, code=before.entry.code)
    if entry == before.entry:
        return
    _refuse_unfit(entry, [each for each in agencies(session) if each.id != agency_id], before.entry)
    _write(session, before, entry)
    append(session, now, acting(official), "change_agency", before=asdict(before.entry), agency=asdict(entry))


def end_agency(
    session: Session,
    official: OfficialGrant,
    agency_id: int,
    last_day: date,
    successor: str,
    version: int,
    now: datetime,
) -> None:
    """Note the last day of a body and the code of the one that takes its place, "" for none.

    Raises:
        StaleVersion: somebody changed it since ``version`` was shown.
        UnfitEntry: it would end before it began, or the successor is unknown or itself.
    """
    hold_directory(session)
    before = _as_shown(session, agency_id, version)
    entry = replace(before.entry, valid_to=day_after(last_day), successor=successor)
    _refuse_unfit(entry, [each for each in agencies(session) if each.id != agency_id], before.entry)
    _write(session, before, entry)
    append(session, now, acting(official), "end_agency", code=entry.code, last_day=last_day, successor=successor)


def values_of(entry: AgencyEntry) -> dict[str, object]:
    """Return the columns of an agency's row but its code and version."""
    return names_kept(entry.name, entry.short_name or entry.name, entry.aliases) | {
        "kind": entry.kind,
        "rank": entry.rank,
        "email": entry.email or None,
        "valid_from": entry.valid_from,
        "valid_to": entry.valid_to,
        "successor": entry.successor,
    }


def regroup(session: Session, agency_id: int, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Take an agency out of the groups that it leaves and put it last into those that it joins, by their codes.

    Raises:
        UnfitEntry: there is no such group.
    """
    for code in sorted(set(before) - set(after)):
        left = select(AgencyGroup.id).where(AgencyGroup.code == code).scalar_subquery()
        session.execute(delete(GroupMember).where(GroupMember.agency_id == agency_id, GroupMember.group_id == left))
    for code in sorted(set(after) - set(before)):
        group_id = session.scalar(select(AgencyGroup.id).where(AgencyGroup.code == code).with_for_update())
        if group_id is None:
            raise UnfitEntry(Problem(Why.GROUP, code))
        join_last(session, group_id, [agency_id])


def join_last(session: Session, group_id: int, agency_ids: list[int]) -> None:
    """Give agencies the places behind the last of a group."""
    last = session.scalar(select(func.max(GroupMember.position)).where(GroupMember.group_id == group_id)) or 0
    session.execute(
        insert(GroupMember),
        [
            {"group_id": group_id, "agency_id": agency_id, "position": place}
            for place, agency_id in enumerate(agency_ids, start=last + 1)
        ],
    )


def _as_shown(session: Session, agency_id: int, version: int) -> AgencyFacts:
    before = agency_by_id(session, agency_id)
    if before.version != version:
        raise StaleVersion("somebody changed this agency meanwhile", stored=before, version=before.version)
    return before


def _write(session: Session, before: AgencyFacts, entry: AgencyEntry) -> None:
    row = update(Agency).where(Agency.id == before.id).values(version=before.version + 1, **values_of(entry))
    session.execute(row)
    regroup(session, before.id, before.entry.groups, entry.groups)


def _refuse_unfit(entry: AgencyEntry, others: Sequence[AgencyFacts], before: AgencyEntry | None = None) -> None:
    wrong = faults(entry)
    if wrong:
        raise UnfitEntry(wrong[0])
    key, known = match_key(entry.name), before and match_key(before.name)
    same = (each.entry for each in others if match_key(each.entry.name) == key and each.entry.meets(entry))
    if key != known and (doubled := next(same, None)):
        raise UnfitEntry(Problem(Why.NAME_KNOWN, doubled.code))
    fresh = entry.successor and not (before and before.successor == entry.successor)
    if fresh and all(each.entry.code != entry.successor for each in others):
        raise UnfitEntry(Problem(Why.SUCCESSOR, entry.successor))
    if fresh and leads_back(entry, {each.entry.code: each.entry.successor for each in others}):
        raise UnfitEntry(Problem(Why.CIRCLE, entry.successor))
