"""Commands that run the site and look after it: demo, worker, serve, health."""

import os
import sys
from pathlib import Path

import click

from consult import logs
from consult.actions import checking
from consult.clock import machine_clock
from consult.commands.common import installation, open_database, refusing
from consult.demo.run import run_demo
from consult.due import remind_due, tell_due
from consult.mail.worker import deliver_all, stopping_on_signals
from consult.server import alive, local_bind, post_office, publish_due, serve, work
from consult.store.database import connect
from consult.store.health import Probe


@click.command()
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("out"), show_default=True)
@click.option("--serve", "then_serve", is_flag=True, help="Keep the data and serve the site afterwards.")
@refusing
def demo(out: Path, then_serve: bool) -> None:
    """Run the main job on drafts/gia-lai-2020, from the file to OUT/synthesis.docx."""
    run_demo(installation(), out, then_serve)


@click.command()
@click.option("--once", is_flag=True, help="Deliver what is due, then end.")
@refusing
def worker(once: bool) -> None:
    """Open scheduled rounds, queue what is due, deliver due letters; without --once go on, tidying up too."""
    logs.take_over()
    ready, database, stop = installation(), open_database(), stopping_on_signals()
    if not once:
        work(ready, database, stop)
        return
    opened = publish_due(database, machine_clock())
    if opened:
        click.echo(f"{opened} scheduled {'round' if opened == 1 else 'rounds'} published.")
    remind_due(database, machine_clock())
    tell_due(database, machine_clock())
    alive(ready)
    report = deliver_all(post_office(ready, database), machine_clock, stop)
    click.echo(f"{report.sent} sent, {report.retried} put off, {report.failed} failed, {report.cancelled} cancelled.")


@click.command("serve")
@click.option("--bind", default=None, help="Address and port; default: this machine alone, at BASE_URL's port.")
@refusing
def serve_command(bind: str | None) -> None:
    """Serve the site and deliver letters, on one machine."""
    logs.take_over()
    ready, database = installation(), open_database()
    click.echo(f"Consult serves {ready.base_url} (Ctrl+C ends it).")
    sys.exit(serve(ready, database, bind or local_bind(ready), os.environ))


@click.command()
def health() -> None:
    """Say how each part of the installation is; exit status 1 when one is failing."""
    ready = installation()
    parts = checking.check(Probe(connect(ready.database_url)), ready, machine_clock())
    for name, part in parts.items():
        figures = ", ".join(f"{figure} {value}" for figure, value in part.figures.items() if value is not None)
        click.echo(f"{name}: {part.verdict.value}{f' ({figures})' if figures else ''}")
    sys.exit(not checking.healthy(parts))
