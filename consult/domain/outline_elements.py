"""Whether a line goes on with an element of the frame that takes several: V/v, a title, Kính gửi, Nơi nhận.

It refuses to know where in a draft the line stands (``outline_frame``).
"""

from consult.domain.labels import Label, Level
from consult.domain.outline_marks import Mark, in_capitals, shows
from consult.domain.outline_nodes import Line, LineKind

_LONGEST_SUBJECT_LINE = 60
_MOST_TITLE_LINES = 6
_LONGEST_RECIPIENT = 200
_OPEN = (":", ";", ",")


def continues_subject(line: Line) -> bool:
    """Whether ``line`` begins or goes on with "V/v …" at the head of a letter, where lines are short."""
    short = line.kind is not LineKind.PARAGRAPH and len(line.text) <= _LONGEST_SUBJECT_LINE
    return short or line.text[0].islower() or shows(Mark.ABOUT, line.text)


def continues_title(line: Line, lines_before: int, *, adjacent: bool, in_bracket: bool) -> bool:
    """Whether ``line`` goes on with the title below the name of a type, of which it has ``lines_before`` lines.

    ``in_bracket`` says that "(Kèm theo …" is not closed yet.
    """
    if not lines_before:
        return True
    plain = line.text[0].islower() or in_capitals(line.text)
    return lines_before < _MOST_TITLE_LINES and (plain or line.centred or adjacent or in_bracket)


def continues_recipients(line: Line, before: str, label: Label | None) -> bool:
    """Whether ``line`` goes on with the list whose last line is ``before``; a full stop ends it."""
    if before.endswith("."):
        return False
    if label is not None:
        return label.level is Level.DASH
    open_list = before.endswith(_OPEN) and len(line.text) <= _LONGEST_RECIPIENT
    return open_list or (line.text[0].islower() and line.kind is LineKind.WRAPPED)


def continues_copies(text: str, before: str, label: Label | None, *, adjoining: bool) -> bool:
    """Whether ``text`` goes on with the list whose last line is ``before`` ("" for none yet).

    ``adjoining`` says that this line stands right before: only then an item without a dash, or the rest of one, does.
    """
    if before and label is not None and label.level >= Level.DASH:
        return True
    if not before or in_capitals(text):
        return False
    running = text[0].islower() and not before.endswith(".")
    return adjoining and (before.endswith(_OPEN) or shows(Mark.COPIES, before) or running)
