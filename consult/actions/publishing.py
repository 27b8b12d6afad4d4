"""Opening a round: freeze the list into invitations, note whom each clause concerns, queue the letters."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from consult.actions import posting
from consult.actions.loading import COMMAND
from consult.actions.mending import refuse_unready
from consult.domain.dates import printed_deadline
from consult.domain.errors import AlreadyPublished, Refusal
from consult.domain.outline_nodes import NodeKind
from consult.domain.window import Window, can_open
from consult.domain.wording import match_key
from consult.store.answers import Concern, Invitation
from consult.store.consultations import Clause, Draft, Recipient, Round
from consult.store.directory import Agency, AgencyGroup, GroupMember
from consult.store.journal import append
from consult.store.queries.people import invited
from consult.store.queries.rounds import RoundFacts, newest_round, round_by_id

_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True)
class Published:
    """What publishing did."""

    round_id: int
    invited: int
    without_address: tuple[str, ...]


def publish(session: Session, slug: str, now: datetime, closes_at: datetime | None = None) -> Published:
    """Open the newest round of a consultation; ``closes_at`` replaces the folder's close (and its wording).

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
    _open(session, facts, now, closes_at)
    facts = round_by_id(session, facts.id)
    session.execute(insert(Invitation), _invitations(session, facts.id))
    addresses = invited(session, facts.id)
    concerns = _concerns(session, facts.id)
    if concerns:
        session.execute(insert(Concern), [{"invitation_id": i, "clause_id": c} for i, c, _ in concerns])
    posting.invitations(session, facts, addresses, _cited(concerns), now)
    append(session, now, COMMAND, "publish", facts.id, slug=slug, invited=len(addresses), closes=facts.window.closes_at)
    return Published(facts.id, len(addresses), tuple(each.name for each in addresses if not each.email))


def _open(session: Session, facts: RoundFacts, now: datetime, closes_at: datetime | None) -> None:
    if not can_open(facts.window.opens_at, closes_at or facts.window.closes_at, now):
        raise Refusal(f"{facts.slug}: the close is not ahead of the opening and of now; give a later one with --closes")
    values: dict[str, object] = {"published_at": now, "revision": facts.revision + 1}
    if closes_at is not None:
        words = printed_deadline(Window(facts.window.opens_at, closes_at))
        values |= {"closes_at": closes_at, "late_until": None, "deadline_text": words}
    waiting = (Round.id == facts.id) & Round.published_at.is_(None)
    if not session.execute(update(Round).where(waiting).values(**values).returning(Round.id)).all():
        raise AlreadyPublished(f"{facts.slug}: {facts.round_label} was published a moment ago")


def _invitations(session: Session, round_id: int) -> list[dict[str, object]]:
    rows = session.execute(
        select(Recipient, Agency)
        .join(Agency, Agency.id == Recipient.agency_id)
        .where(Recipient.round_id == round_id)
        .order_by(Recipient.line, Recipient.member)
    )
    return [
        {
            "round_id": round_id,
            "agency_id": agency.id,
            "code": "".join(secrets.choice(_CODE_LETTERS) for _ in range(10)),
            "name": agency.name,
            "short_name": agency.short_name,
            "email": agency.email,
            "group_line": recipient.group_line,
            "line": recipient.line,
            "member": recipient.member,
        }
        for recipient, agency in rows
    ]


def _concerns(session: Session, round_id: int) -> list[tuple[int, int, str]]:
    """Find the headings titled with an agency's name or alias, or its group's: (invitation, clause, cited place)."""
    names = _names(session, round_id)
    headings = session.execute(
        select(Clause.id, Clause.text, Clause.cited)
        .join(Draft, Draft.id == Clause.draft_id)
        .where(Draft.round_id == round_id, Clause.kind == NodeKind.HEADING)
        .order_by(Draft.position, Clause.position)
    )
    return [
        (invitation_id, heading.id, heading.cited)
        for heading in headings
        for invitation_id in names.get(match_key(heading.text), ())
    ]


def _names(session: Session, round_id: int) -> Mapping[str, Iterable[int]]:
    """Map the match key of every name in use to the invitations that it means."""
    rows = session.execute(
        select(Invitation.id, Agency, AgencyGroup)
        .join(Agency, Agency.id == Invitation.agency_id)
        .outerjoin(GroupMember, GroupMember.agency_id == Agency.id)
        .outerjoin(AgencyGroup, AgencyGroup.id == GroupMember.group_id)
        .where(Invitation.round_id == round_id)
        .order_by(Invitation.line, Invitation.member)
    )
    names: dict[str, dict[int, None]] = defaultdict(dict)
    for invitation_id, agency, group in rows:
        written = [agency.name, agency.short_name, *agency.aliases.split("\n")]
        written += [group.name, *group.aliases.split("\n")] if group else []
        for name in filter(None, map(match_key, written)):
            names[name][invitation_id] = None
    return names


def _cited(concerns: Iterable[tuple[int, int, str]]) -> Mapping[int, list[str]]:
    cited: dict[int, list[str]] = defaultdict(list)
    for invitation_id, _, place in concerns:
        cited[invitation_id].append(place)
    return cited
