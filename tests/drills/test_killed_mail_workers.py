"""Two thousand letters, four workers, one of them killed every second, three in a hundred letters put off once."""

import pytest

from consult.domain.terms import LetterState
from consult.store.database import Database
from tests.mail.storm import Weather, storm
from tests.store.conftest import database as database  # on SQLite and on PostgreSQL

pytestmark = pytest.mark.drill
LETTERS = 2000


def test_two_thousand_letters_arrive_whatever_is_killed(database: Database) -> None:
    after = storm(database, Weather(letters=LETTERS, workers=4, kill_every=1.0))
    print(f"\nkilled mail workers: {after.kills} kills, {after.doubles} letters twice, {len(after.arrived)} arrived")
    assert len(after.arrived) == LETTERS
    assert after.states == {LetterState.SENT: LETTERS}
    assert after.kills >= 3
    assert after.doubles <= after.kills


def test_two_thousand_letters_arrive_once_when_nothing_is_killed(database: Database) -> None:
    after = storm(database, Weather(letters=LETTERS, workers=4))
    assert (len(after.arrived), after.doubles) == (LETTERS, 0)
