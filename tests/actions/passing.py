"""A worker's passes at chosen moments: what is due is queued, what is queued leaves into a folder."""

from collections.abc import Iterable
from datetime import datetime
from threading import Event

from sqlalchemy import select, update

from consult.domain.terms import LetterKind, LetterState
from consult.domain.window import HO_CHI_MINH, local
from consult.due import remind_due, tell_due
from consult.mail.transport import FolderTransport
from consult.mail.worker import deliver_all
from consult.server import post_office
from consult.store.database import reading, writing
from consult.store.outbox import Letter
from tests.builders import Office


def at(text: str) -> datetime:
    """Return a moment of April or May 2020, local time: "24/04 08:00"."""
    return datetime.strptime(f"{text} 2020", "%d/%m %H:%M %Y").replace(tzinfo=HO_CHI_MINH)


def work(office: Office, *moments: str) -> None:
    """Let a worker pass at each of these moments."""
    for moment in moments:
        office.clock.at = at(moment)
        remind_due(office.database, office.clock())
        tell_due(office.database, office.clock())
        transport = FolderTransport(office.settings.instance / "out")
        deliver_all(post_office(office.settings, office.database, transport), office.clock, Event())


def every_hour(days: Iterable[int], month: int = 4) -> tuple[str, ...]:
    """Return each hour of some days of a month."""
    return tuple(f"{day:02d}/{month:02d} {hour:02d}:00" for day in days for hour in range(24))


def letters(office: Office, kind: LetterKind) -> list[Letter]:
    """Return the letters of a kind that left, the earliest first."""
    found = select(Letter).where(Letter.kind == kind, Letter.state == LetterState.SENT)
    with reading(office.database) as session:
        return list(session.scalars(found.order_by(Letter.sent_at, Letter.id)))


def left(office: Office, kind: LetterKind) -> list[str]:
    """Return when the letters of a kind left."""
    return [f"{local(each.sent_at):%d/%m %H:%M}" for each in letters(office, kind) if each.sent_at]


def give_up(office: Office, kind: LetterKind, names: Iterable[str], reason: str = "550 5.1.1 no such user") -> None:
    """Let the letters of a kind to some agencies be given up."""
    values = {"state": LetterState.FAILED, "sent_at": None, "last_error": reason, "reported_at": None}
    with writing(office.database) as session:
        meant = (Letter.kind == kind) & Letter.to_name.in_(tuple(names))
        session.execute(update(Letter).where(meant).values(**values))
