"""The directory as read: pages of agencies, one agency, groups with their members, what is offered for a new list.

A fixed number of statements, whatever the number of agencies.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.orm import Session

from consult.domain.directory import AgencyEntry, GroupName
from consult.domain.errors import NotFound
from consult.domain.wording import search_key, sort_key
from consult.store.answers import Invitation
from consult.store.consultations import Consultation, Round
from consult.store.database import AnyRow
from consult.store.directory import Agency, AgencyGroup, GroupMember

PAGE = 100
"""Agencies on one page."""


class Validity(Enum):
    """Which bodies are wanted: those that exist today, those that have ended or not begun, or all."""

    TODAY = "today"
    NOT_TODAY = "not today"
    ALL = "all"


class Order(Enum):
    """The order of a list: by Vietnamese name, or by the order of protocol and then by name."""

    NAME = "name"
    RANK = "rank"


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the directory; "" leaves a field open. ``page`` counts from 1."""

    words: str = ""
    kind: str = ""
    group: str = ""
    validity: Validity = Validity.TODAY
    order: Order = Order.NAME
    page: int = 1


@dataclass(frozen=True)
class AgencyFacts:
    """An agency with its version for editing."""

    id: int
    version: int
    entry: AgencyEntry


@dataclass(frozen=True)
class GroupFacts:
    """A group with its version and the number of its members."""

    id: int
    version: int
    group: GroupName
    members: int


@dataclass(frozen=True)
class AskedBefore:
    """A published round in which an agency was asked, under the name that it had then."""

    slug: str
    title: str
    name: str


_AGENCIES = select(Agency)
# A blank before it, so that what is typed is looked for at the beginning of words alone.
_SEARCHED = literal(" ") + Agency.search_key
_BY_NAME = (Agency.sort_key, Agency.code)
_ORDERS = {Order.NAME: _BY_NAME, Order.RANK: (Agency.rank, *_BY_NAME)}
_PLACES = (
    select(GroupMember.agency_id, AgencyGroup.code)
    .join(AgencyGroup, AgencyGroup.id == GroupMember.group_id)
    .order_by(AgencyGroup.code)
)
_GROUPS = (
    select(AgencyGroup, func.count(GroupMember.id))
    .outerjoin(GroupMember, GroupMember.group_id == AgencyGroup.id)
    .group_by(AgencyGroup.id)
    .order_by(AgencyGroup.name, AgencyGroup.code)
)
_KINDS = select(Agency.kind).where(Agency.kind != "").distinct().order_by(Agency.kind)


def agencies(session: Session, on: date | None = None) -> tuple[AgencyFacts, ...]:
    """Return the agencies that exist on a day (None: all), with aliases and groups, by rank and name."""
    chosen = _AGENCIES.order_by(*_ORDERS[Order.RANK])
    if on is not None:
        chosen = chosen.where(_existing(on))
    return _with_groups(session, chosen, _PLACES)


def agency_page(session: Session, wanted: Wanted, today: date) -> tuple[tuple[AgencyFacts, ...], int]:
    """Return one page of the agencies looked for, and how many there are on all pages."""
    where = tuple(_conditions(wanted, today))
    total = session.scalar(select(func.count(Agency.id)).where(*where)) or 0
    chosen = _AGENCIES.where(*where).order_by(*_ORDERS[wanted.order]).limit(PAGE).offset(PAGE * (wanted.page - 1))
    ids = chosen.with_only_columns(Agency.id).subquery()
    return _with_groups(session, chosen, _PLACES.where(GroupMember.agency_id.in_(select(ids.c.id)))), total


def agency_by_id(session: Session, agency_id: int) -> AgencyFacts:
    """Return one agency; ``NotFound`` when there is none."""
    own = _PLACES.where(GroupMember.agency_id == agency_id)
    found = _with_groups(session, _AGENCIES.where(Agency.id == agency_id), own)
    if not found:
        raise NotFound("there is no such agency in the directory")
    return found[0]


def named_by_code(session: Session, codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """Return id and name of the agencies with these codes."""
    rows = session.execute(select(Agency.code, Agency.id, Agency.name).where(Agency.code.in_(codes)))
    return {row.code: (row.id, row.name) for row in rows}


def code_meant(session: Session, text: str) -> str:
    """Return the code of the agency that a person means by its code or its full name; the text itself if there is none.

    Of several bodies with one name it is the one that has not ended.
    """
    meant = (Agency.code == text) | (Agency.sort_key == sort_key(text))
    rows = session.execute(select(Agency.code, Agency.valid_to).where(meant).order_by(Agency.code)).all()
    found = [row.code for row in rows if row.code == text] or [row.code for row in rows if row.valid_to is None]
    return found[0] if len(found) == 1 else text


def predecessors(session: Session, code: str) -> Sequence[tuple[int, str]]:
    """Return id and name of the agencies that this one follows."""
    rows = session.execute(select(Agency.id, Agency.name).where(Agency.successor == code).order_by(*_BY_NAME))
    return [(row.id, row.name) for row in rows]


def asked_before(session: Session, agency_id: int, lead_agency_id: int) -> Sequence[AskedBefore]:
    """Return the published rounds of one lead agency in which an agency was asked, the newest first."""
    rows = session.execute(
        select(Consultation.slug, Consultation.title, Invitation.name)
        .join(Round, Round.consultation_id == Consultation.id)
        .join(Invitation, Invitation.round_id == Round.id)
        .where(Invitation.agency_id == agency_id, Consultation.lead_agency_id == lead_agency_id)
        .order_by(Round.published_at.desc(), Consultation.slug)
    )
    return [AskedBefore(*row) for row in rows]


def kinds(session: Session) -> Sequence[str]:
    """Return the kinds that agencies have."""
    return session.scalars(_KINDS).all()


def groups(session: Session) -> tuple[GroupFacts, ...]:
    """Return every group with the number of its members."""
    return tuple(_group(row[0], row[1]) for row in session.execute(_GROUPS))


def group_by_id(session: Session, group_id: int) -> GroupFacts:
    """Return one group; ``NotFound`` when there is none."""
    row = session.execute(_GROUPS.where(AgencyGroup.id == group_id)).one_or_none()
    if row is None:
        raise NotFound("there is no such group in the directory")
    return _group(row[0], row[1])


def members(session: Session, group_id: int) -> tuple[AgencyFacts, ...]:
    """Return the agencies of a group in its order."""
    chosen = _AGENCIES.join(GroupMember, GroupMember.agency_id == Agency.id).where(GroupMember.group_id == group_id)
    return _with_groups(session, chosen.order_by(GroupMember.position, Agency.id), _PLACES)


def _with_groups(session: Session, chosen: Select[Agency], places: Select[*tuple[Any, ...]]) -> tuple[AgencyFacts, ...]:
    rows = session.scalars(chosen).all()
    codes: dict[int, list[str]] = defaultdict(list)
    for agency_id, code in session.execute(places):
        codes[agency_id].append(code)
    return tuple(AgencyFacts(row.id, row.version, _entry(row, codes.get(row.id, ()))) for row in rows)


def _entry(row: Agency, codes: Sequence[str]) -> AgencyEntry:
    return AgencyEntry(
        code=row.code,
        name=row.name,
        short_name=row.short_name,
        aliases=tuple(filter(None, row.aliases.split("\n"))),
        kind=row.kind,
        rank=row.rank,
        email=row.email or "",
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor=row.successor,
        groups=tuple(codes),
    )


def _group(row: AnyRow | AgencyGroup, count: int) -> GroupFacts:
    aliases = tuple(filter(None, row.aliases.split("\n")))
    return GroupFacts(row.id, row.version, GroupName(row.code, row.name, aliases), count)


def _existing(day: date) -> ColumnElement[bool]:
    return and_(
        or_(Agency.valid_from.is_(None), Agency.valid_from <= day),
        or_(Agency.valid_to.is_(None), Agency.valid_to > day),
    )


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    words = search_key(wanted.words).split()
    found: list[ColumnElement[bool]] = [_SEARCHED.contains(f" {word}", autoescape=True) for word in words]
    if "@" in wanted.words:
        found = [func.lower(Agency.email).contains(wanted.words.strip().lower(), autoescape=True)]
    if wanted.kind:
        found.append(Agency.kind == wanted.kind)
    if wanted.group:
        inside = select(GroupMember.agency_id).join(AgencyGroup).where(AgencyGroup.code == wanted.group)
        found.append(Agency.id.in_(inside))
    if wanted.validity is not Validity.ALL:
        exists = _existing(today)
        found.append(exists if wanted.validity is Validity.TODAY else ~exists)
    return found
