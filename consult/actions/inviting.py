"""Asking agencies: a row of the directory becomes an invitation with its names of now; what concerns it is noted."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from consult.domain.outline_nodes import NodeKind
from consult.domain.wording import match_key
from consult.store.answers import ASKED, Concern, Invitation
from consult.store.consultations import Clause, Draft, Recipient
from consult.store.directory import Agency, AgencyGroup, GroupMember

_CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_code() -> str:
    """Return a fresh code of an invitation: it says nothing about order or number."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(10))


def freeze_list(session: Session, round_id: int) -> None:
    """Make an invitation of every agency on a round's list."""
    session.execute(insert(Invitation), _invitations(session, round_id))


def note_concerns(session: Session, round_id: int, invitations: Sequence[int]) -> Mapping[int, list[str]]:
    """Note the headings that name each of these agencies; return the cited places by invitation."""
    wanted = set(invitations)
    concerns = [each for each in _concerns(session, round_id) if each[0] in wanted]
    if concerns:
        session.execute(insert(Concern), [{"invitation_id": i, "clause_id": c} for i, c, _ in concerns])
    return _cited(concerns)


def places_about(session: Session, round_id: int, agency_id: int) -> tuple[str, ...]:
    """Return the cited places of a round in preparation whose headings name an agency or its group."""
    rows = session.execute(
        select(Agency, AgencyGroup)
        .outerjoin(GroupMember, GroupMember.agency_id == Agency.id)
        .outerjoin(AgencyGroup, AgencyGroup.id == GroupMember.group_id)
        .where(Agency.id == agency_id)
    )
    names = {match_key(name) for agency, group in rows for name in _written(agency, group)}
    return tuple(row.cited for row in session.execute(_headings(round_id)) if match_key(row.text) in names)


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
            "code": new_code(),
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
    return [
        (invitation_id, heading.id, heading.cited)
        for heading in session.execute(_headings(round_id))
        for invitation_id in names.get(match_key(heading.text), ())
    ]


def _headings(round_id: int) -> Select[int, str, str]:
    return (
        select(Clause.id, Clause.text, Clause.cited)
        .join(Draft, Draft.id == Clause.draft_id)
        .where(Draft.round_id == round_id, Clause.kind == NodeKind.HEADING, Clause.removed_at.is_(None))
        .where(Draft.corrects_id.is_(None))
        .order_by(Draft.position, Clause.position)
    )


def _written(agency: Agency, group: AgencyGroup | None) -> list[str]:
    """Return the names in use of an agency and of the group that it is asked in; some may be empty."""
    written = [agency.name, agency.short_name, *agency.aliases.split("\n")]
    return written + ([group.name, *group.aliases.split("\n")] if group else [])


def _names(session: Session, round_id: int) -> Mapping[str, Iterable[int]]:
    """Map the match key of every name in use to the invitations that it means."""
    rows = session.execute(
        select(Invitation.id, Agency, AgencyGroup)
        .join(Agency, Agency.id == Invitation.agency_id)
        .outerjoin(GroupMember, GroupMember.agency_id == Agency.id)
        .outerjoin(AgencyGroup, AgencyGroup.id == GroupMember.group_id)
        .where(Invitation.round_id == round_id, ASKED)
        .order_by(Invitation.line, Invitation.member)
    )
    names: dict[str, dict[int, None]] = defaultdict(dict)
    for invitation_id, agency, group in rows:
        for name in filter(None, map(match_key, _written(agency, group))):
            names[name][invitation_id] = None
    return names


def _cited(concerns: Iterable[tuple[int, int, str]]) -> Mapping[int, list[str]]:
    cited: dict[int, list[str]] = defaultdict(list)
    for invitation_id, _, place in concerns:
        cited[invitation_id].append(place)
    return cited
