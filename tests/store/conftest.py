"""The record on both databases, with the schema that the migrations make."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.store.database import Database, connect

DATABASES = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Give an empty record on SQLite and on PostgreSQL."""
    if request.param == "postgres":
        server = request.getfixturevalue("server")
        with server.clone(request.getfixturevalue("empty_template")) as cloned:
            yield cloned
        return
    path = tmp_path / "consult.sqlite3"
    shutil.copyfile(request.getfixturevalue("empty_file"), path)
    opened = connect(f"sqlite:///{path}")
    yield opened
    opened.dispose()
