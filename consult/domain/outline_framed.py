"""The entries of the frame: the lines of each element gathered, however the two columns of the page scrambled them.

One entry an element and part. It refuses to know how a line was told to be of the frame (``outline_frame``).
"""

from collections.abc import Sequence

from consult.domain.outline_clause import Clause
from consult.domain.outline_entries import Entry
from consult.domain.outline_frame import Frame
from consult.domain.outline_marks import Capitals, annex_name, in_capitals, prints
from consult.domain.outline_nodes import Line, LineKind, NodeKind

_LISTS = (NodeKind.RECIPIENTS, NodeKind.DISTRIBUTION)


def frame_entries(lines: Sequence[Line], frame: Frame) -> list[Entry]:
    """Return the frame's entries: lines by newline, wrapped lines of a subject or of a list item by one blank."""
    found: dict[tuple[int, NodeKind], Clause] = {}
    for line, place in zip(lines, frame.places, strict=True):
        if place.kind is not None:
            _add(found.setdefault((place.part, place.kind), Clause(place.kind)), line)
    return [clause.entry(part) for (part, _), clause in found.items()]


def _add(clause: Clause, line: Line) -> None:
    if clause.paragraphs and line.kind is LineKind.WRAPPED and _runs_on(clause, line.text):
        clause.run_on(line.text, [line])
    else:
        clause.begin(line.text, [line])


def _runs_on(clause: Clause, text: str) -> bool:
    before = clause.paragraphs[-1].pieces[-1]
    if clause.kind is NodeKind.SUBJECT:
        heads = prints(Capitals.TYPE, before) or annex_name(before) or in_capitals(before) != in_capitals(text)
        return not heads and not text.startswith("(")
    return clause.kind in _LISTS and text[0].isalnum() and not before.endswith((":", ";", ",", "."))
