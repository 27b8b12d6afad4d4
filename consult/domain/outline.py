"""Lines of a draft → its clauses, without losing a character.

It knows in which order the steps are taken: set page furniture aside, read the seams between lines, tell the frame
from the body, grow the clauses, name them. It refuses to know files, and how any one step is done.
"""

from bisect import bisect
from collections.abc import Sequence
from itertools import groupby

from consult.domain.labels import find_label
from consult.domain.outline_entries import Entry, Reading
from consult.domain.outline_frame import Frame, Place, read_frame
from consult.domain.outline_framed import frame_entries
from consult.domain.outline_furniture import furniture_lines
from consult.domain.outline_naming import named
from consult.domain.outline_nodes import (
    Cell,
    Furniture,
    Line,
    LineKind,
    Node,
    NodeKind,
    Origin,
    Outline,
    SourceText,
    Span,
)
from consult.domain.outline_quotes import quoted_lines
from consult.domain.outline_tree import PartTree
from consult.domain.outline_wrapping import Joint, read_seams

__all__ = [
    "Cell",
    "Furniture",
    "Line",
    "LineKind",
    "Node",
    "NodeKind",
    "Origin",
    "Outline",
    "SourceText",
    "Span",
    "outline",
    "to_json_list",
]


def read(source: SourceText) -> Reading:
    """Read the clauses, the frame and the page furniture of a draft.

    Every line that is not blank stands in exactly one entry. Any text has a reading: what no rule knows is a bare
    paragraph.
    """
    aside = furniture_lines(source.lines)
    kept = [index for index, line in enumerate(source.lines) if line.text and index not in aside]
    lines = [source.lines[index] for index in kept]
    seams = read_seams(source.lines, kept)
    frame = read_frame(lines, seams.adjacent)
    entries = [*frame_entries(lines, frame), *_body_entries(lines, seams.joints, frame)]
    order = {line.span: index for index, line in enumerate(source.lines) if line.text}
    for index in sorted(index for index in aside if source.lines[index].text):
        before = bisect(kept, index) - 1
        entries.append(_set_aside(source.lines[index], frame.places[before].part if before >= 0 else 0))
    return Reading(tuple(sorted(entries, key=lambda entry: order[next(entry.lines).span])), frame.slugs)


def outline(source: SourceText) -> Outline:
    """Return the nodes and the page furniture of a draft.

    Over the characters that are no blanks, labels included, nodes and furniture are the source, each character once
    (their spans say where it stands); labels that the word processor computed are there besides, each once.
    """
    return outlined(read(source))


def outlined(reading: Reading) -> Outline:
    """Return the outline that a list of entries makes."""
    aside = (line for entry in reading.entries if entry.aside for line in entry.lines)
    furniture = tuple(Furniture(line.text, line.span) for line in aside)
    return Outline(named(reading.entries, reading.slugs), furniture)


def to_json_list(drafted: Outline) -> list[dict[str, str | None]]:
    """Return the nodes in document order as ``consult outline --json`` prints them."""
    return [
        {"anchor": node.anchor, "label": node.label, "parent": node.parent, "kind": node.kind.value, "text": node.text}
        for node in drafted.nodes
    ]


def _body_entries(lines: Sequence[Line], joints: Sequence[Joint], frame: Frame) -> list[Entry]:
    trees = [PartTree() for _ in frame.slugs]
    quoted = quoted_lines([line.text for line in lines])
    body = [index for index, place in enumerate(frame.places) if place.kind is None]
    for table, run in groupby(body, key=lambda index: _table(lines[index])):
        indexes = list(run)
        tree = trees[frame.places[indexes[0]].part]
        if table is not None:
            tree.add_table([lines[index] for index in indexes])
            continue
        for index in indexes:
            follows = joints[index] is Joint.ROW or _follows_body(index, lines, frame.places)
            joint = joints[index] if follows else Joint.BEGINS
            _add_line(trees[frame.places[index].part], lines[index], joint, inside_quotation=index in quoted)
    return [clause.entry(part) for part, tree in enumerate(trees) for clause in tree.finish()]


def _add_line(tree: PartTree, line: Line, joint: Joint, *, inside_quotation: bool) -> None:
    if line.kind is LineKind.NOTE:
        tree.add_note(line)
        return
    label = None if joint in (Joint.RUNS_ON, Joint.ROW) else find_label(line.text)
    if inside_quotation:
        tree.continue_clause(line, joint if label is None else Joint.BEGINS)
    else:
        tree.add_line(line, joint, label)


def _table(line: Line) -> int | None:
    return line.cell.table if line.cell else None


def _follows_body(index: int, lines: Sequence[Line], places: Sequence[Place]) -> bool:
    """Whether the line before is text of the same body, so that there is something to run on from."""
    return index > 0 and places[index - 1] == places[index] and lines[index - 1].cell is None


def _set_aside(line: Line, part: int) -> Entry:
    return Entry(part, NodeKind.PLAIN, 0, ((line,),), aside=True)
