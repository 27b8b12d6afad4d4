"""What a letter is made of: a subject, whom it greets, and parts of four shapes. Knows neither layout nor sending.

A secret link never stands in a letter: a ``Button`` names which link belongs there, the layouts print its placeholder,
and delivery puts the address in its place at the moment of sending.
"""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from consult.domain.wording import clean_line

LONGEST_SUBJECT = 200


class Link(Enum):
    """A link that delivery fills in; the value is the placeholder that the stored letter holds."""

    INVITATION = "⟦link:invitation⟧"
    RECEIPT = "⟦link:receipt⟧"
    REVOCATION = "⟦link:revocation⟧"
    SIGN_IN = "⟦link:sign_in⟧"


@dataclass(frozen=True)
class Page:
    """A page of the site for those who sign in; ``path`` begins with a slash. Delivery puts the site before it."""

    path: str

    @property
    def value(self) -> str:
        """The placeholder that the stored letter holds."""
        return f"⟦page:{self.path}⟧"


class Shape(Enum):
    """How a part is laid out."""

    WORDS = "words"
    FACTS = "facts"
    ITEMS = "items"
    BUTTON = "button"


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    text: str
    shape: ClassVar[Shape] = Shape.WORDS


@dataclass(frozen=True)
class Facts:
    """Names and values, one pair a line."""

    rows: tuple[tuple[str, str], ...]
    shape: ClassVar[Shape] = Shape.FACTS


@dataclass(frozen=True)
class Items:
    """A list under a line of its own; each item has a head ("Mục 2.3") and words."""

    title: str
    rows: tuple[tuple[str, str], ...]
    shape: ClassVar[Shape] = Shape.ITEMS


@dataclass(frozen=True)
class Button:
    """The one link of a letter."""

    label: str
    link: Link | Page
    shape: ClassVar[Shape] = Shape.BUTTON


Part = Words | Facts | Items | Button


@dataclass(frozen=True)
class Letter:
    """A letter's words in one body; ``layout.render`` gives it its two layouts."""

    subject: str
    addressee: str
    parts: tuple[Part, ...]
    signature: str


def subject_line(text: str) -> str:
    """Return ``text`` as a subject: one line of at most 200 characters, cut at the end of a word with an ellipsis."""
    line = clean_line(text)
    if len(line) <= LONGEST_SUBJECT:
        return line
    return line[: LONGEST_SUBJECT - 1].rsplit(" ", 1)[0] + "…"
