"""The list of agencies of a round in preparation: adding, removing, moving, wording its lines, taking over another.

Each act holds the round as somebody saw it, changes the list as a whole (``domain.invitees``) and writes it again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.actions.preparing import acting, hold_round
from consult.domain import invitees
from consult.domain.errors import NotFound
from consult.domain.invitees import Listed, ListedLine
from consult.store.consultations import Recipient
from consult.store.directory import Agency
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.invitees import asked, earlier_rounds, listed

ChangeOfList = Callable[[Listed], Listed]


@dataclass(frozen=True)
class SeenList:
    """A round in preparation as somebody saw it: changed by nobody since it had this version."""

    round_id: int
    version: int


def add_agencies(
    session: Session,
    official: OfficialGrant,
    seen: SeenList,
    agencies: Sequence[int],
    now: datetime,
    at: int | None = None,
) -> None:
    """Put agencies on the list, each on a line of its own, the first as line ``at`` or behind the last.

    Raises:
        AlreadyListed: one stands there; nothing was added.
        NotFound: there is no such agency, or none was chosen.
        StaleVersion, AlreadyPublished: as for ``hold_round``; so for every act here.
    """
    _known(session, agencies)

    def change(lines: Listed) -> Listed:
        for offset, agency in enumerate(agencies):
            lines = invitees.added(lines, ListedLine("", (agency,)), None if at is None else at + offset)
        return lines

    _change(session, official, seen, change, now, "add to list", agencies=list(agencies))


def add_line(
    session: Session,
    official: OfficialGrant,
    seen: SeenList,
    line: ListedLine,
    now: datetime,
    at: int | None = None,
) -> None:
    """Put a line on the list that stands for several agencies. Those that stand there already are left where they are.

    Raises:
        AlreadyListed: all of them stand there.
        NotFound: there is no such agency, or none was chosen.
    """
    _known(session, line.agencies)

    def change(lines: Listed) -> Listed:
        fresh = tuple(agency for agency in line.agencies if agency not in invitees.holding(lines))
        if any(there.printed == line.printed for there in lines) and fresh:
            return invitees.merged(lines, [line])
        return invitees.added(lines, ListedLine(line.printed, fresh or line.agencies), at)

    _change(session, official, seen, change, now, "add to list", line=line.printed, agencies=list(line.agencies))


def remove_line(session: Session, official: OfficialGrant, seen: SeenList, number: int, now: datetime) -> None:
    """Take a line off the list with all its agencies."""
    _change(
        session,
        official,
        seen,
        lambda lines: invitees.without_line(lines, number),
        now,
        "remove from list",
        line=number,
    )


def remove_agency(session: Session, official: OfficialGrant, seen: SeenList, agency: int, now: datetime) -> None:
    """Take one agency off the list."""
    _change(
        session,
        official,
        seen,
        lambda lines: invitees.without_agency(lines, agency),
        now,
        "remove from list",
        agency=agency,
    )


def move_line(session: Session, official: OfficialGrant, seen: SeenList, number: int, to: int, now: datetime) -> None:
    """Give a line another number."""
    _change(
        session,
        official,
        seen,
        lambda lines: invitees.moved(lines, number, to),
        now,
        "move on list",
        line=number,
        to=to,
    )


def word_line(
    session: Session, official: OfficialGrant, seen: SeenList, number: int, printed: str, now: datetime
) -> None:
    """Give a line other printed words; "" prints the name of its agency."""
    _change(
        session,
        official,
        seen,
        lambda lines: invitees.reworded(lines, number, printed),
        now,
        "word line of list",
        line=number,
        printed=printed,
    )


def put_successor(session: Session, official: OfficialGrant, seen: SeenList, agency: int, now: datetime) -> None:
    """Put the body that took an agency's place in its place on the list. NotFound when there is none."""
    code = session.scalar(select(Agency.successor).where(Agency.id == agency))
    by = session.scalar(select(Agency.id).where(Agency.code == code)) if code else None
    if by is None:
        raise NotFound("no body took its place")
    _change(
        session,
        official,
        seen,
        lambda lines: invitees.replaced(lines, agency, by),
        now,
        "put successor",
        agency=agency,
        by=by,
    )


def copy_list(session: Session, official: OfficialGrant, seen: SeenList, from_round: int, now: datetime) -> None:
    """Add the list of another round of the same office behind this one; who stands there already stays there.

    Raises:
        NotFound: it is no round of this office, or its list is empty.
    """
    allowed = {each[0] for each in earlier_rounds(session, official.lead_agency_id, seen.round_id)}
    lines = asked(session, from_round) if from_round in allowed else ()
    if not lines:
        raise NotFound("there is no such list")
    _change(session, official, seen, lambda own: invitees.merged(own, lines), now, "copy list", source=from_round)


def write_list(session: Session, round_id: int, lines: Sequence[ListedLine]) -> None:
    """Store a list as it stands now; its lines are counted from 1, its agencies throughout."""
    session.execute(delete(Recipient).where(Recipient.round_id == round_id))
    places = [(number, line, agency) for number, line in enumerate(lines, start=1) for agency in line.agencies]
    rows = [
        {"round_id": round_id, "agency_id": agency, "group_line": line.printed, "line": number, "member": member}
        for member, (number, line, agency) in enumerate(places, start=1)
    ]
    if rows:
        session.execute(insert(Recipient), rows)


def _known(session: Session, agencies: Sequence[int]) -> None:
    """Refuse what is no agency. Raises NotFound."""
    found = set(session.scalars(select(Agency.id).where(Agency.id.in_(agencies))))
    if not agencies or found != set(agencies):
        raise NotFound("there is no such agency")


def _change(
    session: Session,
    official: OfficialGrant,
    seen: SeenList,
    change: ChangeOfList,
    now: datetime,
    act: str,
    **particulars: object,
) -> None:
    hold_round(session, seen.round_id, seen.version)
    write_list(session, seen.round_id, change(listed(session, seen.round_id)))
    append(session, now, acting(official), act, seen.round_id, **particulars)
