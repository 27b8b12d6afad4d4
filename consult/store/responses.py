"""What the lead agency answers: one response a comment's lineage, one agreed wording a clause."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.domain.terms import Disposition
from consult.store.answers import Invitation
from consult.store.consultations import Clause
from consult.store.database import Base, UtcDateTime, named
from consult.store.directory import Official


class Response(Base):
    """The answer to a comment, tied to the digest of the words that were answered.

    When the agency sends other words under the same lineage, the response no longer counts until it is confirmed.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("invitation_id", "comment_key"),
        CheckConstraint("sentence <> '' OR disposition NOT IN ('PARTLY_ACCEPTED', 'NOT_ACCEPTED')", name="sentence"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey(Invitation.id))
    comment_key: Mapped[str]
    words: Mapped[str]
    disposition: Mapped[Disposition] = mapped_column(named(Disposition))
    sentence: Mapped[str]
    official_id: Mapped[int] = mapped_column(ForeignKey(Official.id))
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int]


class AgreedWording(Base):
    """The final wording of a clause that came out of the comments."""

    __tablename__ = "agreed_wording"

    clause_id: Mapped[int] = mapped_column(ForeignKey(Clause.id), primary_key=True)
    text: Mapped[str]
    official_id: Mapped[int] = mapped_column(ForeignKey(Official.id))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int]
