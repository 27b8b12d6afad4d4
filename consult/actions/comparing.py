"""A published draft beside its correction: what becomes of each clause, and what agencies sent about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from consult.actions.drafting import anchor_prefix, clause_rows
from consult.actions.mending import Workbench, workbench
from consult.domain.carrying import Carried, Fate, Place, carried
from consult.domain.errors import CannotCorrect
from consult.domain.hindrances import Uncorrectable
from consult.store.queries.corrected import OldClause, Touched, old_clauses, touched_clauses
from consult.store.queries.preparing import DraftFile

NewClause = Mapping[str, object]


@dataclass(frozen=True)
class Changed:
    """One place that a correction changes, as it is listed: cited and worded before ("": new) and after ("": gone)."""

    fate: Fate
    cited_before: str
    cited: str
    before: str
    now: str
    touched: Touched

    @property
    def elsewhere(self) -> bool:
        """Whether it is cited otherwise than before."""
        return bool(self.cited and self.cited_before and self.cited != self.cited_before)


@dataclass(frozen=True)
class Comparison:
    """The clauses that a draft has or had, those of its correction as rows to store, and what becomes of each."""

    draft: DraftFile
    old: Sequence[OldClause]
    new: Sequence[NewClause]
    carried: tuple[Carried, ...]

    def live(self, each: Carried) -> bool:
        """Whether a place stands in the draft of today or in its correction."""
        return each.old is None or self.old[each.old].removed_at is None

    @cached_property
    def unchanged(self) -> bool:
        """Whether the correction has the same words at the same places."""
        return all(each.fate is Fate.SAME for each in self.carried if self.live(each))

    def changes(self, touched: Mapping[int, Touched]) -> tuple[Changed, ...]:
        """Return what is changed, in the order of the corrected draft."""
        shown = [each for each in self.carried if each.fate is not Fate.SAME and self.live(each)]
        return tuple(self._changed(each, touched) for each in shown)

    def _changed(self, each: Carried, touched: Mapping[int, Touched]) -> Changed:
        before = None if each.old is None else self.old[each.old]
        now = {} if each.new is None else self.new[each.new]
        return Changed(
            each.fate,
            before.cited if before else "",
            str(now.get("cited", "")),
            printed(before.label, before.text) if before else "",
            printed(str(now["label"]), str(now["text"])) if now else "",
            touched.get(before.id, Touched()) if before else Touched(),
        )


def printed(label: str, text: str) -> str:
    """Return a clause as it reads: its label and its words."""
    return f"{label} {text}" if label and text else label or text


def compared(session: Session, draft: DraftFile, correction: DraftFile) -> Comparison:
    """Compare a published draft with its correction as it is mended now.

    Raises:
        CannotCorrect: lines of its file stand in no clause, nothing can be commented on, labels are to be confirmed.
        NotReady: its lines were not kept.
    """
    bench = workbench(session, correction)
    _refuse_unready(bench)
    old = old_clauses(session, draft.id)
    new = clause_rows(draft.id, bench.outline, anchor_prefix(draft.part, draft.position, draft.several))
    before = [Place(each.anchor, each.label, each.text, each.removed_at is not None) for each in old]
    after = [Place(str(each["anchor"]), str(each["label"]), str(each["text"])) for each in new]
    return Comparison(draft, old, new, carried(before, after))


def previewed(session: Session, draft: DraftFile, correction: DraftFile) -> tuple[Changed, ...]:
    """Return what a correction changes, each place with the comments and agreements in force. Raises as ``compared``.

    Raises:
        CannotCorrect: it changes nothing.
    """
    comparison = compared(session, draft, correction)
    if comparison.unchanged:
        raise CannotCorrect(Uncorrectable.UNCHANGED)
    return comparison.changes(touched_clauses(session, draft.id))


def _refuse_unready(bench: Workbench) -> None:
    if not bench.coverage.whole:
        raise CannotCorrect(Uncorrectable.LOST)
    if not any(not node.kind.in_frame for node in bench.outline.nodes):
        raise CannotCorrect(Uncorrectable.EMPTY)
    if bench.labels_to_confirm:
        raise CannotCorrect(Uncorrectable.LABELS)
