"""The scans of the official letters of answers; who may have them is asked before."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.store.answers import Invitation, Scan, Submission
from consult.store.consultations import StoredFile


@dataclass(frozen=True)
class ScanFacts:
    """A scan as it is listed; ``size`` in bytes, ``digest`` its SHA-256."""

    position: int
    file_name: str
    media_type: str
    digest: str
    size: int


_SCANS = (
    select(Scan.position, Scan.file_name, Scan.media_type, Scan.file_digest, func.length(StoredFile.content))
    .join(StoredFile, StoredFile.digest == Scan.file_digest)
    .where(Scan.submission_id == bindparam("submission_id"))
    .order_by(Scan.position)
)
_CONTENT = (
    select(StoredFile.content)
    .join(Scan, Scan.file_digest == StoredFile.digest)
    .where(Scan.submission_id == bindparam("submission_id"), Scan.position == bindparam("position"))
)
_COUNTED = (
    select(Invitation.code, Submission.version, func.count(Scan.id))
    .join(Submission, Submission.invitation_id == Invitation.id)
    .join(Scan, Scan.submission_id == Submission.id)
    .where(Invitation.round_id == bindparam("round_id"))
    .group_by(Invitation.code, Submission.version)
)


def scans_of(session: Session, submission_id: int) -> tuple[ScanFacts, ...]:
    """Return the scans of one answer in order."""
    return tuple(ScanFacts(*tuple(row)) for row in session.execute(_SCANS, {"submission_id": submission_id}))


def scan_content(session: Session, submission_id: int, position: int) -> tuple[ScanFacts, bytes]:
    """Return one scan with its bytes; ``NotFound`` when there is none."""
    facts = next((each for each in scans_of(session, submission_id) if each.position == position), None)
    if facts is None:
        raise NotFound("there is no such scan")
    wanted = {"submission_id": submission_id, "position": position}
    return facts, session.execute(_CONTENT, wanted).scalar_one()


def scans_counted(session: Session, round_id: int) -> dict[tuple[str, int], int]:
    """Return how many scans each answer of a round has, by the body's code and the answer's version."""
    return {(code, version): number for code, version, number in session.execute(_COUNTED, {"round_id": round_id})}
