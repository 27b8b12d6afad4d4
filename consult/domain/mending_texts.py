"""The lines of an entry when it is joined or cut, and the label that a person types for it.

It works on lines and characters and refuses to know the list.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from consult.domain.errors import CannotMend
from consult.domain.hindrances import Unfit
from consult.domain.labels import Label, Level, find_label
from consult.domain.outline_entries import Entry
from consult.domain.outline_nodes import Line, NodeKind
from consult.domain.outline_titles import ends_sentence, is_title
from consult.domain.wording import clean_line

CUT = "||"
"""What a person types where an entry is to be cut."""
Paragraphs = tuple[tuple[Line, ...], ...]


def joined(first: Entry, second: Entry) -> Entry:
    """Return both as one entry; ``second`` runs on in the same paragraph where the words before it end no sentence."""
    before, after = first.paragraphs, second.paragraphs
    if first.text and not ends_sentence(first.text):
        return replace(first, paragraphs=(*before[:-1], (*before[-1], *after[0]), *after[1:]))
    return replace(first, paragraphs=(*before, *after))


def cut(entry: Entry, offset: int) -> tuple[Entry, Paragraphs]:
    """Return the entry up to ``offset`` characters of its text, and the paragraphs of what comes after.

    Raises:
        CannotMend: there are no words before or after that place.
    """
    for number, place, line, (start, end) in pieces(entry):
        if 0 < offset < end:
            kept, moved = _halves(line, len(line.text) - (end - start) + max(0, offset - start))
            lines = entry.paragraphs[number]
            first = (*entry.paragraphs[:number], (*lines[:place], *kept))
            rest = ((*moved, *lines[place + 1 :]), *entry.paragraphs[number + 1 :])
            return replace(entry, paragraphs=_filled(first)), _filled(rest)
    raise CannotMend(Unfit.NO_WORDS, "there are no words before or after that place; cut inside the text")


def offset_marked(text: str, marked: str) -> int:
    """Return where in ``text`` a person put the mark "||"; blanks and line ends may differ from the text's.

    Raises:
        CannotMend: there is no mark, or several, or the words are not those of the text.
    """
    before, *after = marked.split(CUT)
    if len(after) != 1:
        raise CannotMend(Unfit.MARK, f"put the mark {CUT} once, where the new clause begins")
    if "".join(text.split()) != "".join(f"{before}{after[0]}".split()):
        raise CannotMend(Unfit.OTHER_WORDS, f"only the mark {CUT} may be put in; the words of the draft stay")
    left = len("".join(before.split()))
    for offset, char in enumerate(text):
        if not left and not char.isspace():
            return offset
        left -= not char.isspace()
    return len(text)


def pieces(entry: Entry) -> Iterator[tuple[int, int, Line, tuple[int, int]]]:
    """Yield paragraph, place in it, line, and the span of its words in the entry's text."""
    at = 0
    for number, paragraph in enumerate(entry.paragraphs):
        for place, line in enumerate(paragraph):
            head = entry.head if (number, place) == (0, 0) else 0
            length = len(line.text[head:].strip())
            yield number, place, line, (at, at + length)
            at += length + 1 if length else 0


def _halves(line: Line, inside: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return the line up to the character ``inside`` and from there, without the blanks between; either may be none."""
    before, after = line.text[:inside].rstrip(), line.text[inside:].lstrip()
    if not before:
        return (), (line,)
    if not after:
        return (line,), ()
    start = line.start + len(line.text) - len(after) - line.computed
    return (replace(line, text=before),), (replace(line, text=after, start=start, computed=0),)


def _filled(paragraphs: Sequence[tuple[Line, ...]]) -> Paragraphs:
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def label_typed(printed: str) -> Label:
    """Return the label that a person means: "Điều 5", "5.", "a)", "-".

    Raises:
        CannotMend: drafts use no such label.
    """
    typed = clean_line(printed)
    mark = ")" if len(typed) == 1 and typed.islower() else "."
    for tried in (f"{typed} Chữ", f"{typed}{mark} Chữ", typed):
        label = find_label(tried)
        if label is not None and label.printed.rstrip(".)") == typed.rstrip(".)"):
            return replace(label, rest="")
    raise CannotMend(Unfit.LABEL, f"“{typed}” is no label that drafts use; write Chương II, Điều 5., 1.1., a) or -")


def length_of_label(entry: Entry, label: Label) -> int:
    """Return how many characters of the first line the label takes: its own where it stands there, else the old one."""
    pattern = r"\s*".join(map(re.escape, label.printed.replace(" ", "")))
    found = re.match(rf"{pattern}\s*", entry.paragraphs[0][0].text, re.IGNORECASE)
    return found.end() if found else entry.head


def shape_of(label: Label, paragraphs: Paragraphs, head: int | None = None) -> NodeKind:
    """Return the kind of a clause with this label: a dash, a heading, or a numbered clause."""
    if label.level >= Level.DASH:
        return NodeKind.DASH
    words = label.rest if head is None else paragraphs[0][0].text[head:].strip()
    text = " ".join(filter(None, (words, *(line.text for line in paragraphs[0][1:]))))
    return NodeKind.HEADING if is_title(label, text) else NodeKind.NUMBERED
