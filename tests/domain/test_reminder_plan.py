"""The moments of reminders, every one written out: a week, three weeks, Tết in between, and whatever comes too late."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.reminder_plan import (
    Moment,
    coming,
    days_for,
    due_moment,
    from_stored,
    leaving_at,
    moments,
    morning_of,
    next_working_morning,
    read_days,
    stored_days,
)
from consult.domain.window import HO_CHI_MINH, Window, local
from consult.domain.working_days import is_working_day


def _at(words: str) -> datetime:
    return datetime.strptime(words, "%d/%m/%Y %H:%M").replace(tzinfo=HO_CHI_MINH)


def _plan(opens: str, closes: str, chosen: tuple[int, ...] | None = None, invited: str = "") -> list[tuple[int, str]]:
    window = Window(_at(opens), _at(closes))
    planned = moments(window, days_for(window, chosen), _at(invited or opens))
    return [(each.days, f"{local(each.at):%a %d/%m/%Y %H:%M}") for each in planned]


@pytest.mark.parametrize(
    ("opens", "closes", "chosen", "planned"),
    [
        pytest.param(
            "21/04/2020 08:00", "27/04/2020 00:00", None, [(1, "Fri 24/04/2020 08:00")], id="six days: one, on Friday"
        ),
        pytest.param(
            "21/04/2020 07:00",
            "27/04/2020 00:00",
            (3, 1),
            [(3, "Wed 22/04/2020 08:00"), (1, "Fri 24/04/2020 08:00")],
            id="six days, the office wants two",
        ),
        pytest.param(
            "21/04/2020 08:00",
            "27/04/2020 00:00",
            (3, 1),
            [(1, "Fri 24/04/2020 08:00")],
            id="a day after the invitation is too soon",
        ),
        pytest.param(
            "01/06/2026 08:00",
            "22/06/2026 17:00",
            None,
            [(3, "Wed 17/06/2026 08:00"), (1, "Fri 19/06/2026 08:00")],
            id="three weeks, over a weekend",
        ),
        pytest.param(
            "02/02/2026 08:00",
            "24/02/2026 17:00",
            None,
            [(3, "Thu 12/02/2026 08:00"), (1, "Mon 23/02/2026 08:00")],
            id="Tết in between: nobody is written to from 14/2 to 22/2",
        ),
        pytest.param(
            "20/04/2026 08:00",
            "05/05/2026 00:00",
            None,
            [(3, "Fri 24/04/2026 08:00"), (1, "Wed 29/04/2026 08:00")],
            id="30/4 and 1/5 with their weekend",
        ),
        pytest.param("21/04/2020 08:00", "23/04/2020 00:00", None, [], id="two days: no reminder fits"),
        pytest.param("01/06/2026 08:00", "22/06/2026 17:00", (), [], id="the office wants none"),
    ],
)
def test_the_moments_of_a_window(
    opens: str, closes: str, chosen: tuple[int, ...] | None, planned: list[tuple[int, str]]
) -> None:
    assert _plan(opens, closes, chosen) == planned


def test_seven_days_are_short_and_a_minute_more_is_not() -> None:
    opens = _at("01/06/2026 08:00")
    assert days_for(Window(opens, opens + timedelta(days=7)), None) == (1,)
    assert days_for(Window(opens, opens + timedelta(days=7, minutes=1)), None) == (3, 1)
    assert days_for(Window(opens, opens + timedelta(days=3)), (2, 5, 2)) == (5, 2)


def test_one_asked_later_is_reminded_from_its_own_invitation_on() -> None:
    planned = _plan("01/06/2026 08:00", "22/06/2026 17:00", invited="16/06/2026 15:00")
    assert planned == [(1, "Fri 19/06/2026 08:00")]


WINDOW = Window(_at("01/06/2026 08:00"), _at("22/06/2026 17:00"))
PLANNED = moments(WINDOW, (3, 1), WINDOW.opens_at)


@pytest.mark.parametrize(
    ("now", "reminded", "days"),
    [
        ("17/06/2026 07:59", None, None),
        ("17/06/2026 08:00", None, 3),
        ("18/06/2026 23:00", None, 3),
        ("18/06/2026 23:00", "17/06/2026 08:00", None),
        ("17/06/2026 08:00", "17/06/2026 07:30", None),
        ("19/06/2026 08:00", "17/06/2026 08:00", 1),
        ("22/06/2026 16:59", None, 1),
        ("22/06/2026 16:59", "19/06/2026 09:00", None),
        ("22/06/2026 17:00", None, None),
    ],
)
def test_the_newest_that_was_missed_is_due_until_the_close(now: str, reminded: str | None, days: int | None) -> None:
    due = due_moment(PLANNED, WINDOW, _at(reminded) if reminded else None, _at(now))
    assert (due.days if due else None) == days


def test_nobody_is_reminded_of_what_was_withdrawn() -> None:
    window = Window(WINDOW.opens_at, WINDOW.closes_at, withdrawn_at=_at("10/06/2026 08:00"))
    assert due_moment(PLANNED, window, None, _at("19/06/2026 08:00")) is None


@pytest.mark.parametrize(
    ("now", "leaves"),
    [
        ("17/06/2026 08:00", "17/06/2026 08:00"),
        ("17/06/2026 16:59", "17/06/2026 16:59"),
        ("17/06/2026 17:00", "18/06/2026 08:00"),
        ("20/06/2026 10:00", "22/06/2026 08:00"),
        ("18/06/2026 03:00", "18/06/2026 08:00"),
        ("22/06/2026 07:30", "22/06/2026 07:30"),
    ],
)
def test_a_letter_waits_for_working_hours_while_there_is_time(now: str, leaves: str) -> None:
    closes = _at("22/06/2026 08:00" if now.startswith("22") else "23/06/2026 00:00")
    assert leaving_at(_at(now), Window(_at("01/06/2026 08:00"), closes)) == _at(leaves)


def test_the_next_working_morning() -> None:
    assert next_working_morning(_at("13/02/2026 08:00")) == _at("13/02/2026 08:00")
    assert next_working_morning(_at("13/02/2026 08:01")) == _at("23/02/2026 08:00")


@settings(max_examples=50, deadline=None)
@given(
    opens=st.datetimes(datetime(2020, 1, 1), datetime(2026, 12, 1)),
    hours=st.integers(1, 24 * 60),
    invited_after=st.integers(0, 24 * 30),
    days=st.sets(st.integers(1, 60), max_size=5),
)
def test_every_planned_reminder_keeps_the_rules(
    opens: datetime, hours: int, invited_after: int, days: set[int]
) -> None:
    begins = opens.replace(tzinfo=HO_CHI_MINH)
    window = Window(begins, begins + timedelta(hours=hours))
    invited = begins + timedelta(hours=invited_after)
    planned: tuple[Moment, ...] = moments(window, days_for(window, tuple(days)), invited)
    on: list[date] = [local(each.at).date() for each in planned]
    assert on == sorted(set(on))
    for each, day in zip(planned, on, strict=True):
        assert each.at == morning_of(day)
        assert is_working_day(day)
        assert invited + timedelta(hours=24) < each.at < window.closes_at


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("3, 1", (3, 1)),
        ("1;3", (3, 1)),
        ("5 và 2", (5, 2)),
        (" 7 ", (7,)),
        ("3,3,1", (3, 1)),
        ("60", (60,)),
        ("61", None),
        ("0", None),
        ("", None),
        ("ba", None),
        ("3,,1", None),
        ("-1", None),
        ("6,5,4,3,2,1", None),
    ],
)
def test_days_are_read_as_people_list_them(typed: str, days: tuple[int, ...] | None) -> None:
    assert read_days(typed) == days


@pytest.mark.parametrize("days", [None, (), (1,), (5, 3, 1)])
def test_days_are_kept(days: tuple[int, ...] | None) -> None:
    assert from_stored(stored_days(days)) == days


def test_the_reminders_ahead_are_those_after_now() -> None:
    begun = WINDOW.opens_at
    assert coming(WINDOW, (3, 1), begun, begun) == PLANNED
    assert coming(WINDOW, (3, 1), begun, PLANNED[0].at) == PLANNED[1:]
    assert coming(WINDOW, (), begun, begun) == ()
