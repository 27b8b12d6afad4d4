"""Reads of the further files of a round."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.store.consultations import Enclosure, StoredFile


@dataclass(frozen=True)
class EnclosedFile:
    """A further file of a round: ``size`` in bytes, ``digest`` its SHA-256."""

    id: int
    round_id: int
    position: int
    title: str
    name: str
    digest: str
    media_type: str
    size: int

    @property
    def mark(self) -> str:
        """Return what a form carries to say which state of the entry was on the screen."""
        return hashlib.sha256(f"{self.id}\n{self.position}\n{self.title}".encode()).hexdigest()[:32]


_ENCLOSED = (
    select(
        Enclosure.id,
        Enclosure.round_id,
        Enclosure.position,
        Enclosure.title,
        Enclosure.file_name,
        Enclosure.file_digest,
        Enclosure.media_type,
        func.length(StoredFile.content),
    )
    .join(StoredFile, StoredFile.digest == Enclosure.file_digest)
    .where(Enclosure.round_id == bindparam("round_id"))
    .order_by(Enclosure.position)
)


def enclosures(session: Session, round_id: int) -> tuple[EnclosedFile, ...]:
    """Return the further files of a round in their order."""
    return tuple(EnclosedFile(*tuple(row)) for row in session.execute(_ENCLOSED, {"round_id": round_id}))


def enclosure_at(session: Session, round_id: int, position: int) -> EnclosedFile:
    """Return a further file of a round by its position; ``NotFound`` when there is none."""
    found = [each for each in enclosures(session, round_id) if each.position == position]
    if not found:
        raise NotFound("the round has no such file")
    return found[0]
