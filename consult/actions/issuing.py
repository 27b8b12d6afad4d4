"""Publishing from the desk: at once, or by itself at a set moment; and what a round still lacks for it.

A scheduled round is opened by whichever worker comes first: the round's row is locked and asked again. What stands in
the way at that moment is kept for the official, and nothing is opened.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consult.actions.drafting import keep_file
from consult.actions.mending import refuse_unready
from consult.actions.preparing import acting, hold_round
from consult.actions.publishing import Issue, Published, publish
from consult.documents.enclosed_kinds import is_pdf
from consult.documents.file_kinds import LARGEST_FILE
from consult.domain.errors import NotReady, Refusal, StillMissing, UnreadableDraft
from consult.domain.readiness import Gap, Hint, Stock, gaps, hints
from consult.domain.terms import ActorKind
from consult.domain.unreadable import Fault
from consult.store.consultations import Round
from consult.store.journal import Actor, append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.making import Listed, asking_of, listed, matter_of
from consult.store.queries.preparing import DraftFile, drafts_with_files
from consult.store.queries.rounds import RoundFacts, round_by_id

WORKER = Actor(ActorKind.COMMAND, "consult worker")


@dataclass(frozen=True)
class Readiness:
    """What a round has and lacks at a moment."""

    gaps: tuple[Gap, ...]
    hints: tuple[Hint, ...]
    drafts: tuple[DraftFile, ...]
    listed: tuple[Listed, ...]

    @property
    def without_mailbox(self) -> tuple[str, ...]:
        """Return the names of those who will get a printed link."""
        return tuple(each.name for each in self.listed if not each.email)


def readiness(session: Session, facts: RoundFacts, now: datetime) -> Readiness:
    """Return what a round in preparation has, and what publishing at ``now`` would wait for."""
    drafts, asked = drafts_with_files(session, facts.id), listed(session, facts.id)
    stock = _stock(drafts, asked, ready=_drafts_ready(session, facts.id))
    matter, asking = matter_of(facts), asking_of(facts)
    return Readiness(gaps(matter, asking, stock, now), hints(matter, asking, stock), drafts, asked)


def refuse_letter(name: str, content: bytes) -> None:
    """Make sure that the signed letter is a PDF by its content. Raises UnreadableDraft."""
    if len(content) > LARGEST_FILE:
        raise UnreadableDraft(name, Fault.TOO_LARGE, megabytes=LARGEST_FILE // 1_000_000)
    if not is_pdf(content):
        raise UnreadableDraft(name, Fault.NO_PDF)


def keep_letter(session: Session, content: bytes | None, before: str | None) -> str | None:
    """Store the signed letter where one was handed in and return its digest, else the one of before."""
    return keep_file(session, content) if content else before


def publish_now(
    session: Session, official: OfficialGrant, facts: RoundFacts, version: int, issue: Issue, now: datetime
) -> Published:
    """Open a round at once.

    Raises:
        StaleVersion: somebody else changed the round since ``version`` was shown.
        AlreadyPublished: it was published meanwhile.
        StillMissing: it lacks something.
    """
    hold_round(session, facts.id, version)
    return _publish(session, facts.id, acting(official), issue, now)


def schedule(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    version: int,
    issue: Issue,
    at: datetime,
    now: datetime,
) -> None:
    """Have a round opened by itself at a moment; what was set before is replaced.

    Raises:
        Refusal: the moment is not ahead.
        StaleVersion, AlreadyPublished: as for ``publish_now``.
        StillMissing: the round lacks something now, or would at that moment.
    """
    if at <= now:
        raise Refusal(f"{facts.slug}: the moment of publishing is not ahead; give a later one or publish at once")
    hold_round(session, facts.id, version)
    _refuse(facts, readiness(session, round_by_id(session, facts.id), at).gaps)
    values = {**vars(issue), "declared_at": now, "publish_at": at, "publish_by": official.name, "publish_fault": ""}
    session.execute(update(Round).where(Round.id == facts.id).values(**values))
    append(session, now, acting(official), "schedule", facts.id, at=at, no_state_secret=True, **vars(issue))


def cancel(session: Session, official: OfficialGrant, facts: RoundFacts, version: int, now: datetime) -> None:
    """Take back that a round is opened by itself. Raises StaleVersion, AlreadyPublished as ``publish_now`` does."""
    hold_round(session, facts.id, version)
    values = {"publish_at": None, "publish_by": "", "publish_fault": "", "declared_at": None}
    session.execute(update(Round).where(Round.id == facts.id).values(**values))
    append(session, now, acting(official), "cancel schedule", facts.id, slug=facts.slug)


def publish_due(session: Session, round_id: int, now: datetime) -> Published | None:
    """Open a scheduled round whose moment has come; None when another worker did, or it was taken back.

    Raises:
        StillMissing: it lacks something; nothing was opened, and ``note_fault`` keeps it.
    """
    due = _hold_due(session, round_id, now)
    if due is None:
        return None
    if due.letter_date is None or not due.letter_number:
        raise StillMissing("the letter's number or date was taken out after it was declared", (Gap.NO_LETTER,))
    issue = Issue(due.letter_number, due.letter_date, due.letter_digest)
    return _publish(session, round_id, Actor(ActorKind.OFFICIAL, due.publish_by), issue, now)


def note_fault(session: Session, round_id: int, missing: StillMissing, now: datetime) -> None:
    """Keep why a scheduled round was not opened, and try no more."""
    if _hold_due(session, round_id, now) is None:
        return
    told = " ".join(gap.name for gap in missing.gaps)
    values = {"publish_at": None, "publish_fault": told, "version": Round.version + 1}
    session.execute(update(Round).where(Round.id == round_id).values(**values))
    append(session, now, WORKER, "not published", round_id, missing=told)


def _hold_due(session: Session, round_id: int, now: datetime) -> Round | None:
    due = select(Round).where(Round.id == round_id, Round.published_at.is_(None), Round.publish_at <= now)
    return session.scalars(due.with_for_update()).one_or_none()


def _publish(session: Session, round_id: int, actor: Actor, issue: Issue, now: datetime) -> Published:
    """Open a round that lacks nothing; its drafts, which are long to read, are looked at by ``publish`` alone."""
    facts = round_by_id(session, round_id)
    stock = _stock(drafts_with_files(session, round_id), listed(session, round_id), ready=True)
    _refuse(facts, gaps(matter_of(facts), asking_of(facts), stock, now))
    try:
        return publish(session, facts.slug, now, actor=actor, issue=issue)
    except NotReady as refusal:
        raise StillMissing(str(refusal), (Gap.DRAFT_UNREADY,)) from refusal


def _stock(drafts: Sequence[DraftFile], asked: Sequence[Listed], *, ready: bool) -> Stock:
    return Stock(len(drafts), ready, len(asked), sum(not each.email for each in asked))


def _refuse(facts: RoundFacts, found: Sequence[Gap]) -> None:
    if found:
        raise StillMissing(f"{facts.slug}: cannot be published: {'; '.join(gap.value for gap in found)}", found)


def _drafts_ready(session: Session, round_id: int) -> bool:
    try:
        refuse_unready(session, round_id)
    except NotReady:
        return False
    return True
