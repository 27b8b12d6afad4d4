"""Raw text of a file → clean lines that know where they stand; shared by the readers.

It knows how characters are counted (see ``Span``) and refuses to know file formats.
"""

import re
import unicodedata
from collections.abc import Iterator

from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import Line, LineKind, SourceText
from consult.domain.unreadable import Fault
from consult.domain.wording import clean

LONGEST_LINE = 50_000
"""Characters of one line or paragraph; the longest of real drafts have about a tenth."""
MOST_LINES = 100_000

# Blanks beyond a page's width say nothing, and looking for the end of each run costs time.
_BLANKS = " " * 200
_LONG_BLANKS = re.compile(r"(?<![ \t\u00a0])[ \t\u00a0]{200,}")


def refuse_absurd(name: str, longest: int, lines: int) -> None:
    """Raise UnreadableDraft when a file has a longer line or more lines than any draft."""
    if longest > LONGEST_LINE:
        raise UnreadableDraft(name, Fault.LONG_PARAGRAPH, characters=longest)
    if lines > MOST_LINES:
        raise UnreadableDraft(name, Fault.TOO_MANY_LINES, lines=lines)


def refuse_wordless(name: str, source: SourceText) -> None:
    """Raise UnreadableDraft when no line has a word."""
    if not any(line.text for line in source.lines):
        raise UnreadableDraft(name, Fault.NO_WORDS)


def refuse_tables_alone(name: str, source: SourceText) -> None:
    """Raise UnreadableDraft when all words of the body stand in tables."""
    words = [line for line in source.lines if line.text and line.kind is not LineKind.MARGIN]
    if words and all(line.cell for line in words):
        raise UnreadableDraft(name, Fault.ONLY_TABLES)


def line_of(raw: str, kind: LineKind, part: str, paragraph: int) -> Line:
    """Return ``raw`` (one line, any normal form) as a clean line; ``start`` counts the blanks before its words."""
    words, start = _words(unicodedata.normalize("NFC", raw))
    return Line(words, kind, part, paragraph, start)


def paragraph_lines(raw: str, story: Line, paragraph: int, label: str = "", *, centred: bool = False) -> Iterator[Line]:
    """Yield the lines of a paragraph that has line breaks inside; what they share is copied from ``story``.

    The first line with words begins the paragraph, later ones are BROKEN. Without words it is one blank line.
    ``label`` is what Word prints before the first words without storing it.
    """
    offset, kind, blank = 0, story.kind, True
    for piece in unicodedata.normalize("NFC", raw).split("\n"):
        words, start = _words(piece)
        if words:
            printed = label if not (label and start) else f"{label.rstrip()} "
            place = story.part, paragraph, offset + start, story.cell, centred
            yield Line(printed + words, kind, *place, len(printed))
            label, blank = "", False
            kind = LineKind.BROKEN if story.kind is LineKind.PARAGRAPH else story.kind
        offset += len(piece) + 1
    if blank:
        alone = label.rstrip() if any(map(str.isalnum, label)) else ""
        yield Line(alone, kind, story.part, paragraph, 0, story.cell, centred, len(alone))


def _words(raw: str) -> tuple[str, int]:
    """Return one line in NFC as clean words without blanks at their ends, and how many blanks stood before them."""
    if not raw.isprintable() or _BLANKS in raw:
        # Few lines. The bar keeps the leading blanks, which ``clean`` would take away before they are counted.
        raw = clean(f"|{_LONG_BLANKS.sub(_BLANKS, raw)}")[1:]
    return raw.strip(), len(raw) - len(raw.lstrip())
