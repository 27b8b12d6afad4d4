"""Agencies, the groups a cover letter addresses them by, the lead agencies and their officials."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from consult.domain.terms import OfficialRole
from consult.store.database import Base, UtcDateTime, named


class LeadAgency(Base):
    """An office that drafts and answers; its officials see its consultations and no others.

    ``digest_until`` is the moment up to which its officials were told what came in, NULL for never.
    """

    __tablename__ = "lead_agency"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    digest_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Official(Base):
    """A person at the desk of one lead agency, known by an e-mail address; ``told`` wants letters about its rounds."""

    __tablename__ = "official"

    id: Mapped[int] = mapped_column(primary_key=True)
    lead_agency_id: Mapped[int] = mapped_column(ForeignKey(LeadAgency.id))
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    role: Mapped[OfficialRole] = mapped_column(
        named(OfficialRole), default=OfficialRole.OFFICIAL, server_default="OFFICIAL"
    )
    told: Mapped[bool] = mapped_column(default=True, server_default=true())


class Agency(Base):
    """A body that may be asked; ``aliases`` are the other ways its name is written, one a line.

    ``rank`` puts bodies in the order of protocol, the lowest first. A body exists from ``valid_from`` up to and not
    including ``valid_to``; ``successor`` is the code of the body that took its place, "" for none.
    """

    __tablename__ = "agency"
    __table_args__ = (Index(None, "sort_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    short_name: Mapped[str]
    aliases: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    email: Mapped[str | None]
    sort_key: Mapped[str]
    search_key: Mapped[str]
    rank: Mapped[int] = mapped_column(default=500, server_default="500")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor: Mapped[str] = mapped_column(default="", server_default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class AgencyGroup(Base):
    """A line of a cover letter that stands for several agencies."""

    __tablename__ = "agency_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    aliases: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1, server_default="1")


class GroupMember(Base):
    """An agency's place in a group."""

    __tablename__ = "group_member"
    __table_args__ = (UniqueConstraint("group_id", "agency_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey(AgencyGroup.id))
    agency_id: Mapped[int] = mapped_column(ForeignKey(Agency.id))
    position: Mapped[int]
