"""The schema's history, and bringing a database to it; the application refuses a schema it does not know."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from consult.domain.errors import UnknownSchema
from consult.store.database import Connection, Database

_FOLDER = Path(__file__).parent
_UPGRADING = 0x434F4E53  # any number of our own: the advisory lock that one upgrade at a time holds on PostgreSQL


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return config


@cache
def newest() -> str:
    """Return the revision that this version of the program works with; its files are read once a process."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def current(database: Database) -> str | None:
    """Return the revision of the database, or None for an empty one."""
    with database.engine.connect() as connection:
        return revision(connection)


def revision(connection: Connection) -> str | None:
    """Return the revision of the database behind a connection, or None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema, alone and in one transaction.

    Raises:
        UnknownSchema: it is one of a newer version.
    """
    config = _config()
    with database.writing() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (_UPGRADING,))
        _refuse_newer(MigrationContext.configure(connection).get_current_revision())
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        session.commit()


def check(database: Database) -> None:
    """Make sure that the database has exactly the schema that this version knows.

    Raises:
        UnknownSchema: it is empty, older or newer; says which and what to do.
    """
    found = current(database)
    if found == newest():
        return
    if found is None:
        raise UnknownSchema("the database is empty; run: consult db upgrade")
    _refuse_newer(found)
    raise UnknownSchema(f"the database is at schema {found}; make a backup, then run: consult db upgrade")


def _refuse_newer(found: str | None) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise UnknownSchema(f"the database has the schema {found} of a newer version; install that version")
