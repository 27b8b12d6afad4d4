"""What a draft's file holds besides its words, and which of it must not reach readers unasked.

It knows what is counted. It refuses to know file formats, and how a person is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Found(Enum):
    """A kind of content that whoever hands in a draft should know of."""

    TRACKED_CHANGE = "tracked change"
    COMMENT = "comment"
    HIDDEN_TEXT = "hidden text"
    HIDDEN_FILE = "embedded file that no page shows"
    NAME = "name beside the text"
    PICTURE = "picture"
    EQUATION = "equation"
    EMBEDDED_OBJECT = "embedded object"

    @property
    def is_hidden(self) -> bool:
        """Whether a reader of the printed draft does not see it, while whoever gets the file does."""
        return self in _HIDDEN


_HIDDEN = {Found.TRACKED_CHANGE, Found.COMMENT, Found.HIDDEN_TEXT, Found.HIDDEN_FILE, Found.NAME}


@dataclass(frozen=True)
class Finding:
    """``count`` contents of one kind in one paragraph; ``paragraph`` is counted as ``Line.paragraph`` is.

    What stands beside the text is at paragraph 0 of a part that has no lines. A name counts once a part.
    """

    what: Found
    part: str
    paragraph: int
    count: int = 1


def safe_to_hand_on(findings: Iterable[Finding]) -> bool:
    """Whether the file itself may be given to readers as it is: nothing in it is hidden from them."""
    return not any(each.what.is_hidden for each in findings)
