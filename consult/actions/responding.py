"""The office answers comments and fixes a clause's agreed wording."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.actions.preparing import acting
from consult.domain.errors import Concluded, NoAccess, ReasonMissing, StaleVersion
from consult.domain.terms import Disposition
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.journal import append
from consult.store.queries.desk import Agreed, DeskComment, agreed_wording, comment_in_force, hold_comment
from consult.store.queries.door import OfficialGrant
from consult.store.queries.rounds import RoundFacts
from consult.store.responses import AgreedWording, Response


@dataclass(frozen=True)
class Answered:
    """What the official typed; ``words`` is the digest of the comment that was on the screen."""

    key: str
    words: str
    disposition: Disposition
    sentence: str
    version: int
    agreed_text: str
    agreed_version: int


def own_round(official: OfficialGrant, facts: RoundFacts) -> RoundFacts:
    """Return the round when it belongs to the official's lead agency.

    Raises:
        NoAccess: it is another lead agency's.
    """
    if facts.lead_agency_id != official.lead_agency_id:
        raise NoAccess("this consultation belongs to another lead agency")
    return facts


def refuse_concluded(session: Session, round_id: int) -> None:
    """Refuse to change what stands in a public result; it is not made public before this transaction ends either.

    Raises:
        Concluded: the result is public.
    """
    locked = select(Round.result_at).where(Round.id == round_id).with_for_update(read=True)
    if session.scalar(locked) is not None:
        raise Concluded("the result is public: take its publication back first")


def respond(
    session: Session, official: OfficialGrant, facts: RoundFacts, answered: Answered, now: datetime
) -> DeskComment:
    """Store the response to a comment (and the clause's agreed wording) and return the comment as it was answered.

    Raises:
        ReasonMissing: "một phần" or "không tiếp thu" without the sentence to print.
        StaleVersion: a colleague answered meanwhile, or the agency sent other words; carries what stands.
        NotFound: the comment is not in force any more.
        Concluded: the result is public.
    """
    own_round(official, facts)
    if answered.disposition.needs_sentence and not answered.sentence:
        raise ReasonMissing("this disposition needs the sentence to print, with the reason")
    refuse_concluded(session, facts.id)
    hold_comment(session, facts.id, answered.key)
    comment = comment_in_force(session, facts.id, answered.key)
    if comment.words != answered.words:
        raise StaleVersion("the agency sent other words meanwhile", stored=comment, version=comment.response_version)
    if comment.response_version != answered.version:
        raise StaleVersion("a colleague answered meanwhile", stored=comment, version=comment.response_version)
    _store(session, official, comment, answered, now)
    if comment.clause_id is not None:
        _agree(session, official, comment, answered, now)
    append(
        session,
        now,
        acting(official),
        "respond",
        facts.id,
        comment=answered.key,
        agency=comment.agency,
        disposition=answered.disposition.name,
        words=answered.words,
    )
    return comment


def _store(session: Session, official: OfficialGrant, comment: DeskComment, answered: Answered, now: datetime) -> None:
    invitation_id = session.scalars(select(Invitation.id).where(Invitation.code == comment.code)).one()
    values = {
        "words": answered.words,
        "disposition": answered.disposition,
        "sentence": answered.sentence,
        "official_id": official.official_id,
        "answered_at": now,
        "version": answered.version + 1,
    }
    mine = (Response.invitation_id == invitation_id) & (Response.comment_key == answered.key)
    if answered.version:
        session.execute(update(Response).where(mine).values(**values))
    else:
        session.execute(insert(Response).values(invitation_id=invitation_id, comment_key=answered.key, **values))


def _agree(session: Session, official: OfficialGrant, comment: DeskComment, answered: Answered, now: datetime) -> None:
    stands = agreed_wording(session, comment.clause_id)
    if stands.text == answered.agreed_text or (not answered.agreed_text and not stands.version):
        return
    if stands.version != answered.agreed_version:
        raise StaleVersion("a colleague fixed the wording meanwhile", stored=stands, version=stands.version)
    values = {
        "text": answered.agreed_text,
        "official_id": official.official_id,
        "agreed_at": now,
        "version": stands.version + 1,
    }
    _write_wording(session, comment.clause_id, stands, values)


def _write_wording(session: Session, clause_id: int | None, stands: Agreed, values: dict[str, object]) -> None:
    if stands.version:
        session.execute(update(AgreedWording).where(AgreedWording.clause_id == clause_id).values(**values))
    else:
        session.execute(insert(AgreedWording).values(clause_id=clause_id, **values))
