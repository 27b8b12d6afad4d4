"""Asks the record how it is, over a connection of its own that writes nothing, makes no file and never waits for long.

The ordinary connections will not do: they wait ten seconds for a lock, and SQLite's would make an empty file where the
record is gone.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

from sqlalchemy import Engine, NullPool, create_engine, func, or_, select
from sqlalchemy.exc import SQLAlchemyError

from consult.domain.terms import LetterState
from consult.store import migrations
from consult.store.database import Connection, Database
from consult.store.outbox import LETTERS

PATIENCE_SECONDS = 1.0


@dataclass(frozen=True)
class Waiting:
    """Letters that are due, or were put off after ``attempts`` tries: how many, and the earliest of their moments."""

    attempts: int
    number: int
    due_at: datetime


@dataclass(frozen=True)
class RecordState:
    """What the record says; of a schema that is not this version's, the schema alone."""

    schema: str | None
    waiting: Sequence[Waiting] = ()
    last_sent_at: datetime | None = None


class Probe:
    """Puts the questions. A question that hangs is left behind, and no second one is begun beside it."""

    def __init__(self, database: Database) -> None:
        self._engine = _engine(database)
        self._asking = Lock()

    def ask(self, now: datetime, seconds: float = PATIENCE_SECONDS) -> RecordState | None:
        """Return how the record is, or None when it gave no answer within twice ``seconds``."""
        if not self._asking.acquire(timeout=seconds):
            return None
        answers: SimpleQueue[RecordState | None] = SimpleQueue()
        try:
            Thread(target=self._answer, args=(now, answers), daemon=True).start()
        except RuntimeError:  # this process has no room for a thread just now
            self._asking.release()
            return None
        try:
            return answers.get(timeout=seconds)
        except Empty:
            return None

    def _answer(self, now: datetime, answers: "SimpleQueue[RecordState | None]") -> None:
        found = None
        try:
            with self._engine.connect() as connection:
                found = _state(connection, now)
        except SQLAlchemyError:
            pass
        finally:
            answers.put(found)
            self._asking.release()


def _engine(database: Database) -> Engine:
    url = database.engine.url
    if url.get_backend_name() == "sqlite":
        address = f"{Path(str(url.database)).absolute().as_uri()}?mode=ro"
        wait = PATIENCE_SECONDS / 2
        return create_engine("sqlite://", creator=lambda: _read_only(address, wait), poolclass=NullPool)
    limits = f"-c statement_timeout={int(PATIENCE_SECONDS * 1000)} -c default_transaction_read_only=on"
    options = {"options": limits, "connect_timeout": 2}  # libpq takes no shorter one
    return create_engine(url, hide_parameters=True, poolclass=NullPool, connect_args=options)


def _read_only(address: str, wait_seconds: float) -> sqlite3.Connection:
    return sqlite3.connect(address, uri=True, timeout=wait_seconds)


def _state(connection: Connection, now: datetime) -> RecordState:
    schema = migrations.revision(connection)
    if schema != migrations.newest():
        return RecordState(schema)
    letter = LETTERS.c
    rows = connection.execute(
        select(letter.attempts, func.count(), func.min(letter.due_at))
        .where(letter.state == LetterState.DUE, or_(letter.due_at <= now, letter.attempts > 0))
        .group_by(letter.attempts)
    )
    waiting = tuple(Waiting(*row) for row in rows)
    sent = select(func.max(letter.sent_at)).where(letter.state == LetterState.SENT)
    return RecordState(schema, waiting, connection.scalar(sent) if waiting else None)
