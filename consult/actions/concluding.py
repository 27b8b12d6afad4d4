"""Making the result of a round public ("công bố kết quả"), and taking that back.

The synthesis is written once, in the transaction that makes it public, and kept; from then on responses do not change.
"""

import tempfile
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.actions.drafting import keep_file
from consult.actions.noticing import Grounds, note
from consult.actions.numbering import Asked, Record, write_numbered
from consult.actions.posting_results import result_letters, result_taken_back
from consult.actions.preparing import acting
from consult.actions.responding import own_round
from consult.domain.control import Made
from consult.domain.dates import short_date
from consult.domain.errors import CannotConclude, Concluded, NotFound, ReasonMissing
from consult.domain.terms import NoticeKind
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.queries.door import OfficialGrant
from consult.store.queries.result import readiness
from consult.store.queries.rounds import RoundFacts, round_by_id


@dataclass(frozen=True)
class Approval:
    """Who approved the result, in which position and on which day; the office's letter that goes with it, if any."""

    name: str
    position: str
    on: date
    letter_number: str = ""
    letter_date: date | None = None

    @property
    def grounds(self) -> Grounds:
        """Return what readers may know of it: the position and the day, no person."""
        return Grounds(f"{self.position} phê duyệt ngày {short_date(self.on)}", self.letter_number, self.letter_date)


@dataclass(frozen=True)
class Conclusion:
    """What publishing the result did: the digest of its file, the rows in it, the letters that are on their way."""

    digest: str
    rows: int
    letters: int


def conclude(
    session: Session, official: OfficialGrant, facts: RoundFacts, approval: Approval, now: datetime, *, letters: bool
) -> Conclusion:
    """Write and keep the synthesis, make it public, and tell each body that answered, where ``letters`` says so.

    Raises:
        NoAccess: it is another lead agency's.
        Concluded: a colleague was faster, or it was made public before.
        CannotConclude: somebody may still answer, a comment has no response, or the round was withdrawn.
    """
    own_round(official, facts)
    facts = _held(session, facts.id)
    if facts.result_at is not None:
        raise Concluded("the result is public already")
    if not readiness(session, facts, now).ready:
        raise CannotConclude("somebody may still answer, or a comment has no response: look at the check list")
    made, digest = _written(session, facts, now)
    rows = made.counts["in_table"]
    _set(session, facts, result_at=now, result_digest=digest)
    sent = result_letters(session, facts, approval.grounds, now) if letters else 0
    note(
        session,
        acting(official),
        facts.id,
        NoticeKind.RESULT,
        approval.grounds,
        now,
        approved_by=approval.name,
        position=approval.position,
        approved_on=approval.on,
        digest=digest,
        synthesis=made.number,
        rows=rows,
        letters=sent,
    )
    return Conclusion(digest, rows, sent)


def take_back(session: Session, official: OfficialGrant, facts: RoundFacts, reason: str, now: datetime) -> int:
    """Take the publication back, so that responses can be changed; the file that was public stays in the record.

    Letters of the result that have not left stay here; who got one is told. Returns how many letters are queued.

    Raises:
        NoAccess: it is another lead agency's.
        ReasonMissing: the record says why, or it is not done.
        NotFound: the result is not public (any more).
    """
    own_round(official, facts)
    if not reason:
        raise ReasonMissing("say why the publication is taken back")
    facts = _held(session, facts.id)
    if facts.result_at is None:
        raise NotFound("the result is not public")
    digest = session.scalar(select(Round.result_digest).where(Round.id == facts.id))
    _set(session, facts, result_at=None, result_digest=None)
    told = result_taken_back(session, facts, reason, now)
    grounds, kind = Grounds(reason), NoticeKind.RESULT_TAKEN_BACK
    note(session, acting(official), facts.id, kind, grounds, now, digest=digest, letters=told)
    return told


def _held(session: Session, round_id: int) -> RoundFacts:
    """Lock the round and its invitations, so that neither a response nor an answer is being stored meanwhile."""
    session.execute(select(Round.id).where(Round.id == round_id).with_for_update()).all()
    session.execute(select(Invitation.id).where(Invitation.round_id == round_id).with_for_update()).all()
    return round_by_id(session, round_id)


def _written(session: Session, facts: RoundFacts, now: datetime) -> tuple[Made, str]:
    """Write the synthesis under its number and keep the file; the entry of the result names the number."""
    record = Record(lambda: session, lambda: nullcontext(session))
    with tempfile.TemporaryDirectory(prefix="consult-") as folder:
        path = Path(folder) / "synthesis.docx"
        made, _tally = write_numbered(record, Asked(facts, actor=None), path, now)
        return made, keep_file(session, path.read_bytes())


def _set(session: Session, facts: RoundFacts, *, result_at: datetime | None, result_digest: str | None) -> None:
    """``revision`` rises, so that the pages kept of the round are made anew."""
    values = {"result_at": result_at, "result_digest": result_digest, "revision": facts.revision + 1}
    session.execute(update(Round).where(Round.id == facts.id).values(**values))
