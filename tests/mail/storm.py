"""Many letters, several workers as processes of their own, kills at random, a real SMTP server that now and then says
"later". Run as a module it is one of the workers."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import Any

from sqlalchemy import select

from consult.domain.terms import LetterState
from consult.mail.smtp import SmtpTransport
from consult.mail.worker import run_worker, stopping_on_signals, worker_name
from consult.store import outbox
from consult.store.database import Database, connect, reading, writing
from consult.store.outbox import ClaimedLetter
from consult.store.tables import metadata
from tests.mail.conftest import Desk
from tests.mail.record import NOW, Seeded, seed
from tests.mail.servers import Sink, plain, serving

MOST_SECONDS = 600
LEASE_SECONDS = 4
# As many as an installation has by default.
CONNECTIONS = 6
# A minute of pauses passes in a second.
HASTE = 60


@dataclass(frozen=True)
class Weather:
    """What happens: how many workers, seconds between kills (0: none), every which letter is put off once."""

    letters: int
    workers: int
    kill_every: float = 0.0
    put_off_each: int = 33
    naive: bool = False


@dataclass(frozen=True)
class Aftermath:
    """What came of it: how often each Message-ID arrived, how many workers were killed, how the record stands."""

    arrived: Counter[str]
    kills: int
    states: Counter[LetterState]

    @property
    def doubles(self) -> int:
        """How many letters arrived beyond the first of each."""
        return self.arrived.total() - len(self.arrived)


def storm(database: Database, weather: Weather) -> Aftermath:
    """Queue the letters, let the workers loose, and wait until the record says that all are sent."""
    with writing(database) as session:
        seeded = seed(session)
    Desk(database, seeded).queue(*(f"letter:{number}" for number in range(weather.letters)))
    seen: set[str] = set()

    def answer(envelope: Any) -> str:
        name = str(message_from_bytes(envelope.content)["Message-ID"])
        first = name not in seen
        seen.add(name)
        return "451 4.3.0 later" if first and len(seen) % weather.put_off_each == 0 else "250 OK"

    sink = Sink(data=answer)
    with serving(sink) as port:
        kills = _loose(database, port, weather)
    ids = Counter(str(message_from_bytes(data)["Message-ID"]) for _, data in sink.letters)
    return Aftermath(ids, kills, _states(database))


def _loose(database: Database, port: int, weather: Weather) -> int:
    url = database.engine.url.render_as_string(hide_password=False)
    more = ["naive"] if weather.naive else []
    command = [sys.executable, "-m", "tests.mail.storm", url, str(port), str(time.time()), *more]
    running = [subprocess.Popen(command) for _ in range(weather.workers)]
    kills, seen, until, next_kill = 0, 0, time.monotonic() + MOST_SECONDS, time.monotonic() + weather.kill_every
    try:
        while (sent := _states(database)[LetterState.SENT]) < weather.letters and time.monotonic() < until:
            time.sleep(0.1)
            if weather.kill_every and time.monotonic() > next_kill and sent > seen:
                seen = sent
                victim = random.randrange(len(running))
                running[victim].kill()
                running[victim].wait()
                running[victim] = subprocess.Popen(command)
                kills, next_kill = kills + 1, time.monotonic() + weather.kill_every
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            process.wait(30)
    return kills


def _states(database: Database) -> Counter[LetterState]:
    with reading(database) as session:
        return Counter(session.scalars(select(metadata.tables["letter"].c.state)))


_TAKEN: set[int] = set()


def _without_a_claim(session: Any, worker: str, now: datetime, limit: int, lease: int) -> Sequence[ClaimedLetter]:
    """Take what is due as a worker would that knows its own letters and of no other worker."""
    table = metadata.tables["letter"]
    columns = [table.c[name] for name in ClaimedLetter.__dataclass_fields__]
    due = select(*columns).where(table.c.state == LetterState.DUE, table.c.id.not_in(_TAKEN)).limit(limit)
    found = [ClaimedLetter(**row) for row in session.execute(due).mappings()]
    _TAKEN.update(letter.id for letter in found)
    return found


if __name__ == "__main__":
    url, port, began = sys.argv[1:4]
    if sys.argv[4:] == ["naive"]:
        outbox.claim = _without_a_claim  # type: ignore[assignment]
    stop = stopping_on_signals()
    desk = Desk(connect(url), Seeded(1, 1, 1))
    office = desk.office(
        SmtpTransport(plain(int(port))),
        worker=worker_name(),
        lease_seconds=LEASE_SECONDS,
        connections=CONNECTIONS,
        limit=10,
    )
    run_worker(
        office, lambda: NOW + timedelta(seconds=(time.time() - float(began)) * HASTE), stop, lambda report: None, 0.2
    )
