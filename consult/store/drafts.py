"""What a draft was read from and how its reading was mended, until it is published.

The lines never change; an edit is a row, and undoing drops the newest. The clauses beside them
(``consultations.Clause``) are made from both and written again with each edit.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from consult.store.consultations import Draft
from consult.store.database import Base, UtcDateTime


class DraftSource(Base):
    """The lines and findings of a draft's file, as the reader told them (JSON)."""

    __tablename__ = "draft_source"

    draft_id: Mapped[int] = mapped_column(ForeignKey(Draft.id), primary_key=True, autoincrement=False)
    told: Mapped[bytes] = mapped_column(LargeBinary)


class DraftEdit(Base):
    """One edit of a draft's reading (JSON, see ``domain.edits``); ``position`` counts from 1."""

    __tablename__ = "draft_edit"
    __table_args__ = (UniqueConstraint("draft_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey(Draft.id))
    position: Mapped[int]
    edit: Mapped[str]
    official: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
