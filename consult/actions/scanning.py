"""Keeping scans of the official letters of answers: by the office, and by the agency on its receipt."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from consult.actions.commenting import holding
from consult.actions.drafting import file_digest, keep_file
from consult.actions.keying_in import still_recording
from consult.actions.preparing import acting
from consult.actions.recording import recorded_answer
from consult.actions.responding import own_round
from consult.actions.sending import actor
from consult.documents.scan_kinds import ScanKind, scan_kind
from consult.domain.errors import NotFound, NothingToSend, ScanRefused
from consult.domain.hindrances import ScanFault
from consult.store.answers import Scan
from consult.store.journal import Actor, append
from consult.store.queries.door import AgencyGrant, OfficialGrant
from consult.store.queries.keyed_answers import body_of
from consult.store.queries.own_answer import OwnSubmission, submissions
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.windows import held

MOST_SCANS = 10


@dataclass(frozen=True)
class ScanFile:
    """A file whose kind was told by its bytes."""

    name: str
    content: bytes
    kind: ScanKind


def read_scan(name: str, content: bytes) -> ScanFile:
    """Look at an uploaded file before anything is locked. Raises ScanRefused: see ``scan_kinds``."""
    return ScanFile(name, content, scan_kind(content))


def add_by_office(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    code: str,
    version: int,
    file: ScanFile,
    now: datetime,
) -> None:
    """Keep a scan with one version of a body's answer, in force or not.

    Raises:
        ScanRefused: it is secret, has ten already, or this very file.
        NotFound, AlreadyRecorded: there is no such answer; the round takes none any more.
    """
    own_round(official, facts)
    still_recording(session, facts)
    held(session, body_of(session, facts.id, code).id)
    _add(session, recorded_answer(body_of(session, facts.id, code), version), file, facts.id, acting(official), now)


def remove_by_office(
    session: Session, official: OfficialGrant, facts: RoundFacts, code: str, version: int, position: int, now: datetime
) -> None:
    """Take a file off an answer that it does not belong to: nobody is given it any more, the journal names it.

    Raises:
        NotFound: there is no such answer or file (any more).
    """
    own_round(official, facts)
    held(session, body_of(session, facts.id, code).id)
    sent = recorded_answer(body_of(session, facts.id, code), version)
    mine = (Scan.submission_id == sent.id) & (Scan.position == position)
    row = session.execute(delete(Scan).where(mine).returning(Scan.file_name, Scan.file_digest)).one_or_none()
    if row is None:
        raise NotFound("this file was taken off already")
    told = {"code": sent.code, "file": row.file_name, "digest": row.file_digest}
    append(session, now, acting(official), "scan_removed", facts.id, **told)


def add_by_agency(session: Session, grant: AgencyGrant, version: int, file: ScanFile, now: datetime) -> None:
    """Keep the agency's own signed letter with its answer in force; also after the close.

    Raises:
        NothingToSend: that version is not in force (any more).
        ScanRefused: see ``add_by_office``.
        NoAccess: the link was revoked meanwhile.
    """
    holding(session, grant)
    sent = next((each for each in submissions(session, grant.invitation_id) if each.version == version), None)
    if sent is None or not sent.in_force:
        raise NothingToSend("a newer answer was sent meanwhile; look at it first")
    _add(session, sent, file, grant.round_id, actor(grant), now)


def _add(session: Session, sent: OwnSubmission, file: ScanFile, round_id: int, who: Actor, now: datetime) -> None:
    if sent.secret:
        raise ScanRefused(ScanFault.CLASSIFIED)
    kept = session.scalars(select(Scan.file_digest).where(Scan.submission_id == sent.id)).all()
    if file_digest(file.content) in kept:
        raise ScanRefused(ScanFault.TWICE)
    if len(kept) >= MOST_SCANS:
        raise ScanRefused(ScanFault.TOO_MANY)
    digest = keep_file(session, file.content)
    last = session.scalar(select(func.max(Scan.position)).where(Scan.submission_id == sent.id)) or 0
    values = {"submission_id": sent.id, "position": last + 1, "file_name": file.name, "media_type": file.kind.value}
    session.execute(insert(Scan).values(**values, file_digest=digest))
    append(session, now, who, "scan", round_id, code=sent.code, file=file.name, digest=digest)
