"""Asking further agencies in a published round, each by its own letter and, where it needs one, with its own window."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from consult.actions import inviting, posting_notices
from consult.actions.extending import hold
from consult.actions.noticing import Grounds, note
from consult.domain.errors import CannotAdjust
from consult.domain.hindrances import Hindrance
from consult.domain.terms import Basis, NoticeKind
from consult.domain.window import can_open
from consult.store.answers import Concern, Invitation
from consult.store.consultations import Round
from consult.store.directory import Agency
from consult.store.journal import Actor
from consult.store.queries.asking import group_lines
from consult.store.queries.people import invited
from consult.store.queries.rounds import RoundFacts


@dataclass(frozen=True)
class Asking:
    """The agencies to ask, by their codes in the directory; ``closes_at`` None gives them the round's window.

    ``line`` is the number of a line for several agencies that they join, None gives each a line of its own.
    """

    codes: tuple[str, ...]
    closes_at: datetime | None = None
    line: int | None = None


@dataclass(frozen=True)
class _Place:
    """Where an agency stands on the list."""

    group_line: str
    line: int
    member: int


def add_agencies(session: Session, actor: Actor, round_id: int, asking: Asking, grounds: Grounds, now: datetime) -> int:
    """Put agencies of the directory on the list of a published round, in a group's line or after the last, and ask.

    One whose request was taken back is asked again under its old code, by a fresh link. Returns how many letters are
    queued; an agency without a mailbox gets a printed link.

    Raises:
        CannotAdjust: no such agency or line, one is on the list already, or it would have no time; withdrawn; no
            reason.
    """
    facts = hold(session, round_id, grounds)
    agencies = _agencies(session, facts, asking)
    closes_at = asking.closes_at or facts.window.closes_at
    if not can_open(facts.window.opens_at, closes_at, now):
        raise CannotAdjust(Hindrance.NOT_AHEAD, facts.slug)
    known = _known(session, facts, agencies)
    for place, agency in zip(_places(session, facts, asking, len(agencies)), agencies, strict=True):
        _invite(session, facts, agency, known.get(agency.id), place, closes_at, grounds, now)
    session.execute(update(Round).where(Round.id == round_id).values(revision=facts.revision + 1))
    names = {agency.id for agency in agencies}
    asked = [each for each in invited(session, round_id) if each.agency_id in names]
    session.execute(delete(Concern).where(Concern.invitation_id.in_([each.id for each in known.values()])))
    concerns = inviting.note_concerns(session, round_id, [each.id for each in asked])
    told = posting_notices.added(session, round_id, asked, concerns, grounds, now)
    for each in asked:
        note(session, actor, round_id, NoticeKind.ADDED, grounds, now, each.id)
    return told


def _agencies(session: Session, facts: RoundFacts, asking: Asking) -> Sequence[Agency]:
    found = {each.code: each for each in session.scalars(select(Agency).where(Agency.code.in_(asking.codes)))}
    if not found or len(found) < len(set(asking.codes)):
        raise CannotAdjust(Hindrance.NOBODY, facts.slug)
    return [found[code] for code in dict.fromkeys(asking.codes)]


def _known(session: Session, facts: RoundFacts, agencies: Sequence[Agency]) -> dict[int, Invitation]:
    """Return the invitations that these agencies have had in the round: taken back, or unasked ones who answered."""
    ids = [agency.id for agency in agencies]
    rows = session.scalars(select(Invitation).where(Invitation.round_id == facts.id, Invitation.agency_id.in_(ids)))
    known = {each.agency_id: each for each in rows}
    for each in known.values():
        if each.withdrawn_at is None and each.basis is not Basis.UNASKED:
            raise CannotAdjust(Hindrance.ON_THE_LIST, each.name)
    return known


def _places(session: Session, facts: RoundFacts, asking: Asking, number: int) -> list[_Place]:
    """Return the places for so many agencies: behind the members of the line that is asked for, else after the last."""
    if asking.line is None:
        last = _last_line(session, facts.id)
        return [_Place("", last + one, 1) for one in range(1, number + 1)]
    line = next((each for each in group_lines(session, facts.id) if each.line == asking.line), None)
    if line is None:
        raise CannotAdjust(Hindrance.NO_LINE, facts.slug)
    return [_Place(line.printed, line.line, line.last + one) for one in range(1, number + 1)]


def _last_line(session: Session, round_id: int) -> int:
    return session.scalar(select(func.max(Invitation.line)).where(Invitation.round_id == round_id)) or 0


def _invite(
    session: Session,
    facts: RoundFacts,
    agency: Agency,
    known: Invitation | None,
    place: _Place,
    closes_at: datetime,
    grounds: Grounds,
    now: datetime,
) -> None:
    """Store an invitation with the names the agency has now; one it had before is made good again.

    That one keeps its place, unless it joins a line for several agencies.
    """
    values: dict[str, object] = {
        "name": agency.name,
        "short_name": agency.short_name,
        "email": agency.email,
        "basis": Basis.ADDED,
        "added_at": now,
        "withdrawn_at": None,
        **_own_window(facts, closes_at),
        "letter_number": grounds.letter_number,
        "letter_date": grounds.letter_date,
    }
    if known is not None:
        values["generation"] = known.generation + 1
        values |= asdict(place) if place.group_line else {}
        session.execute(update(Invitation).where(Invitation.id == known.id).values(**values))
        return
    own = {"round_id": facts.id, "agency_id": agency.id, "code": inviting.new_code()}
    session.execute(insert(Invitation).values(**own, **asdict(place), **values))


def _own_window(facts: RoundFacts, closes_at: datetime) -> dict[str, datetime | None]:
    """Return the moments of an agency's own; late answers that are taken from everybody are taken from it too."""
    if closes_at == facts.window.closes_at:
        return {"closes_at": None, "late_until": None}
    return {"closes_at": closes_at, "late_until": facts.window.late_beyond(closes_at)}
