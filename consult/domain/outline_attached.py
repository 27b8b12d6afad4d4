"""Where another text begins in a file: an attached regulation, an annex, a form, a second document.

It looks at a line and those around it, and refuses to know what stands between (``outline_frame``).
"""

import re
from collections.abc import Sequence

from consult.domain.labels import Level, find_label
from consult.domain.outline_marks import Capitals, Mark, annex_name, in_capitals, prints, shows, signs
from consult.domain.outline_nodes import Line

_LOOK_AHEAD = 6
_LINES_OF_TITLE = 3
_SIGNATURE_LINES = 8
_LONGEST_OF_SIGNATURE = 60
_ENDS = re.compile(r"[.;:…\]][)”\"]*$")


def begins_attached(lines: Sequence[Line], index: int) -> bool:
    """Whether an annex, a form or a text named by its type begins at a line of a body.

    An annex stands alone on its line, or above its title in capitals or "(Kèm theo …"; a type is followed by
    "(Kèm theo …" too.
    """
    text = lines[index].text
    name = annex_name(text)
    if not name and not prints(Capitals.TYPE, text):
        return False
    below = lines[index + 1 : index + 1 + _LOOK_AHEAD]
    if any(shows(Mark.ATTACHED, line.text) for line in below[: _lines_of_title(below)]):
        return True
    titled = bool(below) and in_capitals(below[0].text)
    return bool(name) and (titled or lines[index].centred or (name == text and _stands_alone(lines, index)))


def begins_after_signature(lines: Sequence[Line], index: int) -> bool:
    """Whether a line after a signature begins an attached text: an annex, a type, a title over "(Kèm theo …"."""
    text = lines[index].text
    if annex_name(text) or prints(Capitals.TYPE, text):
        return True
    below = lines[index + 1 : index + 1 + _LINES_OF_TITLE]
    titled = in_capitals(text) and not signs(text) and find_label(text) is None
    return titled and any(shows(Mark.ATTACHED, line.text) for line in below)


def ends_with_signature(lines: Sequence[Line], index: int) -> bool:
    """Whether a line that names who signs ends the body: no clause and no sentence comes soon after it."""
    if index and _is_lone_heading(lines[index - 1].text):
        return False
    if _is_to_be_signed(lines, index):
        return True
    if not signs(lines[index].text):
        return False
    for place in range(index + 1, min(len(lines), index + 1 + _SIGNATURE_LINES)):
        text = lines[place].text
        if shows(Mark.COPIES, text) or shows(Mark.NATION, text) or begins_after_signature(lines, place):
            return True
        if goes_on_after_signature(text):
            return False
    return True


def goes_on_after_signature(text: str) -> bool:
    """Whether a line is no name, office or item of Nơi nhận: a clause, or a sentence."""
    label = find_label(text)
    if label is not None:
        return label.level < Level.DASH
    return len(text) > _LONGEST_OF_SIGNATURE and not in_capitals(text) and not text.startswith("(")


def _is_to_be_signed(lines: Sequence[Line], index: int) -> bool:
    """Whether this is "NGƯỜI LẬP BIỂU" over "(Ký, ghi rõ họ tên)", as forms have it, or the date above both."""
    if index >= len(lines):
        return False
    text = lines[index].text
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    if shows(Mark.DATE, text):
        return _is_to_be_signed(lines, index + 1)
    return in_capitals(text) and shows(Mark.TO_BE_SIGNED, below) and find_label(text) is None


def _is_lone_heading(text: str) -> bool:
    label = find_label(text)
    return label is not None and label.level < Level.ARTICLE and not label.rest


def _lines_of_title(below: Sequence[Line]) -> int:
    """Return how many lines come before the first clause."""
    labelled = (place for place, line in enumerate(below) if find_label(line.text) is not None)
    return next(labelled, len(below))


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether the sentence before is finished, so that this line is not its end."""
    return index == 0 or lines[index - 1].cell is not None or bool(_ENDS.search(lines[index - 1].text))
