"""Sending an answer, recalling it, and adding the official letter's number and date afterwards."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.orm import Session

from consult.actions import posting
from consult.actions.commenting import holding, taking, within
from consult.domain.answering import SentWords, answer_digest, check_stance, receipt_code
from consult.domain.errors import KeyReused, NothingToSend, RoundClosed, StaleVersion
from consult.domain.keyed import KeyedComment
from consult.domain.terms import ActorKind, Channel, Stance
from consult.domain.window import Phase
from consult.store.answers import Agreement, Submission, SubmittedAgreement, SubmittedComment
from consult.store.journal import Actor, append
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import OwnComment, OwnSubmission, submissions, working_copy


@dataclass(frozen=True)
class Answer:
    """What the review page posts; ``seen`` is ``seen_digest`` of what it showed; ``key`` makes it once."""

    key: str
    stance: Stance
    letter_number: str
    letter_date: date | None
    seen: str

    def digest(self) -> str:
        """Return the SHA-256 over all but the key: a form that is sent again holds the same."""
        line = f"{self.stance.name}\n{self.letter_number}\n{self.letter_date}\n{self.seen}"
        return hashlib.sha256(line.encode()).hexdigest()


def actor(grant: AgencyGrant) -> Actor:
    """Return the agency with the person's own statement, for the journal."""
    return Actor(ActorKind.AGENCY, f"{grant.agency} ({grant.code}): {grant.person_name or 'chưa khai tên'}")


def seen_digest(comments: Sequence[OwnComment], sent: Sequence[OwnSubmission], corrections: int = 0) -> str:
    """Return a digest of which comments stand in which version, and what was sent last: what a person saw.

    So a page that was opened before something was sent, in another tab or by a colleague, sends nothing over it; nor
    does one of before the draft was corrected (``corrections`` counts how often that was).
    """
    line = ",".join(f"{comment.key}:{comment.version}" for comment in comments)
    if sent:
        line = f"{line};{sent[0].version}:{sent[0].in_force}"
    if corrections:
        line = f"{line};{corrections}"
    return hashlib.sha256(line.encode()).hexdigest()[:32]


def send(session: Session, grant: AgencyGrant, answer: Answer, now: datetime) -> OwnSubmission:
    """Freeze the working copy as the next version and queue the receipt.

    The same form again gives the same answer, also after the close: its first reply may have been lost.

    Raises:
        StanceMismatch: the stance does not fit the comments.
        StaleVersion: what was reviewed is not what stands now: comments, answers sent, corrections of the draft.
        KeyReused: the key was used for another answer.
        RoundNotOpen, RoundClosed, NoAccess: see ``commenting.taking``.
    """
    invitation = holding(session, grant)
    repeated = _repeated(session, grant, answer)
    if repeated:
        return repeated
    within(invitation, now)
    comments = _reviewed(session, grant, answer, invitation.corrections)
    sent = _store(session, grant, answer, comments, now, late=invitation.window.phase(now) is Phase.LATE)
    posting.receipt(session, grant, sent, comments, now)
    _note(session, grant, sent, now)
    return sent


def _repeated(session: Session, grant: AgencyGrant, answer: Answer) -> OwnSubmission | None:
    earlier = session.execute(
        select(Submission.id, Submission.posted).where(Submission.key == answer.key)
    ).one_or_none()
    if earlier is None:
        return None
    same = next((sent for sent in submissions(session, grant.invitation_id) if sent.id == earlier.id), None)
    if same is None or earlier.posted != answer.digest():
        raise KeyReused("this form was sent already with another answer; open the page again")
    return same


def _reviewed(session: Session, grant: AgencyGrant, answer: Answer, corrections: int) -> tuple[OwnComment, ...]:
    """Return the working copy when it and the draft are what the person saw and the stance fits."""
    comments = working_copy(session, grant.invitation_id)
    if answer.seen != seen_digest(comments, submissions(session, grant.invitation_id), corrections):
        raise StaleVersion("the answer changed after it was reviewed; look again", stored=None, version=0)
    check_stance(answer.stance, len(comments))
    return comments


def _store(
    session: Session, grant: AgencyGrant, answer: Answer, comments: Sequence[OwnComment], now: datetime, *, late: bool
) -> OwnSubmission:
    version = _next_version(session, grant.invitation_id)
    code = receipt_code(grant.code, version)
    words = [SentWords(comment.anchor, comment.words) for comment in comments]
    values = {
        "version": version,
        "code": code,
        "stance": answer.stance,
        "letter_number": answer.letter_number,
        "letter_date": answer.letter_date,
        "late": late,
        "sender_name": grant.person_name,
        "sent_at": now,
        "digest": answer_digest(code, now.astimezone(UTC), answer.stance, words),
        "recalled_at": None,
        "in_force": True,
    }
    retire(session, grant.invitation_id)
    own = {"invitation_id": grant.invitation_id, "key": answer.key, "posted": answer.digest()}
    row = insert(Submission).values(sender_email=grant.person_email, **own, **values).returning(Submission.id)
    submission_id = session.execute(row).scalar_one()
    _copy(session, submission_id, grant.invitation_id, comments)
    return OwnSubmission(id=submission_id, comments=len(comments), **values)  # type: ignore[arg-type]


def _note(session: Session, grant: AgencyGrant, sent: OwnSubmission, now: datetime) -> None:
    said = {"code": sent.code, "stance": sent.stance.name, "comments": sent.comments}
    append(session, now, actor(grant), "send", grant.round_id, **said, digest=sent.digest, late=sent.late)


def _next_version(session: Session, invitation_id: int) -> int:
    latest = select(func.max(Submission.version)).where(Submission.invitation_id == invitation_id)
    return (session.scalar(latest) or 0) + 1


def retire(session: Session, invitation_id: int) -> None:
    """Take the answer in force, if any, out of force: another is about to take its place."""
    old = (Submission.invitation_id == invitation_id) & Submission.in_force
    session.execute(update(Submission).where(old).values(in_force=False))


def _copy(session: Session, submission_id: int, invitation_id: int, comments: Sequence[OwnComment]) -> None:
    store_comments(session, submission_id, comments)
    agreed = select(literal(submission_id), Agreement.clause_id).where(Agreement.invitation_id == invitation_id)
    session.execute(insert(SubmittedAgreement).from_select(["submission_id", "clause_id"], agreed))


def store_comments(session: Session, submission_id: int, comments: Sequence[OwnComment | KeyedComment]) -> None:
    """Store the frozen copies of an answer's comments in their order."""
    if comments:
        session.execute(insert(SubmittedComment), [_frozen(submission_id, *each) for each in enumerate(comments, 1)])


def _frozen(submission_id: int, position: int, comment: OwnComment | KeyedComment) -> dict[str, object]:
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
        "passage": comment.passage,
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
    if sent.channel is not Channel.ONLINE:
        raise NothingToSend("this answer was recorded from a letter; the office takes it back")
    session.execute(update(Submission).where(Submission.id == sent.id).values(in_force=False, recalled_at=now))
    posting.recalled(session, grant, sent, now)
    append(session, now, actor(grant), "recall", invitation.round_id, code=sent.code)


def complete_letter(
    session: Session, grant: AgencyGrant, version: int, number: str, day: date | None, now: datetime
) -> None:
    """Add or mend number and date of the official letter of one answer; also after the close.

    Nothing is erased: an empty number or date leaves what stands.

    Raises:
        NothingToSend: that version is not in force (any more).
        NoAccess: the link was revoked meanwhile.
    """
    invitation = holding(session, grant)
    sent = in_force(session, grant.invitation_id)
    if sent.version != version:
        raise NothingToSend("a newer answer was sent meanwhile; look at it first")
    number, day = number or sent.letter_number, day or sent.letter_date
    session.execute(update(Submission).where(Submission.id == sent.id).values(letter_number=number, letter_date=day))
    append(session, now, actor(grant), "letter", invitation.round_id, code=sent.code, number=number, date=day)
