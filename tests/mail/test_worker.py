"""The worker's life: it rests, goes on after trouble, and ends in good order."""

import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from consult.domain.errors import BusyStore
from consult.mail.post_office import DeliveryReport
from consult.mail.smtp import SmtpTransport
from consult.mail.transport import FolderTransport, MailServer
from consult.mail.worker import deliver_all, run_worker, transport_of, worker_name
from consult.settings import MailSecurity, Settings
from tests.mail.conftest import Desk
from tests.mail.servers import Sink, free_port, plain, serving


def test_all_that_is_due_leaves_at_once(desk: Desk, tmp_path: Path) -> None:
    desk.queue(*(f"invitation:{number}:1" for number in range(45)))
    office = desk.office(FolderTransport(tmp_path / "outbox"))
    assert deliver_all(office, desk.clock, Event()) == DeliveryReport(sent=45)
    assert len(list((tmp_path / "outbox").iterdir())) == 45


def test_a_server_that_is_away_does_not_keep_it_going(desk: Desk) -> None:
    desk.queue("one", "two")
    office = desk.office(SmtpTransport(plain(free_port())), limit=1)
    assert deliver_all(office, desk.clock, Event()) == DeliveryReport(retried=2)


def test_a_worker_told_to_stop_begins_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.queue("one")
    stop = Event()
    stop.set()
    assert deliver_all(desk.office(FolderTransport(tmp_path)), desk.clock, stop) == DeliveryReport()


def test_a_worker_finds_letters_that_come_while_it_rests(desk: Desk, tmp_path: Path) -> None:
    stop, heard = Event(), list[DeliveryReport]()

    def after(report: DeliveryReport) -> None:
        heard.append(report)
        if len(heard) == 1:
            desk.queue("two", "three")
        else:
            stop.set()

    desk.queue("one")
    run_worker(desk.office(FolderTransport(tmp_path / "outbox")), desk.clock, stop, after, pause_seconds=0.01)
    assert heard == [DeliveryReport(sent=1), DeliveryReport(sent=2)]


def test_a_busy_record_only_makes_a_worker_wait(desk: Desk, tmp_path: Path) -> None:
    stop, heard, moments = Event(), list[DeliveryReport](), iter([BusyStore("busy")])

    def clock() -> object:
        for fault in moments:
            raise fault
        return desk.now

    def after(report: DeliveryReport) -> None:
        heard.append(report)
        stop.set()

    desk.queue("one")
    run_worker(desk.office(FolderTransport(tmp_path / "outbox")), clock, stop, after, pause_seconds=0.01)  # type: ignore[arg-type]
    assert heard == [DeliveryReport(sent=1)]


@pytest.mark.slow
def test_sigterm_finishes_the_letter_in_hand(desk: Desk) -> None:
    running = list[subprocess.Popen[bytes]]()

    def terminate(_: object) -> str:
        running[0].send_signal(signal.SIGTERM)
        time.sleep(0.5)  # the worker hears of it while the letter is in hand
        return "250 OK"

    sink = Sink(data=terminate)
    desk.queue("one", "two", "three")
    with serving(sink) as port:
        command = [sys.executable, "-m", "tests.mail.running_worker", str(desk.database.engine.url), str(port)]
        running.append(subprocess.Popen(command))
        assert running[0].wait(timeout=60) == 0
    assert [state[:2] for state in desk.states().values()] == [("SENT", 1), ("DUE", 0), ("DUE", 0)]


def test_settings_choose_the_way_out(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path)
    assert transport_of(settings) == FolderTransport(tmp_path / "outbox")
    named = replace(settings, mail_server="mail.example", mail_username="an", mail_password="x", mail_ca_file="/ca.pem")
    assert transport_of(named) == SmtpTransport(
        MailServer("mail.example", 587, MailSecurity.STARTTLS, 15, "an", "x", Path("/ca.pem"))
    )


def test_no_two_workers_have_one_name() -> None:
    assert worker_name() != worker_name()
