"""What every test may ask for: an empty record, a published round of the sample, the application at a set moment."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult.demo.visitor import Visitor
from consult.store import migrations
from consult.store.database import Database, connect
from tests.builders import OPENS, Clock, Office, office_for_one_test, sample_office
from tests.databases import Server, postgres_server
from tests.shared_work import share_addresses, share_statements

share_addresses()
share_statements()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder for temporary files to this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file for the whole run; each test copies it."""
    path = tmp_path_factory.mktemp("record") / "empty.sqlite3"
    database = connect(f"sqlite:///{path}")
    migrations.upgrade(database)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
    return path


@pytest.fixture
def database(empty_file: Path, tmp_path: Path) -> Iterator[Database]:
    """Give an empty SQLite record."""
    path = tmp_path / "consult.sqlite3"
    shutil.copyfile(empty_file, path)
    opened = connect(f"sqlite:///{path}")
    yield opened
    opened.dispose()


@pytest.fixture(scope="session")
def published_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load and publish the sample once; its invitations are queued and not sent."""
    folder = tmp_path_factory.mktemp("published")
    path = folder / "consult.sqlite3"
    shutil.copyfile(empty_file, path)
    office = sample_office(connect(f"sqlite:///{path}"), folder, Clock(OPENS))
    office.load_and_publish()
    with office.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    office.database.dispose()
    return path


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Run one PostgreSQL server in this test process."""
    with postgres_server() as running:
        yield running


@pytest.fixture(scope="session")
def empty_template(server: Server) -> str:
    """Migrate one PostgreSQL database for the whole run; each test clones it."""
    return server.template("empty", migrations.upgrade)


@pytest.fixture(scope="session")
def published_template(server: Server, empty_template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Load and publish the sample once on PostgreSQL."""
    folder = tmp_path_factory.mktemp("published")

    def publish(database: Database) -> None:
        sample_office(database, folder, Clock(OPENS)).load_and_publish()

    return server.template("published", publish, empty_template)


@pytest.fixture
def office(published_file: Path, tmp_path: Path) -> Iterator[Office]:
    """Give the sample's round just opened: record, application, clock, links."""
    path = tmp_path / "consult.sqlite3"
    shutil.copyfile(published_file, path)
    made = office_for_one_test(path, Clock(OPENS))
    yield made
    made.close()


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
    made = office_for_one_test(path, Clock(OPENS))
    yield made
    made.close()


@pytest.fixture
def visitor(office: Office) -> Visitor:
    """Give a fresh browser."""
    return office.visitor()
