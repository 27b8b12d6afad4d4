"""Whether a line runs on from the one before it, may begin a clause if its label fits, or begins a paragraph.

The only room that knows what a PDF tool does to paragraphs: it wraps them, breaks pages inside sentences, and puts
blank lines where it likes. It knows no order of labels.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate, pairwise

from consult.domain.labels import Level, find_label
from consult.domain.outline_nodes import Line, LineKind
from consult.domain.outline_rows import row_lines
from consult.domain.outline_titles import ends_sentence, opens_closing, opens_ground

_RUNNING = "0123456789(),;:.%/&"
_INDENT = 3
_MOSTLY = 0.8
_SHORT = 0.85
_NARROWEST = 60
_AROUND = 12
_STAR = "*"
_LEADERS = ("....", "……")
_OPENING_QUOTES = '“"'


class Joint(Enum):
    """How a line is joined to the text before it."""

    RUNS_ON = "continues the sentence, whatever it looks like"
    MAY_BEGIN = "begins a clause if its label comes in order, else continues"
    BEGINS = "begins a clause or a paragraph"
    ROW = "is a row of a table, whatever it looks like"


@dataclass(frozen=True)
class Seams:
    """What the blank lines of a text say: the joint of each kept line, and whether it follows without a blank line.

    ``adjacent`` is False everywhere when blank lines part nothing in this text.
    """

    joints: tuple[Joint, ...]
    adjacent: tuple[bool, ...]


@dataclass(frozen=True)
class _Page:
    """About how many characters a full line holds, and how many blanks stand before a line that runs on."""

    width: float
    margin: int


@dataclass(frozen=True)
class _Seam:
    """What the place between two lines shows: a sentence's end, room left on the line, a blank line that means it."""

    ended: bool
    stopped: bool
    gap: bool


def read_seams(lines: Sequence[Line], kept: Sequence[int]) -> Seams:
    """Read how the lines whose indexes stand in ``kept`` (neither blank nor furniture) are joined."""
    shown = [lines[index] for index in kept]
    page = _Page(_print_width(shown), _margin(shown))
    blanks_speak = _blanks_speak(lines, kept)
    rows = row_lines(lines, kept)
    joints: list[Joint] = []
    adjacent: list[bool] = []
    for before, index, speak in zip([None, *kept], kept, blanks_speak, strict=False):
        line = lines[index]
        wrapped = before is not None and line.kind is LineKind.WRAPPED
        adjacent.append(wrapped and speak and before == index - 1)
        if index in rows:
            joints.append(Joint.ROW)
        elif before is not None and wrapped:
            gap = speak and _only_blanks(lines, before, index)
            joints.append(_joint(line.text, _seam(lines[before], line, page, gap)))
        else:
            joints.append(_joint_of_paragraph(lines[before] if before is not None else None, line))
    return Seams(tuple(joints), tuple(adjacent))


def _seam(before: Line, line: Line, page: _Page, gap: bool) -> _Seam:
    room = page.width * _SHORT - len(before.text) - 1 - len(line.text.split()[0])
    stopped = room > 0 or line.start >= min(before.start, page.margin) + _INDENT
    stopped = stopped or before.text.endswith(_LEADERS)
    return _Seam(ends_sentence(before.text), stopped, gap)


def _joint_of_paragraph(before: Line | None, line: Line) -> Joint:
    """Return the joint where paragraphs are known; a line break parts sentences, in the middle of one it does not."""
    if line.kind is not LineKind.BROKEN or before is None:
        return Joint.BEGINS
    if ends_sentence(before.text):
        return Joint.MAY_BEGIN if line.text[0].islower() else Joint.BEGINS
    running = line.text[0].islower() or line.text[0] in _RUNNING
    return Joint.RUNS_ON if running else Joint.MAY_BEGIN


def _joint(text: str, seam: _Seam) -> Joint:
    label = find_label(text)
    if label is not None:
        if not seam.ended and (label.rest[:1].islower() or not (seam.gap or seam.stopped)):
            return Joint.RUNS_ON
        sure = seam.ended and (seam.stopped or label.level <= Level.ARTICLE)
        return Joint.BEGINS if seam.gap or sure else Joint.MAY_BEGIN
    running = text[0].islower() or text[0] in _RUNNING
    if not seam.ended:
        return Joint.BEGINS if not running and (seam.gap or seam.stopped) else Joint.RUNS_ON
    if seam.gap:
        return Joint.MAY_BEGIN if text[0].islower() else Joint.BEGINS
    opens = text[0] == _STAR or opens_closing(text) or opens_ground(text) or _quotes_label(text)
    return Joint.BEGINS if opens or (seam.stopped and not running) else Joint.MAY_BEGIN


def _quotes_label(text: str) -> bool:
    """Whether the line opens a quotation with a clause of another act: “Điều 5. …, "3. …."""
    return text[0] in _OPENING_QUOTES and find_label(text[1:].lstrip()) is not None


def _print_width(lines: Sequence[Line]) -> float:
    """Return about how many characters a full line holds: the ninth tenth of the lengths, and no less than A4 gives."""
    lengths = sorted(len(line.text) for line in lines)
    return max(lengths[len(lengths) * 9 // 10], _NARROWEST) if lengths else _NARROWEST


def _margin(lines: Sequence[Line]) -> int:
    """Return the most usual number of blanks before a line that goes on with a small letter."""
    starts = Counter(line.start for line in lines if _begins_small(line.text))
    return starts.most_common(1)[0][0] if starts else 0


def _blanks_speak(lines: Sequence[Line], kept: Sequence[int]) -> list[bool]:
    """Return for each line whether blank lines part paragraphs about there.

    They do not where nearly every line has one, sentences in the middle of which the line ends too. It looks at the
    lines around, since one file may hold two documents that came out of two tools.
    """
    beside = list(pairwise(kept))
    gaps = [0, *accumulate(int(index - before > 1) for before, index in beside)]
    inside = [0, *accumulate(int(index - before > 1 and _runs_on(lines, before, index)) for before, index in beside)]
    found = []
    for place in range(len(kept)):
        first, last = max(0, place - _AROUND), min(len(gaps) - 1, place + _AROUND)
        everywhere = gaps[last] - gaps[first] >= _MOSTLY * (last - first)
        found.append(gaps[first] < gaps[last] and not (everywhere and inside[first] < inside[last]))
    return found


def _runs_on(lines: Sequence[Line], before: int, index: int) -> bool:
    return not ends_sentence(lines[before].text) and _begins_small(lines[index].text)


def _begins_small(text: str) -> bool:
    """Whether a line begins with a small letter that is no label."""
    return text[0].islower() and find_label(text) is None


def _only_blanks(lines: Sequence[Line], before: int, index: int) -> bool:
    """Whether blank lines, and no page furniture, stand between two lines."""
    between = lines[before + 1 : index]
    return bool(between) and not any(line.text for line in between)
