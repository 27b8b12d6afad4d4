"""Letters that are due by themselves beside reminders: to officials, and about the close.

Each act locks what it tells of and looks again whether it is due, so that any number of workers make one letter.
"""

from datetime import datetime

from consult.actions.telling_close import rounds_to_tell, tell_close
from consult.actions.telling_officials import owed
from consult.store.database import Database, reading, writing


def tell_due(database: Database, now: datetime) -> int:
    """Queue what officials, and agencies after the close, are to be told now; return how many letters."""
    with reading(database) as session:
        acts, over = tuple(owed(session, now)), rounds_to_tell(session, now)
    queued = 0
    for tell, about in acts:
        with writing(database) as session:
            queued += tell(session, about, now)
    return queued + sum(_tell_close(database, round_id, now) for round_id in over)


def _tell_close(database: Database, round_id: int, now: datetime) -> int:
    total = 0
    while True:
        with writing(database) as session:
            queued = tell_close(session, round_id, now)
        total += queued
        if not queued:
            return total
