"""Who may come in: session rows, the grants they hold, one-time links and the throttle.

Only digests of secrets are stored: of the session cookie and of sign-in tokens. A session may hold several grants (an
agency in one round, another in a second, an official); each page and each POST checks the one it needs.
"""

from datetime import datetime, timedelta

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    delete,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.dml import ReturningInsert

from consult.domain.errors import LinkRefused, Throttled
from consult.store.answers import Invitation
from consult.store.database import Base, UtcDateTime
from consult.store.directory import Official

# Longer than any stretch in which attempts are counted.
ATTEMPTS_KEPT = timedelta(days=1)


class SessionRow(Base):
    """A signed-in browser, found by the SHA-256 of its cookie."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Grant(Base):
    """What a session may do: act for one invitation (while its generation lasts) or as one official.

    ``person_name`` and ``person_email`` are the holder's own statement, never verified.
    """

    __tablename__ = "session_grant"
    __table_args__ = (
        UniqueConstraint("session_id", "invitation_id"),
        UniqueConstraint("session_id", "official_id"),
        CheckConstraint("(invitation_id IS NULL) <> (official_id IS NULL)", name="one_subject"),
        Index(None, "invitation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey(SessionRow.id, ondelete="CASCADE"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey(Invitation.id))
    generation: Mapped[int | None]
    official_id: Mapped[int | None] = mapped_column(ForeignKey(Official.id))
    person_name: Mapped[str] = mapped_column(default="")
    person_email: Mapped[str] = mapped_column(default="")


class SignInLink(Base):
    """A one-time link of an official; only the digest of its token is stored."""

    __tablename__ = "sign_in_link"

    digest: Mapped[str] = mapped_column(primary_key=True)
    official_id: Mapped[int] = mapped_column(ForeignKey(Official.id))
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Throttle(Base):
    """How often one subject did one thing in one stretch of time."""

    __tablename__ = "throttle"

    action: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int]


def open_session(session: Session, digest: str, now: datetime, lifetime: timedelta) -> int:
    """Start a session under the digest of a fresh cookie and return its id."""
    row = insert(SessionRow).values(digest=digest, created_at=now, seen_at=now, ends_at=now + lifetime)
    return session.execute(row.returning(SessionRow.id)).scalar_one()


def move_grants(session: Session, old_digest: str, session_id: int, now: datetime, idle: timedelta) -> None:
    """Carry the grants of the session that the browser had to its new one, and end the old one (no fixation).

    What a session held that is over, or idle longer than ``idle``, stays behind: signing in for one page does not bring
    another one back. Where an official's grant moves along, the new session ends when the old one would have.
    """
    alive = (SessionRow.digest == old_digest) & (SessionRow.ends_at > now) & (SessionRow.seen_at > now - idle)
    old = session.execute(select(SessionRow.id, SessionRow.ends_at).where(alive)).one_or_none()
    if old is not None:
        officials = exists().where(Grant.session_id == old.id, Grant.official_id.is_not(None))
        capped = update(SessionRow).where(SessionRow.id == session_id, SessionRow.ends_at > old.ends_at, officials)
        session.execute(capped.values(ends_at=old.ends_at))
        session.execute(update(Grant).where(Grant.session_id == old.id).values(session_id=session_id))
    end_session(session, old_digest)


def grant_agency(session: Session, session_id: int, invitation_id: int, generation: int) -> None:
    """Let a session act for an agency; who comes in again by a link of the same generation is still known by name."""
    mine = (Grant.session_id == session_id) & (Grant.invitation_id == invitation_id)
    if session.scalar(select(Grant.id).where(mine, Grant.generation == generation)):
        return
    session.execute(delete(Grant).where(mine))
    session.execute(
        insert(Grant).values(
            session_id=session_id, invitation_id=invitation_id, generation=generation, person_name="", person_email=""
        )
    )


def grant_official(session: Session, session_id: int, official_id: int) -> None:
    """Let a session act as an official."""
    session.execute(delete(Grant).where(Grant.session_id == session_id, Grant.official_id == official_id))
    session.execute(
        insert(Grant).values(session_id=session_id, official_id=official_id, person_name="", person_email="")
    )


def end_session(session: Session, digest: str) -> None:
    """Sign a browser out of everything; its grants go with the row."""
    session.execute(delete(SessionRow).where(SessionRow.digest == digest))


def end_official_sessions(session: Session, official_id: int) -> None:
    """Sign every browser that acts as an official out of everything."""
    theirs = select(Grant.session_id).where(Grant.official_id == official_id)
    session.execute(delete(SessionRow).where(SessionRow.id.in_(theirs)))


def end_agency_grants(session: Session, invitation_id: int) -> None:
    """Take an agency's page away from every browser that holds it."""
    session.execute(delete(Grant).where(Grant.invitation_id == invitation_id))


def touch(session: Session, session_id: int, now: datetime) -> None:
    """Remember that a session is alive."""
    session.execute(update(SessionRow).where(SessionRow.id == session_id).values(seen_at=now))


def issue_sign_in_link(session: Session, official_id: int, digest: str, expires_at: datetime) -> None:
    """Store the digest of a fresh one-time link; earlier unused ones of that official end."""
    session.execute(delete(SignInLink).where(SignInLink.official_id == official_id, SignInLink.used_at.is_(None)))
    session.execute(insert(SignInLink).values(digest=digest, official_id=official_id, expires_at=expires_at))


def use_sign_in_link(session: Session, digest: str, now: datetime) -> int:
    """Consume a one-time link and return its official's id; one statement, so two at once cannot both win.

    Raises:
        LinkRefused: used, expired, made up, or of an official who has left.
    """
    row = session.execute(
        update(SignInLink)
        .where(SignInLink.digest == digest, SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        .values(used_at=now)
        .returning(SignInLink.official_id)
    ).scalar_one_or_none()
    active = row and session.scalar(select(Official.id).where(Official.id == row, Official.ended_at.is_(None)))
    if not active:
        raise LinkRefused("the link does not work any more; ask for a new one")
    return active


def count_attempt(session: Session, action: str, subject: str, now: datetime, most: int, per: timedelta) -> None:
    """Count one attempt of ``subject``; at most ``most`` in each stretch of ``per``.

    Raises:
        Throttled: the stretch's allowance is used up; the attempt is not counted again.
    """
    where = (Throttle.action == action, Throttle.subject == subject)
    first = {"action": action, "subject": subject, "since": now, "attempts": 0}
    row = session.execute(_row_taken(session), first).one()
    if now - row.since >= per or now < row.since:
        session.execute(update(Throttle).where(*where).values(since=now, attempts=1))
    elif row.attempts >= most:
        raise Throttled("too many requests; wait a little and try again")
    else:
        session.execute(update(Throttle).where(*where).values(attempts=row.attempts + 1))


def _row_taken(session: Session) -> ReturningInsert[datetime, int]:
    """Return the insert that locks a subject's row, be it new or known, so that attempts at once are all counted."""
    on_sqlite = session.get_bind().dialect.name == "sqlite"
    row = sqlite.insert(Throttle) if on_sqlite else postgresql.insert(Throttle)
    key = (Throttle.action, Throttle.subject)
    as_it_is = {"attempts": Throttle.attempts}
    taken = row.on_conflict_do_update(index_elements=key, set_=as_it_is)
    return taken.returning(Throttle.since, Throttle.attempts)


def tidy(session: Session, now: datetime, idle: timedelta) -> None:
    """Remove what lets nobody in any more: sessions over or idle for ``idle``, links used or expired, old attempts."""
    over = (SessionRow.ends_at <= now) | (SessionRow.seen_at <= now - idle)
    session.execute(delete(SessionRow).where(over))
    session.execute(delete(SignInLink).where(SignInLink.used_at.is_not(None) | (SignInLink.expires_at <= now)))
    session.execute(delete(Throttle).where(Throttle.since < now - ATTEMPTS_KEPT))
