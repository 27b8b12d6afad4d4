"""Where an entry stands in a list that is being mended: what is below it, how deep a new one goes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from consult.domain.labels import Label
from consult.domain.outline_entries import Entry


def standing_below(entries: Sequence[Entry], index: int) -> Iterator[int]:
    """Yield the places of all entries below the one at ``index``."""
    top = entries[index]
    if top.kind.in_frame or top.aside:
        return
    for place in range(index + 1, len(entries)):
        entry = entries[place]
        if entry.kind.in_frame or entry.aside or entry.part != top.part:
            continue
        if entry.depth <= top.depth:
            return
        yield place


def depth_for(label: Label, entries: Sequence[Entry], index: int) -> int:
    """Return how deep an entry with ``label`` stands after the one at ``index``: below the nearest wider label."""
    for above in _upwards(entries, index):
        if above.label is not None and above.label.rank < label.rank:
            return above.depth + 1
    return 0


def depth_of_paragraph(entries: Sequence[Entry], index: int) -> int:
    """Return how deep a bare paragraph at ``index`` stands: below the last labelled entry before it."""
    part = entries[index].part
    for place in range(index - 1, -1, -1):
        before = entries[place]
        if before.part == part and before.label is not None and not before.aside:
            return before.depth + 1
    return 0


def levelled(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries with the depth that they have as a tree: the number of entries above each."""
    above: dict[int, list[int]] = {}
    found = []
    for entry in entries:
        if entry.kind.in_frame or entry.aside:
            found.append(entry)
            continue
        path = above.setdefault(entry.part, [])
        while path and path[-1] >= entry.depth:
            path.pop()
        found.append(entry if entry.depth == len(path) else replace(entry, depth=len(path)))
        path.append(entry.depth)
    return found


def _upwards(entries: Sequence[Entry], index: int) -> Iterator[Entry]:
    """Yield the entry at ``index`` (or the next before it that is of the body) and those above it, innermost first."""
    depth: int | None = None
    part = entries[max(index, 0)].part
    for place in range(index, -1, -1):
        entry = entries[place]
        if entry.part != part or entry.kind.in_frame or entry.aside:
            continue
        if depth is None or entry.depth < depth:
            depth = entry.depth
            yield entry
