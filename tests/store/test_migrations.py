"""The schema's history: the migrations make what the models say, keep data, and refuse what they do not know."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, inspect, select, text
from sqlalchemy.exc import DatabaseError

from consult.app import create_app
from consult.clock import machine_clock
from consult.domain.errors import UnknownSchema
from consult.domain.terms import ActorKind
from consult.store import journal, migrations
from consult.store.answers import Comment
from consult.store.database import Database, connect, writing
from consult.store.journal import Actor
from consult.store.tables import metadata
from tests.builders import OPENS, Office, settings_in


def test_the_migrated_schema_is_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_the_migrated_database_checks_what_the_models_check(database: Database) -> None:
    inspector = inspect(database.engine)
    for table in metadata.sorted_tables:
        wanted = {str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)}
        assert {each["name"] for each in inspector.get_check_constraints(table.name)} == wanted, table.name


def test_upgrading_twice_changes_nothing(anywhere: Office) -> None:
    before = anywhere.facts()
    migrations.upgrade(anywhere.database)
    migrations.check(anywhere.database)
    assert anywhere.facts() == before


def _set_schema(database: Database, name: str | None) -> None:
    with writing(database) as session:
        session.execute(text("DELETE FROM alembic_version"))
        if name:
            session.execute(text("INSERT INTO alembic_version VALUES (:name)"), {"name": name})


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (None, "the database is empty; run: consult db upgrade"),
        ("9999", "the database has the schema 9999 of a newer version; install that version"),
    ],
)
def test_a_schema_that_is_not_known_is_refused(database: Database, found: str | None, words: str) -> None:
    _set_schema(database, found)
    with pytest.raises(UnknownSchema, match=words):
        migrations.check(database)


def test_an_older_schema_is_refused_with_the_way_forward(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "newest", lambda: "0002")
    with pytest.raises(UnknownSchema, match="at schema 0001; make a backup, then run: consult db upgrade"):
        migrations.check(database)


def test_a_newer_schema_is_not_touched_by_an_upgrade(database: Database) -> None:
    _set_schema(database, "9999")
    with pytest.raises(UnknownSchema, match="newer version"):
        migrations.upgrade(database)
    assert migrations.current(database) == "9999"


def test_the_application_does_not_start_on_an_empty_database(tmp_path: Path) -> None:
    record = connect(f"sqlite:///{tmp_path}/new.sqlite3")
    with pytest.raises(UnknownSchema, match="consult db upgrade"):
        create_app(settings_in(tmp_path, record), machine_clock, record)
    record.dispose()


SECOND = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None
def upgrade():
    op.add_column("comment", sa.Column("later", sa.String(), nullable=False, server_default="new"))
    {fault}
"""


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder whose revisions come after the project's own."""
    folder = tmp_path / "versions"
    folder.mkdir()
    own = migrations._config

    def both() -> Config:
        config = own()
        config.set_main_option("version_locations", f"{migrations._FOLDER / 'versions'}:{folder}")
        return config

    monkeypatch.setattr(migrations, "_config", both)
    return folder


def test_a_migration_keeps_the_data(anywhere: Office, history: Path) -> None:
    key = anywhere.comment(anywhere.grant())
    (history / "0002_later.py").write_text(SECOND.format(fault=""))
    with pytest.raises(UnknownSchema, match="at schema 0001"):
        migrations.check(anywhere.database)
    migrations.upgrade(anywhere.database)
    migrations.check(anywhere.database)
    with anywhere.database.reading() as session:
        assert session.execute(text("SELECT key, later FROM comment")).all() == [(key, "new")]
        assert journal.verify(session).fault == ""


def test_a_migration_that_fails_changes_nothing(anywhere: Office, history: Path) -> None:
    key = anywhere.comment(anywhere.grant())
    (history / "0002_later.py").write_text(SECOND.format(fault="raise RuntimeError('power cut')"))
    with pytest.raises(RuntimeError, match="power cut"):
        migrations.upgrade(anywhere.database)
    assert migrations.current(anywhere.database) == "0001"
    assert "later" not in {column["name"] for column in inspect(anywhere.database.engine).get_columns("comment")}
    with anywhere.database.reading() as session:
        assert session.scalars(select(Comment.key)).all() == [key]


@pytest.mark.parametrize("statement", ["UPDATE journal_entry SET actor = 'x'", "DELETE FROM journal_entry"])
def test_frozen_rows_refuse_update_and_delete(database: Database, statement: str) -> None:
    with writing(database) as session:
        journal.append(session, OPENS, Actor(ActorKind.COMMAND, "consult"), "load")
    with pytest.raises(DatabaseError, match="rows of journal_entry are frozen"), writing(database) as session:
        session.execute(text(statement))


@pytest.mark.parametrize("table", ["submitted_comment", "submitted_agreement"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET submission_id = submission_id", "DELETE FROM {}"])
def test_what_was_sent_is_frozen(anywhere: Office, table: str, statement: str) -> None:
    grant = anywhere.grant()
    anywhere.comment(grant)
    anywhere.agree(grant, "2.3")
    anywhere.send(grant)
    with pytest.raises(DatabaseError, match="are frozen"), writing(anywhere.database) as session:
        session.execute(text(statement.format(table)))
