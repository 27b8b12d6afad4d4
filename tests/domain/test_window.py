"""The deadline, to the microsecond."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.window import (
    HO_CHI_MINH,
    Phase,
    Window,
    can_open,
    closing_at,
    closing_before,
    closing_through,
    local,
)

OPENS = datetime(2020, 4, 21, 8, 0, tzinfo=HO_CHI_MINH)
CLOSES = datetime(2020, 4, 27, 0, 0, tzinfo=HO_CHI_MINH)
LATE = datetime(2020, 4, 28, 0, 0, tzinfo=HO_CHI_MINH)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "phase"),
    [
        (OPENS - TICK, Phase.UPCOMING),
        (OPENS, Phase.OPEN),
        (CLOSES - TICK, Phase.OPEN),
        (CLOSES, Phase.CLOSED),
        (CLOSES + TICK, Phase.CLOSED),
    ],
)
def test_the_edges(now: datetime, phase: Phase) -> None:
    assert Window(OPENS, CLOSES).phase(now) is phase


@pytest.mark.parametrize(
    ("now", "phase"),
    [(CLOSES - TICK, Phase.OPEN), (CLOSES, Phase.LATE), (LATE - TICK, Phase.LATE), (LATE, Phase.CLOSED)],
)
def test_the_edges_of_lateness(now: datetime, phase: Phase) -> None:
    assert Window(OPENS, CLOSES, LATE).phase(now) is phase


@pytest.mark.parametrize(
    ("closes", "day", "late"),
    [
        (CLOSES, date(2020, 4, 26), False),
        (CLOSES, date(2020, 4, 27), True),
        (CLOSES - TICK, date(2020, 4, 26), False),
        (CLOSES - TICK, date(2020, 4, 27), True),
        (CLOSES + TICK, date(2020, 4, 27), False),
        (CLOSES + timedelta(hours=17), date(2020, 4, 27), False),
        (CLOSES + timedelta(hours=17), date(2020, 4, 28), True),
        (CLOSES.astimezone(UTC), date(2020, 4, 27), True),
    ],
)
def test_a_letter_of_the_day_of_the_close_is_on_time(closes: datetime, day: date, late: bool) -> None:
    assert Window(OPENS, closes, LATE + timedelta(days=9)).received_late(day) is late


def test_the_wordings_of_letters() -> None:
    day = date(2020, 4, 27)
    assert closing_before(OPENS, day).closes_at == datetime(2020, 4, 26, 17, 0, tzinfo=UTC)
    assert closing_through(OPENS, day).closes_at == datetime(2020, 4, 27, 17, 0, tzinfo=UTC)
    five = datetime(2020, 4, 27, 17, 0, tzinfo=HO_CHI_MINH)
    assert closing_at(OPENS, five).closes_at == datetime(2020, 4, 27, 10, 0, tzinfo=UTC)


def test_the_last_day_and_the_days_left() -> None:
    window = closing_before(OPENS, date(2020, 4, 27))
    assert window.last_day() == date(2020, 4, 26)
    assert window.days_left(OPENS) == 5
    assert window.days_left(datetime(2020, 4, 26, 23, 59, tzinfo=HO_CHI_MINH)) == 0
    assert window.days_left(CLOSES) == -1
    assert closing_at(OPENS, datetime(2020, 4, 27, 17, 0, tzinfo=HO_CHI_MINH)).last_day() == date(2020, 4, 27)


def test_what_can_be_opened_and_extended() -> None:
    window = Window(OPENS, CLOSES)
    assert can_open(OPENS, CLOSES, CLOSES - TICK) and not can_open(OPENS, CLOSES, CLOSES)
    assert not can_open(OPENS, OPENS, OPENS - TICK)
    assert window.later_close(LATE, OPENS) and not window.later_close(CLOSES, OPENS)
    assert not window.later_close(LATE, LATE)


@pytest.mark.parametrize(
    ("opens", "closes", "late"),
    [
        (OPENS, OPENS, None),
        (CLOSES, OPENS, None),
        (OPENS, CLOSES, CLOSES - TICK),
        (OPENS.replace(tzinfo=None), CLOSES, None),
    ],
)
def test_what_is_no_window(opens: datetime, closes: datetime, late: datetime | None) -> None:
    with pytest.raises(ValueError, match=r"window|late|zone"):
        Window(opens, closes, late)


@given(st.datetimes(datetime(2015, 1, 1), datetime(2035, 1, 1), timezones=st.timezones()))
def test_the_reader_s_zone_changes_nothing(moment: datetime) -> None:
    window = Window(OPENS, CLOSES, LATE)
    assert window.phase(moment) is window.phase(moment.astimezone(UTC)) is window.phase(local(moment))


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        local(datetime(2020, 4, 27))


def test_a_window_is_not_closed_in_the_moment_it_opens() -> None:
    opens = datetime(2020, 4, 21, 8, 0, tzinfo=HO_CHI_MINH)
    window = Window(opens, opens + timedelta(days=6))
    assert not window.earlier_close(opens, opens)
    assert window.earlier_close(opens + timedelta(microseconds=1), opens)
