"""What a draft's file holds besides its words: tracked changes, comments, pictures, equations, objects, hidden text.

It knows what is counted. It refuses to know file formats, and how a person is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Found(Enum):
    """A kind of content that whoever hands in a draft should know of."""

    TRACKED_CHANGE = "tracked change"
    COMMENT = "comment"
    PICTURE = "picture"
    EQUATION = "equation"
    EMBEDDED_OBJECT = "embedded object"
    HIDDEN_TEXT = "hidden text"


@dataclass(frozen=True)
class Finding:
    """``count`` contents of one kind in one paragraph; ``paragraph`` is counted as ``Line.paragraph`` is."""

    what: Found
    part: str
    paragraph: int
    count: int = 1


_HIDDEN = (Found.TRACKED_CHANGE, Found.COMMENT, Found.HIDDEN_TEXT)


def safe_to_hand_on(findings: Iterable[Finding]) -> bool:
    """Whether a file with these findings may be given to readers as it is: nothing in it is hidden from its author."""
    return not any(finding.what in _HIDDEN for finding in findings)
