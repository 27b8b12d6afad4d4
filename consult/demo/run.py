"""``consult demo``: the closed story of the 2020 round, a live copy beside it, and the table of what happened."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from consult import logs, paths
from consult.actions import appointing, extending, loading, publishing
from consult.actions.loading import COMMAND
from consult.actions.noticing import Grounds
from consult.actions.numbering import Asked, over, write_numbered
from consult.app import create_app
from consult.clock import machine_clock
from consult.demo import progress, story
from consult.demo.post import NotingTransport
from consult.demo.script import Script, ScriptedAnswer, read_script
from consult.demo.story import Stage, StoryClock
from consult.demo.telling import OFFICIAL, PREPARED_SLUG, Outcome, print_links, print_outcome
from consult.documents.folder import Folder, read_folder
from consult.domain.counting import count
from consult.domain.dates import short_date
from consult.domain.errors import NotFound
from consult.domain.terms import OfficialRole
from consult.domain.window import Phase, Window, closing_through, local, start_of
from consult.mail.transport import FolderTransport
from consult.server import local_bind, post_office, refuse_taken_port, serve
from consult.settings import Settings
from consult.store import migrations
from consult.store.database import Database, connect, reading, writing
from consult.store.queries.board import board, work
from consult.store.queries.own_answer import working_copy
from consult.store.queries.people import official_by_email
from consult.store.queries.rounds import RoundFacts, newest_round, published_round

FOLDER = "gia-lai-2020"
LIVE_SLUG = "gia-lai-2020-dang-lay-y-kien"
LIVE_DAYS = 7


def run_demo(settings: Settings, out: Path, then_serve: bool) -> None:
    """Play the demo; with ``then_serve`` on the installation's own database, else on one that is thrown away."""
    if then_serve:
        refuse_taken_port(local_bind(settings))
    with _settings_of(settings, then_serve) as chosen:
        database = connect(chosen.database_url)
        migrations.upgrade(database)
        folder = read_folder(paths.DRAFTS / FOLDER)
        script = read_script(paths.DRAFTS / FOLDER / "answers.toml")
        with logs.faults_alone():
            outcome = _closed_story(chosen, database, folder, script, out)
            live = _live_copy(chosen, database, folder, script)
        _in_preparation(database, folder)
        print_outcome(outcome, out)
        if then_serve:
            print_links(chosen, database, live, script)
            raise SystemExit(serve(chosen, database, local_bind(chosen), os.environ))


@contextmanager
def _settings_of(settings: Settings, keep: bool) -> Iterator[Settings]:
    """Letters of the demo never leave the machine, whatever mail server the installation has."""
    if keep:
        yield replace(settings, mail_server="")
        return
    folder = Path(tempfile.mkdtemp(prefix="consult-demo-"))
    try:
        yield replace(settings, instance=folder, database_url=f"sqlite:///{folder}/consult.sqlite3", mail_server="")
    finally:
        shutil.rmtree(folder)


def _closed_story(settings: Settings, database: Database, folder: Folder, script: Script, out: Path) -> Outcome:
    """Play the round at the dates of its letter; what an earlier run has played stands."""
    started = time.monotonic()
    progress.step(f"The round of {folder.matter.slug}, at its own dates")
    clock = StoryClock(folder.asking.window.opens_at)
    facts = _published(database, folder, clock.at, None)
    stage = _stage(settings, database, folder, facts, clock)
    _appoint(database, clock.at)
    progress.step(f"  {stage.deliver()} letters delivered")
    story.play_answers(stage, script.answers, progress.tell)
    clock.at = facts.window.closes_at + timedelta(hours=9)
    if not _answered(database, facts):
        story.play_late(stage, script.late, facts.window.closes_at)
        story.play_responses(stage, facts.slug, OFFICIAL, script.responses, progress.tell)
        stage.deliver()
    out.mkdir(parents=True, exist_ok=True)
    with over(database) as record:
        _made, tally = write_numbered(record, Asked(facts, loading.COMMAND), out / "synthesis.docx", clock.at)
    with reading(database) as session:
        counts = count(line.standing for line in board(session, facts.id))
        done = work(session, facts.id)
    return Outcome(counts, done.comments, done.comments - done.unanswered, tally, time.monotonic() - started)


def _answered(database: Database, facts: RoundFacts) -> bool:
    with reading(database) as session:
        done = work(session, facts.id)
    return done.comments > 0 and done.unanswered == 0


def _published(database: Database, folder: Folder, now: datetime, closes_at: datetime | None) -> RoundFacts:
    """Load and publish a folder unless that was done before."""
    with reading(database) as session:
        known = _newest(session, folder.matter.slug)
    if known is None:
        prepared = loading.prepare(folder)
        with writing(database) as session:
            loading.load(session, prepared, now)
        progress.step(
            f"  {len(folder.agencies)} agencies, {sum(len(o.nodes) for o in prepared.outlines)} places loaded"
        )
    if known is None or known.published_at is None:
        with writing(database) as session:
            publishing.publish(session, folder.matter.slug, now, closes_at)
        progress.step("  published")
    with reading(database) as session:
        return newest_round(session, folder.matter.slug)


def _newest(session: Session, slug: str) -> RoundFacts | None:
    try:
        return newest_round(session, slug)
    except NotFound:
        return None


def _stage(settings: Settings, database: Database, folder: Folder, facts: RoundFacts, clock: StoryClock) -> Stage:
    post = NotingTransport(FolderTransport(settings.instance / "outbox"))
    return Stage(
        app=create_app(settings, clock, database),
        base_url=settings.base_url,
        clock=clock,
        office=post_office(settings, database, post),
        post=post,
        round_id=facts.id,
        names={agency.code: agency.name for agency in folder.agencies},
    )


def _appoint(database: Database, now: datetime) -> None:
    with writing(database) as session:
        if official_by_email(session, OFFICIAL.email) is None:
            role = OfficialRole.ADMINISTRATOR
            appointing.add_official(session, OFFICIAL.email, OFFICIAL.name, "", now, role)


def _live_copy(settings: Settings, database: Database, folder: Folder, script: Script) -> Stage:
    """Set up the same consultation with a window that is open now, some agencies at work in it."""
    assert script.live is not None
    now = machine_clock()
    opens_at = start_of(local(now).date() - timedelta(days=1)) + timedelta(hours=8)
    window = closing_through(opens_at, local(now).date() + timedelta(days=LIVE_DAYS))
    clock = StoryClock(opens_at)
    progress.step("The same consultation, open now")
    facts = _published(database, _as_live(folder, window), opens_at, None)
    stage = _stage(settings, database, folder, facts, clock)
    if facts.window.phase(now) is Phase.CLOSED:
        _renew(database, window.closes_at, now)
        return stage
    stage.deliver()
    answers = tuple(replace(a, at=facts.window.opens_at + timedelta(hours=a.hours)) for a in script.live.answers)
    story.play_answers(stage, answers, progress.tell)
    _draft_half(stage, script.live.drafting, facts.window.opens_at + timedelta(hours=4))
    return stage


def _in_preparation(database: Database, folder: Folder) -> None:
    """Load the same draft once more, not published, to be looked through and mended."""
    now = machine_clock()
    window = closing_through(now, local(now).date() + timedelta(days=2 * LIVE_DAYS))
    again = _as_live(folder, window)
    again = replace(again, matter=replace(folder.matter, slug=PREPARED_SLUG))
    with reading(database) as session:
        known = _newest(session, PREPARED_SLUG)
    if known is None:
        prepared = loading.prepare(again)
        with writing(database) as session:
            loading.load(session, prepared, now)
        progress.step("The same draft, in preparation")


def _as_live(folder: Folder, window: Window) -> Folder:
    closes = short_date(window.last_day())
    matter = replace(folder.matter, slug=LIVE_SLUG)
    opened = local(window.opens_at).date()
    asking = replace(folder.asking, window=window, deadline_text=f"đến hết ngày {closes}", letter_date=opened)
    return replace(folder, matter=matter, asking=asking)


def _renew(database: Database, closes_at: datetime, now: datetime) -> None:
    with writing(database) as session:
        round_id = published_round(session, LIVE_SLUG).id
        extending.extend(session, COMMAND, round_id, closes_at, Grounds("Thời hạn của đợt mẫu đã hết"), now)
    progress.step("  its window had closed: seven days more")


def _draft_half(stage: Stage, answer: ScriptedAnswer, at: datetime) -> None:
    """Let one agency begin its answer and not send it."""
    with reading(stage.office.database) as session:
        begun = bool(working_copy(session, stage.address(answer.agency).id))
    if not begun:
        stage.clock.at = at
        visitor = story.enter(stage, answer)
        story.write(stage, visitor, stage.address(answer.agency).code, answer)
        stage.deliver()
