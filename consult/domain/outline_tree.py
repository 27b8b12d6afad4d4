"""Body lines → clauses: where a label may stand, what a bare paragraph belongs to.

It knows the order of labels and the shape of the tree. It refuses to know how lines were wrapped
(``outline_wrapping``), what stands around the body (``outline_frame``), and what a clause is called
(``outline_naming``).
"""

from collections.abc import Sequence

from consult.domain.label_order import begins_again, follows, stands_out_of_order
from consult.domain.labels import STRUCTURAL, Label, Level
from consult.domain.outline_clause import Clause, Paragraph
from consult.domain.outline_marks import in_capitals
from consult.domain.outline_nodes import Line, LineKind, NodeKind
from consult.domain.outline_places import Series, list_above, parent_of, reading_of, series
from consult.domain.outline_titles import closes_draft, ends_draft, is_bare_title, is_title, opens_closing
from consult.domain.outline_wrapping import Joint


class PartTree:
    """The clauses of one part of a draft while they grow, in the order of their beginnings."""

    def __init__(self) -> None:
        self.clauses: list[Clause] = []
        self._current: Clause | None = None
        self._innermost: Clause | None = None
        self._rows: Clause | None = None
        self._last: dict[Series, Label] = {}

    def add_line(self, line: Line, joint: Joint, label: Label | None) -> None:
        """Add a line of the body: a labelled clause where ``label`` comes in order, else a bare paragraph or text."""
        if joint is Joint.ROW:
            self._add_row(line)
            return
        label = reading_of(label, self._innermost, self._last) if label else None
        if label is not None and self._may_open(label, joint):
            self._open(label, line)
        elif self._current is None or (joint is Joint.BEGINS and not self._takes_paragraph(self._current, line)):
            self._open_bare(line)
        else:
            self.continue_clause(line, joint)

    def continue_clause(self, line: Line, joint: Joint) -> None:
        """Add a line to the clause that is being read: as a paragraph of its own, or running on."""
        if self._current is None:
            self._open_bare(line)
        elif _begins(line, joint) and not _wraps_title(self._current, line):
            self._current.begin(line.text, [line])
        else:
            self._current.run_on(line.text, [line])

    def _add_row(self, line: Line) -> None:
        """Add a row of a printed table: the rows are paragraphs of one clause."""
        if self._rows is None or self._current is not self._rows:
            self._open_bare(line)
            self._rows = self._current
        else:
            self._rows.begin(line.text, [line])

    def add_table(self, lines: Sequence[Line]) -> None:
        """Add the table that is made of ``lines``."""
        table = self._add(NodeKind.TABLE, self._innermost)
        table.paragraphs = [Paragraph([line.text], [line]) for line in lines]

    def add_note(self, line: Line) -> None:
        """Add a footnote under the clause that is being read, which may go on after it."""
        self._add(NodeKind.NOTE, self._current).begin(line.text, [line])

    def finish(self) -> list[Clause]:
        """Return the clauses, the closing paragraphs parted from the last one, titles told from sentences."""
        self._part_off_closing()
        holding = {id(clause.parent) for clause in self.clauses if clause.label is not None}
        for clause in self.clauses:
            if clause.label is not None and clause.label.level < Level.DASH:
                first = clause.paragraphs[0].text
                gathers = id(clause) in holding and not first.endswith(":") and is_bare_title(clause.text)
                titled = gathers or is_title(clause.label, first)
                clause.kind = NodeKind.HEADING if titled else NodeKind.NUMBERED
        return self.clauses

    def _may_open(self, label: Label, joint: Joint) -> bool:
        if joint is Joint.BEGINS and (stands_out_of_order(label) or self._begins_list(label)):
            return True
        parent = parent_of(label, self._innermost, self._last)
        if parent is None and label.level is Level.STAR and not label.rest.endswith(":"):
            return False
        if parent is None and label.rank > (Level.NUMBER, 1) and label.level is Level.NUMBER:
            return False
        return follows(label, self._last.get(series(label, parent))) or begins_again(label)

    def _begins_list(self, label: Label) -> bool:
        """Whether a list begins anew under the bare title before it, which becomes the heading of the list."""
        holder = parent_of(label, self._innermost, self._last)
        if label.path != (1,) or series(label, holder) not in self._last:
            return False
        title = self._title_before()
        if title is None:
            return False
        title.parent, title.kind, title.holds = list_above(holder), NodeKind.HEADING, label.rank
        self._innermost = title
        return True

    def _title_before(self) -> Clause | None:
        """Return the bare title that was read last; one that was taken for words of a clause is parted from it."""
        current = self._current
        if current is None or not is_bare_title(current.paragraphs[-1].text):
            return None
        if current.kind is NodeKind.PLAIN and len(current.paragraphs) == 1:
            return current
        if len(current.paragraphs) == 1:
            return None
        title = self._add(NodeKind.HEADING, None)
        title.paragraphs.append(current.paragraphs.pop())
        return title

    def _open(self, label: Label, line: Line) -> None:
        parent = parent_of(label, self._innermost, self._last)
        self._last[series(label, parent)] = label
        clause = self._add(NodeKind.DASH if label.level >= Level.DASH else NodeKind.NUMBERED, parent)
        clause.label = label
        clause.begin(label.rest, [line])
        self._innermost = self._current = clause

    def _open_bare(self, line: Line) -> None:
        if self._innermost is None:
            self._current = self._add(NodeKind.PREAMBLE, None)
        else:
            self._current = self._add(NodeKind.PLAIN, self._innermost)
        self._current.begin(line.text, [line])

    def _takes_paragraph(self, clause: Clause, line: Line) -> bool:
        """Whether a bare paragraph belongs to the clause before it: a title takes none, but a title may come late."""
        if clause.label is None:
            return False
        if clause.label.level in STRUCTURAL:
            return not clause.text or in_capitals(line.text)
        first = clause.paragraphs[0].text
        return not first or len(clause.paragraphs) > 1 or not is_title(clause.label, first)

    def _part_off_closing(self) -> None:
        tail = self._tail()
        opening = [place for place, (_, paragraph) in enumerate(tail) if closes_draft(paragraph.text)]
        if not opening and tail and ends_draft(tail[-1][1].text):
            opening = [len(tail) - 1]
        for clause, paragraph in tail[opening[0] :] if opening else ():
            clause.paragraphs.remove(paragraph)
            self._add(NodeKind.CLOSING, None).paragraphs.append(paragraph)
        self.clauses = [clause for clause in self.clauses if clause.paragraphs]

    def _tail(self) -> list[tuple[Clause, Paragraph]]:
        """Return the bare paragraphs after the last label, with their clauses, less the first words that it gives."""
        start = self.clauses.index(self._innermost) if self._innermost else 0
        words = (NodeKind.NUMBERED, NodeKind.DASH, NodeKind.PLAIN, NodeKind.PREAMBLE)
        clauses = [clause for clause in self.clauses[start:] if clause.kind in words]
        paragraphs = [(clause, paragraph) for clause in clauses for paragraph in clause.paragraphs]
        label = self._innermost.label if self._innermost else None
        titled = label is not None and is_title(label, paragraphs[0][1].text)
        goes_on = titled and len(paragraphs) > 1 and not opens_closing(paragraphs[1][1].text)
        return paragraphs[2 if goes_on else 1 :]

    def _add(self, kind: NodeKind, parent: Clause | None) -> Clause:
        clause = Clause(kind, parent)
        self.clauses.append(clause)
        return clause


def _wraps_title(clause: Clause, line: Line) -> bool:
    return line.kind is LineKind.WRAPPED and clause.label is not None and clause.label.level in STRUCTURAL


def _begins(line: Line, joint: Joint) -> bool:
    return joint is Joint.BEGINS or (line.kind is LineKind.BROKEN and joint is not Joint.RUNS_ON)
