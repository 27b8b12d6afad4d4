"""Which lines stand around the body: head, subject, Kính gửi, Nơi nhận, signature; and where an attached text begins.

Extracted text scrambles the two columns of the head, so each line is told by its words first and by its place second.
It refuses to know clauses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile

from consult.domain.labels import Label, find_label
from consult.domain.outline_attached import (
    begins_after_signature,
    begins_attached,
    ends_with_signature,
    goes_on_after_signature,
)
from consult.domain.outline_elements import (
    continues_copies,
    continues_recipients,
    continues_subject,
    continues_title,
)
from consult.domain.outline_marks import (
    Capitals,
    Mark,
    in_capitals,
    in_head,
    of_frame_alone,
    part_slug,
    prints,
    shows,
)
from consult.domain.outline_nodes import Cell, Line, LineKind, NodeKind

_LOOK_BACK = 3


@dataclass
class Place:
    """Where one line belongs: its part (from 0) and its kind in the frame, None for the body."""

    part: int
    kind: NodeKind | None


@dataclass(frozen=True)
class Frame:
    """The places of the lines that were read, in their order, and the anchor prefix of each part ("" for the first)."""

    places: tuple[Place, ...]
    slugs: tuple[str, ...]


class _State(Enum):
    HEAD = "before the body: head and subject of a letter"
    TITLE = "after the name of the type of document"
    RECIPIENTS = "in the list of Kính gửi"
    BODY = "in the body"
    BACK = "after the body"


def read_frame(lines: Sequence[Line], adjacent: Sequence[bool]) -> Frame:
    """Tell frame from body for ``lines`` (no blank ones, no furniture).

    ``adjacent`` says of each line that no blank line parts it from the one before, in a text where blank lines do part.
    """
    reader = _FrameReader(lines, adjacent)
    for index in range(len(lines)):
        reader.read(index)
    return Frame(tuple(reader.places), tuple(reader.slugs))


class _FrameReader:
    """Reads line after line; ``places`` grows by one with each."""

    def __init__(self, lines: Sequence[Line], adjacent: Sequence[bool]) -> None:
        self.lines = lines
        self.adjacent = adjacent
        self.places: list[Place] = []
        self.slugs = [""]
        self._state = _State.HEAD
        self._subject_open = False
        self._title_lines = 0
        self._labels_seen = False
        self._latest: dict[NodeKind, str] = {}
        self._frame_tables: dict[int, bool] = {}
        self._handlers: dict[_State, Callable[[int, str, Label | None], NodeKind | None]] = {
            _State.HEAD: self._head,
            _State.TITLE: self._title,
            _State.RECIPIENTS: self._recipients,
            _State.BODY: self._body,
            _State.BACK: self._back,
        }

    def read(self, index: int) -> None:
        """Find the place of the next line."""
        line = self.lines[index]
        kind: NodeKind | None = None
        if line.kind is not LineKind.NOTE:
            kind = self._kind(index) if line.cell is None else self._kind_in_table(index, line.cell)
        self.places.append(Place(len(self.slugs) - 1, kind))
        if kind is not None:
            self._latest[kind] = line.text

    def _kind_in_table(self, index: int, cell: Cell) -> NodeKind | None:
        """A table is of the frame or of the body as a whole; in the frame, an unknown line goes with the one before."""
        if cell.table not in self._frame_tables:
            self._frame_tables[cell.table] = self._is_frame_table(index, cell)
        if not self._frame_tables[cell.table]:
            self._state = _State.BODY
            return None
        before = self._state
        kind = self._kind(index)
        if kind is None:
            self._state, kind = before, self._last_kind() or NodeKind.MASTHEAD
        return kind

    def _is_frame_table(self, index: int, cell: Cell) -> bool:
        if cell.bordered:
            return False
        if self._state is not _State.BODY:
            return True
        rest = (self.lines[place] for place in range(index, len(self.lines)))
        texts = [line.text for line in takewhile(lambda line: line.cell and line.cell.table == cell.table, rest)]
        return any(of_frame_alone(text) for text in texts)

    def _kind(self, index: int) -> NodeKind | None:
        text = self.lines[index].text
        if self._starts_attached(index):
            self._start_part()
            return self._enter_title(text)
        if self._starts_document(text):
            self._start_part()
            self._take_issuer_along()
            self._state = _State.HEAD
            return NodeKind.MASTHEAD
        label = find_label(text)
        kind = self._handlers[self._state](index, text, label)
        self._labels_seen = self._labels_seen or (kind is None and label is not None)
        return kind

    def _head(self, index: int, text: str, label: Label | None) -> NodeKind | None:
        if shows(Mark.TO, text):
            return self._enter_recipients()
        if prints(Capitals.TYPE, text):
            return self._enter_title(text)
        if in_head(text) or (label is None and in_capitals(text)):
            return NodeKind.MASTHEAD
        self._subject_open = self._subject_open or shows(Mark.ABOUT, text)
        if self._subject_open and label is None and continues_subject(self.lines[index]):
            return NodeKind.SUBJECT
        self._state = _State.BODY
        return None

    def _title(self, index: int, text: str, label: Label | None) -> NodeKind | None:
        issuer = any(prints(mark, text) for mark in (Capitals.BODY_OF_STATE, Capitals.SESSION))
        issuer = issuer and not prints(Capitals.TELEGRAM, text)
        if in_head(text) or (self._title_lines and issuer):
            return NodeKind.MASTHEAD
        if shows(Mark.TO, text) or prints(Capitals.TELEGRAM, text):
            return self._enter_recipients()
        if shows(Mark.ATTACHED, text):
            self._subject_open = ")" not in text
            return NodeKind.SUBJECT
        ground = text[0].isupper() and shows(Mark.GROUND, text)
        if label is not None or ground or not self._continues_title(index):
            self._state = _State.BODY
            return None
        self._title_lines += 1
        self._subject_open = self._subject_open and ")" not in text
        return NodeKind.SUBJECT

    def _recipients(self, index: int, text: str, label: Label | None) -> NodeKind | None:
        if in_head(text):
            return NodeKind.MASTHEAD
        if shows(Mark.ABOUT, text):
            return NodeKind.SUBJECT
        if self._continues_recipients(index, label):
            return NodeKind.RECIPIENTS
        self._state = _State.BODY
        return self._body(index, text, label)

    def _body(self, index: int, text: str, label: Label | None) -> NodeKind | None:
        if shows(Mark.COPIES, text):
            self._state = _State.BACK
            return NodeKind.DISTRIBUTION
        if ends_with_signature(self.lines, index):
            self._state = _State.BACK
            return NodeKind.SIGNATURE
        return NodeKind.MASTHEAD if not self._labels_seen and in_head(text) else None

    def _back(self, index: int, text: str, label: Label | None) -> NodeKind | None:
        if shows(Mark.COPIES, text) or self._continues_copies(index, label):
            return NodeKind.DISTRIBUTION
        if goes_on_after_signature(text):
            self._state = _State.BODY
            return None
        return NodeKind.SIGNATURE

    def _enter_title(self, text: str) -> NodeKind:
        self._state, self._title_lines, self._subject_open = _State.TITLE, 0, False
        if len(self.slugs) > 1:
            self.slugs[-1] = self.slugs[-1] or part_slug(text)
        return NodeKind.SUBJECT

    def _enter_recipients(self) -> NodeKind:
        self._state = _State.RECIPIENTS
        return NodeKind.RECIPIENTS

    def _start_part(self) -> None:
        self.slugs.append("")
        self._latest, self._labels_seen, self._subject_open = {}, False, False

    def _take_issuer_along(self) -> None:
        """Give the lines above the national name that name the next document's issuer to that document."""
        above = range(max(0, len(self.places) - _LOOK_BACK), len(self.places))
        issuers = [index for index in above if prints(Capitals.BODY_OF_STATE, self.lines[index].text)]
        for index in range(issuers[0], len(self.places)) if issuers else ():
            self.places[index] = Place(len(self.slugs) - 1, NodeKind.MASTHEAD)

    def _starts_attached(self, index: int) -> bool:
        """Whether an attached text begins; a form may stand right below the title of its annex."""
        if self._state is _State.BACK:
            return begins_after_signature(self.lines, index)
        if self._state is _State.TITLE:
            return shows(Mark.FORM, self.lines[index].text)
        return self._state is _State.BODY and begins_attached(self.lines, index)

    def _starts_document(self, text: str) -> bool:
        """Whether the national name stands again, after a body or a signature: two documents in one file."""
        ready = self._state is _State.BACK or (self._state is _State.BODY and self._labels_seen)
        return ready and shows(Mark.NATION, text)

    def _continues_title(self, index: int) -> bool:
        bracket = self._subject_open
        return continues_title(self.lines[index], self._title_lines, adjacent=self.adjacent[index], in_bracket=bracket)

    def _continues_recipients(self, index: int, label: Label | None) -> bool:
        return continues_recipients(self.lines[index], self._latest.get(NodeKind.RECIPIENTS, ""), label)

    def _continues_copies(self, index: int, label: Label | None) -> bool:
        text, before = self.lines[index].text, self._latest.get(NodeKind.DISTRIBUTION, "")
        return continues_copies(text, before, label, adjoining=self._last_kind() is NodeKind.DISTRIBUTION)

    def _last_kind(self) -> NodeKind | None:
        return self.places[-1].kind if self.places else None
