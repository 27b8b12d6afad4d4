"""Which lines stand inside a quotation that began on an earlier line, as in «sửa đổi Điều 5 như sau: “Điều 5. …”».

Words that an amending act quotes are no clauses of the act. A quotation that is never closed quotes nothing, also when
a stray mark closes it after the act has gone on.
"""

import re
from collections.abc import Iterator, Sequence

from consult.domain.labels import Label, Level, find_label

_QUOTE_MARKS = re.compile(r"[“”]")
_STRAIGHT_OPENING = re.compile(r"^\"|:\s*\"")
_STRAIGHT_CLOSING = re.compile(r"\"\s*[.;,]*$")
_OPENING = re.compile(r"(?:^|:\s*)[“\"]\s*(?P<words>.*)", re.DOTALL)
_LONGEST_PHRASE = 3
_LONGEST_QUOTATION = 300
_NEAR = 20
_LINES_OF_INTRODUCTION = 3
_AMENDS = re.compile(r"(?:Sửa đổi|Bổ sung|Thay thế|Bãi bỏ|Bỏ|Hủy bỏ)\b")


def quoted_lines(texts: Sequence[str]) -> frozenset[int]:
    """Return the indexes of the lines that begin inside a quotation.

    A quotation over more than three lines counts only when it is introduced: at the head of a line or after a colon.
    """
    inside: set[int] = set()
    labels = [find_label(text) for text in texts]
    for first, last in (*_curly(texts), *_straight(texts)):
        if last > first and not _act_goes_on(texts, labels, first, last):
            inside.update(range(first + 1, last + 1))
    return frozenset(inside)


def _act_goes_on(texts: Sequence[str], labels: Sequence[Label | None], first: int, last: int) -> bool:
    """Whether the act's next clause comes before the mark that seems to close the quotation begun at ``first``."""
    opening = _OPENING.search(texts[first])
    quoted = find_label(opening["words"]) if opening else None
    above = range(first, max(-1, first - _LINES_OF_INTRODUCTION), -1)
    own = next((label for label in map(labels.__getitem__, above) if label is not None), None)
    inside = (label for label in labels[first + 1 : last + 1] if label is not None)
    return any(_is_next_clause(label, own, quoted) for label in inside)


def _is_next_clause(label: Label, own: Label | None, quoted: Label | None) -> bool:
    """Whether ``label`` goes on with the act, whose clause ``own`` introduces a quotation headed by ``quoted``."""
    if quoted is not None and quoted.level is label.level is Level.ARTICLE and label.path < quoted.path:
        return True
    if own is None or not own.path or own.rank != label.rank or label.path != (*own.path[:-1], own.path[-1] + 1):
        return False
    if quoted is None or label.rank < quoted.rank:
        return True
    return bool(_AMENDS.match(label.rest)) and not _AMENDS.match(quoted.rest)


def _curly(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    opened: list[tuple[int, bool]] = []
    for index, text in enumerate(texts):
        for found in _QUOTE_MARKS.finditer(text):
            if found[0] == "“":
                opened.append((index, _is_introduced(text, found.start())))
            elif opened:
                first, introduced = opened.pop()
                if index - first <= (_LONGEST_QUOTATION if introduced else _LONGEST_PHRASE):
                    yield first, index


def _is_introduced(text: str, start: int) -> bool:
    before = text[max(0, start - _NEAR) : start].rstrip()
    return before.endswith(":") or (not before and start <= _NEAR)


def _straight(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for index, text in enumerate(texts):
        if first is not None and index - first > _LONGEST_QUOTATION:
            first = None
        if first is not None and _opens_anew(texts, index):
            first = index
        elif first is not None and _is_odd(text) and _STRAIGHT_CLOSING.search(text):
            yield first, index
            first = None
        elif first is None and _is_odd(text) and _STRAIGHT_OPENING.search(text):
            first = index


def _opens_anew(texts: Sequence[str], index: int) -> bool:
    """Whether the next clause of the act introduces a quotation here, so that the one before was never closed."""
    introduced = find_label(texts[index - 1]) is not None and texts[index - 1].endswith(":")
    return introduced and texts[index].startswith('"') and _is_odd(texts[index])


def _is_odd(text: str) -> bool:
    """Whether a straight mark is left over once those of the phrases inside the line are paired."""
    return text.count('"') % 2 == 1
