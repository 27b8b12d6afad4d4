"""Backup while the site writes, and back: nothing that was acknowledged is missing, whatever the databases are."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from time import sleep
from typing import Any

import pytest
from sqlalchemy import insert, select, text

from consult.domain.errors import Refusal
from consult.domain.terms import ActorKind, Stance
from consult.store import journal
from consult.store.access import Throttle
from consult.store.backup import backup, restore
from consult.store.database import Database, connect, reading, writing
from consult.store.journal import Actor
from consult.store.tables import metadata
from tests import corrections
from tests.builders import OPENS, Office

WRITERS = 4
ENOUGH = 150


def _write_until_told(url: str, folder: Path, name: str) -> None:
    """Write rows and acts until the file ``stop`` is there; note each one after its commit."""
    database, number = connect(url), 0
    with (folder / f"{name}.acknowledged").open("a", encoding="ascii") as acknowledged:
        while not (folder / "stop").exists():
            number += 1
            with writing(database) as session:
                row = {"action": name, "subject": str(number), "since": OPENS, "attempts": 1}
                session.execute(insert(Throttle).values(**row))
                journal.append(session, OPENS, Actor(ActorKind.COMMAND, name), "write", number=number)
            acknowledged.write(f"{name}:{number}\n")
            acknowledged.flush()
    database.dispose()


def _acknowledged(folder: Path) -> set[str]:
    notes = (path.read_text(encoding="ascii") for path in folder.glob("*.acknowledged"))
    return {line for note in notes for line in note.split("\n")[:-1]}


@contextmanager
def _writers(database: Database, folder: Path) -> Iterator[None]:
    """Keep four processes writing until the end of the block."""
    url = database.engine.url.render_as_string(hide_password=False)
    with ProcessPoolExecutor(WRITERS, get_context("forkserver")) as pool:
        done = [pool.submit(_write_until_told, url, folder, f"w{number}") for number in range(WRITERS)]
        try:
            while len(_acknowledged(folder)) < ENOUGH and not any(each.done() for each in done):
                sleep(0.02)
            yield
        finally:
            (folder / "stop").touch()
        for each in done:
            each.result()


def _rows_in(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as copy:
        return {f"{action}:{subject}" for action, subject in copy.execute("SELECT action, subject FROM throttle")}


@pytest.mark.slow
def test_a_copy_made_under_four_writers_holds_all_that_was_acknowledged(database: Database, tmp_path: Path) -> None:
    with _writers(database, tmp_path):
        before = _acknowledged(tmp_path)
        backup(database, tmp_path / "copy")
    assert len(before) >= ENOUGH
    assert before <= _rows_in(tmp_path / "copy")
    copy = connect(f"sqlite:///{tmp_path}/copy")
    with reading(copy) as session:
        verdict = journal.verify(session)
    copy.dispose()
    assert (verdict.fault, verdict.entries) == ("", len(_rows_in(tmp_path / "copy")))
    assert _acknowledged(tmp_path) > before


@pytest.mark.slow
def test_copying_the_file_would_miss_rows(empty_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(empty_file, tmp_path / "record.sqlite3")
    database, missing = connect(f"sqlite:///{tmp_path}/record.sqlite3"), 0
    with _writers(database, tmp_path):
        for _ in range(5):
            before = _acknowledged(tmp_path)
            shutil.copyfile(tmp_path / "record.sqlite3", tmp_path / "copy")
            missing += len(before - _rows_in(tmp_path / "copy"))
    database.dispose()
    assert missing > 0


def _contents(database: Database) -> dict[str, Sequence[Any]]:
    with reading(database) as session:
        return {
            table.name: session.execute(select(table).order_by(*table.primary_key.columns)).all()
            for table in metadata.sorted_tables
        }


def _worked(office: Office) -> Database:
    """Give the record of a round with some of everything in it."""
    grant = office.grant()
    office.comment(grant, "2.2", "Đề nghị bỏ một chữ “mất”.", proposed_text="Đẩy mạnh công tác")
    office.agree(grant, "2.3")
    office.send(grant, Stance.DISAGREES)
    official = office.official()
    corrections.correct(office, official, {"2.2": None})
    corrections.prepare(office, official, {"2.3": None})
    return office.database


def test_restoring_puts_everything_back(anywhere: Office, tmp_path: Path) -> None:
    database = _worked(anywhere)
    before = _contents(database)
    backup(database, tmp_path / "copy")
    anywhere.send(anywhere.grant(), Stance.DISAGREES)
    assert _contents(database) != before
    restore(database, tmp_path / "copy")
    assert _contents(database) == before
    assert anywhere.send(anywhere.grant(), Stance.DISAGREES).version == 2
    with reading(database) as session:
        assert journal.verify(session).fault == ""


def test_frozen_rows_are_frozen_after_restoring(anywhere: Office, tmp_path: Path) -> None:
    database = _worked(anywhere)
    backup(database, tmp_path / "copy")
    restore(database, tmp_path / "copy")
    with pytest.raises(Exception, match="are frozen"), writing(database) as session:
        session.execute(text("DELETE FROM submitted_comment"))


def test_a_copy_is_one_file_that_needs_no_writing_beside_it(anywhere: Office, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "copy").write_text("an older copy")
    backup(_worked(anywhere), folder / "copy")
    assert [path.name for path in folder.iterdir()] == ["copy"]
    with closing(sqlite3.connect(f"file:{folder}/copy?mode=ro&immutable=1", uri=True)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copy.execute("SELECT count(*) FROM submission").fetchone() == (1,)


@pytest.mark.postgres
def test_from_postgresql_to_sqlite_and_back(
    request: pytest.FixtureRequest, anywhere: Office, empty_file: Path, tmp_path: Path
) -> None:
    database = _worked(anywhere)
    before = _contents(database)
    backup(database, tmp_path / "first")
    small = connect(f"sqlite:///{tmp_path}/small.sqlite3")
    restore(small, tmp_path / "first")
    assert _contents(small) == before
    backup(small, tmp_path / "second")
    small.dispose()
    server = request.getfixturevalue("server")
    with server.clone(request.getfixturevalue("empty_template")) as large:
        restore(large, tmp_path / "second")
        assert _contents(large) == before


def _no_database(path: Path) -> None:
    path.write_text("<html>")


def _another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("CREATE TABLE t (a)")


def _torn(path: Path) -> None:
    """Overwrite a page in the middle."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xff" * 8192)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")


def _nameless(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("DELETE FROM alembic_version")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (Path.unlink, "there is no such file; name a file that `consult backup` wrote"),
        (_no_database, "this is no backup of Consult"),
        (_torn, "damaged|no backup of Consult"),
        (_newer, "it has the schema 9999; restore it with the version of Consult that made it"),
        (_nameless, "it has the schema None; restore it"),
    ],
)
def test_a_bad_file_is_refused_and_changes_nothing(
    anywhere: Office, tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    database = _worked(anywhere)
    backup(database, tmp_path / "copy")
    spoil(tmp_path / "copy")
    before = _contents(database)
    with pytest.raises(Refusal, match=words):
        restore(database, tmp_path / "copy")
    assert _contents(database) == before


def test_another_programs_database_is_refused(database: Database, tmp_path: Path) -> None:
    _another_database(tmp_path / "other")
    with pytest.raises(Refusal, match="this is no backup of Consult"):
        restore(database, tmp_path / "other")


def test_a_backup_that_fails_leaves_the_older_one(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "copy").write_text("an older copy")

    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("consult.store.backup._close_up", full)
    with pytest.raises(OSError, match="no space"):
        backup(database, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "an older copy"
