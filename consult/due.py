"""Letters that are due by themselves: reminders, letters to officials, letters about the close.

Each act locks what it tells of and looks again whether it is due, so that any number of workers make one letter.
"""

from collections.abc import Callable
from datetime import datetime

from consult import logs
from consult.actions.reminding_due import queue_due_reminders
from consult.actions.telling_close import rounds_to_tell, tell_close
from consult.actions.telling_officials import owed
from consult.store.database import Database, Session, reading, writing
from consult.store.queries.reminded import open_rounds


def remind_due(database: Database, now: datetime) -> int:
    """Queue the due reminders of every open round, some hundreds a transaction, and return how many."""
    with reading(database) as session:
        rounds = open_rounds(session, now)
    return sum(_remind(database, round_id, now) for round_id in rounds)


def _remind(database: Database, round_id: int, now: datetime) -> int:
    queued = _until_none(queue_due_reminders, database, round_id, now)
    if queued:
        logs.note("reminders", round=round_id, queued=queued)
    return queued


def tell_due(database: Database, now: datetime) -> int:
    """Queue what officials, and agencies after the close, are to be told now; return how many letters."""
    with reading(database) as session:
        acts, over = tuple(owed(session, now)), rounds_to_tell(session, now)
    queued = 0
    for tell, about in acts:
        with writing(database) as session:
            queued += tell(session, about, now)
    return queued + sum(_until_none(tell_close, database, round_id, now) for round_id in over)


def _until_none(
    queue: Callable[[Session, int, datetime], int], database: Database, round_id: int, now: datetime
) -> int:
    """Queue the letters of a round, some hundreds a transaction, until none is left; return how many."""
    total = 0
    while True:
        with writing(database) as session:
            queued = queue(session, round_id, now)
        total += queued
        if not queued:
            return total
