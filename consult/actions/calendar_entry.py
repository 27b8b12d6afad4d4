"""An agency takes its deadline home as a calendar entry."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.mail.calendar import FILE_NAME as FILE_NAME
from consult.mail.calendar import Publisher, entry_of
from consult.mail.messages import mailbox
from consult.settings import Settings
from consult.store.queries.door import AgencyGrant


def calendar_file(session: Session, grant: AgencyGrant, settings: Settings, now: datetime) -> bytes:
    """Return the entry as a file, the same that the letters bring along.

    Raises:
        NotFound: the round gives no calendar entry.
    """
    publisher = Publisher(settings.base_url, mailbox(settings.mail_sender).address)
    entry = entry_of(session, grant.invitation_id, publisher, now)
    if entry is None:
        raise NotFound("this round gives no calendar entry")
    return entry.content
