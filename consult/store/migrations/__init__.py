"""The schema's history, and bringing a database to it; the application refuses a schema it does not know."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from consult.domain.errors import UnknownSchema
from consult.store.database import Database

_FOLDER = Path(__file__).parent


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """Return the revision that this version of the program works with."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def current(database: Database) -> str | None:
    """Return the revision of the database, or None for an empty one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database) -> None:
    """Bring the database to the newest schema, under the write lock, in one transaction a step."""
    config = _config()
    with database.writing() as session:
        config.attributes["connection"] = session.connection()
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
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found in known:
        raise UnknownSchema(f"the database is at schema {found}; make a backup, then run: consult db upgrade")
    raise UnknownSchema(f"the database has the schema {found} of a newer version; install that version")
