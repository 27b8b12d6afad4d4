"""The clauses of a draft before they have names: a flat list, each entry with its depth and the lines it is made of.

What the grammar reads and what a person mends. An entry keeps its lines whole, so that whatever happens to the list no
character is lost. It refuses to know anchors (``outline_naming``) and why a line came to an entry.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from consult.domain.labels import Label
from consult.domain.outline_nodes import Line, NodeKind


class At(NamedTuple):
    """Where an entry begins in the source: part of the file, paragraph in it, character in that (see ``Span``)."""

    part: str
    paragraph: int
    start: int


@dataclass(frozen=True)
class Entry:
    """A clause, an element of the frame, or what was set aside as page furniture.

    ``part`` counts the texts of the file from 0 (an attached regulation is a part of its own); ``depth`` is the number
    of clauses above it. The first ``head`` characters of the first line are its label and the blank after it.
    """

    part: int
    kind: NodeKind
    depth: int
    paragraphs: tuple[tuple[Line, ...], ...]
    label: Label | None = None
    head: int = 0
    aside: bool = False

    @property
    def at(self) -> At:
        """The entry's address, which no other entry has."""
        first = self.paragraphs[0][0]
        return At(first.part, first.paragraph, first.start)

    @property
    def lines(self) -> Iterator[Line]:
        """The lines in their order."""
        return (line for paragraph in self.paragraphs for line in paragraph)

    @property
    def text(self) -> str:
        """The words without the label: paragraphs by newline, the lines of one joined by a blank."""
        if self.kind is NodeKind.TABLE:
            return _table_text(list(self.lines))
        first, *others = self.paragraphs
        words = [first[0].text[self.head :].strip(), *(line.text for line in first[1:])]
        told = [" ".join(filter(None, words)), *(" ".join(line.text for line in each) for each in others)]
        return "\n".join(filter(None, told))


@dataclass(frozen=True)
class Reading:
    """The entries of a file in the order of the source, and the anchor prefix of each part ("" for the first)."""

    entries: tuple[Entry, ...]
    slugs: tuple[str, ...]


def _table_text(lines: Sequence[Line]) -> str:
    """Return cells by tab, rows by newline."""
    cells: dict[int, dict[int, list[str]]] = {}
    for line in lines:
        assert line.cell is not None
        cells.setdefault(line.cell.row, {}).setdefault(line.cell.column, []).append(line.text)
    columns = range(1 + max(column for row in cells.values() for column in row))
    return "\n".join("\t".join(" ".join(row.get(column, ())) for column in columns) for row in cells.values())
