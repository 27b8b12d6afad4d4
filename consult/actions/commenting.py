"""An agency's working copy: save, withdraw, agree. Each act asks the window under the invitation's lock."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, insert, literal, select, update
from sqlalchemy.orm import Session

from consult.domain.answering import Words, check_length
from consult.domain.errors import NoAccess, NotFound, RoundClosed, RoundNotOpen, RoundWithdrawn, StaleVersion
from consult.domain.redline import changed_passage, redline, to_json
from consult.domain.window import Phase
from consult.domain.wording import clean
from consult.store.answers import Agreement, Comment
from consult.store.consultations import Clause
from consult.store.database import insert_new
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import OwnComment, own_comment
from consult.store.queries.places import Place
from consult.store.queries.windows import Held, held

# A save is what agencies do most, all of them in the last hour: its statements are put together once.
_NEW = insert_new(Comment, "key")
_DROP = delete(Agreement).where(
    Agreement.invitation_id == bindparam("invitation"), Agreement.clause_id == bindparam("clause")
)


@dataclass(frozen=True)
class Typed:
    """What a person typed, checked and compared: ready to be stored under ``key`` over ``version`` (0: new)."""

    key: str
    clause_id: int | None
    words: Words
    redline: str
    passage: str
    version: int


def weigh(key: str, place: Place | None, words: Words, version: int) -> Typed:
    """Check the length, drop a proposed wording that changes nothing, and compare it with the clause's text.

    Raises:
        TextTooLong: a text has more than 20,000 characters.
        NotFound: it is new and a correction took its place out of the draft.
    """
    check_length(words)
    if place and place.removed and not version:
        raise NotFound("this place is no longer in the draft")
    text = place.text if place else ""
    proposed = "" if clean(words.proposed_text) == clean(text) else words.proposed_text
    changes = redline(text, proposed) if proposed and place else ()
    return Typed(
        key,
        place.id if place else None,
        Words(words.kind, words.content, proposed, words.reason),
        to_json(changes) if changes else "",
        changed_passage(changes) if changes else proposed,
        version,
    )


def holding(session: Session, grant: AgencyGrant) -> Held:
    """Lock the agency's invitation until the transaction ends.

    Raises:
        NoAccess: the link was revoked meanwhile.
    """
    invitation = held(session, grant.invitation_id)
    if invitation.generation != grant.generation:
        raise NoAccess("this link was revoked; ask for a new one")
    return invitation


def within(invitation: Held, now: datetime) -> Held:
    """Return the locked invitation when its window takes answers at ``now``.

    Raises:
        RoundNotOpen, RoundClosed: the window says so; RoundWithdrawn is one of the latter.
    """
    if invitation.window.withdrawn(now):
        raise RoundWithdrawn("the consultation was withdrawn; nothing was stored")
    phase = invitation.window.phase(now)
    if phase is Phase.UPCOMING:
        raise RoundNotOpen("the window has not opened yet; come back when it has")
    if not phase.takes_answers:
        raise RoundClosed("the window has closed; nothing was stored, the office takes late answers by letter")
    return invitation


def taking(session: Session, grant: AgencyGrant, now: datetime) -> Held:
    """Lock the agency's invitation and make sure that its window takes answers at ``now``.

    Raises:
        NoAccess, RoundNotOpen, RoundClosed: see ``holding`` and ``within``.
    """
    return within(holding(session, grant), now)


def save_comment(session: Session, grant: AgencyGrant, typed: Typed, now: datetime) -> int:
    """Store a comment and return its new version. Saving the same words again after a lost reply changes nothing.

    Raises:
        StaleVersion: somebody saved other words meanwhile; carries them.
        NotFound: it was withdrawn meanwhile, or belongs to another place.
        RoundNotOpen, RoundClosed, NoAccess: see ``taking``.
    """
    taking(session, grant, now)
    if typed.version == 0 and _is_new(session, grant, typed, now):
        return 1
    stored = own_comment(session, grant.invitation_id, typed.key)
    if stored is None:
        raise NotFound("this comment was withdrawn meanwhile; copy what you typed into a new one")
    if stored.clause_id != typed.clause_id:
        raise NotFound("this comment belongs to another place of the draft; open it again")
    if stored.words == typed.words and stored.version in (typed.version, typed.version + 1):
        return stored.version
    _expect(stored, typed.version)
    session.execute(
        update(Comment)
        .where(Comment.key == typed.key)
        .values(version=stored.version + 1, saved_at=now, **_values(grant, typed))
    )
    return stored.version + 1


def _is_new(session: Session, grant: AgencyGrant, typed: Typed, now: datetime) -> bool:
    """Store a comment as its first version, unless its key is taken: nothing has to be looked up for a new one."""
    connection = session.connection()
    values = {
        "key": typed.key,
        "invitation_id": grant.invitation_id,
        "clause_id": typed.clause_id,
        "version": 1,
        "saved_at": now,
    }
    if not connection.execute(_NEW[connection.dialect.name], values | _values(grant, typed)).rowcount:
        return False
    if typed.clause_id is not None:
        connection.execute(_DROP, {"invitation": grant.invitation_id, "clause": typed.clause_id})
    return True


def _values(grant: AgencyGrant, typed: Typed) -> dict[str, object]:
    return {
        "kind": typed.words.kind,
        "content": typed.words.content,
        "proposed_text": typed.words.proposed_text,
        "reason": typed.words.reason,
        "redline": typed.redline,
        "passage": typed.passage,
        "author_name": grant.person_name,
        "author_email": grant.person_email,
    }


def _expect(stored: OwnComment, version: int) -> None:
    if stored.version != version:
        raise StaleVersion("somebody saved this comment meanwhile", stored=stored, version=stored.version)


def withdraw_comment(session: Session, grant: AgencyGrant, key: str, version: int, now: datetime) -> None:
    """Take a comment out of the working copy.

    Raises:
        NotFound: there is no such comment (any more).
        StaleVersion, RoundNotOpen, RoundClosed, NoAccess: as for saving.
    """
    taking(session, grant, now)
    stored = own_comment(session, grant.invitation_id, key)
    if stored is None:
        raise NotFound("this comment was withdrawn already")
    _expect(stored, version)
    session.execute(update(Comment).where(Comment.key == key).values(withdrawn_at=now, version=version + 1))


def agree(session: Session, grant: AgencyGrant, clause_ids: tuple[int, ...], now: datetime) -> None:
    """Mark "thống nhất" on clauses; those with a comment of this agency are left out.

    Raises:
        RoundNotOpen, RoundClosed, NoAccess: see ``taking``.
    """
    taking(session, grant, now)
    mine = (Comment.invitation_id == grant.invitation_id) & Comment.withdrawn_at.is_(None)
    marked = exists().where(Agreement.invitation_id == grant.invitation_id, Agreement.clause_id == Clause.id)
    rows = select(literal(grant.invitation_id), Clause.id).where(
        Clause.id.in_(clause_ids), ~exists().where(mine, Comment.clause_id == Clause.id), ~marked
    )
    session.execute(insert(Agreement).from_select(["invitation_id", "clause_id"], rows))


def disagree(session: Session, grant: AgencyGrant, clause_ids: tuple[int, ...], now: datetime) -> None:
    """Take "thống nhất" off clauses.

    Raises:
        RoundNotOpen, RoundClosed, NoAccess: see ``taking``.
    """
    taking(session, grant, now)
    session.execute(
        delete(Agreement).where(Agreement.invitation_id == grant.invitation_id, Agreement.clause_id.in_(clause_ids))
    )
