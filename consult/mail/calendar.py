"""The deadline of an agency as a calendar entry (RFC 5545, published by RFC 5546), made from how the record stands.

The entry of one invitation has one UID; its sequence rises with every act that moves the deadline, and a withdrawal
cancels it. It ends at the close and begins half an hour before, so that a close at 24:00 stands on its own day. Moments
are UTC, which every program shows in its reader's time. It holds no secret link: calendars are shared.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event, vCalAddress
from sqlalchemy.orm import Session

from consult.domain.dates import printed_deadline
from consult.domain.reminder_plan import morning_of
from consult.domain.terms import LetterKind
from consult.domain.wording import clean_line
from consult.domain.working_days import before_working_days
from consult.store.queries.deadlines import DeadlineFacts, deadline_of

CARRYING = (LetterKind.INVITATION, LetterKind.WINDOW_CHANGED, LetterKind.WITHDRAWN)
"""The letters that bring the entry along."""
FILE_NAME = "han-gop-y.ics"
_SHOWN_BEFORE = timedelta(minutes=30)


@dataclass(frozen=True)
class Entry:
    """The file, and the method that stands in it ("PUBLISH", "CANCEL")."""

    method: str
    content: bytes


@dataclass(frozen=True)
class Publisher:
    """Who publishes entries: the site's address, and a mailbox for offices that name none."""

    base_url: str
    mailbox: str


def entry_of(session: Session, invitation_id: int, publisher: Publisher, now: datetime) -> Entry | None:
    """Return the entry of an invitation as it stands at ``now``, None where its round gives none."""
    facts = deadline_of(session, invitation_id)
    return None if facts is None else written(facts, publisher, now)


def written(facts: DeadlineFacts, publisher: Publisher, now: datetime) -> Entry:
    """Write the file: UTF-8, CRLF, lines of at most 75 octets."""
    method = "CANCEL" if facts.withdrawn else "PUBLISH"
    calendar = Calendar()
    calendar.add("prodid", "-//Consult//Lay y kien du thao//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(facts, publisher, now))
    return Entry(method, calendar.to_ical())


def _event(facts: DeadlineFacts, publisher: Publisher, now: datetime) -> Event:
    closes_at = facts.window.closes_at.astimezone(UTC)
    begins_at = closes_at - _SHOWN_BEFORE
    organizer = vCalAddress(f"mailto:{facts.contact_email or publisher.mailbox}")
    organizer.params["CN"] = clean_line(facts.lead_agency).replace('"', "")
    event = Event()
    event.add("uid", f"han-gop-y-{facts.code}@{urlsplit(publisher.base_url).hostname}")
    event.add("sequence", facts.moves)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", begins_at)
    event.add("dtend", closes_at)
    event.add("summary", f"Hạn gửi ý kiến: {clean_line(facts.title)}")
    event.add("description", _told(facts))
    event.add("organizer", organizer)
    event.add("status", "CANCELLED" if facts.withdrawn else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if not facts.withdrawn:
        event.add_component(_alarm(facts, begins_at))
    return event


def _told(facts: DeadlineFacts) -> str:
    if facts.withdrawn:
        return f"{facts.lead_agency} đã rút đề nghị góp ý; Quý cơ quan không phải gửi ý kiến."
    return (
        f"{facts.lead_agency} đề nghị góp ý đối với dự thảo “{facts.title}”.\n"
        f"Thời hạn gửi ý kiến: {printed_deadline(facts.window)}.\n"
        "Liên kết góp ý: xem thư đề nghị góp ý trong hộp thư công vụ của cơ quan."
    )


def _alarm(facts: DeadlineFacts, begins_at: datetime) -> Alarm:
    """Remind at 8:00 of the working day before the last one, told as a time before the beginning."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Sắp hết hạn gửi ý kiến: {clean_line(facts.title)}")
    alarm.add("trigger", morning_of(before_working_days(facts.window.last_day(), 1)) - begins_at)
    return alarm
