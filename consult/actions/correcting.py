"""The office corrects a published draft ("đính chính", "thay thế"): prepared beside it, then issued in one act.

Clauses keep their rows, so that whatever agencies wrote stays tied to its place; the words before go into the record of
editions. An agreement with words that were changed is taken off the working copy, what was sent stays as it was.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consult.actions import carrying_over, correction_letters, inviting
from consult.actions.comparing import Changed, compared
from consult.actions.drafting import anchor_prefix, forget_reading, keep_file, keep_source, store_clauses
from consult.actions.mending import HandedIn
from consult.actions.noticing import Grounds, note
from consult.actions.preparing import acting
from consult.actions.responding import own_round
from consult.domain.errors import CannotCorrect, NotPublished, StaleVersion
from consult.domain.hindrances import Uncorrectable
from consult.domain.outline import outlined, read
from consult.domain.terms import NoticeKind
from consult.store.answers import Concern, Invitation
from consult.store.consultations import Clause, Draft, Round
from consult.store.journal import append
from consult.store.queries.corrected import free_position, hold_answers
from consult.store.queries.door import OfficialGrant
from consult.store.queries.people import invited
from consult.store.queries.preparing import DraftFile, corrections_of, hold_draft
from consult.store.queries.rounds import RoundFacts


@dataclass(frozen=True)
class Ordered:
    """What the official orders: "đính chính" or "thay thế", why, by which letter; ``edition`` is the one previewed."""

    kind: NoticeKind
    grounds: Grounds
    edition: int


def refuse_uncorrectable(session: Session, official: OfficialGrant, facts: RoundFacts) -> None:
    """Lock a round and make sure that its drafts may be corrected.

    Raises:
        NoAccess: it is another lead agency's.
        NotPublished: it is still in preparation.
        CannotCorrect: it was withdrawn, or its result is published.
    """
    own_round(official, facts)
    stands = select(Round.published_at, Round.withdrawn_at, Round.result_at).where(Round.id == facts.id)
    row = session.execute(stands.with_for_update()).one()
    if row.published_at is None:
        raise NotPublished("the round is in preparation: its draft is mended, not corrected")
    if row.withdrawn_at is not None:
        raise CannotCorrect(Uncorrectable.WITHDRAWN)
    if row.result_at is not None:
        raise CannotCorrect(Uncorrectable.RESULT)


def prepare(
    session: Session, official: OfficialGrant, facts: RoundFacts, draft: DraftFile, handed_in: HandedIn, now: datetime
) -> int:
    """Put the corrected file of a published draft on the bench and return its position; nobody outside sees it.

    Raises:
        CannotCorrect: one is in preparation already, or see ``refuse_uncorrectable``.
    """
    refuse_uncorrectable(session, official, facts)
    draft = hold_draft(session, draft.id)
    if draft.id in corrections_of(session, facts.id):
        raise CannotCorrect(Uncorrectable.PREPARED)
    position = free_position(session, facts.id)
    row = insert(Draft).values(
        round_id=facts.id,
        position=position,
        part=draft.part,
        title=draft.title,
        file_name=handed_in.source.name,
        file_digest=keep_file(session, handed_in.content),
        corrects_id=draft.id,
    )
    correction_id = session.execute(row.returning(Draft.id)).scalar_one()
    keep_source(session, correction_id, handed_in.source)
    prefix = anchor_prefix(draft.part, position, draft.several)
    store_clauses(session, correction_id, outlined(read(handed_in.source)), prefix)
    append(
        session, now, acting(official), "prepare correction", facts.id, draft=draft.position, file=handed_in.source.name
    )
    return position


def drop(session: Session, official: OfficialGrant, facts: RoundFacts, correction: DraftFile, now: datetime) -> None:
    """Give a correction up that is in preparation.

    Raises:
        NotFound: it was issued or given up meanwhile.
        StaleVersion: somebody changed it meanwhile.
    """
    own_round(official, facts)
    held = _hold_correction(session, correction)
    forget_reading(session, [held.id])
    _remove(session, held.id)
    append(session, now, acting(official), "drop correction", facts.id, file=held.name)


def issue(
    session: Session,
    official: OfficialGrant,
    facts: RoundFacts,
    correction: DraftFile,
    ordered: Ordered,
    now: datetime,
) -> tuple[Changed, ...]:
    """Put a correction in force, tell every agency, and return what it changed.

    Raises:
        CannotCorrect: it changes nothing, is not ready, or see ``refuse_uncorrectable``.
        StaleVersion: the draft or its correction is not as it was previewed.
        NotFound: it was issued or given up meanwhile.
    """
    refuse_uncorrectable(session, official, facts)
    held = _hold_correction(session, correction)
    draft = hold_draft(session, held.corrects_id or 0)
    if draft.edition != ordered.edition:
        raise StaleVersion("the draft was corrected meanwhile", stored=draft, version=held.version)
    hold_answers(session, facts.id)
    comparison = compared(session, draft, held)
    if comparison.unchanged:
        raise CannotCorrect(Uncorrectable.UNCHANGED)
    carrying_over.write(session, comparison, now)
    carrying_over.take_off_agreements(session, draft)
    _put_in_place(session, draft, held, now)
    _note_concerns(session, facts.id)
    changes = comparison.changes({})
    correction_letters.queue_corrections(session, facts, draft, changes, ordered.kind, ordered.grounds, now)
    note(session, acting(official), facts.id, ordered.kind, ordered.grounds, now)
    return changes


def _hold_correction(session: Session, correction: DraftFile) -> DraftFile:
    held = hold_draft(session, correction.id)
    if held.version != correction.version:
        raise StaleVersion("somebody changed the correction meanwhile", stored=held, version=held.version)
    return held


def _put_in_place(session: Session, draft: DraftFile, correction: DraftFile, now: datetime) -> None:
    """Give the draft the file and reading of its correction; that one goes."""
    carrying_over.keep_edition(session, draft, now)
    forget_reading(session, [draft.id])
    carrying_over.move_reading(session, correction.id, draft.id)
    _remove(session, correction.id)
    values = {
        "file_name": correction.name,
        "file_digest": correction.digest,
        "hands_on_file": correction.hands_on_file,
        "previous_name": None,
        "previous_digest": None,
        "previous_edits": None,
        "edition": draft.edition + 1,
        "version": draft.version + 1,
    }
    session.execute(update(Draft).where(Draft.id == draft.id).values(**values))
    session.execute(update(Round).where(Round.id == draft.round_id).values(revision=Round.revision + 1))


def _remove(session: Session, correction_id: int) -> None:
    session.execute(delete(Clause).where(Clause.draft_id == correction_id))
    session.execute(delete(Draft).where(Draft.id == correction_id))


def _note_concerns(session: Session, round_id: int) -> None:
    """Note anew which headings name which agency."""
    mine = select(Invitation.id).where(Invitation.round_id == round_id)
    session.execute(delete(Concern).where(Concern.invitation_id.in_(mine)))
    inviting.note_concerns(session, round_id, [each.id for each in invited(session, round_id)])
