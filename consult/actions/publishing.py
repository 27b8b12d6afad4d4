"""Opening a round: freeze the list into invitations, note whom each clause concerns, queue the letters."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.actions import inviting, posting
from consult.actions.loading import COMMAND
from consult.actions.mending import refuse_unready
from consult.domain.dates import printed_deadline
from consult.domain.errors import AlreadyPublished, Refusal
from consult.domain.window import Window, can_open
from consult.store.consultations import Round
from consult.store.journal import Actor, append
from consult.store.queries.people import invited
from consult.store.queries.preparing import drafts_with_files
from consult.store.queries.rounds import RoundFacts, newest_round, round_by_id


@dataclass(frozen=True)
class Issue:
    """What the office declares when it publishes at its desk: number, date and signed file of its letter.

    With it goes the declaration that the drafts hold no state secret. ``letter_digest`` is of the stored file, if any.
    """

    letter_number: str
    letter_date: date
    letter_digest: str | None


@dataclass(frozen=True)
class Published:
    """What publishing did."""

    round_id: int
    drafts: int
    places: int
    closes_at: datetime
    invited: int
    without_address: tuple[str, ...]


def publish(
    session: Session,
    slug: str,
    now: datetime,
    closes_at: datetime | None = None,
    actor: Actor = COMMAND,
    issue: Issue | None = None,
) -> Published:
    """Open the newest round of a consultation; ``closes_at`` replaces the close that was set (and its wording).

    ``issue`` is what the office declared at its desk; the command line publishes without it.

    Raises:
        NotFound: there is no such consultation.
        AlreadyPublished: its newest round is published.
        NotReady: a draft does not cover its source, or the labels of a converted one were not confirmed.
        Refusal: the close is not ahead.
    """
    facts = newest_round(session, slug)
    if facts.published_at is not None:
        raise AlreadyPublished(f"{slug}: {facts.round_label} is published already")
    refuse_unready(session, facts.id)
    _open(session, facts, now, closes_at, issue)
    facts = round_by_id(session, facts.id)
    inviting.freeze_list(session, facts.id)
    addresses = invited(session, facts.id)
    concerns = inviting.note_concerns(session, facts.id, [each.id for each in addresses])
    posting.invitations(session, facts, addresses, concerns, now)
    told = {"slug": slug, "invited": len(addresses), "closes": facts.window.closes_at, **_declared(issue)}
    append(session, now, actor, "publish", facts.id, **told)
    drafts = drafts_with_files(session, facts.id)
    without = tuple(each.name for each in addresses if not each.email)
    places = sum(draft.places for draft in drafts)
    return Published(facts.id, len(drafts), places, facts.window.closes_at, len(addresses), without)


def _declared(issue: Issue | None) -> dict[str, object]:
    return {} if issue is None else {**vars(issue), "no_state_secret": True}


def _open(session: Session, facts: RoundFacts, now: datetime, closes_at: datetime | None, issue: Issue | None) -> None:
    if not can_open(facts.window.opens_at, closes_at or facts.window.closes_at, now):
        raise Refusal(f"{facts.slug}: the close is not ahead of the opening and of now; give a later one with --closes")
    values: dict[str, object] = {"published_at": now, "revision": facts.revision + 1, "publish_fault": ""}
    if issue is not None:
        values |= {**vars(issue), "declared_at": now}
    if closes_at is not None:
        words = printed_deadline(Window(facts.window.opens_at, closes_at))
        values |= {"closes_at": closes_at, "late_until": None, "deadline_text": words}
    waiting = (Round.id == facts.id) & Round.published_at.is_(None)
    if not session.execute(update(Round).where(waiting).values(**values).returning(Round.id)).all():
        raise AlreadyPublished(f"{facts.slug}: {facts.round_label} was published a moment ago")
