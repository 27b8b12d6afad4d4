"""The difference of two wordings, word by word: what was kept, struck out, put in.

It knows words and blanks, not clauses. rapidfuzz finds the longest common sequence of words in a few milliseconds
even for 30 kB, where ``difflib`` takes most of a minute. A redline is computed once, when the words are stored, and
kept as JSON.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby, zip_longest
from operator import itemgetter

from rapidfuzz.distance import Indel

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_WORD = re.compile(r"\S+")
_CUT = " … "
# An ellipsis in place of one or two words would save nothing.
_TOO_FEW_TO_CUT = 2


class Op(Enum):
    """What happened to a piece of text; the value is its mark in storage."""

    KEEP = "="
    DELETE = "-"
    INSERT = "+"


# A look-up here takes a quarter of the time of ``Op(mark)``, and a table holds thousands of pieces.
_OPS = {op.value: op for op in Op}


@dataclass(frozen=True)
class Change:
    """One piece of text and what happened to it."""

    op: Op
    text: str


def redline(old: str, new: str) -> tuple[Change, ...]:
    """Compare two wordings word by word.

    KEEP and DELETE together give ``old``, KEEP and INSERT give ``new``, to the character. A deletion stands before the
    insertion that replaces it, and no two neighbours have the same ``op``. Equal wordings give at most one KEEP.
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    number: dict[str, int] = {}
    codes = [[number.setdefault(token, len(number)) for token in side] for side in (before, after)]
    changes: list[Change] = []
    for step in Indel.opcodes(codes[0], codes[1]):
        if step.tag == "equal":
            changes.append(Change(Op.KEEP, "".join(before[step.src_start : step.src_end])))
        else:
            changes.append(Change(Op.DELETE, "".join(before[step.src_start : step.src_end])))
            changes.append(Change(Op.INSERT, "".join(after[step.dest_start : step.dest_end])))
    return tuple(_calmed(changes))


def _calmed(changes: Sequence[Change]) -> Iterator[Change]:
    """Join neighbours; a lone blank or mark between two changes is changed with them, as a person would write it."""
    for kept, group in groupby(enumerate(changes), lambda item: _stays(changes, item[0])):
        pieces = [change for _, change in group]
        if kept:
            yield Change(Op.KEEP, "".join(piece.text for piece in pieces))
            continue
        for op in (Op.DELETE, Op.INSERT):
            text = "".join(piece.text for piece in pieces if piece.op in (op, Op.KEEP))
            if text:
                yield Change(op, text)


def _stays(changes: Sequence[Change], index: int) -> bool:
    change = changes[index]
    inside = 0 < index < len(changes) - 1
    return change.op is Op.KEEP and not (inside and not re.search(r"\w", change.text))


def changed_passage(changes: Sequence[Change], around: int = 4) -> str:
    """Return the changed passage of the new wording with ``around`` words on each side, "…" where it is cut.

    Passages far apart are joined by " … ". The whole new wording when all of it changed; "" when nothing changed (or
    nothing is left). A deletion shows the words that now meet.
    """
    text, spots = _spots(changes)
    words = [match.span() for match in _WORD.finditer(text)]
    if not spots or not words:
        return ""
    windows = _joined([_window(words, spot, around) for spot in spots], len(words))
    passage = _CUT.join(text[words[first][0] : words[last - 1][1]] for first, last in windows)
    start = "… " if windows[0][0] > 0 else ""
    end = " …" if windows[-1][1] < len(words) else ""
    return f"{start}{passage}{end}"


def _spots(changes: Sequence[Change]) -> tuple[str, list[tuple[int, int]]]:
    """Return the new wording and the span of each change in it, in characters; a pure deletion has an empty span."""
    pieces: list[str] = []
    spots: list[tuple[int, int]] = []
    at = 0
    for change, following in zip_longest(changes, changes[1:]):
        length = 0 if change.op is Op.DELETE else len(change.text)
        replaced = change.op is Op.DELETE and following is not None and following.op is Op.INSERT
        if change.op is not Op.KEEP and not replaced:
            spots.append((at, at + length))
        if length:
            pieces.append(change.text)
        at += length
    return "".join(pieces), spots


def _window(words: Sequence[tuple[int, int]], spot: tuple[int, int], around: int) -> tuple[int, int]:
    """Return the half-open range of words around a change, never an empty one."""
    first, last = sorted(
        (bisect_right(words, spot[0], key=itemgetter(1)), bisect_left(words, spot[1], key=itemgetter(0)))
    )
    room = around if first < last else max(around, 1)
    return max(0, first - room), min(len(words), last + room)


def _joined(windows: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """Join ranges of words between which hardly anything would be cut, and let them reach a near end."""
    joined: list[tuple[int, int]] = []
    reach = 0
    for first, last in windows:
        start = first if first - reach > _TOO_FEW_TO_CUT else reach
        if joined and start == reach:
            start = joined.pop()[0]
        reach = max(last, reach)
        joined.append((start, reach))
    if count - reach <= _TOO_FEW_TO_CUT:
        joined[-1] = (joined[-1][0], count)
    return joined


def to_json(changes: Sequence[Change]) -> str:
    """Return the redline as it is stored: ``[["=","Công an "],["-","tỉnh"]]``."""
    return json.dumps([[change.op.value, change.text] for change in changes], ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> tuple[Change, ...]:
    """Read what ``to_json`` wrote; ``ValueError`` for anything else."""
    return tuple([Change(_OPS.get(mark) or Op(mark), piece) for mark, piece in json.loads(text)])
