"""Several workers over one record, on both databases: every letter arrives, twice only where one was killed."""

from collections import Counter

import pytest

from consult.domain.terms import LetterState
from consult.store.database import Database
from tests.mail.storm import Weather, storm
from tests.store.conftest import database as database  # on SQLite and on PostgreSQL

pytestmark = pytest.mark.slow


def test_without_kills_no_letter_arrives_twice(database: Database) -> None:
    after = storm(database, Weather(letters=120, workers=2))
    assert Counter(after.arrived.values()) == {1: 120}
    assert after.states == {LetterState.SENT: 120}


def test_killed_workers_lose_nothing(database: Database) -> None:
    after = storm(database, Weather(letters=150, workers=2, kill_every=0.7))
    assert len(after.arrived) == 150
    assert after.states == {LetterState.SENT: 150}


def test_workers_that_claim_nothing_send_twice(database: Database) -> None:
    """The negative control: without the claim the same run shows doubles."""
    after = storm(database, Weather(letters=120, workers=2, put_off_each=1000, naive=True))
    assert len(after.arrived) == 120
    assert after.doubles > 0
