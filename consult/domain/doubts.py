"""Which places of a reading a person should look at before the draft goes out, and why.

A doubt says nothing against the text: agencies would be sent to a place that may be the wrong one. It refuses to mend.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise, zip_longest

from consult.domain.labels import ALPHABET, STRUCTURAL, Label, Level, find_label
from consult.domain.mending import Mended
from consult.domain.mending_texts import pieces
from consult.domain.outline_entries import At, Entry
from consult.domain.outline_naming import named
from consult.domain.outline_nodes import Line, Node, NodeKind
from consult.domain.outline_quotes import quoted_lines
from consult.domain.outline_titles import ends_sentence

_POINTS = ("abcdđeghiklmnopqrstuvxy", ALPHABET, "abcdefghijklmnopqrstuvwxyz")
"""The orders in which offices count points: without ă â ê ô ơ ư, with all letters, without đ."""
_WORDS = (NodeKind.PREAMBLE, NodeKind.PLAIN, NodeKind.CLOSING, NodeKind.NUMBERED, NodeKind.DASH, NodeKind.HEADING)


class Doubt(Enum):
    """Why a place is doubtful."""

    OUT_OF_ORDER = "begins like a label that does not come in order, and was left in the text"
    GAP = "a label is left out before it"
    DOUBLED = "bears the label of a clause before it"
    ALONE = "a label without words"
    UNFINISHED = "goes on with a small letter after an unfinished sentence"
    OPEN_QUOTE = "a quotation is opened and not closed in it, or the other way round"


@dataclass(frozen=True)
class Doubtful:
    """A place and why it is doubtful; ``label`` is the label in question, ``before`` the one before a gap.

    ``offset`` says after how many characters of the entry's text a label that was left in it begins.
    """

    at: At
    anchor: str
    doubt: Doubt
    label: str = ""
    before: str = ""
    offset: int = 0


def doubts(mended: Mended) -> tuple[Doubtful, ...]:
    """Return the doubtful places in the order of the source, without those that a person has looked at."""
    entries = [entry for entry in mended.reading.entries if not entry.aside]
    nodes = named(entries, mended.reading.slugs)
    body = [(entry, node) for entry, node in zip(entries, nodes, strict=True) if not entry.kind.in_frame]
    found = [*_left_in_text(body), *_out_of_series(body), *_alone(body), *_unfinished(body), *_open_quotes(body)]
    order = {entry.at: place for place, entry in enumerate(entries)}
    shown = (each for each in found if each.at not in mended.trusted)
    return tuple(sorted(shown, key=lambda each: order[each.at]))


Body = Sequence[tuple[Entry, Node]]


def _left_in_text(body: Body) -> Iterator[Doubtful]:
    lines = [line for entry, _ in body for line in entry.lines]
    quoted = {lines[index].span for index in quoted_lines([line.text for line in lines])}
    for entry, node in body:
        if entry.kind not in _WORDS:
            continue
        for line, start in _beginnings(entry):
            label = find_label(line.text)
            if label is not None and label.level < Level.DASH and line.span not in quoted:
                yield Doubtful(entry.at, node.anchor, Doubt.OUT_OF_ORDER, label.printed, offset=start)
                break


def _beginnings(entry: Entry) -> Iterator[tuple[Line, int]]:
    """Yield the lines of an entry that begin a sentence and are not that of its own label, and where each begins."""
    before: Line | None = None
    for number, place, line, (start, _) in pieces(entry):
        own = entry.label is not None and (number, place) == (0, 0)
        if not own and (not place or before is None or ends_sentence(before.text)):
            yield line, start
        before = line


def _out_of_series(body: Body) -> Iterator[Doubtful]:
    last: dict[tuple[str | None, tuple[int, int]], Label] = {}
    for entry, node in body:
        label = entry.label
        if label is None or label.level >= Level.DASH:
            continue
        series = str(entry.part) if label.level is Level.ARTICLE else node.parent, label.rank
        before = last.get(series)
        last[series] = label
        if "~" in node.anchor.rpartition(".")[2]:
            yield Doubtful(entry.at, node.anchor, Doubt.DOUBLED, label.printed)
        elif not _is_next(label, before):
            yield Doubtful(entry.at, node.anchor, Doubt.GAP, label.printed, before.printed if before else "")


def _is_next(label: Label, before: Label | None) -> bool:
    if before is None:
        return label.path[-1] == 1 or label.level in (*STRUCTURAL, Level.ARTICLE)
    if label.path == before.path:
        # "a1)" after "a)", "2a." after "2.": a clause that was put in.
        return True
    if label.level in (Level.LETTER, Level.CAPITAL):
        pair = ALPHABET[before.path[0] - 1] + ALPHABET[label.path[0] - 1]
        return any(pair in series for series in _POINTS)
    if len(label.path) != len(before.path):
        return label.path[0] - before.path[0] <= 1
    return label.path[-1] - before.path[-1] <= 1


def _alone(body: Body) -> Iterator[Doubtful]:
    for (entry, node), following in zip_longest(body, body[1:]):
        holds = following is not None and following[0].depth > entry.depth
        if entry.label is not None and not entry.text and not holds:
            yield Doubtful(entry.at, node.anchor, Doubt.ALONE, entry.label.printed)


def _unfinished(body: Body) -> Iterator[Doubtful]:
    for (before, _), (entry, node) in pairwise(body):
        goes_on = entry.label is None and entry.kind in _WORDS and entry.text[:1].islower()
        if goes_on and before.kind in _WORDS and not ends_sentence(before.text):
            yield Doubtful(entry.at, node.anchor, Doubt.UNFINISHED)


def _open_quotes(body: Body) -> Iterator[Doubtful]:
    for entry, node in body:
        if entry.kind in _WORDS and entry.text.count("“") != entry.text.count("”"):
            yield Doubtful(entry.at, node.anchor, Doubt.OPEN_QUOTE)
