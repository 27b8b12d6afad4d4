"""Reminders: to the silent alone, once a day each, taken back at the door of the post when an answer came meanwhile."""

from collections.abc import Sequence
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select

from consult.actions import reminding
from consult.domain.errors import NoAccess, RoundClosed
from consult.domain.terms import LetterKind, LetterState, Stance
from consult.mail.transport import FolderTransport
from consult.mail.worker import deliver_all
from consult.server import post_office
from consult.store.database import reading, writing
from consult.store.outbox import Letter
from consult.store.queries.door import OfficialGrant
from tests.builders import CLOSES, EDUCATION, POLICE, Office

DAY = timedelta(days=1)


def _remind(office: Office, official: OfficialGrant) -> tuple[int, int]:
    with writing(office.database) as session:
        return reminding.remind_silent(session, official, office.facts(), office.clock())


def _reminders(office: Office) -> Sequence[Letter]:
    with reading(office.database) as session:
        return session.scalars(select(Letter).where(Letter.kind == LetterKind.REMINDER).order_by(Letter.id)).all()


def test_only_the_silent_are_reminded(anywhere: Office) -> None:
    anywhere.send(anywhere.grant(POLICE), Stance.AGREES)
    assert _remind(anywhere, anywhere.official()) == (26, 1)
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
