"""What a person may change in the reading of a draft: each edit a value, and how a list of them is stored.

An edit names the place it changes by the source (``At``), so that it means the same whenever it is applied. It refuses
to know what an edit does: that is ``mending``.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields

from consult.domain.outline_entries import At
from consult.domain.outline_nodes import NodeKind


@dataclass(frozen=True)
class Join:
    """The entry belongs to the one before it."""

    at: At


@dataclass(frozen=True)
class Split:
    """A new entry begins after the first ``offset`` characters of the entry's text (its label not counted)."""

    at: At
    offset: int


@dataclass(frozen=True)
class Relabel:
    """The entry's label is ``label``; "" says that it has none and what looks like one is text."""

    at: At
    label: str


@dataclass(frozen=True)
class SetKind:
    """The entry is of this kind: of the body, or an element of the frame."""

    at: At
    kind: NodeKind


@dataclass(frozen=True)
class Shift:
    """The entry and all below it move ``by`` levels: 1 inwards, -1 outwards."""

    at: At
    by: int


@dataclass(frozen=True)
class SetAside:
    """The entry is page furniture and no text of the draft."""

    at: At


@dataclass(frozen=True)
class BringBack:
    """What was set aside is text of the draft."""

    at: At


@dataclass(frozen=True)
class BeginPart:
    """A text of its own begins here (an annex, an attached regulation), up to the end of the part it stood in."""

    at: At


@dataclass(frozen=True)
class JoinPart:
    """The text that the entry belongs to is none of its own: it goes on from the one before it."""

    at: At


@dataclass(frozen=True)
class Trust:
    """A person has looked at the entry: it is right as it stands."""

    at: At


@dataclass(frozen=True)
class TrustLabels:
    """A person has compared the labels of a converted file with the original."""


Edit = Join | Split | Relabel | SetKind | Shift | SetAside | BringBack | BeginPart | JoinPart | Trust | TrustLabels

_PLAIN = {kind.__name__: kind for kind in (Join, SetAside, BringBack, BeginPart, JoinPart, Trust)}
_MORE = {kind.__name__: kind for kind in (Split, Relabel, Shift)}


def edit_told(edit: Edit) -> str:
    """Return an edit as it is stored: ``["Split",["text",4,0],57]``."""
    values = [getattr(edit, field.name) for field in fields(edit)]
    told = [value.name if isinstance(value, NodeKind) else value for value in values]
    return json.dumps([type(edit).__name__, *told], ensure_ascii=False, separators=(",", ":"))


def edits_of(told: Iterable[str]) -> tuple[Edit, ...]:
    """Read what ``edit_told`` wrote; ``KeyError`` or ``TypeError`` for anything else."""
    return tuple(map(_edit, told))


def _edit(told: str) -> Edit:
    name, *values = json.loads(told)
    if name == TrustLabels.__name__:
        return TrustLabels()
    at = At(*values[0])
    if name == SetKind.__name__:
        return SetKind(at, NodeKind[values[1]])
    return _MORE[name](at, values[1]) if name in _MORE else _PLAIN[name](at)
