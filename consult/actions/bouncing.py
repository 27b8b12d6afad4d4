"""Noting that a letter came back: an official hands in the file, the letter that it names counts as not delivered."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy.orm import Session

from consult.actions.preparing import acting
from consult.actions.responding import own_round
from consult.mail.bounces import MOST_BYTES as MOST_BYTES
from consult.mail.bounces import read_bounce
from consult.store import undelivered
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts


class Told(Enum):
    """What a file turned out to be."""

    NOTED = "noted"
    UNREADABLE = "unreadable"
    NOT_FAILED = "not failed"
    UNMATCHED = "unmatched"


@dataclass(frozen=True)
class Noted:
    """What became of a file; ``name`` is the addressee where a letter was found."""

    told: Told
    name: str = ""


def note_bounce(session: Session, official: OfficialGrant, facts: RoundFacts, data: bytes, now: datetime) -> Noted:
    """Mark the letter of this round that the file names; the same file again changes nothing."""
    own_round(official, facts)
    bounce = read_bounce(data)
    if bounce is None:
        return Noted(Told.UNREADABLE)
    if not bounce.letters:
        return Noted(Told.UNMATCHED)
    if not bounce.failed:
        return Noted(Told.NOT_FAILED)
    found = undelivered.bounce(session, bounce.letters, facts.id, bounce.reason, now)
    if found is None:
        return Noted(Told.UNMATCHED)
    append(session, now, acting(official), "note_bounce", facts.id, agency=found.to_name)
    return Noted(Told.NOTED, found.to_name)
