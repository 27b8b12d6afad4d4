"""Workers are killed by SIGKILL while agencies comment and send. What was acknowledged stands, and stands once."""

import os
import random
import signal
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import func, select

from consult.domain.terms import LetterKind
from consult.store import journal
from consult.store.answers import Comment, Submission
from consult.store.database import reading
from consult.store.outbox import Letter
from consult.store.queries.people import invited
from tests.drills.site import LOST, AgencyBrowser, Form, Office, Reply, Site, published, running

SECONDS = 20
EVERY_SECONDS = 0.15
CLIENTS = 8

pytestmark = pytest.mark.drill


@dataclass
class Client(Thread):
    """An agency that comments and sends until it is told to stop; what has no answer is sent again, form and all."""

    agency: AgencyBrowser
    stop: Event
    saved: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    __hash__ = Thread.__hash__

    def run(self) -> None:
        """Comment four times, send, and again."""
        number = 0
        while not self.stop.is_set():
            number += 1
            try:
                self._comment(f"ý kiến {number} của {self.agency.code}")
                if number % 4 == 0:
                    self._send()
            except LOST:
                self.unanswered += 1

    def _comment(self, content: str) -> None:
        form = self.agency.new_comment()
        if self._insist(form, kind="AMEND", content=content).status == 303:
            self.saved.append(content)

    def _send(self) -> None:
        form = self.agency.review()
        if self._insist(form, stance="DISAGREES").status == 303:
            self.sent.append(form.fields["key"])

    def _insist(self, form: Form, **typed: str) -> Reply:
        """Send one form until it is answered."""
        while True:
            try:
                reply = self.agency.browser.post(form, **typed)
            except LOST:
                self.unanswered += 1
                time.sleep(0.02)
                continue
            if reply.status != 303:
                self.faults.append(f"{form.action} answered {reply.status}")
            return reply


def _kill_for_a_while(site: Site, clients: list[Client]) -> int:
    """Kill a random worker every 150 ms, as soon as something was acknowledged since the last one died."""
    kills, seen, until = 0, 0, time.monotonic() + SECONDS
    while time.monotonic() < until:
        time.sleep(EVERY_SECONDS)
        acknowledged = sum(len(client.saved) + len(client.sent) for client in clients)
        workers = site.workers()
        if acknowledged > seen and workers:
            os.kill(random.choice(workers), signal.SIGKILL)
            kills, seen = kills + 1, acknowledged
    return kills


def _agencies(office: Office) -> list[str]:
    with reading(office.database) as session:
        return [each.name for each in invited(session, office.facts().id)][:CLIENTS]


def test_what_was_acknowledged_survives_killed_workers(tmp_path: Path) -> None:
    office, stop = published(tmp_path), Event()
    with running(office) as site:
        clients = [Client(site.browser(agency), stop) for agency in _agencies(office)]
        for client in clients:
            client.start()
        kills = _kill_for_a_while(site, clients)
        stop.set()
        for client in clients:
            client.join()
    saved, sent = [each for c in clients for each in c.saved], [each for c in clients for each in c.sent]
    unanswered = sum(client.unanswered for client in clients)
    acknowledged = f"{len(saved)} comments and {len(sent)} answers acknowledged"
    print(f"\nkilled workers: {kills} kills, {acknowledged}, {unanswered} unanswered")
    assert [fault for client in clients for fault in client.faults] == []
    assert kills >= 5
    assert unanswered > 0
    _audit(office, saved, sent)


def _audit(office: Office, saved: list[str], sent: list[str]) -> None:
    with reading(office.database) as session:
        comments = session.scalars(select(Comment.content)).all()
        answers = session.scalars(select(Submission.key)).all()
        assert set(saved) <= set(comments)
        assert len(comments) == len(set(comments)), "a comment stands twice"
        assert set(sent) <= set(answers)
        newest = (
            session.execute(select(func.max(Submission.version)).group_by(Submission.invitation_id)).scalars().all()
        )
        assert sum(newest) == len(answers), "a version is missing"
        receipts = select(func.count()).select_from(Letter).where(Letter.kind == LetterKind.RECEIPT)
        assert session.scalar(receipts) == len(answers), "an answer has no receipt, or two"
        verdict = journal.verify(session)
        acts = select(func.count()).select_from(journal.Entry).where(journal.Entry.act == "send")
        assert (verdict.fault, session.scalar(acts)) == ("", len(answers))
    with sqlite3.connect(str(office.database.engine.url.database)) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
