"""Rounds that are not published yet, their drafts, what these were read from and how the reading was mended.

A correction of a published draft in preparation is a draft of its own: readers' lists leave it out.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import Session

from consult.domain.errors import NotFound
from consult.domain.outline_nodes import Node
from consult.store.consultations import Clause, Consultation, Draft, Round, StoredFile
from consult.store.drafts import DraftEdit, DraftSource


@dataclass(frozen=True)
class DraftFile:
    """A draft with its file: ``size`` in bytes, ``digest`` its SHA-256; ``several`` counts the drafts of the round.

    ``previous_name`` and ``previous_digest`` are those of the file that it took the place of, if there was one.
    """

    id: int
    round_id: int
    position: int
    part: str
    title: str
    name: str
    digest: str
    size: int
    version: int
    hands_on_file: bool
    published_at: datetime | None
    several: int
    places: int
    previous_name: str | None
    previous_digest: str | None
    corrects_id: int | None = None
    edition: int = 1

    def seen_at(self, version: int) -> "DraftFile":
        """Return the draft as somebody saw it who had this version before them."""
        return replace(self, version=version)


@dataclass(frozen=True)
class Preparing:
    """A round in preparation, in a list; ``publish_at`` and ``publish_fault`` as in ``consultations.Round``."""

    slug: str
    title: str
    number: int
    label: str
    publish_at: datetime | None
    publish_fault: str
    drafts: int


_SEEN = Draft.corrects_id.is_(None)
_SIBLINGS = select(func.count(Draft.id)).where(Draft.round_id == Round.id, _SEEN).correlate(Round).scalar_subquery()
_STANDS = Clause.removed_at.is_(None)
_PLACES = select(func.count(Clause.id)).where(Clause.draft_id == Draft.id, _STANDS).correlate(Draft).scalar_subquery()
_DRAFTS = (
    select(
        Draft.id,
        Draft.round_id,
        Draft.position,
        Draft.part,
        Draft.title,
        Draft.file_name,
        Draft.file_digest,
        func.length(StoredFile.content),
        Draft.version,
        Draft.hands_on_file,
        Round.published_at,
        _SIBLINGS,
        _PLACES,
        Draft.previous_name,
        Draft.previous_digest,
        Draft.corrects_id,
        Draft.edition,
    )
    .join(Round, Round.id == Draft.round_id)
    .join(StoredFile, StoredFile.digest == Draft.file_digest)
)
_EVERY = _DRAFTS.where(Draft.round_id == bindparam("round_id")).order_by(Draft.position)
_OF_ROUND, _CORRECTIONS = _EVERY.where(_SEEN), _EVERY.where(~_SEEN)
_HELD = _DRAFTS.where(Draft.id == bindparam("draft_id")).with_for_update(of=Draft)
_NODES = (
    select(Clause.anchor, Clause.label, Clause.parent, Clause.kind, Clause.text)
    .where(Clause.draft_id == bindparam("draft_id"), _STANDS)
    .order_by(Clause.position)
)
_NEWEST = select(func.max(Round.number)).where(Round.consultation_id == Consultation.id).correlate(Consultation)
_PREPARING = (
    select(
        Consultation.slug,
        Consultation.title,
        Round.number,
        Round.label,
        Round.publish_at,
        Round.publish_fault,
        _SIBLINGS,
    )
    .join(Round, Round.consultation_id == Consultation.id)
    .where(
        Consultation.lead_agency_id == bindparam("lead_agency_id"),
        Round.number == _NEWEST.scalar_subquery(),
        Round.published_at.is_(None),
    )
    .order_by(Round.opens_at, Consultation.slug)
)


def in_preparation(session: Session, lead_agency_id: int) -> tuple[Preparing, ...]:
    """Return the newest rounds of a lead agency that are not published yet."""
    rows = session.execute(_PREPARING, {"lead_agency_id": lead_agency_id})
    return tuple(Preparing(*tuple(row)) for row in rows)


def drafts_with_files(session: Session, round_id: int) -> tuple[DraftFile, ...]:
    """Return the drafts of a round in their order, without corrections in preparation."""
    return tuple(DraftFile(*tuple(row)) for row in session.execute(_OF_ROUND, {"round_id": round_id}))


def corrections_of(session: Session, round_id: int) -> dict[int, DraftFile]:
    """Return the corrections of a round's drafts in preparation, by the id of the draft that each corrects."""
    found = [DraftFile(*tuple(row)) for row in session.execute(_CORRECTIONS, {"round_id": round_id})]
    return {draft.corrects_id: draft for draft in found if draft.corrects_id is not None}


def draft_on_bench(session: Session, round_id: int, position: int) -> DraftFile:
    """Return a draft or a correction in preparation by its position, for the office. Raises NotFound."""
    found = [DraftFile(*tuple(row)) for row in session.execute(_EVERY, {"round_id": round_id})]
    return _at(found, position)


def stands_on_bench(session: Session, round_id: int, position: int) -> bool:
    """Say whether a round has a draft or a correction in preparation at a position."""
    found = exists().where(Draft.round_id == round_id, Draft.position == position)
    return bool(session.scalar(select(found)))


def draft_at(session: Session, round_id: int, position: int) -> DraftFile:
    """Return a draft of a round by its position; ``NotFound`` when there is none."""
    return _at(drafts_with_files(session, round_id), position)


def _at(drafts: Sequence[DraftFile], position: int) -> DraftFile:
    for draft in drafts:
        if draft.position == position:
            return draft
    raise NotFound("the round has no such draft")


def hold_draft(session: Session, draft_id: int) -> DraftFile:
    """Lock a draft until the transaction ends and return it as it stands now; ``NotFound`` when it went meanwhile."""
    row = session.execute(_HELD, {"draft_id": draft_id}).one_or_none()
    if row is None:
        raise NotFound("this draft is no longer in preparation")
    return DraftFile(*tuple(row))


def told_of(session: Session, draft_id: int) -> bytes:
    """Return the lines of a draft as its reader told them, b"" for a draft of before they were kept."""
    return session.scalar(select(DraftSource.told).where(DraftSource.draft_id == draft_id)) or b""


def stored_edits(session: Session, draft_id: int) -> tuple[str, ...]:
    """Return the edits of a draft in their order, as they are stored."""
    edits = select(DraftEdit.edit).where(DraftEdit.draft_id == draft_id).order_by(DraftEdit.position)
    return tuple(session.scalars(edits))


def nodes_of(session: Session, draft: DraftFile) -> tuple[Node, ...]:
    """Return the clauses of a draft as nodes of its own outline: without what parts it from other drafts of the round.

    They know no spans.
    """
    rows = session.execute(_NODES, {"draft_id": draft.id}).all()
    slugs = {row.anchor.partition(".")[0] for row in rows} if draft.several > 1 else set()
    cut = len(slugs.pop()) + 1 if len(slugs) == 1 else 0
    return tuple(
        Node(row.anchor[cut:], row.label, row.parent and row.parent[cut:], row.kind, row.text, ()) for row in rows
    )


def previous_edits(session: Session, draft_id: int) -> tuple[str, ...]:
    """Return the edits of the file that stood in a draft's place before, as they are stored."""
    told = session.scalar(select(Draft.previous_edits).where(Draft.id == draft_id))
    return tuple(json.loads(told)) if told else ()


def file_content(session: Session, digest: str) -> bytes:
    """Return the bytes of a stored file; ``NotFound`` when there is none of that digest."""
    content = session.scalar(select(StoredFile.content).where(StoredFile.digest == digest))
    if content is None:
        raise NotFound("there is no such file")
    return content
