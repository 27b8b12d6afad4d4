"""Reminders: to the silent alone, once a day each, taken back at the door of the post when an answer came meanwhile."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import func, select, update

from consult.actions import reminding
from consult.actions.reminding import Reminded
from consult.domain.errors import NoAccess, RoundClosed
from consult.domain.terms import LetterKind, LetterState, Stance
from consult.mail.transport import FolderTransport
from consult.mail.worker import deliver_all
from consult.server import post_office
from consult.store.answers import Invitation
from consult.store.database import reading, writing
from consult.store.journal import Entry
from consult.store.outbox import Letter
from consult.store.queries.door import OfficialGrant
from tests.builders import CLOSES, EDUCATION, POLICE, Office

DAY = timedelta(days=1)
PLANNING = "Sở Kế hoạch và Đầu tư"
MAILLESS = "Ủy ban nhân dân huyện Ia Pa"


def _remind(office: Office, official: OfficialGrant, codes: Collection[str] | None = None) -> Reminded:
    with writing(office.database) as session:
        return reminding.remind_silent(session, official, office.facts(), office.clock(), codes)


def _reminders(office: Office) -> Sequence[Letter]:
    with reading(office.database) as session:
        return session.scalars(select(Letter).where(Letter.kind == LetterKind.REMINDER).order_by(Letter.id)).all()


def test_only_the_silent_are_reminded(anywhere: Office) -> None:
    anywhere.send(anywhere.grant(POLICE), Stance.AGREES)
    assert _remind(anywhere, anywhere.official()) == Reminded(queued=26, without=1)
    names = [letter.to_name for letter in _reminders(anywhere)]
    assert len(names) == 26
    assert POLICE not in names
    assert EDUCATION in names


def test_at_most_once_a_day_each(office: Office) -> None:
    official = office.official()
    _remind(office, official)
    _remind(office, official)
    assert len(_reminders(office)) == 27
    office.clock.at += DAY
    _remind(office, official)
    assert len(_reminders(office)) == 54


def test_some_are_reminded_and_each_is_accounted_for(anywhere: Office) -> None:
    official = anywhere.official()
    codes = {name: anywhere.address(name).code for name in (POLICE, EDUCATION, PLANNING, MAILLESS)}
    assert _remind(anywhere, official, {codes[POLICE]}) == Reminded(queued=1)
    anywhere.send(anywhere.grant(EDUCATION), Stance.AGREES)
    done = _remind(anywhere, official, {*codes.values(), "zzzzzzzzzz"})
    assert done == Reminded(queued=1, already=1, without=1, answered=2, over=0)
    assert [letter.to_name for letter in _reminders(anywhere)] == [POLICE, PLANNING]


def test_one_whose_own_window_is_open_is_reminded_after_the_close(office: Office) -> None:
    official, late, other = office.official(), office.address(POLICE), office.address(PLANNING)
    with writing(office.database) as session:
        session.execute(update(Invitation).where(Invitation.id == late.id).values(closes_at=CLOSES + 3 * DAY))
    office.clock.at = CLOSES
    assert _remind(office, official, {late.code, other.code}) == Reminded(queued=1, over=1)
    office.clock.at = CLOSES + 3 * DAY
    assert _remind(office, official, {late.code, other.code}) == Reminded(queued=0, over=2)


def test_a_click_that_reminds_nobody_is_no_act(office: Office) -> None:
    official = office.official()
    _remind(office, official, {office.address(POLICE).code})
    _remind(office, official, {office.address(POLICE).code})
    with reading(office.database) as session:
        assert session.scalar(select(func.count()).where(Entry.act == "remind")) == 1


def test_nobody_is_reminded_when_nothing_is_taken_any_more(office: Office) -> None:
    office.clock.at = CLOSES
    with pytest.raises(RoundClosed):
        _remind(office, office.official())
    assert _reminders(office) == []


def test_an_official_of_another_lead_agency_reminds_nobody(office: Office) -> None:
    with pytest.raises(NoAccess):
        _remind(office, office.official("la@sotuphap.example", "Sở Tư pháp"))
    assert _reminders(office) == []


def test_a_reminder_is_cancelled_when_the_answer_came_before_it_left(office: Office) -> None:
    _remind(office, office.official())
    office.send(office.grant(POLICE), Stance.AGREES)
    folder = office.settings.instance / "sent"
    post = post_office(office.settings, office.database, FolderTransport(folder))
    deliver_all(post, office.clock, Event())
    states = {letter.to_name: letter.state for letter in _reminders(office)}
    assert states[POLICE] is LetterState.CANCELLED
    assert states[EDUCATION] is LetterState.SENT


def test_a_reminder_is_cancelled_when_the_window_closed_before_it_left(office: Office) -> None:
    _remind(office, office.official())
    (letter, *_) = _reminders(office)
    with reading(office.database) as session:
        assert reminding.reminder_still_due(session, letter, CLOSES - timedelta(microseconds=1))  # type: ignore[arg-type]
        assert not reminding.reminder_still_due(session, letter, CLOSES)  # type: ignore[arg-type]
