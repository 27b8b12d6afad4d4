"""The journal: acts, not autosaves; append-only; each entry carries the digest of the one before.

An entry is written last in the transaction of its act. The head row is locked first, so that two writers cannot append
to the same predecessor (on SQLite the writing transaction is alone anyway).
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.domain.terms import ActorKind
from consult.store.consultations import Round
from consult.store.database import Base, UtcDateTime, named

GENESIS = "0" * 64


class Entry(Base):
    """One act: who did what to which round, when, with which particulars (JSON)."""

    __tablename__ = "journal_entry"
    __table_args__ = (Index(None, "round_id"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_kind: Mapped[ActorKind] = mapped_column(named(ActorKind))
    actor: Mapped[str]
    act: Mapped[str]
    round_id: Mapped[int | None] = mapped_column(ForeignKey(Round.id))
    particulars: Mapped[str]
    previous: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str] = mapped_column(unique=True)


class Head(Base):
    """The last number and digest; one row, locked by each writer."""

    __tablename__ = "journal_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[str]


@dataclass(frozen=True)
class Actor:
    """Who acts: an agency by its invitation's code and the person's own statement, an official by name, a command."""

    kind: ActorKind
    name: str


@dataclass(frozen=True)
class Verdict:
    """What a check of the chain found: how many entries stand in order, and the first fault (empty when none)."""

    entries: int
    head: str
    fault: str


def append(
    session: Session, now: datetime, actor: Actor, act: str, round_id: int | None = None, **particulars: object
) -> None:
    """Write one entry; call it last in the act's transaction."""
    head = session.execute(select(Head.number, Head.digest).where(Head.id == 1).with_for_update()).one()
    body = json.dumps(particulars, ensure_ascii=False, sort_keys=True, default=str)
    number = head.number + 1
    digest = _digest(number, now, actor.kind.name, actor.name, act, round_id, body, head.digest)
    session.execute(
        insert(Entry).values(
            number=number,
            at=now,
            actor_kind=actor.kind,
            actor=actor.name,
            act=act,
            round_id=round_id,
            particulars=body,
            previous=head.digest,
            digest=digest,
        )
    )
    session.execute(update(Head).where(Head.id == 1).values(number=number, digest=digest))


def _digest(number: int, at: datetime, *rest: object) -> str:
    line = json.dumps([number, at.astimezone(UTC).isoformat(), *rest], ensure_ascii=False)
    return hashlib.sha256(line.encode()).hexdigest()


def verify(session: Session) -> Verdict:
    """Recompute the whole chain and compare it with the head."""
    previous, number = GENESIS, 0
    for entry in session.execute(select(Entry.__table__).order_by(Entry.number)):
        number += 1
        fault = _fault({key: entry._mapping[key] for key in entry._fields}, number, previous)
        if fault:
            return Verdict(number - 1, previous, fault)
        previous = entry.digest
    head = session.execute(select(Head.number, Head.digest).where(Head.id == 1)).one()
    if (head.number, head.digest) != (number, previous):
        return Verdict(number, previous, f"the head names entry {head.number}, the last entry is {number}")
    return Verdict(number, previous, "")


def _fault(entry: Mapping[str, object], number: int, previous: str) -> str:
    if entry["number"] != number:
        return f"entry {number} is missing"
    if entry["previous"] != previous:
        return f"entry {number} does not follow entry {number - 1}"
    at, kind = entry["at"], entry["actor_kind"]
    assert isinstance(at, datetime) and isinstance(kind, ActorKind)
    rest = (kind.name, entry["actor"], entry["act"], entry["round_id"], entry["particulars"], previous)
    return "" if entry["digest"] == _digest(number, at, *rest) else f"entry {number} was changed"
