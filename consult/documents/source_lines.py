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


def line_of(raw: str, kind: LineKind, part: str, paragraph: int) -> Line:
    """Return ``raw`` (one line, any normal form) as a clean line; ``start`` counts the blanks before its words."""
    if raw.isprintable() and _BLANKS not in raw:
        # Nearly all lines: nothing in them that ``clean`` would take away but the blanks at their ends.
        words = unicodedata.normalize("NFC", raw)
        return Line(words.strip(), kind, part, paragraph, start=len(words) - len(words.lstrip()))
    # The bar keeps the leading blanks, which ``clean`` would take away before they are counted.
    kept = clean(f"|{_LONG_BLANKS.sub(_BLANKS, raw)}")[1:]
    return Line(kept.strip(), kind, part, paragraph, start=len(kept) - len(kept.lstrip()))


def paragraph_lines(raw: str, template: Line, label: str = "") -> Iterator[Line]:
    """Yield the lines of a paragraph that has line breaks inside; what is not text is copied from ``template``.

    The first line with words begins the paragraph, later ones are BROKEN. Without words it is one blank line.
    ``label`` is what Word prints before the first words without storing it.
    """
    offset, kind, blank = 0, template.kind, True
    for piece in unicodedata.normalize("NFC", raw).split("\n"):
        line = line_of(piece, kind, template.part, template.paragraph)
        if line.text:
            printed = label if not (label and line.start) else f"{label.rstrip()} "
            yield _line(template, printed, line.text, offset + line.start, kind)
            label, blank = "", False
            kind = LineKind.BROKEN if template.kind is LineKind.PARAGRAPH else template.kind
        offset += len(piece) + 1
    if blank:
        yield _line(template, label.rstrip(), "", 0, kind) if any(map(str.isalnum, label)) else template


def _line(template: Line, label: str, words: str, start: int, kind: LineKind) -> Line:
    place = template.part, template.paragraph
    return Line(label + words, kind, *place, start, template.cell, template.centred, len(label))
