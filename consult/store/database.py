"""The engine, the two session makers (read and write) and the types that every table shares.

On SQLite a writing session first passes a fair gate (``gate``) and then takes ``BEGIN IMMEDIATE``, so that writers
queue in order instead of starving each other on SQLite's busy handler; reading sessions take a deferred transaction.
On PostgreSQL reading is REPEATABLE READ and writing READ COMMITTED. Either way, all that one reading session sees is of
one moment, and nobody waits for a lock longer than ``BUSY_SECONDS``. Nothing here commits on behalf of an action.
"""

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum as PyEnum
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Engine, Enum, Insert, MetaData, Row, Table, create_engine, event
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.engine import Connection as Connection
from sqlalchemy.engine import Dialect, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, sessionmaker
from sqlalchemy.orm import Session as Session
from sqlalchemy.types import TypeDecorator

from consult.domain.errors import BusyStore
from consult.store import gate

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BUSY_SECONDS = 10.0

AnyRow = Row[*tuple[Any, ...]]
# What columns (no entities) can be read through; a connection costs half of what a session does.
Reads = Session | Connection


class Base(DeclarativeBase):
    """The one metadata of the record, with a name for every constraint."""

    metadata = MetaData(naming_convention=NAMING)


def named(kind: type[PyEnum]) -> Enum:
    """Return the column type of a state: the member's name as text, checked by the database."""
    return Enum(kind, native_enum=False, create_constraint=True, length=40, name=kind.__name__.lower())


def insert_new(table: type[Base] | Table, key: str) -> Mapping[str, Insert]:
    """Return the insert that leaves rows with a known ``key`` alone, by the dialect's name.

    The two databases share its words and not its class; it is put together once, where it is used.
    """
    return {
        "sqlite": sqlite_dialect.insert(table).on_conflict_do_nothing(index_elements=[key]).inline(),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(index_elements=[key]).inline(),
    }


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC and read back in UTC; a naive one is refused (SQLite would hand it back naive)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment and bring an aware one to UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone")
        at = value.astimezone(UTC)
        return at.replace(tzinfo=None) if dialect.name == "sqlite" else at

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True)
class Database:
    """An engine, its two session makers, and what reading connects through.

    All statements of one transaction over ``snapshots``, as of one ``reading`` session, see one state of the record;
    ``writing`` holds SQLite's write lock from its first statement on; so does ``noting``, which commits without waiting
    for the disk.
    """

    engine: Engine
    snapshots: Engine
    reading: sessionmaker[Session]
    writing: sessionmaker[Session]
    noting: sessionmaker[Session]

    def dispose(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()


def connect(url: str) -> Database:
    """Open the database at ``url`` (``sqlite:///…`` or ``postgresql://…``).

    Raises:
        ValueError: the address names another kind of database.
    """
    kind = make_url(url).get_backend_name()
    if kind == "sqlite":
        return _sqlite(url)
    if kind == "postgresql":
        limit = f"-c lock_timeout={int(BUSY_SECONDS * 1000)}"
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True, connect_args={"options": limit})
        event.listen(engine, "begin", _begin_postgresql)
        return _database(engine, engine.execution_options(isolation_level="REPEATABLE READ"), engine)
    raise ValueError(f"the database must be SQLite or PostgreSQL, not {kind}")


def _sqlite(url: str) -> Database:
    path = make_url(url).database
    if not path or path == ":memory:":
        raise ValueError("SQLite needs a file: several processes work on it")
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS, "isolation_level": None})
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    writer = engine.execution_options(write_lock=f"{path}.lock")
    for end in ("checkin", "close"):
        event.listen(engine, end, lambda dbapi, record: _leave_gate(record.info))
    return _database(engine, engine, writer)


def _database(engine: Engine, snapshots: Engine, writer: Engine) -> Database:
    return Database(
        engine,
        snapshots,
        reading=sessionmaker(snapshots, expire_on_commit=False),
        writing=sessionmaker(writer, expire_on_commit=False),
        noting=sessionmaker(writer.execution_options(durable=False), expire_on_commit=False),
    )


def _configure_sqlite(dbapi: Any, _: object) -> None:
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={int(BUSY_SECONDS * 1000)}",
    ):
        dbapi.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    lock = options.get("write_lock")
    if lock is None:
        # Straight to the driver: it takes no lock yet, so that it cannot fail, and it comes with every page.
        connection.connection.cursor().execute("BEGIN")
        return
    _acquire(lock, connection)
    durable = options.get("durable", True)
    if connection.info.get("durable", True) != durable:
        connection.exec_driver_sql(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        connection.info["durable"] = durable
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get("durable", True):
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")


def _acquire(path: str, connection: Connection) -> None:
    """Pass the gate; the time spent before it is taken off the wait for SQLite's own lock.

    The gate is held until the connection goes back to the pool.
    """
    started = time.monotonic()
    held = gate.enter(path, BUSY_SECONDS)
    if held is None:
        raise BusyStore("the database was kept busy by another process; nothing was stored, try again")
    info = connection.info
    info["gate"] = held
    left = BUSY_SECONDS - (time.monotonic() - started)
    if left < BUSY_SECONDS - 0.1 or info.pop("short_wait", False):
        connection.exec_driver_sql(f"PRAGMA busy_timeout={max(1, int(left * 1000))}")
        info["short_wait"] = left < BUSY_SECONDS - 0.1


def _leave_gate(info: dict[str, Any]) -> None:
    held = info.pop("gate", None)
    if held is not None:
        gate.leave(held)


@contextmanager
def writing(database: Database, *, durable: bool = True) -> Iterator[Session]:
    """Open the one writing transaction of a request or command: commit at the end, roll back on any error.

    What is not ``durable`` outlives the death of every process and may be lost, whole, when the power fails.

    Raises:
        BusyStore: the write lock was not had in time, or the disk is full; nothing was stored.
    """
    session = database.writing() if durable else database.noting()
    try:
        yield session
        session.commit()
    except OperationalError as fault:
        session.rollback()
        if _is_mistake(fault):
            raise
        raise BusyStore("the database cannot be written just now; nothing was stored, try again") from fault
    except BaseException:
        session.rollback()
        raise
    finally:
        session.close()


def _is_mistake(fault: OperationalError) -> bool:
    """Tell a wrong statement (an unknown table or column) from a database that is busy, full or away."""
    return getattr(fault.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


@contextmanager
def reading(database: Database) -> Iterator[Session]:
    """Open a session for reading alone, which sees one state of the record; what it did is rolled back."""
    with database.reading() as session:
        yield session
