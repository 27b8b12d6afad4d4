"""Changing a round in preparation: one official at a time, and never one that is published."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.domain.errors import AlreadyPublished, StaleVersion
from consult.domain.terms import ActorKind
from consult.store.consultations import Round
from consult.store.journal import Actor
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts, round_by_id


def acting(official: OfficialGrant) -> Actor:
    """Return the official as the journal names them."""
    return Actor(ActorKind.OFFICIAL, official.name)


def hold_round(session: Session, round_id: int, version: int) -> RoundFacts:
    """Lock a round in preparation until the transaction ends and raise its version; return it as it stood before.

    Raises:
        AlreadyPublished: it was published meanwhile.
        StaleVersion: somebody else changed it since ``version`` was shown; carries how it stands now.
    """
    locked = select(Round.version, Round.published_at).where(Round.id == round_id).with_for_update()
    row = session.execute(locked).one()
    facts = round_by_id(session, round_id)
    if row.published_at is not None:
        raise AlreadyPublished(f"{facts.slug}: the round was published meanwhile")
    if row.version != version:
        raise StaleVersion("somebody changed this round meanwhile", stored=facts, version=row.version)
    session.execute(update(Round).where(Round.id == round_id).values(version=version + 1, revision=Round.revision + 1))
    return facts


def lock_round(session: Session, round_id: int) -> RoundFacts:
    """Lock a round in preparation until the transaction ends, for what no other field of it contradicts.

    Raises:
        AlreadyPublished: it was published meanwhile.
    """
    locked = select(Round.published_at).where(Round.id == round_id).with_for_update()
    published_at = session.execute(locked).scalar_one()
    facts = round_by_id(session, round_id)
    if published_at is not None:
        raise AlreadyPublished(f"{facts.slug}: the round was published meanwhile")
    session.execute(update(Round).where(Round.id == round_id).values(revision=Round.revision + 1))
    return facts
