"""The pace of sending that all workers share, on both databases."""

from datetime import timedelta

from consult.store import pace
from consult.store.database import Database, writing


def test_all_workers_together_keep_the_pace(database: Database) -> None:
    with writing(database) as session:
        first = pace.allowed(session, 660, 1000)
        pace.spend(session, 660, first)
        second = pace.allowed(session, 660, 1000)
    with writing(database) as session:
        other = pace.allowed(session, 660, 1000)
    assert 60 <= first <= 61  # what six seconds of rest leave, at ten letters a second
    assert (second, other) == (0, 0) or second + other <= 3


def test_a_slow_pace_lets_one_go_and_then_waits(database: Database) -> None:
    with writing(database) as session:
        assert pace.allowed(session, 1, 20) == 1
        pace.spend(session, 1, 1)
        assert pace.allowed(session, 1, 20) == 0
        row = session.get_one(pace.MailPace, 1)
        row.next_at -= timedelta(seconds=66)
        session.flush()
        assert pace.allowed(session, 1, 20) == 1
