"""The sample's round just opened, on both databases."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.store.database import connect
from tests.builders import OPENS, Clock, Office, sample_office


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """Give the office on SQLite and on PostgreSQL."""
    if request.param == "postgres":
        server = request.getfixturevalue("server")
        with server.clone(request.getfixturevalue("published_template")) as cloned:
            yield sample_office(cloned, tmp_path, Clock(OPENS))
        return
    path = tmp_path / "consult.sqlite3"
    shutil.copyfile(request.getfixturevalue("published_file"), path)
    made = sample_office(connect(f"sqlite:///{path}"), tmp_path, Clock(OPENS))
    yield made
    made.database.dispose()
