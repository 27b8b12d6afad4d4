"""The words that were read: how a clause stood when an agency wrote about it, where it was corrected since.

A statement that reads comments with their clauses joins ``ClauseWording`` on ``read_at`` and selects ``READ``; for a
comment whose clause stands as it was read, or on the draft as a whole, nothing joins.
"""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from consult.domain.terms import NoticeKind
from consult.store.consultations import Clause, ClauseWording, Draft, DraftEdition
from consult.store.notices import Notice

_LATER = aliased(ClauseWording)


def read_at(moment: ColumnElement[datetime] | Any) -> ColumnElement[bool]:
    """Return what joins to a clause the wording in force at ``moment``; none where it is the one of today."""
    first = select(func.min(_LATER.edition)).where(_LATER.clause_id == Clause.id, _LATER.until >= moment)
    return and_(
        ClauseWording.clause_id == Clause.id,
        Clause.changed_at >= moment,
        ClauseWording.edition == first.correlate_except(_LATER).scalar_subquery(),
    )


READ = (
    ClauseWording.edition.label("read_edition"),
    func.coalesce(ClauseWording.cited, "").label("read_cited"),
    func.coalesce(ClauseWording.text, "").label("read_text"),
    Clause.removed_at.is_not(None).label("removed"),
)


class EditionFacts(NamedTuple):
    """A correction that was issued: of which draft, making which edition, when, why, by which letter, the old file."""

    position: int
    part: str
    title: str
    edition: int
    kind: NoticeKind
    at: datetime
    reason: str
    letter_number: str
    letter_date: date | None
    file_name: str
    file_digest: str


_EDITIONS = (
    select(
        Draft.position,
        Draft.part,
        Draft.title,
        DraftEdition.edition + 1,
        Notice.kind,
        DraftEdition.until,
        Notice.reason,
        Notice.letter_number,
        Notice.letter_date,
        DraftEdition.file_name,
        DraftEdition.file_digest,
    )
    .join(DraftEdition, DraftEdition.draft_id == Draft.id)
    .join(Notice, and_(Notice.round_id == Draft.round_id, Notice.at == DraftEdition.until))
    .where(Draft.round_id == bindparam("round_id"))
    .where(Notice.kind.in_((NoticeKind.CORRECTED, NoticeKind.REPLACED)))
    .order_by(DraftEdition.until.desc(), Draft.position)
)


_ISSUED = (
    select(func.count(DraftEdition.id))
    .join(Draft, Draft.id == DraftEdition.draft_id)
    .where(Draft.round_id == bindparam("round_id"))
)


def corrections_issued(session: Session, round_id: int) -> int:
    """Count the corrections of a round's drafts: a page that knows fewer was opened before the last one."""
    return session.scalar(_ISSUED, {"round_id": round_id}) or 0


def editions_of(session: Session, round_id: int) -> tuple[EditionFacts, ...]:
    """Return the corrections that were issued of a round's drafts, the newest first."""
    return tuple(EditionFacts(*tuple(row)) for row in session.execute(_EDITIONS, {"round_id": round_id}))
