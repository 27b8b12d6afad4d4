"""What was changed about a published round, or for one of its agencies: the office's own acts of the week.

The journal proves that they happened; these rows are what pages and the synthesis print of them.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.domain.terms import NoticeKind
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import Base, UtcDateTime, named


class Notice(Base):
    """One act: for all agencies of a round, or (``invitation_id``) for one of them.

    ``letter_number`` and ``letter_date`` are those of the office's letter about it, "" and None without one;
    ``closed_at`` is the close before it, ``closes_at`` and ``late_until`` what holds since, where it moved them.
    """

    __tablename__ = "notice"
    __table_args__ = (Index(None, "round_id", "at"), Index(None, "invitation_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey(Invitation.id))
    kind: Mapped[NoticeKind] = mapped_column(named(NoticeKind))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    official: Mapped[str]
    reason: Mapped[str]
    letter_number: Mapped[str]
    letter_date: Mapped[date | None]
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
