"""A planned draft as a PDF tool prints it to text: wrapped lines, pages, two columns in one row, blank lines.

What is printed differs from layout to layout; the clauses that are read must not. It refuses tables and footnotes,
which a text shows in too many ways.
"""

import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from consult.domain.labels import STRUCTURAL, find_label
from consult.domain.outline_marks import Mark, shows
from tests.documents.planned_drafts import FRAME, Planned

_COLUMN = 46


@dataclass(frozen=True)
class Layout:
    """How a text is laid out: ``width`` of the lines, ``indent`` of paragraphs, blank lines after a paragraph.

    ``page`` is the number of lines on a page, 0 for no pages at all; ``head`` is printed above each page; every
    ``decomposed``-th line is written with combining marks, none for 0.
    """

    width: int = 84
    indent: int = 0
    blanks: int = 1
    page: int = 0
    head: str = ""
    columns: bool = False
    decomposed: int = 0


def printed(plan: list[Planned], layout: Layout) -> str:
    """Return the text."""
    lines = [line for block in _blocks(plan, layout) for line in block]
    lines = list(_paged(lines, layout)) if layout.page else lines
    for number, line in enumerate(lines, start=1):
        if layout.decomposed and number % layout.decomposed == 0:
            lines[number - 1] = unicodedata.normalize("NFD", line)
    return "\n".join(lines) + "\n"


def _blocks(plan: list[Planned], layout: Layout) -> Iterator[list[str]]:
    """Yield what stands together: a paragraph and the blank lines after it, or the rows of an element of the frame."""
    after = [""] * layout.blanks
    place = 0
    while place < len(plan):
        each = plan[place]
        if each.kind not in FRAME:
            yield from ([*lines, *after] for lines in _paragraphs(each, layout))
            place += 1
            continue
        end = place
        while end < len(plan) and plan[end].kind in FRAME and _together(plan[place], plan[end]):
            end += 1
        yield [*_framed(plan[place:end], layout), "", ""]
        place = end


def _together(first: Planned, other: Planned) -> bool:
    back = ("distribution", "signature")
    return first.part == other.part and (first.kind == other.kind or (first.kind in back and other.kind in back))


def _framed(lines: list[Planned], layout: Layout) -> Iterator[str]:
    place = 0
    while place < len(lines):
        each = lines[place]
        if layout.columns and place + 1 < len(lines) and _beside(each, lines[place + 1]):
            yield f"{each.text:<{_COLUMN}}{lines[place + 1].text}"
            place += 2
            continue
        blanks = " " * (layout.indent * 3) if each.kind == "subject" else ""
        yield from (blanks + line for line in textwrap.wrap(each.text, layout.width - 20, break_on_hyphens=False))
        place += 1


def _beside(left: Planned, right: Planned) -> bool:
    """Whether two lines stand in one row: the head of an act, and Nơi nhận beside the signature."""
    if len(left.text) > _COLUMN - 3:
        return False
    told = any(shows(mark, right.text) for mark in (Mark.NATION, Mark.MOTTO, Mark.DATE))
    return (left.kind == "masthead" and told) or (left.kind, right.kind) == ("distribution", "signature")


def _paragraphs(each: Planned, layout: Layout) -> Iterator[list[str]]:
    assert each.kind not in ("table", "note"), each
    label = find_label(f"{each.label} X") or find_label(each.label) if each.label else None
    words = list(each.paragraphs)
    if label is not None and label.level in STRUCTURAL:
        title = textwrap.wrap(words[0].removeprefix("⏎"), layout.width - 24, break_on_hyphens=False)
        yield [each.label, *title]
        return
    words[0] = f"{each.label} {words[0]}".strip()
    for paragraph in words:
        for piece in paragraph.split("⏎"):
            yield textwrap.wrap(
                piece.replace("↵", " "), layout.width, initial_indent=" " * layout.indent, break_on_hyphens=False
            )


def _paged(lines: list[str], layout: Layout) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number and number % layout.page == 0:
            yield ""
            if layout.head:
                yield layout.head
            yield f"{number // layout.page + 1}"
            yield ""
        yield line
