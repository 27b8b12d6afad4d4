"""An answer that came by letter while an official keys it in; recording it makes a submission, and this row goes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import Base, UtcDateTime
from consult.store.directory import Agency


class KeyedInAnswer(Base):
    """One answer being keyed in (``told``: JSON, see ``domain.keyed``).

    It is of a body with an invitation, or of one that was not asked: of the directory (``agency_id``), or new to it
    (``name``). Any official of the lead agency may go on with it; ``official`` saved it last.
    """

    __tablename__ = "keyed_answer"
    __table_args__ = (Index(None, "round_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = mapped_column(ForeignKey(Round.id))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey(Invitation.id))
    agency_id: Mapped[int | None] = mapped_column(ForeignKey(Agency.id))
    name: Mapped[str]
    official: Mapped[str]
    version: Mapped[int]
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    told: Mapped[str]
