"""The worker beside the site: it tidies the record now and then, and a busy record only makes it wait."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import sleep

import pytest
from sqlalchemy import func, select, update

from consult import logs
from consult.domain.errors import BusyStore, Refusal
from consult.server import keep_publishing, keep_tidy, post_office, refuse_taken_port, work
from consult.store import access
from consult.store.access import SessionRow
from consult.store.consultations import Round
from consult.store.database import Database, reading, writing
from tests.builders import NEW_SLUG, OPENS, Office, settings_in

HOUR = timedelta(hours=1)


def _sessions(database: Database) -> int:
    with reading(database) as session:
        return session.scalar(select(func.count()).select_from(SessionRow)) or 0


def test_the_record_is_tidied_again_and_again(database: Database) -> None:
    with writing(database) as session:
        for number in (1, 2):
            access.open_session(session, f"s{number}", OPENS, number * HOUR)
    stop, found = Event(), list[int]()
    moments: Iterator[datetime | BusyStore] = iter([OPENS, BusyStore("busy"), OPENS + HOUR, OPENS + HOUR])

    def clock() -> datetime:
        found.append(_sessions(database))
        if len(found) == 4:
            stop.set()
        moment = next(moments)
        if isinstance(moment, BusyStore):
            raise moment
        return moment

    keep_tidy(database, 24 * HOUR, clock, stop, pause_seconds=0.01)
    assert found == [2, 2, 2, 1]


def test_a_lease_outlasts_the_slowest_server_that_the_settings_allow(office: Office) -> None:
    assert post_office(office.settings, office.database).lease_seconds == 900
    assert post_office(replace(office.settings, mail_timeout=120), office.database).lease_seconds == 2400


def test_scheduled_rounds_are_looked_for_again_and_again(office: Office) -> None:
    facts = office.prepare()
    moments = {"publish_at": OPENS + HOUR, "publish_by": "Chuyên viên", "letter_date": date(2020, 4, 21)}
    with writing(office.database) as session:
        session.execute(update(Round).where(Round.id == facts.id).values(**moments))
    stop, found = Event(), list[bool]()
    times: Iterator[datetime | BusyStore] = iter([OPENS, BusyStore("busy"), OPENS + HOUR, OPENS + 2 * HOUR])

    def clock() -> datetime:
        found.append(office.facts(NEW_SLUG).published_at == OPENS + HOUR)
        if len(found) == 4:
            stop.set()
        moment = next(times)
        if isinstance(moment, BusyStore):
            raise moment
        return moment

    keep_publishing(office.database, clock, stop, pause_seconds=0.01)
    assert found == [False, False, False, True]


def test_a_fault_ends_no_task_and_is_written_down(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    stop, looks = Event(), list[int]()

    def clock() -> datetime:
        looks.append(1)
        if len(looks) == 2:
            stop.set()
            return OPENS
        raise ValueError("bi-mat@coquan.example")

    keep_publishing(database, clock, stop, pause_seconds=0.01)
    told = capsys.readouterr().err
    assert (len(looks), "ValueError" in told, "publishing" in told, "bi-mat" in told) == (2, True, True, False)


def test_the_worker_tidies_beside_its_letters(database: Database, tmp_path: Path) -> None:
    with writing(database) as session:
        access.open_session(session, "s1", OPENS, HOUR)
    stop = Event()
    worker = Thread(target=work, args=(settings_in(tmp_path, database), database, stop))
    worker.start()
    for _ in range(1000):
        if _sessions(database) == 0:
            break
        sleep(0.02)
    stop.set()
    worker.join()
    assert _sessions(database) == 0


def test_a_port_that_is_taken_is_told_before_anything_begins() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        address = f"127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(Refusal, match=f"{address}: Address already in use; end what listens there"):
            refuse_taken_port(address)
    refuse_taken_port(address)
