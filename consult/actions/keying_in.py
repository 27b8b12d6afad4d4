"""An official keys in an answer that came by letter: it is kept step by step, and counts for nothing until recorded.

Nothing here touches the agency's own working copy. Recording is in ``recording``.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.commenting import Typed
from consult.actions.responding import own_round
from consult.actions.whose import Whose, ids_of
from consult.domain.errors import AlreadyRecorded, NotFound, StaleVersion
from consult.domain.keyed import KeyedAnswer, KeyedComment, KeyedLetter, to_json
from consult.store.consultations import Round
from consult.store.keyed import KeyedInAnswer
from consult.store.queries.door import OfficialGrant
from consult.store.queries.keyed_answers import Keyed, body_of, hold_keyed, sent_before
from consult.store.queries.places import Place
from consult.store.queries.rounds import RoundFacts


def still_recording(session: Session, facts: RoundFacts) -> None:
    """Keep the round from being withdrawn or its result from being published until the transaction ends.

    It lets agencies send meanwhile: their acts point at the round's row and do not change it.

    Raises:
        AlreadyRecorded: one of the two has happened.
    """
    states = select(Round.withdrawn_at, Round.result_at).where(Round.id == facts.id).with_for_update(key_share=True)
    row = session.execute(states).one()
    if row.withdrawn_at is not None:
        raise AlreadyRecorded("the consultation was withdrawn; no answer is recorded for it any more")
    if row.result_at is not None:
        raise AlreadyRecorded("the result is public; no answer is recorded any more")


def begin(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    whose: Whose,
    answer: KeyedAnswer,
    now: datetime,
) -> None:
    """Begin to key in an answer under ``key``; the same form again begins nothing anew.

    Raises:
        NotFound: no such body stands in the round or the directory.
        AlreadyRecorded: the round takes none any more.
    """
    own_round(official, facts)
    still_recording(session, facts)
    if session.scalar(select(KeyedInAnswer.id).where(KeyedInAnswer.key == key)) is not None:
        return
    row = {"key": key, "round_id": facts.id, "name": whose.name, **ids_of(session, facts, whose)}
    values = {"official": official.name, "version": 1, "saved_at": now, "told": to_json(answer)}
    session.execute(insert(KeyedInAnswer).values(**row, **values))


def save_letter(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    letter: KeyedLetter,
    version: int,
    now: datetime,
) -> None:
    """Change what was keyed in of the letter itself.

    Raises:
        StaleVersion: a colleague changed it meanwhile; carries the ``Keyed`` answer as it stands.
        NotFound: it was recorded or thrown away meanwhile.
    """
    keyed = _own(session, official, facts, key)
    if keyed.answer.letter == letter:
        return
    if keyed.answer.letter_version != version:
        stands = keyed.answer.letter_version
        raise StaleVersion("a colleague changed the letter meanwhile", stored=keyed, version=stands)
    _keep(session, official, keyed, keyed.answer.with_letter(letter), now)


def _own(session: Session, official: OfficialGrant, facts: RoundFacts, key: str) -> Keyed:
    own_round(official, facts)
    return hold_keyed(session, facts.id, key)


def _keep(session: Session, official: OfficialGrant, keyed: Keyed, answer: KeyedAnswer, now: datetime) -> None:
    values = {"told": to_json(answer), "version": keyed.version + 1, "official": official.name, "saved_at": now}
    session.execute(update(KeyedInAnswer).where(KeyedInAnswer.key == keyed.key).values(**values))


def add_comment(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    place: Place | None,
    typed: Typed,
    now: datetime,
) -> None:
    """Add a comment; the same form again adds nothing more.

    Raises:
        NotFound: the answer was recorded or thrown away meanwhile.
    """
    keyed = _own(session, official, facts, key)
    _keep(session, official, keyed, keyed.answer.adding(_comment(place, typed, 0)), now)


def change_comment(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    place: Place | None,
    typed: Typed,
    number: int,
    now: datetime,
) -> None:
    """Change one comment, its place included.

    Raises:
        NotFound: it was taken out, or the answer was recorded meanwhile.
        StaleVersion: a colleague changed it meanwhile; carries the ``KeyedComment`` as it stands.
    """
    keyed = _own(session, official, facts, key)
    stands = _comment_of(keyed, number)
    if (stands.clause_id, stands.words) == (typed.clause_id, typed.words):
        return
    _expect(stands, typed.version)
    changed = replace(_comment(place, typed, number), key=stands.key, version=stands.version + 1)
    _keep(session, official, keyed, keyed.answer.changing(changed), now)


def remove_comment(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    key: str,
    number: int,
    version: int,
    now: datetime,
) -> None:
    """Take a comment out of what was keyed in. Raises as ``change_comment`` does."""
    keyed = _own(session, official, facts, key)
    _expect(_comment_of(keyed, number), version)
    _keep(session, official, keyed, keyed.answer.without(number), now)


def _comment_of(keyed: Keyed, number: int) -> KeyedComment:
    found = keyed.answer.comment(number)
    if found is None:
        raise NotFound("this comment was taken out meanwhile; put what you typed into a new one")
    return found


def _expect(stands: KeyedComment, version: int) -> None:
    if stands.version != version:
        raise StaleVersion("a colleague changed this comment meanwhile", stored=stands, version=stands.version)


def _comment(place: Place | None, typed: Typed, number: int) -> KeyedComment:
    return KeyedComment(
        number=number,
        version=typed.version,
        key=typed.key,
        clause_id=typed.clause_id,
        anchor=place.anchor if place else "",
        cited=place.cited if place else "",
        kind=typed.words.kind,
        content=typed.words.content,
        proposed_text=typed.words.proposed_text,
        reason=typed.words.reason,
        redline=typed.redline,
        passage=typed.passage,
    )


def take_over(session: Session, official: OfficialGrant, facts: RoundFacts, key: str, now: datetime) -> None:
    """Take the comments of the answer in force over as they are: responses to them carry on.

    Raises:
        NotFound: the answer was recorded or thrown away, or there is none in force to take from.
    """
    keyed = _own(session, official, facts, key)
    in_force = body_of(session, facts.id, keyed.code).in_force if keyed.code else None
    if in_force is None:
        raise NotFound("there is no answer in force to take comments from")
    answer = keyed.answer
    for comment in sent_before(session, in_force.id):
        answer = answer.adding(comment)
    _keep(session, official, keyed, answer, now)


def discard(session: Session, official: OfficialGrant, facts: RoundFacts, key: str) -> None:
    """Throw away what was keyed in and not recorded."""
    keyed = _own(session, official, facts, key)
    session.execute(delete(KeyedInAnswer).where(KeyedInAnswer.key == keyed.key))
