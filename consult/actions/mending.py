"""The office mends how its draft was read, replaces the file, and says whether readers may take it; until publishing.

A correction of a published draft is mended in the same way until it is issued.

Each edit is a row; the clauses are written again from the lines and all edits in the same transaction, so that whatever
reads clauses sees them as the office left them.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from consult.actions.drafting import anchor_prefix, keep_file, keep_source, source_kept, store_clauses
from consult.actions.preparing import acting
from consult.documents.intake import read_draft
from consult.domain.coverage import Coverage, coverage
from consult.domain.doubts import Doubtful, doubts
from consult.domain.edits import Edit, TrustLabels, edit_told, edits_of
from consult.domain.errors import AlreadyPublished, NotReady, NotSupported, StaleVersion
from consult.domain.findings import safe_to_hand_on
from consult.domain.mending import Mended, mended
from consult.domain.outline import outlined, read
from consult.domain.outline_entries import At, Reading
from consult.domain.outline_nodes import Outline, SourceText
from consult.store.consultations import Draft
from consult.store.drafts import DraftEdit
from consult.store.journal import append
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, drafts_with_files, hold_draft, previous_edits, stored_edits

ChangeOfDraft = Callable[[Session, DraftFile], At | None]
"""An act on a draft as a whole; it returns the place where its effect is seen, when there is one."""


@dataclass(frozen=True)
class Workbench:
    """A draft in preparation: its lines, the edits so far, and what both make."""

    draft: DraftFile
    source: SourceText
    read: Reading
    edits: tuple[Edit, ...]
    mended: Mended
    outline: Outline
    coverage: Coverage
    doubts: tuple[Doubtful, ...]

    @property
    def labels_to_confirm(self) -> bool:
        """Whether the file was converted and nobody has compared its labels with the original yet."""
        return self.source.origin.converted and not self.mended.labels_trusted


def workbench(session: Session, draft: DraftFile) -> Workbench:
    """Return a draft with what its lines and edits make.

    Raises:
        NotReady: its lines were not kept; the file has to be read again.
    """
    bench = bench_of(session, draft)
    if bench is None:
        raise NotReady(f"{draft.name}: it was loaded by an earlier version; hand the file in again")
    return bench


def bench_of(session: Session, draft: DraftFile) -> Workbench | None:
    """Return what ``workbench`` does, None for a draft whose lines were not kept."""
    source = source_kept(session, draft.id, draft.name)
    if source is None:
        return None
    edits = edits_of(stored_edits(session, draft.id))
    reading = read(source)
    state = mended(reading, edits)
    tree = outlined(state.reading)
    return Workbench(draft, source, reading, edits, state, tree, coverage(source.lines, tree), doubts(state))


def mend(session: Session, official: OfficialGrant, draft: DraftFile, edit: Edit, now: datetime) -> None:
    """Apply one more edit to the draft as ``draft`` shows it.

    Raises:
        CannotMend: it does not fit what stands there.
        StaleVersion: somebody else changed the draft meanwhile.
        AlreadyPublished: the round was published meanwhile.
    """
    _hold(session, draft)
    bench = workbench(session, draft)
    tree = outlined(mended(bench.read, [*bench.edits, edit]).reading)
    row = _edit_row(official, draft, len(bench.edits) + 1, edit_told(edit), now)
    session.execute(insert(DraftEdit).values(**row))
    _write(session, draft, tree)


def undo(session: Session, draft: DraftFile) -> At | None:
    """Drop the last edit and return its place. Raises like ``mend``; without edits nothing changes."""
    _hold(session, draft)
    dropped = edits_of(stored_edits(session, draft.id))[-1:]
    last = select(func.max(DraftEdit.position)).where(DraftEdit.draft_id == draft.id).scalar_subquery()
    session.execute(delete(DraftEdit).where(DraftEdit.draft_id == draft.id, DraftEdit.position == last))
    _write(session, draft, workbench(session, draft).outline)
    return next((edit.at for edit in dropped if not isinstance(edit, TrustLabels)), None)


def start_again(session: Session, draft: DraftFile) -> None:
    """Drop all edits. Raises like ``mend``."""
    _hold(session, draft)
    session.execute(delete(DraftEdit).where(DraftEdit.draft_id == draft.id))
    _write(session, draft, workbench(session, draft).outline)


@dataclass(frozen=True)
class HandedIn:
    """A file that was read: nothing in it had to be refused."""

    content: bytes
    source: SourceText


def read_file(name: str, content: bytes) -> HandedIn:
    """Read a file that was handed in, before any transaction.

    Raises:
        UnreadableDraft: it cannot be read; names the file, the reason, what to do.
    """
    return HandedIn(content, read_draft(name, content))


def replace_file(
    session: Session, official: OfficialGrant, draft: DraftFile, handed_in: HandedIn, now: datetime
) -> None:
    """Put another file in place of the draft's; its reading begins anew. The file before can be put back.

    Raises:
        StaleVersion, AlreadyPublished: as for ``mend``.
    """
    _hold(session, draft)
    _put_in_place(session, draft, handed_in, ())
    _note_file(session, official, draft, handed_in, "replace draft", now)


def put_back(session: Session, official: OfficialGrant, draft: DraftFile, handed_in: HandedIn, now: datetime) -> None:
    """Put the file back that stood here before, as it was mended then; ``handed_in`` is that file read again.

    Raises:
        StaleVersion, AlreadyPublished: as for ``mend``.
    """
    _hold(session, draft)
    edits = previous_edits(session, draft.id)
    _put_in_place(session, draft, handed_in, edits)
    if edits:
        rows = [_edit_row(official, draft, position, edit, now) for position, edit in enumerate(edits, start=1)]
        session.execute(insert(DraftEdit), rows)
    _note_file(session, official, draft, handed_in, "put draft back", now)


def _put_in_place(session: Session, draft: DraftFile, handed_in: HandedIn, edits: Sequence[str]) -> None:
    before = json.dumps(stored_edits(session, draft.id), ensure_ascii=False)
    source, digest = handed_in.source, keep_file(session, handed_in.content)
    keep_source(session, draft.id, source)
    tree = outlined(mended(read(source), edits_of(edits)).reading)
    named = {"file_name": source.name, "file_digest": digest, "hands_on_file": False}
    previous = {"previous_name": draft.name, "previous_digest": draft.digest, "previous_edits": before}
    session.execute(update(Draft).where(Draft.id == draft.id).values(**named, **previous))
    _write(session, draft, tree)


def _note_file(
    session: Session, official: OfficialGrant, draft: DraftFile, handed_in: HandedIn, act: str, now: datetime
) -> None:
    actor, file = acting(official), handed_in.source.name
    append(session, now, actor, act, draft.round_id, draft=draft.position, file=file, before=draft.name)


def hand_on(session: Session, draft: DraftFile) -> None:
    """Let readers take the file itself beside the clean document, or no longer.

    Raises:
        NotSupported: something is hidden in the file (tracked changes, comments, names).
        StaleVersion, AlreadyPublished: as for ``mend``.
    """
    _hold(session, draft)
    if not draft.hands_on_file and not safe_to_hand_on(workbench(session, draft).source.findings):
        raise NotSupported("something is hidden in the file; take it out, save it, and hand it in again")
    values = {"hands_on_file": not draft.hands_on_file, "version": draft.version + 1}
    session.execute(update(Draft).where(Draft.id == draft.id).values(**values))


def refuse_unready(session: Session, round_id: int) -> None:
    """Make sure that every draft of a round covers its source, before it is published.

    Raises:
        NotReady: names the draft, what is amiss and what to do.
    """
    for draft in drafts_with_files(session, round_id):
        bench = bench_of(session, draft)
        if bench is None:
            continue
        if not bench.coverage.whole:
            raise NotReady(f"{draft.name}: {len(bench.coverage.faulty)} lines stand in no clause; mend the draft first")
        if not any(not node.kind.in_frame for node in bench.outline.nodes):
            raise NotReady(f"{draft.name}: nothing in it can be commented on; mend the draft first")
        if bench.labels_to_confirm:
            raise NotReady(f"{draft.name}: it was converted; compare its labels with the original and confirm them")


def _edit_row(official: OfficialGrant, draft: DraftFile, position: int, edit: str, now: datetime) -> dict[str, object]:
    return {
        "draft_id": draft.id,
        "position": position,
        "edit": edit,
        "official": official.name,
        "made_at": now,
    }


def _hold(session: Session, draft: DraftFile) -> None:
    now = hold_draft(session, draft.id)
    if now.published_at is not None and now.corrects_id is None:
        raise AlreadyPublished("the round is published; its draft is corrected by an act of its own")
    if now.version != draft.version:
        raise StaleVersion("somebody changed the draft meanwhile", stored=now, version=now.version)


def _write(session: Session, draft: DraftFile, tree: Outline) -> None:
    store_clauses(session, draft.id, tree, anchor_prefix(draft.part, draft.position, draft.several))
    session.execute(update(Draft).where(Draft.id == draft.id).values(version=draft.version + 1))
