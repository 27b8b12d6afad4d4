"""One machine's site: gunicorn as a child process; beside it the worker delivers and tidies. Both end together."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from threading import Event, Thread
from urllib.parse import urlsplit

from consult import logs, paths
from consult.actions import checking, issuing
from consult.actions.reminding import reminder_still_due
from consult.actions.telling_close import close_still_told
from consult.clock import machine_clock
from consult.domain.errors import BusyStore, Refusal, StillMissing
from consult.domain.links import LinkMaker
from consult.domain.terms import LetterKind
from consult.due import remind_due, tell_due
from consult.mail.filling import minting
from consult.mail.messages import mailbox
from consult.mail.post_office import PostOffice
from consult.mail.transport import Transport
from consult.mail.worker import run_worker, stopping_on_signals, transport_of, worker_name
from consult.settings import Settings
from consult.store.access import tidy
from consult.store.database import Database, Session, reading, writing
from consult.store.outbox import ClaimedLetter
from consult.store.queries.making import due_rounds
from consult.worker_log import log_letter, log_report

WORKERS = 2
THREADS = 4
GRACE_SECONDS = 35
# A letter is begun within half its lease; a server may use up nine limits of a silence before it has it.
LEASE_SECONDS = 900
GUNICORN_LOG = "consult.gunicorn_log.GunicornLog"


def post_office(settings: Settings, database: Database, transport: Transport | None = None) -> PostOffice:
    """Return what delivery works with in this installation."""
    return PostOffice(
        database=database,
        transport=transport or transport_of(settings),
        links=LinkMaker(settings.base_url, settings.secret_key.encode()),
        sender=mailbox(settings.mail_sender),
        mint=minting(settings.sign_in_minutes),
        still_due=_still_due,
        worker=worker_name(),
        connections=settings.mail_connections,
        per_minute=settings.mail_per_minute,
        lease_seconds=max(LEASE_SECONDS, 20 * settings.mail_timeout),
        told=log_letter,
    )


def _still_due(session: Session, letter: ClaimedLetter, now: datetime) -> bool:
    asked = close_still_told if letter.kind is LetterKind.CLOSED else reminder_still_due
    return asked(session, letter, now)


def serve(settings: Settings, database: Database, bind: str, environment: Mapping[str, str]) -> int:
    """Run the site and the worker until a signal comes or the site ends; return the exit status."""
    stop = stopping_on_signals()
    site = subprocess.Popen(_command(bind), env=_environment(settings, environment), cwd=paths.PACKAGE.parent)  # noqa: S603
    watch = Thread(target=_set_at_end, args=(site, stop), daemon=True)
    watch.start()
    try:
        work(settings, database, stop)
    finally:
        asked = site.poll() is None
        site.terminate()
        watch.join(GRACE_SECONDS)
    return 0 if asked else site.returncode or 1


def work(settings: Settings, database: Database, stop: Event) -> None:
    """Deliver letters, and beside it tidy the record and open what is scheduled, until ``stop`` is set."""
    idle = timedelta(hours=settings.session_hours)
    beside = (
        Thread(target=keep_tidy, args=(database, idle, machine_clock, stop), daemon=True),
        Thread(target=keep_publishing, args=(database, machine_clock, stop), daemon=True),
        Thread(target=keep_reminding, args=(database, machine_clock, stop), daemon=True),
        Thread(target=keep_telling, args=(database, machine_clock, stop), daemon=True),
    )
    logs.note("start", part="worker")
    for thread in beside:
        thread.start()
    run_worker(post_office(settings, database), machine_clock, stop, log_report, alive=partial(alive, settings))
    for thread in beside:
        thread.join(GRACE_SECONDS)
    logs.note("stop", part="worker")


def alive(settings: Settings) -> None:
    """Note that the worker is at work."""
    checking.note_alive(settings.instance, machine_clock())


def keep_publishing(
    database: Database, clock: Callable[[], datetime], stop: Event, pause_seconds: float = 10.0
) -> None:
    """Open the rounds whose moment has come, now and after each pause, until ``stop`` is set."""
    _keep("publishing", lambda: publish_due(database, clock()), stop, pause_seconds)


def publish_due(database: Database, now: datetime) -> int:
    """Open the rounds whose moment has come, each in a transaction of its own, and return how many were opened.

    What one lacks is kept for its official; the others are opened all the same.
    """
    with reading(database) as session:
        due = due_rounds(session, now)
    return sum(_publish(database, round_id, now) for round_id in due)


def _publish(database: Database, round_id: int, now: datetime) -> bool:
    try:
        with writing(database) as session:
            opened = issuing.publish_due(session, round_id, now) is not None
    except StillMissing as missing:
        with writing(database) as session:
            issuing.note_fault(session, round_id, missing, now)
        opened = False
    logs.note("published" if opened else "not published", round=round_id)
    return opened


def keep_reminding(database: Database, clock: Callable[[], datetime], stop: Event, pause_seconds: float = 30.0) -> None:
    """Queue the reminders whose moment has come, now and after each pause, until ``stop`` is set."""
    _keep("reminding", lambda: remind_due(database, clock()), stop, pause_seconds)


def keep_telling(database: Database, clock: Callable[[], datetime], stop: Event, pause_seconds: float = 30.0) -> None:
    """Queue what officials, and agencies after the close, are to be told, now and after each pause, as above."""
    _keep("telling", lambda: tell_due(database, clock()), stop, pause_seconds)


def keep_tidy(
    database: Database, idle: timedelta, clock: Callable[[], datetime], stop: Event, pause_seconds: float = 3600.0
) -> None:
    """Tidy up now and after each pause until ``stop`` is set; a busy record is left for the next time."""

    def look() -> None:
        with writing(database) as session:
            tidy(session, clock(), idle)

    _keep("tidying", look, stop, pause_seconds)


def _keep(task: str, look: Callable[[], object], stop: Event, pause_seconds: float) -> None:
    """Look again and again; a fault is written down and ends nothing, or all later rounds would wait for a restart."""
    while not stop.is_set():
        try:
            look()
        except BusyStore:
            logs.note("busy", task=task)
        except Exception as error:
            logs.fault("task", error, task=task)
        stop.wait(pause_seconds)


def local_bind(settings: Settings) -> str:
    """Return where a site for this machine alone listens: the loopback address, at the port that people use."""
    return f"127.0.0.1:{urlsplit(settings.base_url).port or 8000}"


def refuse_taken_port(bind: str) -> None:
    """Make sure that a site can listen at ``bind`` (address and port), before anything is begun.

    Raises:
        Refusal: another program listens there.
    """
    host, _, port = bind.rpartition(":")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as fault:
            raise Refusal(
                f"{bind}: {fault.strerror}; end what listens there (an earlier `make run`?), or take another port: "
                "CONSULT_BASE_URL=http://127.0.0.1:8080 make run"
            ) from fault


def _set_at_end(site: "subprocess.Popen[bytes]", stop: Event) -> None:
    site.wait()
    stop.set()


def _command(bind: str) -> list[str]:
    """Return gunicorn's command line: threads, since a slow client would hold a whole worker; no control socket."""
    options = ["-k", "gthread", "-w", str(WORKERS), "--threads", str(THREADS), "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", "wsgi:app", "-b", bind, *options, "--logger-class", GUNICORN_LOG]


def _environment(settings: Settings, environment: Mapping[str, str]) -> dict[str, str]:
    own = {
        "CONSULT_SECRET_KEY": settings.secret_key,
        "CONSULT_DATABASE_URL": settings.database_url,
        "CONSULT_INSTANCE": str(settings.instance),
        "CONSULT_BASE_URL": settings.base_url,
        "PYTHONPATH": os.pathsep.join(filter(None, (str(paths.PACKAGE.parent), environment.get("PYTHONPATH", "")))),
    }
    return {**environment, **own}
