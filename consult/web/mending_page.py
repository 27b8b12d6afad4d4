"""What the mending table shows: its rows by pages, the doubtful places first, and that nothing is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from consult.actions.mending import Workbench
from consult.domain.coverage import Kept
from consult.domain.doubts import Doubt, Doubtful
from consult.domain.findings import Finding
from consult.domain.outline_entries import At, Entry
from consult.domain.outline_nodes import Line, Node
from consult.web.mending_forms import at_told
from consult.web.mending_words import KINDS, doubt_told, finding_told

ROWS = 120
_MOST_DOUBTS = 40


@dataclass(frozen=True)
class DoubtLine:
    """A doubtful place: its row, its first words, the reason, and the edit that would settle it (``do``).

    ``label`` and ``offset`` are what that edit needs; ``do`` is empty where only a person knows.
    """

    at: str
    row: str
    cited: str
    reason: str
    do: str
    label: str
    offset: int


@dataclass(frozen=True)
class FoundLine:
    """Contents of one kind that the file holds besides its words; ``places`` are line numbers with their entries."""

    words: str
    places: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Row:
    """An entry of the draft beside the lines of the source that it is made of (number and text of each)."""

    at: str
    id: str
    anchor: str
    label: str
    kind: str
    kind_words: str
    text: str
    level: int
    aside: bool
    in_frame: bool
    first: bool
    opens_part: str
    lines: tuple[tuple[int, str], ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Counts:
    """How many lines stand where; ``faulty`` are the numbers and texts of those that are not placed once."""

    lines: int
    clauses: int
    frame: int
    aside: int
    faulty: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class MendingPage:
    """One page of the table."""

    bench: Workbench
    focus: At | None

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return self.bench.mended.reading.entries

    @cached_property
    def _places(self) -> Mapping[At, int]:
        return {entry.at: place for place, entry in enumerate(self._entries)}

    @cached_property
    def _numbers(self) -> Mapping[tuple[str, int], int]:
        """The number of each paragraph of the source, counted over those that have words."""
        numbers: dict[tuple[str, int], int] = {}
        for line in self.bench.source.lines:
            if line.text:
                numbers.setdefault((line.part, line.paragraph), len(numbers) + 1)
        return numbers

    @property
    def pages(self) -> int:
        """How many pages the table has."""
        return max(1, -(-len(self._entries) // ROWS))

    @property
    def number(self) -> int:
        """The number of this page, from 1: the one that holds the entry in focus."""
        return self.page_of(self.focus) if self.focus else 1

    def page_of(self, at: At) -> int:
        """Return the page that holds an entry; the first for an unknown one."""
        return self._places.get(at, 0) // ROWS + 1

    def first_of(self, number: int) -> str:
        """Return the address of the first entry of a page."""
        return at_told(self._entries[(number - 1) * ROWS].at)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The rows of this page."""
        first = (self.number - 1) * ROWS
        names = self._names
        return tuple(
            self._row(place, entry, names.get(entry.at))
            for place, entry in enumerate(self._entries[first : first + ROWS], first)
        )

    @cached_property
    def _names(self) -> Mapping[At, Node]:
        kept = [entry for entry in self._entries if not entry.aside]
        return {entry.at: node for entry, node in zip(kept, self.bench.outline.nodes, strict=True)}

    @cached_property
    def _reasons(self) -> Mapping[At, Sequence[str]]:
        reasons: dict[At, list[str]] = {}
        for each in self.bench.doubts:
            reasons.setdefault(each.at, []).append(doubt_told(each))
        return reasons

    def _row(self, place: int, entry: Entry, node: Node | None) -> Row:
        before = self._entries[place - 1] if place else None
        parts = before is not None and before.part != entry.part and not entry.aside
        return Row(
            at=at_told(entry.at),
            id=row_id(entry.at),
            anchor=node.anchor if node else "",
            label=entry.label.printed if entry.label else "",
            kind=entry.kind.value,
            kind_words=str(KINDS[entry.kind]),
            text=entry.text,
            level=0 if entry.kind.in_frame or entry.aside else entry.depth,
            aside=entry.aside,
            in_frame=entry.kind.in_frame,
            first=place == 0,
            opens_part=(self.bench.mended.reading.slugs[entry.part] or str(entry.part + 1)) if parts else "",
            lines=tuple((self._number(line), line.text) for line in entry.lines),
            reasons=tuple(self._reasons.get(entry.at, ())),
        )

    def _number(self, line: Line) -> int:
        return self._numbers[line.part, line.paragraph]

    @cached_property
    def doubts(self) -> tuple[DoubtLine, ...]:
        """The doubtful places, as many as a person looks at in one go."""
        return tuple(map(self._doubt, self.bench.doubts[:_MOST_DOUBTS]))

    def _doubt(self, doubtful: Doubtful) -> DoubtLine:
        settled = {Doubt.UNFINISHED: "join", Doubt.OUT_OF_ORDER: "split-at" if doubtful.offset else "label"}
        entry = self._entries[self._places[doubtful.at]]
        words = " ".join(filter(None, (entry.label.printed if entry.label else "", entry.text)))
        return DoubtLine(
            at=at_told(doubtful.at),
            row=row_id(doubtful.at),
            cited=words[:80],
            reason=doubt_told(doubtful),
            do=settled.get(doubtful.doubt, ""),
            label=doubtful.label,
            offset=doubtful.offset,
        )

    @cached_property
    def findings(self) -> tuple[FoundLine, ...]:
        """What the file holds besides its words, each kind with the lines where it stands."""
        kinds = dict.fromkeys(finding.what for finding in self.bench.source.findings)
        return tuple(self._found([each for each in self.bench.source.findings if each.what is kind]) for kind in kinds)

    def _found(self, findings: Sequence[Finding]) -> FoundLine:
        paragraphs = dict.fromkeys((each.part, each.paragraph) for each in findings)
        known = [paragraph for paragraph in paragraphs if paragraph in self._holders]
        places = ((self._numbers[each], at_told(self._holders[each]), row_id(self._holders[each])) for each in known)
        return FoundLine(finding_told(findings), tuple(places))

    @cached_property
    def _holders(self) -> Mapping[tuple[str, int], At]:
        """The entry that holds the beginning of each paragraph of the source."""
        holders: dict[tuple[str, int], At] = {}
        for entry in self._entries:
            for line in entry.lines:
                holders.setdefault((line.part, line.paragraph), entry.at)
        return holders

    @property
    def counts(self) -> Counts:
        """Where the lines of the source stand."""
        found = self.bench.coverage
        return Counts(
            found.lines,
            found.counts[Kept.CLAUSE],
            found.counts[Kept.FRAME],
            found.counts[Kept.ASIDE],
            tuple((self._number(line), line.text) for line in found.faulty),
        )


def row_id(at: At) -> str:
    """Return the id of an entry's row in the page."""
    return f"o-{at.part}-{at.paragraph}-{at.start}".replace("/", "-")
