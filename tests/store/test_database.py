"""The engine and its two kinds of session: moments in UTC, one writer at a time, a limited wait, nothing half done."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import OperationalError, ProgrammingError, StatementError

from consult.domain.errors import BusyStore
from consult.domain.window import HO_CHI_MINH
from consult.store import database as databases
from consult.store import gate
from consult.store.access import Throttle
from consult.store.database import Database, connect, reading, writing
from consult.store.journal import Head
from tests.racing import meet, race

NOON = datetime(2020, 4, 26, 12, 0, 0, 1, tzinfo=HO_CHI_MINH)


def _url(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


def _write(database: Database, subject: str, since: datetime = NOON) -> None:
    with writing(database) as session:
        session.execute(insert(Throttle).values(action="test", subject=subject, since=since, attempts=1))


def _subjects(database: Database) -> list[str]:
    with reading(database) as session:
        return sorted(session.scalars(select(Throttle.subject)))


@pytest.mark.parametrize("zone", [UTC, HO_CHI_MINH, timezone(-timedelta(hours=9, minutes=30))])
def test_a_moment_comes_back_in_utc_whatever_zone_it_was_written_in(database: Database, zone: timezone) -> None:
    _write(database, "one", NOON.astimezone(zone))
    with reading(database) as session:
        found = session.scalars(select(Throttle.since)).one()
    assert found.isoformat() == "2020-04-26T05:00:00.000001+00:00"


def test_moments_are_compared_as_moments(database: Database) -> None:
    _write(database, "one", NOON)
    with reading(database) as session:
        at = select(func.count()).select_from(Throttle)
        assert session.scalar(at.where(Throttle.since == NOON.astimezone(UTC))) == 1
        assert session.scalar(at.where(Throttle.since < NOON + timedelta(microseconds=1))) == 1
        assert session.scalar(at.where(Throttle.since < NOON)) == 0


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="needs a time zone"):
        _write(database, "one", datetime(2020, 4, 26))
    assert _subjects(database) == []


def test_an_error_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), writing(database) as session:
        session.execute(insert(Throttle).values(action="test", subject="one", since=NOON, attempts=1))
        raise ZeroDivisionError
    _write(database, "two")
    assert _subjects(database) == ["two"]


def test_what_a_reading_session_did_is_rolled_back(database: Database) -> None:
    with reading(database) as session:
        session.execute(insert(Throttle).values(action="test", subject="one", since=NOON, attempts=1))
    assert _subjects(database) == []


def test_a_wrong_statement_is_no_busy_database(database: Database) -> None:
    with pytest.raises((OperationalError, ProgrammingError)), writing(database) as session:
        session.execute(text("SELECT missing FROM throttle"))
    _write(database, "one")
    assert _subjects(database) == ["one"]


@pytest.fixture
def impatient(database: Database, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Open the same record with a budget of a third of a second."""
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0.3)
    opened = connect(_url(database))
    yield opened
    opened.dispose()


@contextmanager
def _held(database: Database) -> Iterator[None]:
    """Hold the journal's head as a writer of another process would."""
    if database.engine.dialect.name == "sqlite":
        other = sqlite3.connect(str(database.engine.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        yield
        other.close()
        return
    with database.writing() as session:
        session.execute(select(Head).with_for_update()).all()
        yield


def _lock_head(database: Database) -> None:
    with writing(database) as session:
        session.execute(select(Head).with_for_update()).all()


@pytest.mark.slow
def test_a_writer_gives_up_after_its_budget_and_readers_go_on(database: Database, impatient: Database) -> None:
    with _held(database):
        for _ in range(2):
            with pytest.raises(BusyStore, match="nothing was stored, try again"):
                _lock_head(impatient)
        assert _subjects(impatient) == []
    _lock_head(impatient)
    _write(impatient, "one")
    assert _subjects(database) == ["one"]


def test_a_writer_does_not_wait_for_ever_at_the_gate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "BUSY_SECONDS", 0.2)
    record = connect(f"sqlite:///{tmp_path}/record.sqlite3")
    stopped = gate.enter(f"{tmp_path}/record.sqlite3.lock", 1)
    with pytest.raises(BusyStore), writing(record) as session:
        session.execute(text("SELECT 1"))
    assert stopped is not None
    gate.leave(stopped)
    with writing(record) as session:
        assert session.scalar(text("SELECT 1")) == 1
    record.dispose()


def test_the_gate_lets_one_in_and_passes_the_turn_of_who_gave_up(tmp_path: Path) -> None:
    path = str(tmp_path / "gate")
    first = gate.enter(path, 1)
    assert gate.enter(path, 0.05) is None
    assert gate.enter(path, 0.05) is None
    assert first is not None
    gate.leave(first)
    second = gate.enter(path, 30)
    assert second is not None
    with pytest.raises(BlockingIOError):
        fcntl.flock(os.open(path, os.O_RDWR), fcntl.LOCK_EX | fcntl.LOCK_NB)
    gate.leave(second)


def _write_until(url: str, name: str, rows: int) -> int:
    """Write one row after the other until all writers together have ``rows``; return how many were one's own."""
    record, own = connect(url), 0
    with reading(record) as session:
        session.scalar(select(1))
    meet()
    while True:
        with writing(record) as session:
            if (session.scalar(select(func.count()).select_from(Throttle)) or 0) >= rows:
                return own
            session.execute(insert(Throttle).values(action=name, subject=str(own), since=NOON, attempts=1))
        own += 1


@pytest.mark.slow
def test_greedy_writers_share_the_database(empty_file: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/record.sqlite3"
    (tmp_path / "record.sqlite3").write_bytes(empty_file.read_bytes())
    shares = race(_write_until, *((url, name, 400) for name in "abcd"))
    assert sum(shares) == 400
    assert min(shares) >= 25


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://host/name"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"SQLite needs a file|must be SQLite or PostgreSQL"):
        connect(url)


def test_only_what_may_be_lost_with_the_power_does_not_wait_for_the_disk(database: Database) -> None:
    """FULL (2) and NORMAL (1) are SQLite's words for it; one connection serves both in turn."""
    sqlite = database.engine.dialect.name == "sqlite"
    asked = text("PRAGMA synchronous" if sqlite else "SHOW synchronous_commit")
    found = []
    for durable in (True, False, True):
        with writing(database, durable=durable) as session:
            found.append(str(session.execute(asked).scalar_one()))
            session.execute(insert(Throttle).values(action="test", subject=str(len(found)), since=NOON, attempts=1))
    assert found == (["2", "1", "2"] if sqlite else ["on", "off", "on"])
    assert _subjects(database) == ["1", "2", "3"]
