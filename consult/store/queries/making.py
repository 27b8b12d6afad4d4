"""Reads for making a consultation: its fields as values, where its publishing stands, whom it would ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, select
from sqlalchemy.orm import Session

from consult.domain.particulars import Asking, Matter
from consult.store.consultations import Consultation, Recipient, Round
from consult.store.database import AnyRow
from consult.store.directory import Agency
from consult.store.queries.rounds import RoundFacts


@dataclass(frozen=True)
class Standing:
    """Where the publishing of a round stands; ``matter_locked``: an earlier round of the consultation is published.

    ``publish_at`` opens it by itself, as ``publish_by`` ordered; ``publish_fault`` names why that was not done.
    """

    publish_at: datetime | None
    publish_by: str
    publish_fault: str
    matter_locked: bool


@dataclass(frozen=True)
class Listed:
    """An agency on the list of a round in preparation."""

    agency_id: int
    name: str
    short_name: str
    email: str | None


_EARLIER = (
    exists()
    .where(Round.consultation_id == bindparam("consultation_id"), Round.published_at.is_not(None))
    .correlate(None)
)
_STANDING = select(Round.publish_at, Round.publish_by, Round.publish_fault, _EARLIER.label("matter_locked")).where(
    Round.id == bindparam("round_id")
)
_LISTED = (
    select(Agency.id, Agency.name, Agency.short_name, Agency.email)
    .join(Recipient, Recipient.agency_id == Agency.id)
    .where(Recipient.round_id == bindparam("round_id"))
    .order_by(Recipient.line, Recipient.member)
)
_DUE = (
    select(Round.id)
    .where(Round.publish_at <= bindparam("now"), Round.published_at.is_(None))
    .order_by(Round.publish_at, Round.id)
)


def matter_of(facts: RoundFacts) -> Matter:
    """Return the fields of the consultation as one value."""
    return Matter(**{name: getattr(facts, name) for name in Matter.__dataclass_fields__})


def asking_of(facts: RoundFacts) -> Asking:
    """Return the fields of the round as one value."""
    names = set(Asking.__dataclass_fields__) - {"label"}
    return Asking(label=facts.round_label, **{name: getattr(facts, name) for name in names})


def standing_of(session: Session, facts: RoundFacts) -> Standing:
    """Return where the publishing of a round stands."""
    wanted = {"round_id": facts.id, "consultation_id": facts.consultation_id}
    row: AnyRow = session.execute(_STANDING, wanted).one()
    return Standing(*row)


def listed(session: Session, round_id: int) -> tuple[Listed, ...]:
    """Return the agencies on the list of a round, in the order of its cover letter."""
    rows: Sequence[AnyRow] = session.execute(_LISTED, {"round_id": round_id}).all()
    return tuple(Listed(*row) for row in rows)


def due_rounds(session: Session, now: datetime) -> tuple[int, ...]:
    """Return the rounds that are to be published by themselves at ``now``, the earliest first."""
    return tuple(session.scalars(_DUE, {"now": now}))


def slugs_beginning(session: Session, slug: str) -> frozenset[str]:
    """Return the slugs in use that begin so."""
    return frozenset(session.scalars(select(Consultation.slug).where(Consultation.slug.startswith(slug))))
