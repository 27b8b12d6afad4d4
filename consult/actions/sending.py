"""Sending an answer, recalling it, and adding the official letter's number and date afterwards."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.orm import Session

from consult.actions import posting
from consult.actions.commenting import taking
from consult.domain.answering import SentWords, answer_digest, check_stance, receipt_code
from consult.domain.errors import KeyReused, NothingToSend, RoundClosed, StaleVersion
from consult.domain.terms import ActorKind, Stance
from consult.domain.window import Phase
from consult.store.answers import Agreement, Submission, SubmittedAgreement, SubmittedComment
from consult.store.journal import Actor, append
from consult.store.queries.door import AgencyGrant, Held, held
from consult.store.queries.own_answer import OwnComment, OwnSubmission, submissions, working_copy


@dataclass(frozen=True)
class Answer:
    """What the review page posts; ``seen`` is ``seen_digest`` of the comments it showed; ``key`` makes it once."""

    key: str
    stance: Stance
    letter_number: str
    letter_date: date | None
    seen: str


def actor(grant: AgencyGrant) -> Actor:
    """Return the agency with the person's own statement, for the journal."""
    return Actor(ActorKind.AGENCY, f"{grant.agency} ({grant.code}): {grant.person_name or 'chưa khai tên'}")


def seen_digest(comments: Sequence[OwnComment]) -> str:
    """Return a digest of which comments stand in which version: what a person saw before sending."""
    line = ",".join(f"{comment.key}:{comment.version}" for comment in comments)
    return hashlib.sha256(line.encode()).hexdigest()[:32]


def send(session: Session, grant: AgencyGrant, answer: Answer, now: datetime) -> OwnSubmission:
    """Freeze the working copy as the next version and queue the receipt; the same key again gives the same answer.

    Raises:
        StanceMismatch: the stance does not fit the comments.
        StaleVersion: the comments changed after they were reviewed.
        KeyReused: the key was used for another answer.
        RoundNotOpen, RoundClosed, NoAccess: see ``commenting.taking``.
    """
    invitation = taking(session, grant, now)
    earlier = submissions(session, grant.invitation_id)
    repeated = _repeated(session, earlier, answer)
    if repeated:
        return repeated
    comments = working_copy(session, grant.invitation_id)
    if answer.seen != seen_digest(comments):
        raise StaleVersion("the comments changed after they were reviewed; look again", stored=None, version=0)
    check_stance(answer.stance, len(comments))
    sent = _store(session, grant, invitation, answer, comments, now)
    posting.receipt(session, grant, sent, comments, now)
    append(
        session,
        now,
        actor(grant),
        "send",
        invitation.round_id,
        code=sent.code,
        stance=sent.stance.name,
        comments=len(comments),
        digest=sent.digest,
        late=sent.late,
    )
    return sent


def _repeated(session: Session, earlier: Sequence[OwnSubmission], answer: Answer) -> OwnSubmission | None:
    keys = select(Submission.id).where(Submission.key == answer.key)
    found = session.scalar(keys)
    if found is None:
        return None
    same = next((sent for sent in earlier if sent.id == found), None)
    if same is None or same.stance is not answer.stance:
        raise KeyReused("this form was sent already with another answer; open the page again")
    return same


def _store(
    session: Session,
    grant: AgencyGrant,
    invitation: Held,
    answer: Answer,
    comments: Sequence[OwnComment],
    now: datetime,
) -> OwnSubmission:
    latest = select(func.coalesce(func.max(Submission.version), 0)).where(
        Submission.invitation_id == grant.invitation_id
    )
    version = session.execute(latest).scalar_one() + 1
    code = receipt_code(grant.code, version)
    words = [SentWords(comment.anchor, comment.words) for comment in comments]
    digest = answer_digest(code, now, answer.stance, words)
    late = invitation.window.phase(now) is Phase.LATE
    _retire(session, grant.invitation_id)
    row = insert(Submission).values(
        invitation_id=grant.invitation_id,
        version=version,
        key=answer.key,
        stance=answer.stance,
        letter_number=answer.letter_number,
        letter_date=answer.letter_date,
        late=late,
        sender_name=grant.person_name,
        sender_email=grant.person_email,
        sent_at=now,
        code=code,
        digest=digest,
        in_force=True,
    )
    submission_id = session.execute(row.returning(Submission.id)).scalar_one()
    _copy(session, submission_id, grant.invitation_id, comments)
    return OwnSubmission(
        id=submission_id,
        version=version,
        code=code,
        stance=answer.stance,
        letter_number=answer.letter_number,
        letter_date=answer.letter_date,
        late=late,
        sender_name=grant.person_name,
        sent_at=now,
        digest=digest,
        recalled_at=None,
        in_force=True,
        comments=len(comments),
    )


def _next_version(session: Session, invitation_id: int) -> int:
    latest = select(func.max(Submission.version)).where(Submission.invitation_id == invitation_id)
    return (session.scalar(latest) or 0) + 1


def _retire(session: Session, invitation_id: int) -> None:
    old = (Submission.invitation_id == invitation_id) & Submission.in_force
    session.execute(update(Submission).where(old).values(in_force=False))


def _copy(session: Session, submission_id: int, invitation_id: int, comments: Sequence[OwnComment]) -> None:
    if comments:
        session.execute(insert(SubmittedComment), [_frozen(submission_id, *each) for each in enumerate(comments, 1)])
    agreed = select(literal(submission_id), Agreement.clause_id).where(Agreement.invitation_id == invitation_id)
    session.execute(insert(SubmittedAgreement).from_select(["submission_id", "clause_id"], agreed))


def _frozen(submission_id: int, position: int, comment: OwnComment) -> dict[str, object]:
    return {
        "submission_id": submission_id,
        "row_id": uuid4().hex,
        "key": comment.key,
        "clause_id": comment.clause_id,
        "position": position,
        "kind": comment.kind,
        "content": comment.content,
        "proposed_text": comment.proposed_text,
        "reason": comment.reason,
        "redline": comment.redline,
        "words": comment.words.digest(),
    }


def in_force(session: Session, invitation_id: int) -> OwnSubmission:
    """Return the answer in force.

    Raises:
        NothingToSend: nothing was sent, or it was recalled.
    """
    found = next((sent for sent in submissions(session, invitation_id) if sent.in_force), None)
    if found is None:
        raise NothingToSend("there is no answer in force")
    return found


def recall(session: Session, grant: AgencyGrant, version: int, now: datetime) -> None:
    """Take the answer back; until it is sent again the agency counts as silent.

    Raises:
        NothingToSend: that version is not in force.
        RoundClosed: the window has closed; what was sent stays.
    """
    invitation = taking(session, grant, now)
    if invitation.window.phase(now) is not Phase.OPEN:
        raise RoundClosed("the window has closed; what was sent stays")
    sent = in_force(session, grant.invitation_id)
    if sent.version != version:
        raise NothingToSend("a newer answer was sent meanwhile; look at it first")
    session.execute(update(Submission).where(Submission.id == sent.id).values(in_force=False, recalled_at=now))
    posting.recalled(session, grant, sent, now)
    append(session, now, actor(grant), "recall", invitation.round_id, code=sent.code)


def complete_letter(session: Session, grant: AgencyGrant, number: str, day: date | None, now: datetime) -> None:
    """Add or mend number and date of the official letter of the answer in force; also after the close.

    Raises:
        NothingToSend: there is no answer in force.
    """
    invitation = held(session, grant.invitation_id)
    sent = in_force(session, grant.invitation_id)
    session.execute(update(Submission).where(Submission.id == sent.id).values(letter_number=number, letter_date=day))
    append(session, now, actor(grant), "letter", invitation.round_id, code=sent.code, number=number, date=day)
