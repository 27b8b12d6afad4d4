"""A reading and a list of edits → the mended reading; a pure function of both, so that undoing is dropping the last.

Lines are only ever moved between entries or cut in two, never changed: whatever is mended, every character of the
source stays in exactly one entry. It refuses to know storage and pages.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from consult.domain import edits
from consult.domain.edits import Edit
from consult.domain.errors import CannotMend
from consult.domain.hindrances import Unfit
from consult.domain.labels import find_label
from consult.domain.mending_places import depth_for, depth_of_paragraph, levelled, standing_below
from consult.domain.mending_texts import cut, joined, label_typed, length_of_label, shape_of
from consult.domain.outline_entries import At, Entry, Reading
from consult.domain.outline_marks import part_slug
from consult.domain.outline_nodes import NodeKind

_LABELLED = (NodeKind.NUMBERED, NodeKind.DASH)
_WHOLE = (NodeKind.TABLE, NodeKind.NOTE)
_AT_THE_TOP = (NodeKind.PREAMBLE, NodeKind.CLOSING)


@dataclass(frozen=True)
class Mended:
    """The reading after all edits; ``trusted`` are the entries that a person has looked at."""

    reading: Reading
    trusted: frozenset[At] = frozenset()
    labels_trusted: bool = False


def mended(reading: Reading, changes: Iterable[Edit]) -> Mended:
    """Apply the edits in their order.

    Raises:
        CannotMend: an edit does not fit what stands there; none is applied.
    """
    bench = _Bench(list(reading.entries), list(reading.slugs))
    for change in changes:
        bench.apply(change)
    return Mended(Reading(tuple(bench.entries), tuple(bench.slugs)), frozenset(bench.trusted), bench.labels_trusted)


@dataclass
class _Bench:
    """The list while it is mended."""

    entries: list[Entry]
    slugs: list[str]
    trusted: set[At] = field(default_factory=set)
    labels_trusted: bool = False

    def apply(self, change: Edit) -> None:
        """Apply one edit."""
        if isinstance(change, edits.TrustLabels):
            self.labels_trusted = True
            return
        index = self._index(change.at)
        match change:
            case edits.Join():
                self._join(index)
            case edits.Split(offset=offset):
                self._split(index, offset)
            case edits.BeginPart():
                self._begin_part(index)
            case edits.JoinPart():
                self._join_part(index)
            case edits.Trust(at=at):
                self.trusted.add(at)
            case _:
                self._change(index, change)
        self.entries = levelled(self.entries)

    def _change(self, index: int, change: Edit) -> None:
        """Apply an edit after which the list has the same entries, of other kinds or levels."""
        match change:
            case edits.Relabel(label=label):
                self.entries[index] = self._labelled(index, label)
            case edits.SetKind(kind=kind):
                self.entries[index] = self._of_kind(index, kind)
            case edits.Shift(by=by):
                self._shift(index, by)
            case edits.SetAside():
                self.entries[index] = replace(self.entries[index], aside=True)
            case edits.BringBack():
                self._bring_back(index)

    def _index(self, at: At) -> int:
        for index, entry in enumerate(self.entries):
            if entry.at == at:
                return index
        raise CannotMend(Unfit.GONE, "there is no such place in the draft (any more); look at it again")

    def _before(self, index: int) -> int:
        for before in range(index - 1, -1, -1):
            if not self.entries[before].aside:
                return before
        raise CannotMend(Unfit.NOTHING_BEFORE, "nothing stands before this place that it could belong to")

    def _join(self, index: int) -> None:
        before = self._before(index)
        first, second = self.entries[before], self.entries[index]
        if first.kind in _WHOLE or second.kind in _WHOLE:
            raise CannotMend(Unfit.WHOLE, "a table or a footnote stays whole; it can be neither joined nor split")
        if first.part != second.part:
            raise CannotMend(Unfit.OTHER_PART, "what stands before belongs to another text; join the two texts first")
        for below in standing_below(self.entries, index):
            moved = first.depth - second.depth
            self.entries[below] = replace(self.entries[below], depth=self.entries[below].depth + moved)
        self.entries[before] = joined(first, second)
        del self.entries[index]

    def _split(self, index: int, offset: int) -> None:
        entry = self.entries[index]
        if entry.kind in _WHOLE:
            raise CannotMend(Unfit.WHOLE, "a table or a footnote stays whole; it can be neither joined nor split")
        first, rest = cut(entry, offset)
        label = None if entry.kind.in_frame else find_label(rest[0][0].text)
        if label is not None:
            kind, head = shape_of(label, rest), len(rest[0][0].text) - len(label.rest)
            second = Entry(entry.part, kind, depth_for(label, self.entries, index), rest, label, head)
        elif entry.label is not None:
            second = Entry(entry.part, NodeKind.PLAIN, entry.depth + 1, rest)
        else:
            second = replace(entry, paragraphs=rest)
        self.entries[index : index + 1] = [first, second]

    def _labelled(self, index: int, printed: str) -> Entry:
        entry = self.entries[index]
        if entry.kind in _WHOLE:
            raise CannotMend(Unfit.WHOLE, "a table or a footnote has no label")
        if not printed.strip():
            return self._of_kind(index, NodeKind.PLAIN)
        label = label_typed(printed)
        head, depth = length_of_label(entry, label), entry.depth
        if entry.label is None or entry.label.rank != label.rank:
            depth = depth_for(label, self.entries, index - 1)
        return replace(entry, label=label, head=head, depth=depth, kind=shape_of(label, entry.paragraphs, head))

    def _of_kind(self, index: int, kind: NodeKind) -> Entry:
        """Return the entry as one of another kind; a label that the kind does not bear goes back into the text."""
        entry = self.entries[index]
        if kind in _WHOLE or (entry.kind in _WHOLE and not kind.in_frame and kind is not NodeKind.PLAIN):
            raise CannotMend(Unfit.KIND, "a table or a footnote can only become a paragraph or go to the frame")
        if kind is NodeKind.HEADING or kind in _LABELLED:
            if entry.label is None and kind in _LABELLED:
                raise CannotMend(Unfit.NO_LABEL, "a clause of this kind bears a label; give it its label instead")
            return replace(entry, kind=kind)
        depth = entry.depth
        if kind.in_frame or kind in _AT_THE_TOP:
            depth = 0
        elif entry.kind.in_frame or entry.kind in _AT_THE_TOP:
            depth = depth_of_paragraph(self.entries, index)
        return replace(entry, kind=kind, depth=depth, label=None, head=0)

    def _shift(self, index: int, by: int) -> None:
        entry = self.entries[index]
        before = [each for each in self.entries[:index] if _holds_others(each, entry.part)]
        deepest = before[-1].depth + 1 if before else 0
        if entry.kind.in_frame or entry.kind in _AT_THE_TOP or not 0 <= entry.depth + by <= deepest:
            raise CannotMend(Unfit.LEVEL, "it cannot move further that way")
        for each in (index, *standing_below(self.entries, index)):
            self.entries[each] = replace(self.entries[each], depth=self.entries[each].depth + by)

    def _bring_back(self, index: int) -> None:
        entry = self.entries[index]
        depth = entry.depth
        if entry.kind is NodeKind.PLAIN and not depth:
            depth = depth_of_paragraph(self.entries, index)
        self.entries[index] = replace(entry, aside=False, depth=depth)

    def _begin_part(self, index: int) -> None:
        entry = self.entries[index]
        label = entry.label.printed if entry.label else ""
        title = label or " ".join(entry.text.split("\n", 1)[0].split()[:3])
        number = len(self.slugs)
        self.slugs.append(part_slug(title) or f"phan-{number + 1}")
        self._move(range(index, len(self.entries)), entry.part, number)

    def _join_part(self, index: int) -> None:
        part = self.entries[index].part
        first = next(place for place, entry in enumerate(self.entries) if entry.part == part)
        if not first:
            raise CannotMend(Unfit.NOTHING_BEFORE, "it is the first text of the file already")
        self._move(range(first, len(self.entries)), part, self.entries[first - 1].part)

    def _move(self, places: Sequence[int], part: int, to: int) -> None:
        for place in places:
            if self.entries[place].part == part:
                self.entries[place] = replace(self.entries[place], part=to)


def _holds_others(entry: Entry, part: int) -> bool:
    holds = entry.label is not None or entry.kind is NodeKind.HEADING
    return entry.part == part and not entry.aside and holds
