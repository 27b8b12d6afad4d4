"""Writing a correction into the clauses of a draft: each keeps its row, the words before go into the record.

Order and anchors are unique in a draft, so that all are first put aside and then set; as many statements for a long
draft as for a short one.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import String, cast, delete, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from consult.actions.comparing import Comparison
from consult.domain.carrying import Carried, Fate
from consult.store.answers import Agreement
from consult.store.consultations import Clause, ClauseWording, DraftEdition
from consult.store.drafts import DraftEdit, DraftSource
from consult.store.queries.preparing import DraftFile

Row = dict[str, object]


def write(session: Session, comparison: Comparison, now: datetime) -> None:
    """Set every clause of the draft as its correction has it; what is gone keeps its words and its place in order."""
    worded = list(_wordings(comparison, now))
    if worded:
        session.execute(insert(ClauseWording), worded)
    aside = {"position": -Clause.position, "anchor": literal("~") + cast(Clause.id, String)}
    session.execute(update(Clause).where(Clause.draft_id == comparison.draft.id).values(**aside))
    kept, gone, before, new = _rows(comparison, now)
    for rows in filter(None, (kept, gone, before)):
        session.execute(update(Clause), rows)
    if new:
        session.execute(insert(Clause), new)


def _wordings(comparison: Comparison, now: datetime) -> Iterator[Row]:
    for each in comparison.carried:
        if each.old is None or each.fate is Fate.SAME or not comparison.live(each):
            continue
        old = comparison.old[each.old]
        told = {"anchor": old.anchor, "label": old.label, "cited": old.cited, "text": old.text}
        yield {"clause_id": old.id, "edition": comparison.draft.edition, "until": now, **told}


def _rows(comparison: Comparison, now: datetime) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Return the rows of clauses that stay, that go, that went before, and that are new."""
    kept: list[Row] = []
    gone: list[Row] = []
    before: list[Row] = []
    new: list[Row] = []
    for position, each in enumerate(comparison.carried, start=1):
        if each.old is None and each.new is not None:
            new.append({**comparison.new[each.new], "position": position})
        elif each.new is not None:
            kept.append(_kept(comparison, each, each.new, position, now))
        elif comparison.live(each):
            gone.append(_gone(comparison, each, position) | {"removed_at": now, "changed_at": now})
        else:
            before.append(_gone(comparison, each, position))
    return kept, gone, before, new


def _kept(comparison: Comparison, each: Carried, new: int, position: int, now: datetime) -> Row:
    old = comparison.old[each.old or 0]
    row = {name: value for name, value in comparison.new[new].items() if name not in ("draft_id", "lineage")}
    changed = old.changed_at if each.fate is Fate.SAME else now
    return {**row, "id": old.id, "position": position, "changed_at": changed}


def _gone(comparison: Comparison, each: Carried, position: int) -> Row:
    """Return a clause that is in the draft no more: no new one can have its anchor."""
    old = comparison.old[each.old or 0]
    anchor = old.anchor if old.removed_at else f"{old.anchor}@{comparison.draft.edition}"
    return {"id": old.id, "position": position, "anchor": anchor}


def take_off_agreements(session: Session, draft: DraftFile) -> None:
    """Take "thống nhất" off the working copies where the words that were agreed with changed or went."""
    other = (
        select(Clause.id)
        .join(ClauseWording, ClauseWording.clause_id == Clause.id)
        .where(Clause.draft_id == draft.id, ClauseWording.edition == draft.edition)
        .where(or_(ClauseWording.text != Clause.text, Clause.removed_at.is_not(None)))
    )
    session.execute(delete(Agreement).where(Agreement.clause_id.in_(other)))


def keep_edition(session: Session, draft: DraftFile, now: datetime) -> None:
    """Record the file of the edition that was in force until now."""
    kept = {"edition": draft.edition, "file_name": draft.name, "file_digest": draft.digest, "until": now}
    session.execute(insert(DraftEdition).values(draft_id=draft.id, **kept))


def move_reading(session: Session, correction_id: int, draft_id: int) -> None:
    """Give the lines and edits of a correction to the draft that it corrects."""
    for table in (DraftSource, DraftEdit):
        session.execute(update(table).where(table.draft_id == correction_id).values(draft_id=draft_id))
