"""What the demo prints at its end: the table of what happened, and the addresses to go on with."""

from dataclasses import dataclass
from pathlib import Path

from consult.actions import appointing
from consult.clock import machine_clock
from consult.demo import progress, story
from consult.demo.script import Script
from consult.demo.story import Stage
from consult.domain.counting import Counts
from consult.domain.synthesis import Tally
from consult.settings import Settings
from consult.store.database import Database, reading, writing
from consult.store.queries.own_answer import submissions

OFFICIAL = story.Person("chuyenvien@stttt.example", "Chuyên viên phụ trách")
PREPARED_SLUG = "gia-lai-2020-dang-chuan-bi"


@dataclass(frozen=True)
class Outcome:
    """What happened in the closed story."""

    counts: Counts
    comments: int
    responses: int
    tally: Tally
    seconds: float


def print_outcome(outcome: Outcome, out: Path) -> None:
    """Print the table of what happened in the closed story."""
    counts = outcome.counts
    rows = {
        "invited": counts.invited,
        "answered": counts.answered,
        "agreed": counts.agrees,
        "commented": counts.comments,
        "no opinion": counts.no_opinion,
        "silent": counts.silent,
        "comments": outcome.comments,
        "responses": outcome.responses,
        "rows": outcome.tally.rows,
        "seconds": f"{outcome.seconds:.1f}",
    }
    progress.step("")
    for name, value in rows.items():
        progress.step(f"  {name:<12}{value:>6}")
    progress.step(f"\nThe synthesis: {out / 'synthesis.docx'}")


def print_links(settings: Settings, database: Database, live: Stage, script: Script) -> None:
    """Print the addresses by which a newcomer looks at the live copy."""
    assert script.live is not None
    with writing(database) as session:
        link = appointing.sign_in_address(session, OFFICIAL.email, settings, machine_clock())
    drafting, silent = live.address(script.live.drafting.agency), live.address(script.live.silent)
    progress.step(f"\nThe site: {settings.base_url}  (Ctrl+C ends it)")
    progress.step(f"\nSign in as the official (once, within {settings.sign_in_minutes} minutes):\n  {link}")
    progress.step(f"  there, a draft in preparation: {settings.base_url}/ban-lam-viec/{PREPARED_SLUG}/du-thao")
    progress.step("  another one: .venv/bin/consult link " + OFFICIAL.email)
    for what, address in (("has drafted half its answer", drafting), ("is still silent", silent)):
        link = live.office.links.invitation(address.code, address.generation)
        with reading(database) as session:
            now = "has answered since" if submissions(session, address.id) else what
        progress.step(f"\nAn agency that {now}, {address.name}:\n  {link}")
