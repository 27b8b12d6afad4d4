"""The result of a round: what is still missing before it may be made public, and the file as it was made public."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.terms import NoticeKind
from consult.domain.window import Phase
from consult.store.consultations import Round, StoredFile
from consult.store.notices import Notice
from consult.store.queries.board import Work, work
from consult.store.queries.people import InvitedAddress, invited
from consult.store.queries.rounds import RoundFacts


@dataclass(frozen=True)
class Readiness:
    """What stands between a round and its result: who may still answer at this moment, what has no response."""

    withdrawn: bool
    closed: bool
    ends_at: datetime
    answering: tuple[InvitedAddress, ...]
    work: Work
    result_at: datetime | None

    @property
    def closed_for_all(self) -> bool:
        """Whether nobody may answer any more, neither by the round's window nor by an agency's own."""
        return self.closed and not self.answering

    @property
    def ready(self) -> bool:
        """Whether the result may be made public now."""
        return self.closed_for_all and not (self.withdrawn or self.work.unanswered or self.result_at)


@dataclass(frozen=True)
class Announced:
    """When and with which letter the result was made public; ``digest`` is that of its file."""

    at: datetime
    official: str
    approval: str
    letter_number: str
    letter_date: date | None
    digest: str


_DIGEST = select(Round.result_digest).where(Round.id == bindparam("round_id"))
_FILE = (
    select(StoredFile.content)
    .join(Round, Round.result_digest == StoredFile.digest)
    .where(Round.id == bindparam("round_id"), Round.result_at.is_not(None))
)
_NOTICE = (
    select(Notice)
    .where(Notice.round_id == bindparam("round_id"), Notice.kind == NoticeKind.RESULT)
    .order_by(Notice.id.desc())
    .limit(1)
)


def readiness(session: Session, facts: RoundFacts, now: datetime) -> Readiness:
    """Look at everything that the result waits for."""
    answering = tuple(each for each in invited(session, facts.id) if each.window.phase(now) is not Phase.CLOSED)
    return Readiness(
        withdrawn=facts.withdrawn_at is not None,
        closed=facts.window.phase(now) is Phase.CLOSED,
        ends_at=facts.window.ends_at(),
        answering=answering,
        work=work(session, facts.id),
        result_at=facts.result_at,
    )


def announced(session: Session, facts: RoundFacts) -> Announced | None:
    """Return how the result was made public, None while it is not."""
    if facts.result_at is None:
        return None
    notice = session.scalars(_NOTICE, {"round_id": facts.id}).one()
    digest = session.scalar(_DIGEST, {"round_id": facts.id}) or ""
    return Announced(facts.result_at, notice.official, notice.reason, notice.letter_number, notice.letter_date, digest)


def result_file(session: Session, facts: RoundFacts) -> bytes:
    """Return the file of the result; ``NotFound`` while it is not public."""
    content = session.scalar(_FILE, {"round_id": facts.id})
    if content is None:
        raise NotFound("the result is not public")
    return content
