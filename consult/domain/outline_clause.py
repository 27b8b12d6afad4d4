"""A clause while it grows, and the finished entry that it becomes.

Every paragraph keeps the lines it is made of. It refuses to know why a line came to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from consult.domain.labels import Label
from consult.domain.outline_entries import Entry
from consult.domain.outline_nodes import Line, NodeKind


@dataclass(eq=False)
class Paragraph:
    """Pieces of text, joined by one blank, and the lines of the source that they stand on."""

    pieces: list[str]
    lines: list[Line]

    @property
    def text(self) -> str:
        """The words of the paragraph."""
        return " ".join(piece for piece in self.pieces if piece)


@dataclass(eq=False)
class Clause:
    """A clause that still takes lines; a bare title ``holds`` the labels of this rank and of narrower ones."""

    kind: NodeKind
    parent: "Clause | None" = None
    label: Label | None = None
    holds: tuple[int, int] | None = None
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words so far without the label, paragraphs by newline."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def begin(self, text: str, lines: Sequence[Line]) -> None:
        """Begin a paragraph; after a lone label ("Chương I") its first words only come now, in the same paragraph."""
        if self.paragraphs and not any(paragraph.text for paragraph in self.paragraphs):
            self.run_on(text, lines)
        else:
            self.paragraphs.append(Paragraph([text], list(lines)))

    def run_on(self, text: str, lines: Sequence[Line]) -> None:
        """Continue the last paragraph."""
        self.paragraphs[-1].pieces.append(text)
        self.paragraphs[-1].lines.extend(lines)

    def entry(self, part: int) -> Entry:
        """Return the finished entry of the part of that number."""
        depth, above = 0, self.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        lines = tuple(tuple(paragraph.lines) for paragraph in self.paragraphs)
        head = len(lines[0][0].text) - len(self.label.rest) if self.label else 0
        return Entry(part, self.kind, depth, lines, self.label, head)
