"""Lines and findings, or a refusal, as JSON between the process that reads a file and the one that asked.

It knows the shape of the message and refuses to know why a file was refused.
"""

import json

from consult.domain.errors import UnreadableDraft
from consult.domain.findings import Finding, Found
from consult.domain.outline_nodes import Cell, Line, LineKind, Origin, SourceText
from consult.domain.unreadable import Fault

OUT_OF_MEMORY = 12
"""The exit status of a process that had not enough memory to tell anything."""


def source_told(source: SourceText) -> bytes:
    """Return what was read as JSON: a list of values a line, and one a finding, in the order of their fields."""
    findings = [[each.what.name, each.part, each.paragraph, each.count] for each in source.findings]
    lines = [_values(line) for line in source.lines]
    return _encoded({"lines": lines, "findings": findings, "origin": source.origin.name})


def refusal_told(refusal: UnreadableDraft) -> bytes:
    """Return a refusal as JSON, each of its details in one line whatever the file holds."""
    details = {key: _line(detail) for key, detail in refusal.details.items()}
    return _encoded({"refusal": refusal.fault.name, "details": details})


def _line(detail: str) -> str:
    words = " ".join(detail.split())
    return "".join(sign if sign.isprintable() else "?" for sign in words)


def source_of(name: str, told: bytes) -> SourceText:
    """Return what was told of the file ``name``. Raises UnreadableDraft when it was a refusal."""
    message = json.loads(told)
    if "refusal" in message:
        raise UnreadableDraft(name, Fault[message["refusal"]], **message["details"])
    kinds, kinds_found = LineKind.__members__, Found.__members__
    lines = (
        Line(text, kinds[kind], part, paragraph, start, Cell(*cell) if cell else None, centred, computed)
        for text, kind, part, paragraph, start, cell, centred, computed in message["lines"]
    )
    findings = (Finding(kinds_found[what], *place) for what, *place in message["findings"])
    return SourceText(name, tuple(lines), tuple(findings), Origin[message["origin"]])


def _values(line: Line) -> list[object]:
    place = line.cell
    cell = [place.table, place.row, place.column, place.bordered] if place else None
    return [line.text, line.kind.name, line.part, line.paragraph, line.start, cell, line.centred, line.computed]


def _encoded(message: dict[str, object]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode("utf-8", "replace")
