"""The command that writes a synthesis, with all that may be asked of it."""

from datetime import date, datetime
from pathlib import Path

import click

from consult.actions import synthesising
from consult.actions.control_sheets import control_sheet
from consult.actions.loading import COMMAND
from consult.actions.numbering import Asked, over, write_numbered
from consult.clock import machine_clock
from consult.commands.common import in_a_folder, open_database, refusing
from consult.domain.errors import NotSupported
from consult.domain.synthesis import Tally
from consult.domain.synthesis_options import AnnexOf, ClauseText, Options, Proposal, SameWords
from consult.domain.terms import SynthesisForm
from consult.domain.wording import clean_line
from consult.store.database import Database, reading
from consult.store.queries.rounds import RoundFacts, newest_round

_WORD = ".docx"


@click.command()
@click.argument("slug")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file, by its suffix.")
@click.option("--form", type=click.Choice([each.value for each in SynthesisForm]), help="Default: the consultation's.")
@click.option("--clause", type=click.Choice([each.value for each in ClauseText]), help="How much of the draft's words.")
@click.option("--draft", type=click.IntRange(min=1), help="Only the draft of this number.")
@click.option("--anchor", default="", help="Only this clause or heading, with all below it.")
@click.option("--no-names", is_flag=True, help="Number the agencies instead of naming them.")
@click.option("--merge", is_flag=True, help="The same words of several agencies in one row.")
@click.option("--redline", is_flag=True, help="Proposed wording as struck out and put in.")
@click.option("--with-letter", is_flag=True, help="As an annex: (Kèm theo Văn bản số ... ngày ... của ...).")
@click.option("--letter-number", default="", help="Number of that letter; blank when left out.")
@click.option("--letter-date", type=click.DateTime(["%Y-%m-%d"]), help="Its day; blank when left out.")
@click.option("--asked", is_flag=True, help="With the annex that lists every agency.")
@click.option(
    *("--control-sheet", "sheet"), type=click.Path(dir_okay=False, path_type=Path), help="Its control sheet (DOCX)."
)
@refusing
def synthesise(slug: str, out: Path, form: str | None, clause: str | None, sheet: Path | None, **more: object) -> None:
    """Write the synthesis of the latest round of SLUG."""
    database = open_database()
    with reading(database) as session:
        facts = newest_round(session, slug)
        options = Options(
            form=SynthesisForm(form) if form else None,
            clause_text=ClauseText(clause) if clause else None,
            draft=int(str(more["draft"] or 0)),
            anchor=str(more["anchor"]),
            names=not more["no_names"],
            same=SameWords.MERGED if more["merge"] else SameWords.APART,
            proposal=Proposal.REDLINE if more["redline"] else Proposal.PASSAGE,
            annex_of=_letter(facts.lead_agency, more["letter_number"], more["letter_date"], asked=more["with_letter"]),
            asked=bool(more["asked"]),
        )
    if sheet and out.suffix.lower() != _WORD:
        raise NotSupported(f"{out.name}: the control sheet is of a Word file; name the synthesis {out.stem}{_WORD}")
    tally = _written(database, facts, in_a_folder(out), options, in_a_folder(sheet) if sheet else None)
    click.echo(f"{out}: {tally.rows} rows of {tally.bodies} agencies, {tally.unanswered} unanswered.")


def _written(database: Database, facts: RoundFacts, out: Path, options: Options, sheet: Path | None) -> Tally:
    """Write the file by its suffix; a Word file has its number, and its control sheet where one is wanted."""
    now = machine_clock()
    if out.suffix.lower() != _WORD:
        with reading(database) as session:
            return synthesising.synthesise(session, facts, out, now, options)
    with over(database) as record:
        made, tally = write_numbered(record, Asked(facts, COMMAND, options), out, now)
        if sheet:
            sheet.write_bytes(control_sheet(record.read(), facts, made))
    click.echo(f"{out}: number {made.number} of its round.")
    return tally


def _letter(issuer: str, number: object, day: object, *, asked: object) -> AnnexOf | None:
    if not (asked or number or day):
        return None
    on: date | None = day.date() if isinstance(day, datetime) else None
    return AnnexOf(issuer, clean_line(str(number)), on)
