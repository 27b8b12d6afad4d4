"""Recording answers that came by letter: a keyed-in one becomes the next version; a signed copy joins an online one.

Each act holds the round open and the body's invitation locked, and is refused when an answer was sent, recorded or
recalled since the official looked (``seen``).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.actions import posting_paper, sending
from consult.actions.keying_in import still_recording
from consult.actions.preparing import acting
from consult.actions.responding import own_round
from consult.actions.unasked import stand_unasked
from consult.domain.answering import SentWords, answer_digest, receipt_code
from consult.domain.errors import NotFound, NothingToSend, ReasonMissing, StaleVersion
from consult.domain.keyed import KeyedAnswer
from consult.domain.terms import Channel
from consult.store.answers import Invitation, Submission
from consult.store.journal import append
from consult.store.keyed import KeyedInAnswer
from consult.store.queries.door import OfficialGrant
from consult.store.queries.keyed_answers import InvitedBody, Keyed, body_of, hold_keyed
from consult.store.queries.own_answer import OwnSubmission
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.windows import Held, held

NOTHING_SENT = "0"


@dataclass(frozen=True)
class SignedCopy:
    """Number and date of the signed letter of an online answer, and the day it came."""

    number: str
    day: date | None
    received_on: date


def standing(sent: tuple[OwnSubmission, ...]) -> str:
    """Return a mark of how a body stands: which version is its newest, and which is in force."""
    if not sent:
        return NOTHING_SENT
    in_force = next((each.version for each in sent if each.in_force), 0)
    return f"{sent[0].version}-{in_force}"


def record(
    session: Session, official: OfficialGrant, facts: RoundFacts, key: str, version: int, seen: str, now: datetime
) -> tuple[str, int]:
    """Record what was keyed in as the next version of its body, in force; return the body's code and that version.

    The same form again gives the same answer: its first reply may have been lost.

    Raises:
        StanceMismatch: the stance does not fit the comments.
        StaleVersion: a colleague changed what was keyed in (``stored``: a ``Keyed``), or an answer was sent, recorded
            or recalled since ``seen`` (``stored``: an ``InvitedBody``).
        NotFound: it was thrown away, or the body's request was taken back.
        AlreadyRecorded: the round was withdrawn, or its result is public.
    """
    own_round(official, facts)
    repeated = _repeated(session, facts, key)
    if repeated:
        return repeated
    still_recording(session, facts)
    keyed = hold_keyed(session, facts.id, key)
    if keyed.version != version:
        raise StaleVersion("a colleague changed this answer meanwhile", stored=keyed, version=keyed.version)
    keyed.answer.check()
    invitation = held(session, stand_unasked(session, keyed, now))
    body = _as_seen(session, invitation, seen)
    sent = _store(session, official, invitation, body, keyed, now)
    session.execute(delete(KeyedInAnswer).where(KeyedInAnswer.key == key))
    posting_paper.recorded(session, facts, body.code, sent, keyed.answer, now)
    _note(session, official, facts, invitation, sent, keyed.answer, now)
    return invitation.code, sent.version


def _repeated(session: Session, facts: RoundFacts, key: str) -> tuple[str, int] | None:
    row = session.execute(
        select(Invitation.code, Submission.version)
        .join(Submission, Submission.invitation_id == Invitation.id)
        .where(Submission.key == key, Invitation.round_id == facts.id)
    ).one_or_none()
    return (row.code, row.version) if row else None


def _as_seen(session: Session, invitation: Held, seen: str) -> InvitedBody:
    body = body_of(session, invitation.round_id, invitation.code)
    if standing(body.sent) != seen:
        version = body.sent[0].version if body.sent else 0
        raise StaleVersion("an answer was sent, recorded or recalled meanwhile", stored=body, version=version)
    return body


def _store(
    session: Session, official: OfficialGrant, invitation: Held, body: InvitedBody, keyed: Keyed, now: datetime
) -> OwnSubmission:
    answer, letter = keyed.answer, keyed.answer.letter
    version = body.sent[0].version + 1 if body.sent else 1
    code = receipt_code(body.code, version)
    words = [SentWords(comment.anchor, comment.words) for comment in answer.comments]
    digest = answer_digest(code, now.astimezone(UTC), letter.stance, words)
    values = {
        "version": version,
        "code": code,
        "stance": letter.stance,
        "letter_number": letter.number,
        "letter_date": letter.day,
        "late": invitation.window.received_late(letter.received_on),
        "sender_name": "",
        "sent_at": now,
        "digest": digest,
        "recalled_at": None,
        "in_force": True,
        "channel": letter.channel,
        "received_on": letter.received_on,
        "secret": letter.secret,
    }
    sending.retire(session, body.id)
    own = {"invitation_id": body.id, "key": keyed.key, "posted": digest, "entered_by": official.name}
    row = insert(Submission).values(sender_email="", **own, **values).returning(Submission.id)
    submission_id = session.execute(row).scalar_one()
    sending.store_comments(session, submission_id, answer.comments)
    return OwnSubmission(id=submission_id, comments=len(answer.comments), **values)  # type: ignore[arg-type]


def _note(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    invitation: Held,
    sent: OwnSubmission,
    answer: KeyedAnswer,
    now: datetime,
) -> None:
    said = {"code": sent.code, "agency": invitation.name, "stance": sent.stance.name, "comments": sent.comments}
    came = {"channel": sent.channel.name, "received_on": sent.received_on, "number": answer.letter.number}
    kept = {"late": sent.late, "secret": sent.secret, "digest": sent.digest}
    append(session, now, acting(official), "key_in", facts.id, **said, **came, **kept)


def join_signed_copy(
    session: Session, official: OfficialGrant, facts: RoundFacts, code: str, seen: str, copy: SignedCopy, now: datetime
) -> int:
    """Add number, date and day of arrival of the signed letter to the online answer in force; return its version.

    Raises:
        NothingToSend: the answer in force did not come online, or there is none.
        StaleVersion: an answer was sent, recorded or recalled since ``seen``; carries the ``InvitedBody``.
        AlreadyRecorded, NotFound: see ``record``.
    """
    own_round(official, facts)
    still_recording(session, facts)
    body = _as_seen(session, held(session, body_of(session, facts.id, code).id), seen)
    sent = body.in_force
    if sent is None or sent.channel is not Channel.ONLINE:
        raise NothingToSend("there is no online answer in force that a letter could be the signed copy of")
    values = {"letter_number": copy.number or sent.letter_number, "letter_date": copy.day or sent.letter_date}
    added = update(Submission).where(Submission.id == sent.id)
    session.execute(added.values(**values, received_on=copy.received_on))
    told = {"code": sent.code, "agency": body.name, "number": values["letter_number"], "date": values["letter_date"]}
    append(session, now, acting(official), "join_letter", facts.id, **told, received_on=copy.received_on)
    return sent.version


def take_back(
    session: Session, official: OfficialGrant, facts: RoundFacts, code: str, version: int, reason: str, now: datetime
) -> None:
    """Take back an answer that was recorded by mistake; what the agency itself sent before it is in force again.

    Raises:
        ReasonMissing: no reason was given.
        NothingToSend: that version is not in force any more, or it was not keyed in.
        AlreadyRecorded, NotFound: see ``record``.
    """
    own_round(official, facts)
    if not reason:
        raise ReasonMissing("taking an answer back needs the reason")
    still_recording(session, facts)
    held(session, body_of(session, facts.id, code).id)
    body = body_of(session, facts.id, code)
    sent = body.in_force
    if sent is None or sent.version != version or sent.channel is Channel.ONLINE:
        raise NothingToSend("this answer is not in force any more, or did not come by letter")
    session.execute(update(Submission).where(Submission.id == sent.id).values(in_force=False, recalled_at=now))
    again = _own_before(body, sent)
    if again:
        session.execute(update(Submission).where(Submission.id == again.id).values(in_force=True))
    posting_paper.taken_back(session, facts, body.code, sent, again, now)
    told = {"code": sent.code, "agency": body.name, "reason": reason, "in_force": again.code if again else ""}
    append(session, now, acting(official), "take_back", facts.id, **told)


def _own_before(body: InvitedBody, sent: OwnSubmission) -> OwnSubmission | None:
    """Return the online answer that the letter took the place of, unless the agency recalled it."""
    before = (each for each in body.sent if each.version < sent.version and each.channel is Channel.ONLINE)
    latest = next(before, None)
    return latest if latest is not None and latest.recalled_at is None else None


def recorded_answer(body: InvitedBody, version: int) -> OwnSubmission:
    """Return one version of what a body sent; ``NotFound`` when there is none."""
    found = next((each for each in body.sent if each.version == version), None)
    if found is None:
        raise NotFound("there is no such answer")
    return found
