"""The lines of a cover letter as text tools give them, put in an order in which they can be read.

It knows pages and columns, not what a letter says: blanks at both ends, lone page numbers between sentences, the two
columns of the head on one line. It refuses to know numbers, recipients and deadlines.
"""

import re
from collections.abc import Iterable, Sequence

from consult.domain.wording import clean

_FURNITURE = re.compile(
    r"[-–—]?\s*(?:trang\s+)?\d{1,3}(?:\s*/\s*\d{1,3})?\s*[-–—]?|dự thảo|dự thảo\s*/?\s*lần\s+\d{1,2}|lần\s+\d{1,2}",
    re.IGNORECASE,
)
_COLUMNS = re.compile(r"\s{3,}|\t+")
ADDRESSED = re.compile(r"\s*kính\s+g[ửở]i\s*[:;]?\s*", re.IGNORECASE)
_END = re.compile(r"\s*nơi\s+nhận\s*:?", re.IGNORECASE)
_UPPER = re.compile(r"[^\W\d_]")


def letter_lines(text: str) -> tuple[str, ...]:
    """Return the lines without what belongs to the page; blank lines stay, they part what has no other mark."""
    return tuple(line for line in map(str.rstrip, clean(text).split("\n")) if not _FURNITURE.fullmatch(line.strip()))


def head_of(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines before "Kính gửi", the left column of a line that holds two before all right ones."""
    cells = [_COLUMNS.split(line.strip()) for line in lines[: addressed_at(lines)]]
    left = [row[0] for row in cells]
    right = [cell for row in cells for cell in row[1:]]
    return (*left, *right)


def addressed_at(lines: Sequence[str]) -> int:
    """Return the place of the line with the first "Kính gửi"; without one, a head's length."""
    found = (at for at, line in enumerate(lines) if ADDRESSED.match(line))
    return next(found, min(len(lines), 25))


def body_of(lines: Sequence[str]) -> str:
    """Return what stands from "Kính gửi" to "Nơi nhận" as running text on one line."""
    first = addressed_at(lines)
    last = next((at for at in range(first, len(lines)) if _END.match(lines[at])), len(lines))
    return joined(lines[first:last])


def joined(lines: Iterable[str]) -> str:
    """Return wrapped lines as one, with single blanks."""
    return " ".join(" ".join(lines).split())


def in_capitals(line: str) -> bool:
    """Whether a line is printed in capitals, as the heads of offices and the motto are."""
    letters = "".join(_UPPER.findall(line))
    return len(letters) > 3 and letters == letters.upper()
