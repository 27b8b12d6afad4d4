"""Commands about drafts and rounds: outline, load, publish, withdraw."""

import json
from datetime import datetime
from pathlib import Path

import click

from consult.actions import closing, loading, publishing
from consult.actions.loading import COMMAND
from consult.actions.noticing import Grounds
from consult.clock import machine_clock
from consult.commands import findings
from consult.commands.common import Moment, open_database, refusing
from consult.documents.folder import read_folder
from consult.documents.intake import read_draft
from consult.domain.errors import Refusal
from consult.domain.outline import outline, to_json_list
from consult.domain.window import local
from consult.domain.wording import clean_line
from consult.store.database import writing
from consult.store.queries.rounds import published_round


@click.command("outline")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print a JSON list.")
@refusing
def outline_command(file: Path, as_json: bool) -> None:
    """Print the clause tree of a draft FILE; touches no database."""
    source = read_draft(file.name, _content(file))
    tree = outline(source)
    rows = to_json_list(tree)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            click.echo(f"{row['anchor']:<16} {row['kind']:<12} {row['label']} {row['text']}")
    for sentence in findings.doubts(source):
        click.echo(f"warning: {sentence}", err=True)
    for piece in tree.furniture:
        click.echo(f"set aside as page furniture: {piece.text}", err=True)
    for sentence in findings.sentences(source):
        click.echo(f"note: {sentence}", err=True)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise Refusal(f"{file}: cannot be read ({fault.strerror}); name a readable file") from fault


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@refusing
def load(folder: Path) -> None:
    """Load drafts/<slug>/ into the database, not yet published; twice is once."""
    prepared = loading.prepare(read_folder(folder))
    with writing(open_database()) as session:
        done = loading.load(session, prepared, machine_clock())
    for source in prepared.sources:
        for sentence in findings.doubts(source):
            click.echo(f"warning: {source.name}: {sentence}", err=True)
    read = (f"{source.name}: {sentence}" for source in prepared.sources for sentence in findings.sentences(source))
    for warning in (*prepared.folder.warnings, *read):
        click.echo(f"note: {warning}", err=True)
    click.echo(f"{prepared.folder.matter.slug}: {done.value}, {len(prepared.folder.agencies)} agencies.")


@click.command()
@click.argument("slug")
@click.option("--closes", type=Moment(), help="Another close than the folder's, e.g. 2026-05-04T17:00.")
@refusing
def publish(slug: str, closes: datetime | None) -> None:
    """Open the round of SLUG and queue the invitations."""
    with writing(open_database()) as session:
        done = publishing.publish(session, slug, machine_clock(), closes)
    for name in done.without_address:
        click.echo(f"note: {name} has no e-mail address; give it a printed link", err=True)
    drafts = "1 draft" if done.drafts == 1 else f"{done.drafts} drafts"
    until = local(done.closes_at).isoformat(sep=" ", timespec="minutes")
    click.echo(f"{slug}: published, {drafts} of {done.places} places, open until {until};", nl=False)
    click.echo(f" {done.invited} agencies are invited.")


@click.command()
@click.argument("slug")
@click.option("--reason", required=True, help="Why; it stands in the letters to the agencies and in the journal.")
@refusing
def withdraw(slug: str, reason: str) -> None:
    """Withdraw the published round of SLUG: from now on nothing is taken."""
    with writing(open_database()) as session:
        round_id = published_round(session, slug).id
        told = closing.withdraw(session, COMMAND, round_id, Grounds(clean_line(reason)), machine_clock())
    click.echo(f"{slug}: withdrawn; {told} agencies are told.")
