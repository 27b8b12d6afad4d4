"""One file with the whole record, made while the site runs, and back.

The file is an SQLite database of the same schema whatever the installation uses, so a backup of either kind goes into
either kind. Reading happens in one snapshot; writing back in one transaction, with the site stopped: the pages that
its processes keep are of the record that was.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Select, Table, create_engine, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from consult.domain.errors import Refusal
from consult.store import migrations
from consult.store.database import Database, connect
from consult.store.tables import metadata

_BLOCK = 500
_VERSION = "alembic_version"


def backup(database: Database, target: Path) -> None:
    """Write a copy of everything acknowledged before now; a file that stood at ``target`` is replaced at the end."""
    partial = target.with_name(target.name + ".partial")
    _remove(partial)
    if database.engine.dialect.name == "sqlite":
        _copy_sqlite(_path(database), partial)
    else:
        _dump(database, partial)
    _close_up(partial)
    _sync(partial)
    partial.replace(target)
    _sync(target.parent)


def restore(database: Database, source: Path) -> None:
    """Put the record back as it stands in ``source``; what the database held is gone.

    Raises:
        Refusal: the file is no backup, is damaged, or has another schema.
    """
    _check(source)
    if database.engine.dialect.name == "sqlite":
        database.dispose()
        _copy_sqlite(source, _path(database))
    else:
        migrations.upgrade(database)
        _load(database, source)


def _check(source: Path) -> None:
    if not source.is_file():
        raise Refusal(f"{source}: there is no such file; name a file that `consult backup` wrote")
    try:
        with closing(_open_to_read(source)) as file:
            sound = file.execute("PRAGMA integrity_check").fetchone()[0]
            (found,) = file.execute(f"SELECT version_num FROM {_VERSION}").fetchone() or (None,)  # noqa: S608 (a constant)
    except sqlite3.DatabaseError as fault:
        raise Refusal(f"{source}: this is no backup of Consult ({fault}); name another file") from fault
    if sound != "ok":
        raise Refusal(f"{source}: the file is damaged ({sound}); take another backup")
    if found != migrations.newest():
        raise Refusal(f"{source}: it has the schema {found}; restore it with the version of Consult that made it")


def _open_to_read(source: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)


def _path(database: Database) -> Path:
    return Path(str(make_url(str(database.engine.url)).database))


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy in one step: a stepped copy would begin again with every write."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source, timeout=60)) as old, closing(sqlite3.connect(target, timeout=60)) as new:
        old.backup(new, pages=-1)


def _close_up(file: Path) -> None:
    """Make the copy one file that can be read where nothing may be written."""
    with closing(sqlite3.connect(file)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


def _dump(database: Database, target: Path) -> None:
    copy = connect(f"sqlite:///{target}")
    migrations.upgrade(copy)
    with database.snapshots.connect() as old, copy.writing() as new:
        _empty(new)
        for table in metadata.sorted_tables:
            rows = old.execution_options(yield_per=_BLOCK).execute(_in_order(table)).mappings()
            for block in rows.partitions(_BLOCK):
                new.execute(insert(table), [dict(row) for row in block])
        new.commit()
    copy.dispose()
    _remove(target.with_name(target.name + ".lock"))


def _in_order(table: Table) -> Select[*tuple[Any, ...]]:
    """Return all rows, the older first: a correction in preparation comes after the draft that it names."""
    return select(table).order_by(*table.primary_key.columns)


def _load(database: Database, source: Path) -> None:
    copy = create_engine("sqlite://", creator=lambda: _open_to_read(source))
    names = ", ".join(f'"{table.name}"' for table in metadata.sorted_tables)
    with copy.connect() as old, database.writing() as new:
        new.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        for table in metadata.sorted_tables:
            rows = old.execution_options(yield_per=_BLOCK).execute(_in_order(table)).mappings()
            for block in rows.partitions(_BLOCK):
                new.execute(insert(table), [dict(row) for row in block])
        _continue_numbers(new)
        new.commit()
    copy.dispose()


def _empty(session: Session) -> None:
    """Take out the one row that the schema brings itself."""
    session.execute(text("DELETE FROM journal_head"))


def _continue_numbers(session: Session) -> None:
    """Let PostgreSQL's sequences go on after the restored ids."""
    for table in metadata.sorted_tables:
        if "id" in table.c and table.name != "journal_head":
            sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
            newest = f'SELECT COALESCE(MAX(id), 0) + 1 FROM "{table.name}"'  # noqa: S608 (names of our own tables)
            session.execute(text(f"SELECT setval({sequence}, ({newest}), false)"))


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
