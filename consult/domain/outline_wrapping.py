"""Whether a line runs on from the one before it, may begin a clause if its label fits, or begins a paragraph.

The only room that knows what a PDF tool does to paragraphs: it wraps them, breaks pages inside sentences, and puts
blank lines where it likes. It knows no order of labels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise

from consult.domain.labels import find_label
from consult.domain.outline_nodes import Line, LineKind
from consult.domain.outline_titles import opens_closing

_ENDS = re.compile(r"[.;:!?…][)\]”\"’»]*$")
_RUNNING = "0123456789(),;:.%/&"
_INDENT = 3
_MOSTLY = 0.8
_SHORT = 0.85
_NARROWEST = 60
_AROUND = 12
_STAR = "*"
_OPENING_QUOTES = '“"'


class Joint(Enum):
    """How a line is joined to the text before it."""

    RUNS_ON = "continues the sentence, whatever it looks like"
    MAY_BEGIN = "begins a clause if its label comes in order, else continues"
    BEGINS = "begins a clause or a paragraph"


@dataclass(frozen=True)
class Seams:
    """What the blank lines of a text say: the joint of each kept line, and whether it follows without a blank line.

    ``adjacent`` is False everywhere when blank lines part nothing in this text.
    """

    joints: tuple[Joint, ...]
    adjacent: tuple[bool, ...]


@dataclass(frozen=True)
class _Seam:
    """What the place between two lines shows: a sentence's end, room left on the line, a blank line that means it."""

    ended: bool
    stopped: bool
    gap: bool


def read_seams(lines: Sequence[Line], kept: Sequence[int]) -> Seams:
    """Read how the lines whose indexes stand in ``kept`` (neither blank nor furniture) are joined."""
    width = _print_width([lines[index] for index in kept])
    blanks_speak = _blanks_speak(kept)
    joints: list[Joint] = []
    adjacent: list[bool] = []
    for before, index, speak in zip([None, *kept], kept, blanks_speak, strict=False):
        line = lines[index]
        wrapped = before is not None and line.kind is LineKind.WRAPPED
        adjacent.append(wrapped and speak and before == index - 1)
        if before is not None and wrapped:
            gap = speak and _only_blanks(lines, before, index)
            joints.append(_joint(line.text, _seam(lines[before], line, width, gap)))
        else:
            joints.append(Joint.MAY_BEGIN if line.kind is LineKind.BROKEN else Joint.BEGINS)
    return Seams(tuple(joints), tuple(adjacent))


def _seam(before: Line, line: Line, width: float, gap: bool) -> _Seam:
    room = width * _SHORT - len(before.text) - 1 - len(line.text.split()[0])
    stopped = room > 0 or line.start >= before.start + _INDENT
    return _Seam(bool(_ENDS.search(before.text)), stopped, gap)


def _joint(text: str, seam: _Seam) -> Joint:
    label = find_label(text)
    if label is not None:
        if not seam.ended and (label.rest[:1].islower() or not (seam.gap or seam.stopped)):
            return Joint.RUNS_ON
        return Joint.BEGINS if seam.gap or (seam.ended and seam.stopped) else Joint.MAY_BEGIN
    running = text[0].islower() or text[0] in _RUNNING
    if not seam.ended:
        return Joint.BEGINS if not running and (seam.gap or seam.stopped) else Joint.RUNS_ON
    if seam.gap:
        return Joint.MAY_BEGIN if text[0].islower() else Joint.BEGINS
    opens = text[0] == _STAR or opens_closing(text) or _quotes_label(text)
    return Joint.BEGINS if opens or (seam.stopped and not running) else Joint.MAY_BEGIN


def _quotes_label(text: str) -> bool:
    """Whether the line opens a quotation with a clause of another act: “Điều 5. …, "3. …."""
    return text[0] in _OPENING_QUOTES and find_label(text[1:].lstrip()) is not None


def _print_width(lines: Sequence[Line]) -> float:
    """Return about how many characters a full line holds: the ninth tenth of the lengths, and no less than A4 gives."""
    lengths = sorted(len(line.text) for line in lines)
    return max(lengths[len(lengths) * 9 // 10], _NARROWEST) if lengths else _NARROWEST


def _blanks_speak(kept: Sequence[int]) -> list[bool]:
    """Return for each line whether blank lines part paragraphs about there: not where nearly every line has one.

    It looks at the lines around, since one file may hold two documents that came out of two tools.
    """
    gaps = [0, *accumulate(int(index - before > 1) for before, index in pairwise(kept))]
    found = []
    for place in range(len(kept)):
        first, last = max(0, place - _AROUND), min(len(gaps) - 1, place + _AROUND)
        found.append(0 < gaps[last] - gaps[first] < _MOSTLY * (last - first))
    return found


def _only_blanks(lines: Sequence[Line], before: int, index: int) -> bool:
    """Whether blank lines, and no page furniture, stand between two lines."""
    between = lines[before + 1 : index]
    return bool(between) and not any(line.text for line in between)
