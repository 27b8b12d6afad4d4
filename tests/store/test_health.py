"""The record is asked how it is: it answers while others write, and when it cannot answer nobody waits for it."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import text, update

from consult.domain.terms import LetterKind, LetterState
from consult.store import migrations, outbox
from consult.store.database import Database, connect, reading, writing
from consult.store.health import Probe, RecordState, Waiting
from tests.builders import OPENS
from tests.mail.servers import silent

MINUTE = timedelta(minutes=1)


def queue(database: Database, number: int, minutes: int) -> None:
    """Queue letters that are due some minutes after ``OPENS``."""
    for each in range(number):
        key = f"{minutes}:{each}"
        letter = outbox.NewLetter(key, LetterKind.SIGN_IN, "a@coquan.example", "Một người", "s", "t", "h")
        with writing(database) as session:
            outbox.queue(session, [letter], OPENS, OPENS + minutes * MINUTE)


def test_an_empty_record_has_its_schema_and_nothing_waiting(database: Database) -> None:
    assert Probe(database).ask(OPENS) == RecordState(migrations.newest())


def test_letters_are_counted_by_their_tries_and_those_of_later_left_out(database: Database) -> None:
    queue(database, 2, 1)
    queue(database, 1, 5)
    queue(database, 1, 60)
    queue(database, 1, 90)
    with writing(database) as session:
        letter = outbox.LETTERS
        session.execute(update(letter).where(letter.c.key == "90:0").values(attempts=2))
        sent = {"state": LetterState.SENT, "sent_at": OPENS + MINUTE}
        session.execute(update(letter).where(letter.c.key == "1:0").values(**sent))
    found = Probe(database).ask(OPENS + 10 * MINUTE)
    assert found is not None
    assert found.last_sent_at == OPENS + MINUTE
    assert sorted(found.waiting, key=lambda each: each.attempts) == [
        Waiting(0, 2, OPENS + MINUTE),
        Waiting(2, 1, OPENS + 90 * MINUTE),
    ]


def test_another_schema_is_told_and_nothing_else_is_asked(database: Database) -> None:
    with writing(database) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        session.execute(text("ALTER TABLE letter RENAME TO letters"))
    assert Probe(database).ask(OPENS) == RecordState("0001")


def test_a_writer_at_work_does_not_matter(database: Database) -> None:
    with writing(database) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
        assert Probe(database).ask(OPENS) == RecordState(migrations.newest())
        session.rollback()


def test_a_file_that_is_gone_is_not_made_anew(tmp_path: Path) -> None:
    database = connect(f"sqlite:///{tmp_path}/instance/consult.sqlite3")
    assert Probe(database).ask(OPENS) is None
    assert list((tmp_path / "instance").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no database at all" * 300])
def test_a_file_that_is_no_record(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "consult.sqlite3").write_bytes(content)
    found = Probe(connect(f"sqlite:///{tmp_path}/consult.sqlite3")).ask(OPENS)
    assert found == (None if content else RecordState(None))


def test_a_record_locked_by_another_program_is_not_waited_for(empty_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "with # and a space.sqlite3"
    path.write_bytes(empty_file.read_bytes())
    probe = Probe(connect(f"sqlite:///{path}"))
    assert probe.ask(OPENS) == RecordState(migrations.newest())
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert probe.ask(OPENS) is None
        other.execute("ROLLBACK")
    other.close()
    assert probe.ask(OPENS) == RecordState(migrations.newest())


def test_a_server_that_says_nothing_is_left_hanging_once() -> None:
    with silent() as port:
        probe = Probe(connect(f"postgresql+psycopg://consult@127.0.0.1:{port}/consult"))
        assert [probe.ask(OPENS, 0.05) for _ in range(3)] == [None, None, None]


def test_the_probe_writes_nothing(database: Database) -> None:
    probe = Probe(database)
    with probe._engine.connect() as connection, pytest.raises(Exception, match=r"(?i)read.?only"):
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with reading(database) as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == migrations.newest()


def test_a_question_that_could_not_be_begun_stands_in_the_way_of_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Thread) -> None:
        raise RuntimeError("can't start new thread")

    probe = Probe(database)
    with monkeypatch.context() as short:
        short.setattr(Thread, "start", full)
        assert probe.ask(OPENS) is None
    assert probe.ask(OPENS) == RecordState(migrations.newest())
