"""The pace of sending that all workers share: one row says when the next letter may leave, on the database's clock.

Each letter takes its share of a minute; what a rest left unused is kept for a few seconds and no longer, so that in no
minute more letters leave than the rate says.
"""

from datetime import datetime, timedelta

from sqlalchemy import select, type_coerce, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from consult.store.database import Base, UtcDateTime, insert_new
from consult.store.outbox import database_time

_KEPT = timedelta(seconds=6)
# What is kept and what a minute allows make up the rate together.
_SHARE_SECONDS = 66


class MailPace(Base):
    """The one row: ``next_at`` is the moment from which another letter may leave."""

    __tablename__ = "mail_pace"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)


_ROW = select(MailPace.next_at).where(MailPace.id == 1).with_for_update()
_BEGIN = insert_new(MailPace, "id")
_SPEND = update(MailPace).where(MailPace.id == 1)
_LONG_AGO = timedelta(days=1)


def allowed(session: Session, per_minute: int, most: int) -> int:
    """Return how many letters may leave now, at most ``most``; other workers wait until the transaction ends."""
    now = _now(session)
    session.execute(_BEGIN[session.get_bind().dialect.name], [{"id": 1, "next_at": now - _LONG_AGO}])
    begins = max(session.execute(_ROW).scalar_one(), _now(session) - _kept(per_minute))
    return max(0, min(most, int((_now(session) - begins) / _share(per_minute))))


def spend(session: Session, per_minute: int, number: int) -> None:
    """Note that ``number`` letters leave, in the transaction that asked what is allowed."""
    begins = max(session.execute(_ROW).scalar_one(), _now(session) - _kept(per_minute))
    session.execute(_SPEND.values(next_at=begins + number * _share(per_minute)))


def _share(per_minute: int) -> timedelta:
    return timedelta(seconds=_SHARE_SECONDS / per_minute)


def _kept(per_minute: int) -> timedelta:
    """At least one letter's share, or a slow pace would never let one go."""
    return max(_KEPT, _share(per_minute))


def _now(session: Session) -> datetime:
    return session.execute(select(type_coerce(database_time(session, 0), UtcDateTime))).scalar_one()
