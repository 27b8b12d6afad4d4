"""Commands about the record as a whole: schema, journal, backup."""

from pathlib import Path

import click

from consult.commands.common import configured, in_a_folder, open_database, refusing
from consult.domain.errors import Refusal
from consult.store import backup as backups
from consult.store import journal, migrations
from consult.store.database import connect, reading


@click.group()
def db() -> None:
    """The database's schema."""


@db.command("upgrade")
@refusing
def db_upgrade() -> None:
    """Bring the database to the schema of this version."""
    database = connect(configured.database_url)
    migrations.upgrade(database)
    click.echo(f"The database is at schema {migrations.current(database)}.")


@db.command("check")
@refusing
def db_check() -> None:
    """Say whether the database has the schema of this version."""
    open_database()
    click.echo(f"The database is at schema {migrations.newest()}, as it should be.")


@click.group("journal")
def journal_group() -> None:
    """The journal of acts."""


@journal_group.command("verify")
@refusing
def journal_verify() -> None:
    """Recompute the journal's chain."""
    with reading(open_database()) as session:
        verdict = journal.verify(session)
    if verdict.fault:
        raise Refusal(f"the journal does not hold: {verdict.fault}; compare it with a backup")
    click.echo(f"{verdict.entries} entries, unbroken; head {verdict.head}.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@refusing
def backup(file: Path) -> None:
    """Write the whole record to FILE while the site runs."""
    backups.backup(open_database(), in_a_folder(file))
    click.echo(f"{file}: {file.stat().st_size:,} bytes.")


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@refusing
def restore(file: Path) -> None:
    """Put the record back as it stands in FILE; what the database holds now is gone.

    Stop the site and the worker first and start them afterwards: they keep pages of the record that was.
    """
    database = connect(configured.database_url)
    backups.restore(database, file)
    with reading(database) as session:
        verdict = journal.verify(session)
    click.echo(f"Restored; the journal has {verdict.entries} entries{', ' + verdict.fault if verdict.fault else ''}.")
