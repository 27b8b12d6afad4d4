"""The list of a round in preparation, the directory that it is filled from, and the texts that may name others."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from consult.domain.invitees import Listed, ListedLine
from consult.domain.outline_nodes import NodeKind
from consult.domain.recipients import Body, Directory, Group
from consult.store.answers import ASKED, Invitation
from consult.store.consultations import Clause, Consultation, Draft, Recipient, Round
from consult.store.database import AnyRow
from consult.store.directory import Agency, AgencyGroup, GroupMember


@dataclass(frozen=True)
class NamingText:
    """A clause that may name a body: where it stands and what it says."""

    draft: int
    cited: str
    heading: bool
    text: str


_BODY = (
    Agency.id,
    Agency.code,
    Agency.name,
    Agency.short_name,
    Agency.aliases,
    Agency.email,
    Agency.valid_from,
    Agency.valid_to,
    Agency.successor,
)
_BODIES = select(*_BODY).order_by(Agency.rank, Agency.sort_key)
_GROUPS = select(AgencyGroup).order_by(AgencyGroup.id)
_MEMBERS = select(GroupMember.group_id, GroupMember.agency_id).order_by(GroupMember.group_id, GroupMember.position)
_LISTED = (
    select(Recipient.line, Recipient.group_line, Recipient.agency_id)
    .where(Recipient.round_id == bindparam("round_id"))
    .order_by(Recipient.line, Recipient.member)
)
_ASKED = (
    select(Invitation.line, Invitation.group_line, Invitation.agency_id)
    .where(Invitation.round_id == bindparam("round_id"), ASKED)
    .order_by(Invitation.line, Invitation.member)
)
_SILENT_KINDS = (NodeKind.MASTHEAD, NodeKind.DISTRIBUTION, NodeKind.SIGNATURE)
_TEXTS = (
    select(Draft.position, Clause.cited, Clause.kind, Clause.text)
    .join(Draft, Draft.id == Clause.draft_id)
    .where(Draft.round_id == bindparam("round_id"), Clause.kind.not_in(_SILENT_KINDS))
    .order_by(Draft.position, Clause.position)
)
_EARLIER = (
    select(Round.id, Consultation.title, Round.number)
    .join(Consultation, Consultation.id == Round.consultation_id)
    .where(Consultation.lead_agency_id == bindparam("lead_agency_id"), Round.id != bindparam("round_id"))
    .order_by(Round.opens_at.desc(), Round.id.desc())
    .limit(40)
)
_LETTER = select(Round.letter_text, Round.letter_file_name).where(Round.id == bindparam("round_id"))


def directory_on(session: Session, on: date, place: str) -> Directory:
    """Return the whole directory with its groups, for matching names on a day."""
    bodies = {row.id: _body(row) for row in session.execute(_BODIES)}
    members: dict[int, list[Body]] = defaultdict(list)
    for group_id, agency_id in session.execute(_MEMBERS):
        members[group_id].append(bodies[agency_id])
    groups = tuple(
        Group(group.id, group.name, (group.name, *group.aliases.split("\n")), tuple(members[group.id]))
        for group in session.scalars(_GROUPS)
    )
    return Directory(tuple(bodies.values()), groups, on, place)


def _body(row: AnyRow) -> Body:
    names = tuple(filter(None, (row.name, row.short_name, *row.aliases.split("\n"))))
    return Body(row.id, row.code, row.name, names, row.email, row.valid_from, row.valid_to, row.successor)


def listed(session: Session, round_id: int) -> Listed:
    """Return the list of a round in preparation, in the order of its lines."""
    return _lines(session.execute(_LISTED, {"round_id": round_id}).all())


def asked(session: Session, round_id: int) -> Listed:
    """Return the list of any round: of a published one who is asked, else who is to be asked."""
    return _lines(session.execute(_ASKED, {"round_id": round_id}).all()) or listed(session, round_id)


def _lines(rows: Iterable[AnyRow]) -> Listed:
    """Put rows together that stand on one line; agencies without words of their own line have a line each."""
    lines: list[ListedLine] = []
    last: object = None
    for line, printed, agency_id in rows:
        if printed and last == (line, printed):
            lines[-1] = ListedLine(printed, (*lines[-1].agencies, agency_id))
        else:
            lines.append(ListedLine(printed, (agency_id,)))
        last = (line, printed)
    return tuple(lines)


def naming_texts(session: Session, round_id: int) -> tuple[NamingText, ...]:
    """Return the clauses of a round's drafts that may name bodies, in their order."""
    rows = session.execute(_TEXTS, {"round_id": round_id})
    return tuple(NamingText(row.position, row.cited, row.kind is NodeKind.HEADING, row.text) for row in rows)


def earlier_rounds(session: Session, lead_agency_id: int, round_id: int) -> tuple[tuple[int, str, int], ...]:
    """Return the other rounds of a lead agency, the newest first: id, title, number."""
    rows = session.execute(_EARLIER, {"lead_agency_id": lead_agency_id, "round_id": round_id})
    return tuple((row.id, row.title, row.number) for row in rows)


def letter_kept(session: Session, round_id: int) -> tuple[str, str]:
    """Return the words of the cover letter that were kept, and the name of the file they came from."""
    row = session.execute(_LETTER, {"round_id": round_id}).one()
    return row.letter_text, row.letter_file_name
