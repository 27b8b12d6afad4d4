"""The ``consult`` command: each command reads its words, calls one action, and prints.

Exit status: 0 done; 1 refused, with one line on standard error that says why and what to do; 2 wrong usage.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from config import settings as configured
from consult.actions import appointing, loading, publishing, synthesising
from consult.clock import machine_clock
from consult.demo.run import run_demo
from consult.documents.folder import read_folder
from consult.documents.intake import read_draft
from consult.domain.errors import Refusal
from consult.domain.outline import outline, to_json_list
from consult.domain.terms import SynthesisForm
from consult.domain.window import HO_CHI_MINH
from consult.mail.worker import deliver_all, run_worker, stopping_on_signals
from consult.secret import with_development_secret
from consult.server import log_report, post_office, serve
from consult.settings import Settings
from consult.store import backup as backups
from consult.store import journal, migrations
from consult.store.database import Database, connect, reading, writing
from consult.store.queries.rounds import newest_round

REFUSED = 1


def refusing(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a domain error into one line on standard error and exit status 1."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except Refusal as refusal:
            click.echo(f"consult: {refusal}", err=True)
            sys.exit(REFUSED)

    return run


def _settings() -> Settings:
    return with_development_secret(configured)


def _database() -> Database:
    """Open the installation's database; one with an unknown schema is refused."""
    database = connect(configured.database_url)
    migrations.check(database)
    return database


class Moment(click.ParamType[datetime]):
    """A moment like 2026-05-04T17:00 (Asia/Ho_Chi_Minh unless it names its zone)."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the moment; a day alone means its 00:00."""
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no moment; write it like 2026-05-04T17:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=HO_CHI_MINH)


@click.group()
@click.version_option(package_name="consult")
def main() -> None:
    """Ask agencies what they think of a draft, and merge their answers into the synthesis."""


@main.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True)
@click.option("--serve", "then_serve", is_flag=True, help="Keep the data and serve the site afterwards.")
@refusing
def demo(out: Path, then_serve: bool) -> None:
    """Run the main job on drafts/gia-lai-2020, from the file to OUT/synthesis.docx."""
    run_demo(_settings(), out, then_serve)


@main.group()
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
    _database()
    click.echo(f"The database is at schema {migrations.newest()}, as it should be.")


@main.command("outline")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@refusing
def outline_command(file: Path, as_json: bool) -> None:
    """Print the clause tree of a draft FILE; touches no database."""
    tree = outline(read_draft(file.name, _content(file)))
    rows = to_json_list(tree)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            click.echo(f"{row['anchor']:<16} {row['kind']:<12} {row['label']} {row['text']}")
    for piece in tree.furniture:
        click.echo(f"set aside as page furniture: {piece.text}", err=True)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Refusal(f"{file}: cannot be read ({fault.strerror}); name a readable file") from fault


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@refusing
def load(folder: Path) -> None:
    """Load drafts/<slug>/ into the database, not yet published; twice is once."""
    prepared = loading.prepare(read_folder(folder))
    with writing(_database()) as session:
        done = loading.load(session, prepared, machine_clock())
    for warning in prepared.folder.warnings:
        click.echo(f"note: {warning}", err=True)
    click.echo(f"{prepared.folder.matter.slug}: {done.value}, {len(prepared.folder.agencies)} agencies.")


@main.command()
@click.argument("slug")
@click.option("--closes", type=Moment(), help="Another close than the folder's, e.g. 2026-05-04T17:00.")
@refusing
def publish(slug: str, closes: datetime | None) -> None:
    """Open the round of SLUG and queue the invitations."""
    with writing(_database()) as session:
        done = publishing.publish(session, slug, machine_clock(), closes)
    for name in done.without_address:
        click.echo(f"note: {name} has no e-mail address; give it a printed link", err=True)
    click.echo(f"{slug}: published, {done.invited} agencies are invited.")


@main.command()
@click.option("--once", is_flag=True, help="Deliver what is due, then end.")
@refusing
def worker(once: bool) -> None:
    """Deliver due letters."""
    office, stop = post_office(_settings(), _database()), stopping_on_signals()
    if not once:
        run_worker(office, machine_clock, stop, log_report)
        return
    report = deliver_all(office, machine_clock, stop)
    click.echo(f"{report.sent} sent, {report.retried} put off, {report.failed} failed, {report.cancelled} cancelled.")


@main.command()
@click.argument("slug")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file, by its suffix.")
@click.option("--form", type=click.Choice([form.value for form in SynthesisForm]), help="Default: the consultation's.")
@refusing
def synthesise(slug: str, out: Path, form: str | None) -> None:
    """Write the synthesis of the latest round of SLUG."""
    with reading(_database()) as session:
        facts = newest_round(session, slug)
        chosen = SynthesisForm(form) if form else None
        tally = synthesising.synthesise(session, facts, out, machine_clock(), chosen)
    click.echo(f"{out}: {tally.rows} rows of {tally.bodies} agencies, {tally.unanswered} unanswered.")


@main.group()
def official() -> None:
    """The officials who answer."""


@official.command("add")
@click.argument("email")
@click.option("--name", required=True)
@click.option("--agency", default="", help="The lead agency; default: LEAD_AGENCY or the only one.")
@refusing
def official_add(email: str, name: str, agency: str) -> None:
    """Add an official of a lead agency."""
    with writing(_database()) as session:
        joined = appointing.add_official(session, email, name, agency or configured.lead_agency, machine_clock())
    click.echo(f"{joined.name} <{joined.email}> is an official of {joined.lead_agency}.")


@main.command()
@click.argument("email")
@refusing
def link(email: str) -> None:
    """Print a one-time sign-in link of an official."""
    ready = _settings()
    with writing(_database()) as session:
        address = appointing.sign_in_address(session, email, ready, machine_clock())
    click.echo(address)


@main.group("journal")
def journal_group() -> None:
    """The journal of acts."""


@journal_group.command("verify")
@refusing
def journal_verify() -> None:
    """Recompute the journal's chain."""
    with reading(_database()) as session:
        verdict = journal.verify(session)
    if verdict.fault:
        raise Refusal(f"the journal does not hold: {verdict.fault}; compare it with a backup")
    click.echo(f"{verdict.entries} entries, unbroken; head {verdict.head}.")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@refusing
def backup(file: Path) -> None:
    """Write the whole record to FILE while the site runs."""
    backups.backup(_database(), file)
    click.echo(f"{file}: {file.stat().st_size:,} bytes.")


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@refusing
def restore(file: Path) -> None:
    """Put the record back as it stands in FILE; what the database holds now is gone."""
    database = connect(configured.database_url)
    backups.restore(database, file)
    with reading(database) as session:
        verdict = journal.verify(session)
    click.echo(f"Restored; the journal has {verdict.entries} entries{', ' + verdict.fault if verdict.fault else ''}.")


@main.command("serve")
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
@refusing
def serve_command(bind: str) -> None:
    """Serve the site and deliver letters, on one machine."""
    ready, database = _settings(), _database()
    click.echo(f"Consult serves {ready.base_url} (Ctrl+C ends it).")
    sys.exit(serve(ready, database, bind, os.environ))
