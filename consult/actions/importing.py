"""Bringing a list of agencies into the directory: read, weighed line by line, and brought in as it was shown.

The file waits among the stored files between the two; what was shown is known by a digest of the directory.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.directory import hold_directory, join_last, values_of
from consult.actions.drafting import keep_file
from consult.actions.preparing import acting
from consult.documents.agency_sheet import read_sheet
from consult.domain.directory import Groups
from consult.domain.directory_import import Line, Verdict, applied, preview
from consult.domain.directory_sheet import Sheet
from consult.domain.errors import StaleVersion
from consult.store.directory import Agency, AgencyGroup, GroupMember
from consult.store.journal import append
from consult.store.queries.directory import AgencyFacts, agencies, groups
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import file_content


@dataclass(frozen=True)
class Weighed:
    """What a list would do: its lines, how many of each verdict, and a digest of the directory as it stands."""

    lines: tuple[Line, ...]
    counts: Counter[Verdict]
    seen: str


def read_list(name: str, content: bytes) -> Sheet:
    """Read a file as a list of agencies. Raises UnreadableSheet."""
    return read_sheet(name, content)


def keep_list(session: Session, content: bytes) -> str:
    """Keep the file until it is confirmed and return its digest; nothing else is stored."""
    return keep_file(session, content)


def waiting(session: Session, name: str, digest: str) -> Sheet:
    """Read a kept file again. Raises NotFound for a file that is not kept, UnreadableSheet."""
    return read_sheet(name, file_content(session, digest))


def weigh(session: Session, sheet: Sheet) -> Weighed:
    """Hold a list against the directory as it stands."""
    return _weighed(session, sheet, agencies(session))


def bring_in(
    session: Session, official: OfficialGrant, sheet: Sheet, digest: str, seen: str, now: datetime
) -> Counter[Verdict]:
    """Bring in what was shown, the lines that are good, and return how many of each verdict there were.

    Raises:
        StaleVersion: the directory changed since ``seen``; nothing was brought in, look at it again.
    """
    hold_directory(session)
    directory = agencies(session)
    weighed = _weighed(session, sheet, directory)
    if weighed.seen != seen:
        raise StaleVersion("the directory changed meanwhile", stored=weighed, version=0)
    lines = applied(weighed.lines)
    _write(session, lines, {each.entry.code: each for each in directory})
    if lines:
        told = {verdict.name.lower(): weighed.counts[verdict] for verdict in Verdict}
        codes = {
            verdict.name.lower(): [line.entry.code for line in lines if line.verdict is verdict] for verdict in _DONE
        }
        append(session, now, acting(official), "import_directory", file=digest, counts=told, codes=codes)
    return weighed.counts


_DONE = (Verdict.ADDED, Verdict.CHANGED)


def _weighed(session: Session, sheet: Sheet, directory: Sequence[AgencyFacts]) -> Weighed:
    names = [each.group for each in groups(session)]
    lines = preview(sheet, [each.entry for each in directory], Groups(names))
    state = sorted((each.id, each.version, *astuple(each.entry)) for each in directory), names
    seen = hashlib.sha256(repr(state).encode()).hexdigest()
    return Weighed(lines, Counter(line.verdict for line in lines), seen)


def _write(session: Session, lines: Sequence[Line], known: dict[str, AgencyFacts]) -> None:
    """Write new and changed rows, then the groups: a few statements, however long the list."""
    added = [line.entry for line in lines if line.verdict is Verdict.ADDED]
    changed = [(known[line.entry.code], line.entry) for line in lines if line.verdict is Verdict.CHANGED]
    if added:
        session.execute(insert(Agency), [{"code": entry.code, **values_of(entry)} for entry in added])
    if changed:
        rows = [{"id": old.id, "version": old.version + 1, **values_of(entry)} for old, entry in changed]
        session.execute(update(Agency), rows)
    fresh = {row.code: row.id for row in session.execute(select(Agency.code, Agency.id))} if added else {}
    leaving = [(old.id, code) for old, entry in changed for code in old.entry.groups if code not in entry.groups]
    joining = [(old.id, code) for old, entry in changed for code in entry.groups if code not in old.entry.groups]
    joining += [(fresh[entry.code], code) for entry in added for code in entry.groups]
    _regroup(session, leaving, joining)


def _regroup(session: Session, leaving: Sequence[tuple[int, str]], joining: Sequence[tuple[int, str]]) -> None:
    if not leaving and not joining:
        return
    held = select(AgencyGroup.code, AgencyGroup.id).order_by(AgencyGroup.id).with_for_update()
    ids = {row.code: row.id for row in session.execute(held)}
    if leaving:
        gone = delete(GroupMember).where(
            GroupMember.agency_id == bindparam("agency"), GroupMember.group_id == bindparam("group")
        )
        rows = [{"agency": agency_id, "group": ids[code]} for agency_id, code in leaving]
        session.connection().execute(gone, rows)
    for code in sorted({code for _, code in joining}):
        join_last(session, ids[code], [agency_id for agency_id, joined in joining if joined == code])
