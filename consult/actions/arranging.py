"""Which drafts a round in preparation has, in which order and under which names; the mending table does the rest.

Anchors begin with a draft's part where a round has several drafts, so that adding, moving, renaming and removing one
writes the clauses of all of them again, from their lines and edits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from consult.actions.drafting import anchor_prefix, forget_reading, keep_file, keep_source, store_clauses
from consult.actions.mending import HandedIn, bench_of
from consult.actions.preparing import acting, lock_round
from consult.domain.errors import PartTaken, StaleVersion
from consult.domain.outline import outline
from consult.domain.wording import search_key
from consult.store.consultations import Clause, Draft
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, drafts_with_files, hold_draft
from consult.store.queries.rounds import RoundFacts

# What a folder brings begins with 1; the office's own is never overwritten by one that is loaded again.
_OF_THE_DESK = 2


@dataclass(frozen=True)
class Named:
    """How a draft is called: its title, and its part where a round has several ("" without)."""

    part: str
    title: str


def add_draft(
    session: Session, official: OfficialGrant, facts: RoundFacts, named: Named, handed_in: HandedIn, now: datetime
) -> int:
    """Put a further draft behind those of a round and return its position.

    Raises:
        AlreadyPublished: the round was published meanwhile.
        PartTaken: another draft bears that part.
    """
    lock_round(session, facts.id)
    drafts = drafts_with_files(session, facts.id)
    _refuse_taken(named.part, drafts)
    position, source = len(drafts) + 1, handed_in.source
    row = insert(Draft).values(
        round_id=facts.id,
        position=position,
        part=named.part,
        title=named.title,
        file_name=source.name,
        file_digest=keep_file(session, handed_in.content),
        version=_OF_THE_DESK,
    )
    draft_id = session.execute(row.returning(Draft.id)).scalar_one()
    keep_source(session, draft_id, source)
    store_clauses(session, draft_id, outline(source), anchor_prefix(named.part, position, position))
    if drafts:
        _write_again(session, drafts_with_files(session, facts.id)[:-1])
    append(session, now, acting(official), "add draft", facts.id, draft=position, file=source.name)
    return position


def rename_draft(
    session: Session, official: OfficialGrant, facts: RoundFacts, draft: DraftFile, named: Named, now: datetime
) -> None:
    """Call a draft otherwise.

    Raises:
        AlreadyPublished, PartTaken: as for ``add_draft``.
        StaleVersion: somebody else changed the draft meanwhile.
    """
    _hold(session, facts, draft)
    others = [each for each in drafts_with_files(session, facts.id) if each.id != draft.id]
    _refuse_taken(named.part, others)
    session.execute(update(Draft).where(Draft.id == draft.id).values(part=named.part, title=named.title))
    _write_again(session, [hold_draft(session, draft.id)])
    append(session, now, acting(official), "rename draft", facts.id, draft=draft.position, **vars(named))


def move_up(session: Session, official: OfficialGrant, facts: RoundFacts, draft: DraftFile, now: datetime) -> None:
    """Put a draft before the one that stands before it; the first stays. Raises like ``rename_draft``."""
    _hold(session, facts, draft)
    drafts = drafts_with_files(session, facts.id)
    before = [each for each in drafts if each.position == draft.position - 1]
    if not before:
        return
    _place(session, before[0].id, 0)
    _place(session, draft.id, draft.position - 1)
    _place(session, before[0].id, draft.position)
    _write_again(session, drafts_with_files(session, facts.id))
    append(session, now, acting(official), "move draft", facts.id, draft=draft.position, to=draft.position - 1)


def remove_draft(session: Session, official: OfficialGrant, facts: RoundFacts, draft: DraftFile, now: datetime) -> None:
    """Take a draft out that nobody outside has seen. Raises like ``rename_draft``."""
    _hold(session, facts, draft)
    forget_reading(session, [draft.id])
    session.execute(delete(Clause).where(Clause.draft_id == draft.id))
    session.execute(delete(Draft).where(Draft.id == draft.id))
    left = drafts_with_files(session, facts.id)
    for position, each in enumerate(left, start=1):
        if each.position != position:
            _place(session, each.id, position)
    _write_again(session, drafts_with_files(session, facts.id))
    append(session, now, acting(official), "remove draft", facts.id, draft=draft.position, file=draft.name)


def _hold(session: Session, facts: RoundFacts, draft: DraftFile) -> None:
    lock_round(session, facts.id)
    stands = {each.id: each for each in drafts_with_files(session, facts.id)}.get(draft.id)
    if stands is None or (stands.version, stands.position) != (draft.version, draft.position):
        raise StaleVersion(
            "somebody changed the draft meanwhile", stored=stands, version=stands.version if stands else 0
        )


def _refuse_taken(part: str, others: Sequence[DraftFile]) -> None:
    if part and search_key(part) in {search_key(each.part) for each in others}:
        raise PartTaken(f"another draft of this round is the part {part!r}; give this one another name")


def _place(session: Session, draft_id: int, position: int) -> None:
    session.execute(update(Draft).where(Draft.id == draft_id).values(position=position))


def _write_again(session: Session, drafts: Sequence[DraftFile]) -> None:
    """Write the clauses of drafts again as their names, order and number ask; whoever has them open sees it."""
    for draft in drafts:
        bench = bench_of(session, draft)
        if bench is not None:
            store_clauses(session, draft.id, bench.outline, anchor_prefix(draft.part, draft.position, draft.several))
        session.execute(update(Draft).where(Draft.id == draft.id).values(version=draft.version + 1))
