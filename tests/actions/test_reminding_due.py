"""Reminders that go by themselves, over whole rounds and with the worker away at the worst times, moment by moment."""

import shutil
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier, Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from consult.actions import closing, extending, reminding
from consult.actions.noticing import Grounds
from consult.actions.planning_reminders import set_reminders
from consult.actions.preparing import acting
from consult.domain.errors import CannotAdjust
from consult.domain.terms import LetterKind, LetterState, Stance
from consult.domain.window import HO_CHI_MINH, local
from consult.due import remind_due
from consult.mail.transport import FolderTransport
from consult.mail.worker import deliver_all
from consult.server import post_office
from consult.store.consultations import Round
from consult.store.database import connect, reading, writing
from consult.store.journal import Entry
from consult.store.outbox import Letter
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Clock, Office, sample_office

FRIDAY = datetime(2020, 4, 24, 8, 0, tzinfo=HO_CHI_MINH)
ASKED_WITH_MAILBOX = 27


def _pass(office: Office, at: datetime) -> None:
    """One pass of a worker at that moment: queue what is due, deliver what is due."""
    office.clock.at = at
    remind_due(office.database, at)
    transport = FolderTransport(office.settings.instance / "out")
    deliver_all(post_office(office.settings, office.database, transport), office.clock, Event())


def _letters(office: Office, agency: str = "", state: LetterState = LetterState.SENT) -> list[Letter]:
    found = select(Letter).where(Letter.kind == LetterKind.REMINDER, Letter.state == state).order_by(Letter.id)
    with reading(office.database) as session:
        return [each for each in session.scalars(found) if agency in ("", each.to_name)]


def _sent(office: Office, agency: str = POLICE) -> list[str]:
    return [f"{local(each.sent_at):%d/%m %H:%M}" for each in _letters(office, agency) if each.sent_at]


def _moments(begin: datetime, end: datetime) -> list[datetime]:
    """Return the moments at which something may change: each 7:59, 8:00, noon and 17:00 between, and both ends."""
    midnight = local(begin).replace(hour=0, minute=0, second=0, microsecond=0)
    days = [midnight + timedelta(days=each) for each in range((end - midnight).days + 1)]
    steps = (timedelta(hours=8, minutes=-1), timedelta(hours=8), timedelta(hours=12), timedelta(hours=17))
    between = (day + step for day in days for step in steps)
    return [begin, *(each for each in between if begin < each < end), end]


def _closing(office: Office, closes: datetime) -> None:
    with writing(office.database) as session:
        session.execute(update(Round).values(closes_at=closes))


def test_the_six_days_of_the_sample_have_one_reminder_on_friday_morning(anywhere: Office) -> None:
    for moment in _moments(anywhere.clock(), CLOSES + timedelta(days=3)):
        _pass(anywhere, moment)
    assert _sent(anywhere) == ["24/04 08:00"]
    assert len(_letters(anywhere)) == ASKED_WITH_MAILBOX
    letter = _letters(anywhere, POLICE)[0]
    assert letter.text.count("Tiếp theo Công văn số 532/STTTT-BCVT ngày 21/4/2020") == 1
    assert "Đến Thứ Sáu, 24/4/2020, 08 giờ 00, Sở Thông tin và Truyền thông chưa nhận được" in letter.text
    assert "được xem là thống nhất" not in letter.text
    with reading(anywhere.database) as session:
        acts = session.scalars(select(Entry.actor).where(Entry.act == "remind")).all()
    assert acts == ["consult worker"]


@pytest.mark.slow
def test_twenty_days_have_two_reminders(office: Office) -> None:
    closes = datetime(2020, 5, 11, 17, 0, tzinfo=HO_CHI_MINH)
    _closing(office, closes)
    for moment in _moments(office.clock(), closes):
        _pass(office, moment)
    assert _sent(office) == ["06/05 08:00", "08/05 08:00"]


@pytest.mark.parametrize(
    ("back", "sent"),
    [
        pytest.param("24/04 07:59", [], id="too early"),
        pytest.param("24/04 16:00", ["24/04 16:00"], id="the same day"),
        pytest.param("25/04 09:00", ["25/04 09:00"], id="Saturday, no working hour is left before the close"),
        pytest.param("26/04 23:59", ["26/04 23:59"], id="the last minute"),
        pytest.param("27/04 00:00", [], id="at the close"),
        pytest.param("28/04 08:00", [], id="after the close"),
    ],
)
def test_a_worker_that_was_away_sends_it_when_it_is_back(office: Office, back: str, sent: list[str]) -> None:
    _pass(office, office.clock())
    _pass(office, datetime.strptime(f"{back} 2020", "%d/%m %H:%M %Y").replace(tzinfo=HO_CHI_MINH))
    assert _sent(office) == sent


def test_after_days_away_one_reminder_goes_and_not_each_that_was_missed(office: Office) -> None:
    _closing(office, datetime(2020, 5, 11, 17, 0, tzinfo=HO_CHI_MINH))
    _pass(office, office.clock())
    for at in _moments(
        datetime(2020, 5, 9, 20, 0, tzinfo=HO_CHI_MINH), datetime(2020, 5, 11, 18, 0, tzinfo=HO_CHI_MINH)
    ):
        _pass(office, at)
    assert _sent(office) == ["11/05 08:00"]


def test_an_invitation_that_leaves_late_is_not_followed_within_a_day(office: Office) -> None:
    for moment in _moments(FRIDAY - timedelta(hours=20), CLOSES):
        _pass(office, moment)
    assert _sent(office) == []


def test_who_has_sent_is_not_reminded_even_between_queueing_and_sending(office: Office) -> None:
    _pass(office, office.clock())
    office.send(office.grant(EDUCATION), Stance.AGREES)
    remind_due(office.database, FRIDAY)
    office.clock.at = FRIDAY
    office.send(office.grant(POLICE), Stance.AGREES)
    _pass(office, FRIDAY)
    assert (_sent(office, POLICE), _sent(office, EDUCATION)) == ([], [])
    assert [each.to_name for each in _letters(office, state=LetterState.CANCELLED)] == [POLICE]
    assert len(_letters(office)) == ASKED_WITH_MAILBOX - 2


def test_a_click_of_the_same_morning_stands_for_the_planned_one(office: Office) -> None:
    _pass(office, office.clock())
    office.clock.at = FRIDAY - timedelta(minutes=30)
    with writing(office.database) as session:
        reminding.remind_silent(session, office.official(), office.facts(), office.clock())
    for moment in (office.clock(), *_moments(FRIDAY, CLOSES)):
        _pass(office, moment)
    assert _sent(office) == ["24/04 07:30"]


@pytest.mark.slow
def test_an_extension_takes_back_what_waits_and_reminds_before_the_new_close(office: Office) -> None:
    _pass(office, office.clock())
    remind_due(office.database, FRIDAY)
    closes = datetime(2020, 5, 8, 17, 0, tzinfo=HO_CHI_MINH)
    with writing(office.database) as session:
        extending.extend(session, acting(office.official()), office.facts().id, closes, Grounds("Lý do"), FRIDAY)
    for moment in _moments(FRIDAY, closes):
        _pass(office, moment)
    assert _sent(office) == ["05/05 08:00", "07/05 08:00"]


def test_an_agency_with_its_own_window_is_reminded_by_its_own_close(office: Office) -> None:
    _pass(office, office.clock())
    own, closes = office.address(POLICE).code, datetime(2020, 4, 29, 17, 0, tzinfo=HO_CHI_MINH)
    with writing(office.database) as session:
        who = acting(office.official())
        extending.extend_some(session, who, office.facts().id, {own}, closes, Grounds("Lý do"), office.clock())
    for moment in _moments(office.clock(), closes):
        _pass(office, moment)
    assert _sent(office, EDUCATION) == ["24/04 08:00"]
    assert _sent(office, POLICE) == ["24/04 08:00", "28/04 08:00"]


def test_one_whose_reminder_was_taken_back_does_not_keep_the_worker_busy(office: Office) -> None:
    _pass(office, office.clock())
    remind_due(office.database, FRIDAY)
    with writing(office.database) as session:
        session.execute(update(Letter).where(Letter.kind == LetterKind.REMINDER).values(state=LetterState.CANCELLED))
    assert remind_due(office.database, FRIDAY) == 0


def test_many_workers_queue_one_letter_each(anywhere: Office) -> None:
    _pass(anywhere, anywhere.clock())
    together = Barrier(4)

    def queue(_: int) -> int:
        together.wait(30)
        return remind_due(anywhere.database, FRIDAY)

    with ThreadPoolExecutor(4) as workers:
        done = list(workers.map(queue, range(4)))
    assert sum(done) == ASKED_WITH_MAILBOX
    waiting = Counter(each.to_name for each in _letters(anywhere, state=LetterState.DUE))
    assert set(waiting.values()) == {1}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("days", "sent"),
    [
        pytest.param((2,), ["23/04 08:00"], id="another day"),
        pytest.param((2, 1), ["23/04 08:00", "24/04 08:00"], id="two in a short window"),
        pytest.param((60,), [], id="before the invitation"),
        pytest.param((), [], id="none"),
        pytest.param(None, ["24/04 08:00"], id="the usual"),
    ],
)
def test_the_office_chooses_the_days(office: Office, days: tuple[int, ...] | None, sent: list[str]) -> None:
    _pass(office, office.clock())
    _set(office, days)
    for moment in _moments(office.clock(), CLOSES):
        _pass(office, moment)
    assert _sent(office) == sent


def test_no_reminders_from_now_on_takes_back_what_waits(office: Office) -> None:
    _pass(office, office.clock())
    remind_due(office.database, FRIDAY)
    _set(office, ())
    assert _letters(office, state=LetterState.DUE) == []
    assert len(_letters(office, state=LetterState.CANCELLED)) == ASKED_WITH_MAILBOX


def test_a_withdrawn_round_has_no_reminders_to_set(office: Office) -> None:
    with writing(office.database) as session:
        closing.withdraw(session, acting(office.official()), office.facts().id, Grounds("Lý do"), office.clock())
    with pytest.raises(CannotAdjust):
        _set(office, (2,))


def _set(office: Office, days: tuple[int, ...] | None) -> None:
    with writing(office.database) as session:
        set_reminders(session, acting(office.official()), office.facts().id, days, office.clock())
    assert office.facts().reminder_days == days


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(there=st.sets(st.sampled_from(_moments(FRIDAY - timedelta(hours=2), CLOSES)), max_size=8))
def test_whenever_the_worker_is_there_an_agency_has_one_reminder_before_the_close(
    there: set[datetime], published_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("round")
    shutil.copyfile(published_file, folder / "consult.sqlite3")
    office = sample_office(connect(f"sqlite:///{folder / 'consult.sqlite3'}"), folder, Clock(OPENS))
    _pass(office, office.clock())
    for moment in sorted(there):
        _pass(office, moment)
    moments = [each.sent_at for each in _letters(office, POLICE) if each.sent_at]
    in_time = [each for each in sorted(there) if FRIDAY <= each < CLOSES]
    office.database.dispose()
    assert len(moments) == min(1, len(in_time))
    assert all(FRIDAY <= each < CLOSES for each in moments)
