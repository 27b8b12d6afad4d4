"""Entries → nodes: parents by depth, and the anchors by which everybody names a place.

Anchors depend on nothing but the list, so that a mended list is named like one that was read so. It refuses to know how
the list came about.
"""

from collections import Counter
from collections.abc import Sequence

from consult.domain.labels import Level
from consult.domain.outline_entries import Entry
from consult.domain.outline_nodes import Node, NodeKind

_MARKS = {Level.DASH: "-", Level.PLUS: "+", Level.STAR: "*"}
_COUNTED = {
    NodeKind.TABLE: "bang-",
    NodeKind.NOTE: "ghi-chu-",
    NodeKind.MASTHEAD: "quoc-hieu-",
    NodeKind.SUBJECT: "trich-yeu-",
    NodeKind.RECIPIENTS: "kinh-gui-",
    NodeKind.DISTRIBUTION: "noi-nhan-",
    NodeKind.SIGNATURE: "ky-",
}
"""Counted below their parent, like a bare paragraph."""
_OF_THE_WHOLE = {NodeKind.PREAMBLE: "mo-dau-", NodeKind.CLOSING: "ket-thuc-"}
"""Counted through the part."""


def named(entries: Sequence[Entry], slugs: Sequence[str]) -> tuple[Node, ...]:
    """Return the nodes of ``entries`` in their order; what was set aside is no node.

    The parent of an entry is the nearest one before it of less depth, in its part and outside the frame.
    """
    naming = _Naming(slugs)
    return tuple(naming.node(entry) for entry in entries if not entry.aside)


class _Naming:
    """Hands out anchors in the order of the entries."""

    def __init__(self, slugs: Sequence[str]) -> None:
        self._prefixes = [f"{slug}." if slug else "" for slug in slugs]
        self._open: list[list[tuple[int, str]]] = [[] for _ in slugs]
        self._counts: Counter[tuple[int, str]] = Counter()
        self._taken: Counter[str] = Counter()

    def node(self, entry: Entry) -> Node:
        """Return the node of the next entry."""
        above = self._above(entry)
        anchor = self._free(self._wanted(entry, above))
        if not entry.kind.in_frame:
            self._open[entry.part].append((entry.depth, anchor))
        label = entry.label.printed if entry.label else ""
        return Node(anchor, label, above, entry.kind, entry.text, tuple(line.span for line in entry.lines))

    def _above(self, entry: Entry) -> str | None:
        if entry.kind.in_frame:
            return None
        path = self._open[entry.part]
        while path and path[-1][0] >= entry.depth:
            path.pop()
        return path[-1][1] if path else None

    def _wanted(self, entry: Entry, above: str | None) -> str:
        prefix = self._prefixes[entry.part]
        below = f"{above}." if above else prefix
        if entry.kind in _OF_THE_WHOLE:
            return self._counted(entry.part, prefix + _OF_THE_WHOLE[entry.kind])
        if entry.label is None or entry.kind in _COUNTED:
            return self._counted(entry.part, below + _COUNTED.get(entry.kind, "p"))
        if entry.label.level in _MARKS:
            return self._counted(entry.part, below + _MARKS[entry.label.level])
        return (prefix if entry.label.level is Level.ARTICLE else below) + entry.label.slug

    def _counted(self, part: int, slug: str) -> str:
        self._counts[part, slug] += 1
        return f"{slug}{self._counts[part, slug]}"

    def _free(self, wanted: str) -> str:
        """Return ``wanted``; one that is taken gets "~2", "~3"."""
        self._taken[wanted] += 1
        return wanted if self._taken[wanted] == 1 else f"{wanted}~{self._taken[wanted]}"
