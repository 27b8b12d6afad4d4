"""A thousand letters: what they add to the request that publishes, and how fast a worker has them leave.

The floor of queueing is sqlite3 inserting the same rows. The floor of sending is smtplib handing prebuilt messages over
one kept connection to the same server, a process of its own, at once or with 25 ms before each of its replies. Each
figure is the least of its rounds, ours and floor in turns.
"""

import smtplib
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from time import perf_counter

from sqlalchemy import insert, select, update

from benchmarks.calling import raw_connection
from benchmarks.mail_server import running
from benchmarks.measure import Line, Times
from consult.actions import publishing
from consult.clock import machine_clock
from consult.domain.terms import LetterState
from consult.mail.messages import Outgoing
from consult.mail.smtp import SmtpTransport
from consult.mail.transport import MailServer
from consult.mail.worker import deliver_all, worker_name
from consult.server import post_office
from consult.settings import MailSecurity
from consult.store import migrations
from consult.store.consultations import Recipient
from consult.store.database import connect, reading, writing
from consult.store.directory import Agency
from consult.store.outbox import LETTERS
from tests.builders import OPENS, Clock, Office, sample_office

LETTERS_ASKED = 1000
ROUNDS = 3
# Seconds that the letters may add; 0.35 of the floor's rate at once; four times its rate where each reply takes 25 ms.
MOST_SECONDS, AT_ONCE, FROM_AFAR = 0.3, 2.86, 0.25
_DELAY = 0.025
_FAR_LETTERS, _FAR_FLOOR = 200, 20


def lines(folder: Path) -> Iterator[Line]:
    """Measure queueing and sending."""
    database = connect(f"sqlite:///{folder / 'consult.sqlite3'}")
    migrations.upgrade(database)
    office = sample_office(database, folder, Clock(OPENS))
    yield from _queueing(office)
    yield from _sending(office)
    database.dispose()


def _queueing(office: Office) -> Iterator[Line]:
    with_letters, without, raw = [], [], []
    for turn in range(ROUNDS):
        for mailbox, seconds in ((True, with_letters), (False, without)):
            slug = _round(office, f"ho-so-{turn}-{'co' if mailbox else 'khong'}", mailbox=mailbox)
            seconds.append(_timed(lambda slug=slug: _publish(office, slug)))  # type: ignore[misc]
        raw.append(_inserting(office))
    added = min(with_letters) - min(without)
    what = f"publishing: seconds that {LETTERS_ASKED} letters add"
    yield Line(what, Times(tuple(with_letters)).printed(), Times(tuple(without)).printed(), added, MOST_SECONDS)
    yield Line(
        "  the same against sqlite3 inserting their rows", f"{added:.3f} s", f"{min(raw):.3f} s", added / min(raw), None
    )


def _round(office: Office, slug: str, *, mailbox: bool) -> str:
    """Prepare a round that asks so many agencies, with a mailbox or without."""
    facts = office.prepare(slug, slug)
    rows = [
        _agency(f"{slug}-{number}", f"xa{number}@gialai.example" if mailbox else None)
        for number in range(LETTERS_ASKED)
    ]
    with writing(office.database) as session:
        ids = session.scalars(insert(Agency).returning(Agency.id), rows).all()
        asked = {"round_id": facts.id, "group_line": "Ủy ban nhân dân các xã", "line": 1000}
        session.execute(insert(Recipient), [asked | {"agency_id": id_, "member": n} for n, id_ in enumerate(ids)])
    return slug


def _agency(code: str, email: str | None) -> dict[str, object]:
    name = f"Ủy ban nhân dân xã Mẫu {code}"
    return {
        "code": code,
        "name": name,
        "short_name": "",
        "kind": "xa",
        "sort_key": "",
        "search_key": "",
        "email": email,
    }


def _publish(office: Office, slug: str) -> None:
    with writing(office.database) as session:
        publishing.publish(session, slug, OPENS)


def _inserting(office: Office) -> float:
    """Insert the rows of a thousand letters into a table like theirs, durably."""
    connection = raw_connection(office.database)
    rows = connection.execute("SELECT * FROM letter ORDER BY id DESC LIMIT ?", (LETTERS_ASKED,)).fetchall()
    (shape,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'letter'").fetchone()
    connection.execute(shape.replace("CREATE TABLE letter", "CREATE TABLE bare"))
    marks = ", ".join("?" * len(rows[0]))

    def insert_all() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO bare VALUES ({marks})", rows)
        connection.execute("COMMIT")

    seconds = _timed(insert_all)
    connection.execute("DROP TABLE bare")
    connection.close()
    return seconds


def _sending(office: Office) -> Iterator[Line]:
    with running(0) as port:
        post = _Post(office, port)
        least = post.least(LETTERS_ASKED, LETTERS_ASKED, ROUNDS)
    yield _per_letter(f"{LETTERS_ASKED} letters to a server nearby, each", *least, AT_ONCE)
    with running(_DELAY) as port:
        post = _Post(office, port)
        least = post.least(_FAR_LETTERS, _FAR_FLOOR, 1)
    yield _per_letter(f"{_FAR_LETTERS} letters, 25 ms before each reply, each", *least, FROM_AFAR)


def _per_letter(what: str, ours: float, floor: float, bound: float) -> Line:
    return Line(what, f"{ours * 1000:.3f} ms", f"{floor * 1000:.3f} ms", ours / floor, bound)


class _Kept:
    """A way out that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[Outgoing] = []

    def send(self, outgoing: Outgoing) -> None:
        self.letters.append(outgoing)

    def open(self):  # type: ignore[no-untyped-def]
        return nullcontext(self)


@dataclass(frozen=True)
class _Post:
    """A worker of this installation, and smtplib beside it, before one server."""

    office: Office
    port: int

    def least(self, letters: int, floor_letters: int, rounds: int) -> tuple[float, float]:
        """Return seconds a letter, ours and the floor's, the least of each."""
        prebuilt = self._prebuilt(floor_letters)
        ours, floor = [], []
        for _ in range(rounds):
            floor.append(self._smtplib(prebuilt) / floor_letters)
            ours.append(self._worker(letters) / letters)
        return min(ours), min(floor)

    def _worker(self, letters: int) -> float:
        self._due(letters)
        server = MailServer("127.0.0.1", self.port, MailSecurity.NONE, 15)
        post = post_office(self.office.settings, self.office.database, SmtpTransport(server))
        return _timed(lambda: _all_sent(deliver_all(post, machine_clock, Event()).sent, letters))

    def _smtplib(self, prebuilt: Sequence[Outgoing]) -> float:
        with smtplib.SMTP("127.0.0.1", self.port) as host:
            host.ehlo()
            return _timed(lambda: [host.sendmail(e.sender.address, [e.to.address], e.data) for e in prebuilt])

    def _prebuilt(self, letters: int) -> Sequence[Outgoing]:
        self._due(letters)
        kept = _Kept()
        post = post_office(self.office.settings, self.office.database, kept)
        deliver_all(replace(post, worker=worker_name()), machine_clock, Event())
        return kept.letters

    def _due(self, letters: int) -> None:
        """Make so many letters due, and no other."""
        with reading(self.office.database) as session:
            chosen = session.scalars(select(LETTERS.c.id).order_by(LETTERS.c.id).limit(letters)).all()
        fresh = {"sent_at": None, "attempts": 0, "leased_by": None, "lease_until": None}
        with writing(self.office.database) as session:
            session.execute(update(LETTERS).values(**fresh, state=LetterState.CANCELLED))
            session.execute(update(LETTERS).where(LETTERS.c.id <= chosen[-1]).values(state=LetterState.DUE))


def _all_sent(sent: int, letters: int) -> None:
    if sent != letters:
        raise RuntimeError(f"{sent} of {letters} letters left")


def _timed(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started
