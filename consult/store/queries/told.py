"""What officials are told of by letter: which offices there are and whom, what came in, what could not be delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from consult.domain.terms import Basis, Channel, LetterKind, LetterState, Stance
from consult.store.answers import ASKED, Invitation, Submission, SubmittedComment
from consult.store.consultations import Consultation, Round
from consult.store.directory import LeadAgency, Official
from consult.store.outbox import Letter

REQUESTS = (LetterKind.INVITATION, LetterKind.LINK_AGAIN)
"""Letters without which an agency cannot answer."""


@dataclass(frozen=True)
class ToldOffice:
    """A lead agency; ``digest_until`` is up to when its officials know what came in, None for nothing yet."""

    id: int
    name: str
    digest_until: datetime | None


@dataclass(frozen=True)
class ToldOfficial:
    """An official who wants letters."""

    id: int
    name: str
    email: str


@dataclass(frozen=True)
class CameIn:
    """An answer that came or was taken back; ``sent_at`` and ``recalled_at`` say when."""

    round_id: int
    invitation_id: int
    agency: str
    basis: Basis
    version: int
    stance: Stance
    late: bool
    channel: Channel
    received_on: date | None
    secret: bool
    in_force: bool
    sent_at: datetime
    recalled_at: datetime | None
    comments: int


@dataclass(frozen=True)
class Failure:
    """A letter to an agency that was given up or came back, and that no official was told of; ``reason`` in short."""

    id: int
    kind: LetterKind
    to_name: str
    to_address: str
    reason: str
    returned: bool
    slug: str
    title: str

    @property
    def urgent(self) -> bool:
        """Whether the agency cannot answer without it."""
        return self.kind in REQUESTS


_OFFICES = select(LeadAgency.id, LeadAgency.name, LeadAgency.digest_until).order_by(LeadAgency.id)
_HELD = _OFFICES.where(LeadAgency.id == bindparam("lead_agency_id")).with_for_update()
_OFFICIALS = (
    select(Official.id, Official.name, Official.email)
    .where(Official.lead_agency_id == bindparam("lead_agency_id"), Official.ended_at.is_(None), Official.told)
    .order_by(Official.id)
)
_COMMENTS = (
    select(func.count(SubmittedComment.id))
    .where(SubmittedComment.submission_id == Submission.id)
    .correlate(Submission)
    .scalar_subquery()
)
_OF_OFFICE = Consultation.lead_agency_id == bindparam("lead_agency_id")
_CAME = (
    select(
        Invitation.round_id,
        Invitation.id,
        Invitation.name,
        Invitation.basis,
        Submission.version,
        Submission.stance,
        Submission.late,
        Submission.channel,
        Submission.received_on,
        Submission.secret,
        Submission.in_force,
        Submission.sent_at,
        Submission.recalled_at,
        _COMMENTS,
    )
    .join(Submission, Submission.invitation_id == Invitation.id)
    .join(Round, Round.id == Invitation.round_id)
    .join(Consultation, Consultation.id == Round.consultation_id)
    .where(
        _OF_OFFICE,
        or_(
            and_(Submission.sent_at > bindparam("since"), Submission.sent_at <= bindparam("until")),
            and_(Submission.recalled_at > bindparam("since"), Submission.recalled_at <= bindparam("until")),
        ),
    )
    .order_by(Invitation.round_id, Submission.sent_at, Submission.id)
)
_ANSWERED = func.coalesce(func.sum(case((Submission.id.is_not(None), 1), else_=0)), 0)
_COUNTS = (
    select(func.count(Invitation.id), _ANSWERED)
    .outerjoin(Submission, and_(Submission.invitation_id == Invitation.id, Submission.in_force))
    .where(Invitation.round_id == bindparam("round_id"), ASKED)
)
_LETTERS = (
    select(Letter.id)
    .join(Round, Round.id == Letter.round_id)
    .join(Consultation, Consultation.id == Round.consultation_id)
    .where(_OF_OFFICE, Letter.invitation_id.is_not(None))
)
_FAILURES = (
    _LETTERS.with_only_columns(
        Letter.id,
        Letter.kind,
        Letter.to_name,
        Letter.to_address,
        Letter.last_error,
        Letter.bounced_at.is_not(None),
        Consultation.slug,
        Consultation.title,
    )
    .where(Letter.state == LetterState.FAILED, Letter.reported_at.is_(None))
    .order_by(Letter.round_id, Letter.id)
)
_REPORTED = _LETTERS.with_only_columns(func.max(Letter.reported_at, type_=Letter.due_at.type))
_LEAVING = _LETTERS.where(
    Letter.state == LetterState.DUE,
    Letter.attempts == 0,
    Letter.due_at > bindparam("since"),
    Letter.due_at <= bindparam("now"),
).limit(1)
_OF_ROUND = select(Letter.key).where(Letter.round_id == bindparam("round_id"), Letter.kind == bindparam("kind"))
_OFFICE_OF = (
    _OFFICES.join(Consultation, Consultation.lead_agency_id == LeadAgency.id)
    .join(Round, Round.consultation_id == Consultation.id)
    .where(Round.id == bindparam("round_id"))
)
_EVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def offices(session: Session) -> tuple[ToldOffice, ...]:
    """Return every lead agency."""
    return tuple(ToldOffice(*row) for row in session.execute(_OFFICES))


def held_office(session: Session, lead_agency_id: int) -> ToldOffice:
    """Lock a lead agency until the transaction ends, so that one worker alone tells its officials, and return it."""
    return ToldOffice(*session.execute(_HELD, {"lead_agency_id": lead_agency_id}).one())


def office_of(session: Session, round_id: int) -> ToldOffice:
    """Return the lead agency of a round."""
    return ToldOffice(*session.execute(_OFFICE_OF, {"round_id": round_id}).one())


def told_officials(session: Session, lead_agency_id: int) -> tuple[ToldOfficial, ...]:
    """Return the officials of a lead agency who want letters about its rounds."""
    return tuple(ToldOfficial(*row) for row in session.execute(_OFFICIALS, {"lead_agency_id": lead_agency_id}))


def came_in(session: Session, office: ToldOffice, until: datetime) -> tuple[CameIn, ...]:
    """Return what was sent or taken back since the last digest and not after ``until``, round by round."""
    wanted = {"lead_agency_id": office.id, "since": office.digest_until or _EVER, "until": until}
    return tuple(CameIn(*tuple(row)) for row in session.execute(_CAME, wanted))


def told_until(session: Session, lead_agency_id: int, until: datetime) -> None:
    """Keep up to when officials were told what came in."""
    session.execute(update(LeadAgency).where(LeadAgency.id == lead_agency_id).values(digest_until=until))


def asked_and_answered(session: Session, round_id: int) -> tuple[int, int]:
    """Count the agencies on the list of a round, and those of them that have answered."""
    row = session.execute(_COUNTS, {"round_id": round_id}).one()
    return row[0], row[1]


def failures(session: Session, lead_agency_id: int) -> tuple[Failure, ...]:
    """Return the letters to agencies that could not be delivered and that nobody was told of yet."""
    return tuple(Failure(*tuple(row)) for row in session.execute(_FAILURES, {"lead_agency_id": lead_agency_id}))


def last_reported(session: Session, lead_agency_id: int) -> datetime | None:
    """Return when officials were last told of undelivered letters."""
    return session.scalars(_REPORTED, {"lead_agency_id": lead_agency_id}).one()


def mark_reported(session: Session, found: Sequence[Failure], now: datetime) -> None:
    """Keep that officials were told of these letters."""
    session.execute(update(Letter).where(Letter.id.in_([each.id for each in found])).values(reported_at=now))


def still_leaving(session: Session, lead_agency_id: int, since: datetime, now: datetime) -> bool:
    """Say whether letters that were due after ``since`` have not been tried yet."""
    wanted = {"lead_agency_id": lead_agency_id, "since": since, "now": now}
    return session.execute(_LEAVING, wanted).first() is not None


def keys_of(session: Session, round_id: int, kind: LetterKind) -> frozenset[str]:
    """Return the keys of all letters of one kind of a round that were ever queued."""
    return frozenset(session.scalars(_OF_ROUND, {"round_id": round_id, "kind": kind}))
