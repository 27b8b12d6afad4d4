"""Lines, or the refusal to read them, as JSON between the process that reads a file and the one that asked.

It knows the shape of the message and refuses to know why a file was refused.
"""

import json
from collections.abc import Sequence

from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import Cell, Line, LineKind

OUT_OF_MEMORY = 12
"""The exit status of a process that had not enough memory to tell anything."""


def lines_told(lines: Sequence[Line]) -> bytes:
    """Return lines as JSON: a list of values a line, in the order of ``Line``'s fields, ``None`` without a cell."""
    return _encoded({"lines": [_values(line) for line in lines]})


def refusal_told(reason: str) -> bytes:
    """Return a refusal as JSON; ``reason`` begins after the file's name."""
    return _encoded({"refusal": reason})


def lines_of(name: str, told: bytes) -> tuple[Line, ...]:
    """Return the lines that were told. Raises UnreadableDraft, with the file's name, when it was a refusal."""
    message = json.loads(told)
    if "refusal" in message:
        raise UnreadableDraft(f"{name}{message['refusal']}")
    return tuple(
        Line(text, LineKind[kind], part, paragraph, start, Cell(*cell) if cell else None, centred, computed)
        for text, kind, part, paragraph, start, cell, centred, computed in message["lines"]
    )


def _values(line: Line) -> list[object]:
    place = line.cell
    cell = [place.table, place.row, place.column, place.bordered] if place else None
    return [line.text, line.kind.name, line.part, line.paragraph, line.start, cell, line.centred, line.computed]


def _encoded(message: dict[str, object]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
