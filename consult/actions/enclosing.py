"""The further files of a round that readers may take along (tờ trình, bản so sánh …), while it is in preparation."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from consult.actions.drafting import keep_file
from consult.actions.preparing import acting, lock_round
from consult.documents.enclosed_kinds import media_type_of
from consult.domain.errors import StaleVersion
from consult.store.consultations import Enclosure
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.enclosures import EnclosedFile, enclosures
from consult.store.queries.rounds import RoundFacts


@dataclass(frozen=True)
class Enclosed:
    """A file that was handed in and may be handed on: its kind was told by its content."""

    name: str
    content: bytes
    media_type: str


def read_enclosure(name: str, content: bytes) -> Enclosed:
    """Look at a file that was handed in, before any transaction.

    Raises:
        UnreadableDraft: it may not be handed on; names the file, the reason, what to do.
    """
    return Enclosed(name, content, media_type_of(name, content))


def enclose(
    session: Session, official: OfficialGrant, facts: RoundFacts, title: str, file: Enclosed, now: datetime
) -> None:
    """Put a further file behind those of a round. Raises AlreadyPublished when it was published meanwhile."""
    lock_round(session, facts.id)
    position = len(enclosures(session, facts.id)) + 1
    row = insert(Enclosure).values(
        round_id=facts.id,
        position=position,
        title=title,
        file_name=file.name,
        file_digest=keep_file(session, file.content),
        media_type=file.media_type,
    )
    session.execute(row)
    append(session, now, acting(official), "enclose", facts.id, title=title, file=file.name)


def retitle(
    session: Session, official: OfficialGrant, facts: RoundFacts, seen: EnclosedFile, title: str, now: datetime
) -> None:
    """Call a further file otherwise.

    Raises:
        AlreadyPublished: the round was published meanwhile.
        StaleVersion: the entry is no longer as ``seen``.
    """
    _hold(session, facts, seen)
    session.execute(update(Enclosure).where(Enclosure.id == seen.id).values(title=title))
    append(session, now, acting(official), "retitle enclosure", facts.id, title=title, before=seen.title)


def move_up(session: Session, official: OfficialGrant, facts: RoundFacts, seen: EnclosedFile, now: datetime) -> None:
    """Put a further file before the one that stands before it; the first stays. Raises like ``retitle``."""
    _hold(session, facts, seen)
    before = [each for each in enclosures(session, facts.id) if each.position == seen.position - 1]
    if not before:
        return
    _place(session, before[0].id, 0)
    _place(session, seen.id, seen.position - 1)
    _place(session, before[0].id, seen.position)
    append(session, now, acting(official), "move enclosure", facts.id, title=seen.title, to=seen.position - 1)


def take_out(session: Session, official: OfficialGrant, facts: RoundFacts, seen: EnclosedFile, now: datetime) -> None:
    """Take a further file out again. Raises like ``retitle``."""
    _hold(session, facts, seen)
    session.execute(delete(Enclosure).where(Enclosure.id == seen.id))
    for position, each in enumerate(enclosures(session, facts.id), start=1):
        if each.position != position:
            _place(session, each.id, position)
    append(session, now, acting(official), "take out enclosure", facts.id, title=seen.title, file=seen.name)


def _hold(session: Session, facts: RoundFacts, seen: EnclosedFile) -> None:
    lock_round(session, facts.id)
    if seen not in enclosures(session, facts.id):
        raise StaleVersion("somebody changed the list of files meanwhile", stored=None, version=0)


def _place(session: Session, enclosure_id: int, position: int) -> None:
    session.execute(update(Enclosure).where(Enclosure.id == enclosure_id).values(position=position))
