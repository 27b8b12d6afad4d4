"""The values of an outline: what goes in (lines of a source) and what comes out (nodes and furniture).

Every node knows the characters of the source that it is made of, so that nothing is dropped and nothing is counted
twice. It refuses to know how lines become nodes: that is the grammar of the rooms beside it.
"""

from dataclasses import dataclass
from enum import Enum

from consult.domain.findings import Finding


class NodeKind(Enum):
    """The shape of a node; the value is its word in the printed outline."""

    PREAMBLE = "preamble"
    HEADING = "heading"
    NUMBERED = "numbered"
    DASH = "dash"
    PLAIN = "plain"
    TABLE = "table"
    NOTE = "note"
    CLOSING = "closing"
    MASTHEAD = "masthead"
    SUBJECT = "subject"
    RECIPIENTS = "recipients"
    DISTRIBUTION = "distribution"
    SIGNATURE = "signature"

    @property
    def in_frame(self) -> bool:
        """Whether the node stands around the body: head, subject, Kính gửi, Nơi nhận, signature."""
        return self in _FRAME


_FRAME = {
    NodeKind.MASTHEAD,
    NodeKind.SUBJECT,
    NodeKind.RECIPIENTS,
    NodeKind.DISTRIBUTION,
    NodeKind.SIGNATURE,
}


@dataclass(frozen=True)
class Span:
    """Where characters stand: part of the file, line or paragraph in it from 0, first and past-the-last character.

    Characters are counted in the NFC form of that line or paragraph.
    """

    part: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True)
class Node:
    """One commentable unit. ``label`` is as printed ("1.1.", "Điều 5.", "-") or ""; ``parent`` is an anchor."""

    anchor: str
    label: str
    parent: str | None
    kind: NodeKind
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Furniture:
    """What belongs to the page and not to the draft: a lone page number, "Dự thảo lần 1", a running head."""

    text: str
    span: Span


@dataclass(frozen=True)
class Outline:
    """The nodes in document order, the frame included, and what was set aside."""

    nodes: tuple[Node, ...]
    furniture: tuple[Furniture, ...]


class LineKind(Enum):
    """How a line stands to the one before it."""

    WRAPPED = "a line of print, which may run on from the one before"
    PARAGRAPH = "a whole paragraph"
    BROKEN = "what follows a line break inside a paragraph"
    NOTE = "a paragraph of a footnote, set where its mark stands"
    MARGIN = "the running head or foot of the pages"


@dataclass(frozen=True)
class Cell:
    """The place of a line in a table: table, row and column from 0, and whether the table shows its borders."""

    table: int
    row: int
    column: int
    bordered: bool


@dataclass(frozen=True)
class Line:
    """One line of a source, clean (see ``wording.clean``) and without blanks at its ends; "" is a blank line.

    ``start`` counts the blanks that stood before it; ``centred`` is known of word-processor files alone. The first
    ``computed`` characters of ``text`` stand nowhere in the source: a label that the word processor computes, and the
    blank after it.
    """

    text: str
    kind: LineKind
    part: str
    paragraph: int
    start: int = 0
    cell: Cell | None = None
    centred: bool = False
    computed: int = 0

    @property
    def span(self) -> Span:
        """The characters of this line in the source; none for a computed label that has no words after it."""
        return Span(self.part, self.paragraph, self.start, self.start + len(self.text) - self.computed)


class Origin(Enum):
    """Where the lines come from, which says how far their labels and paragraphs can be trusted."""

    TEXT = "plain text, its labels as they stand in it"
    WORD = "a Word document, its labels typed or computed by Word's own rules"
    CONVERTED = "a file of another word processor, its labels as the conversion made them"
    PDF = "printed pages, its labels as printed, its paragraphs and tables told by their place on the page"

    @property
    def converted(self) -> bool:
        """Whether a person has to compare labels and clauses with the original before they are relied on."""
        return self in (Origin.CONVERTED, Origin.PDF)


@dataclass(frozen=True)
class SourceText:
    """The lines of a file in reading order, blank ones included, what else the file holds, and how it was read."""

    name: str
    lines: tuple[Line, ...]
    findings: tuple[Finding, ...] = ()
    origin: Origin = Origin.TEXT
