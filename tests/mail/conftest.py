"""A record in SQLite and a post office over it, for the tests of delivery."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from consult.domain.links import LinkMaker
from consult.mail.delivery import deliver_due
from consult.mail.filling import minting
from consult.mail.messages import Mailbox
from consult.mail.post_office import DeliveryReport, PostOffice
from consult.mail.transport import Transport
from consult.store import outbox
from consult.store.database import Database, connect, writing
from consult.store.outbox import ClaimedLetter
from consult.store.tables import metadata
from tests.mail.record import NOW, Seeded, letter, seed

LINKS = LinkMaker("https://gopy.example", b"k" * 32)


@dataclass
class Desk:
    """A record with one round, and the clock that its letters go by."""

    database: Database
    seeded: Seeded
    now: datetime = NOW
    answered: set[str] = field(default_factory=set)

    def queue(self, *keys: str, **changed: Any) -> None:
        """Put letters into the outbox."""
        with writing(self.database) as session:
            outbox.queue(session, [letter(key, to=self.seeded, **changed) for key in keys], NOW)

    def office(self, transport: Transport, **changed: Any) -> PostOffice:
        """Bring delivery's parts together."""
        office = PostOffice(
            database=self.database,
            transport=transport,
            links=LINKS,
            sender=Mailbox("Lấy ý kiến dự thảo", "khong-tra-loi@gopy.example"),
            mint=minting(30),
            still_due=self._still_due,
            worker="worker",
        )
        return replace(office, **changed)

    def deliver(self, transport: Transport, **changed: Any) -> DeliveryReport:
        """Deliver one batch."""
        return deliver_due(self.office(transport, **changed), self.clock, lambda: False)

    def clock(self) -> datetime:
        """Return the moment of this desk."""
        return self.now

    def wait(self, minutes: int) -> None:
        """Let time pass."""
        self.now += timedelta(minutes=minutes)

    def states(self) -> dict[str, tuple[str, int, str]]:
        """Return state, number of tries and last error of each letter by its key."""
        table = metadata.tables["letter"]
        with self.database.reading() as session:
            rows = session.execute(table.select().order_by(table.c.id))
            return {row.key: (row.state.name, row.attempts, row.last_error) for row in rows}

    def _still_due(self, session: Session, found: ClaimedLetter, now: datetime) -> bool:
        return found.key not in self.answered


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Give a desk with an empty outbox."""
    database = connect(f"sqlite:///{tmp_path}/record.sqlite3")
    metadata.create_all(database.engine)
    with writing(database) as session:
        seeded = seed(session)
    yield Desk(database, seeded)
    database.dispose()
