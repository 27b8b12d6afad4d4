"""Who a letter is addressed to, line by line: the list after "Kính gửi".

A line is what stands between two dashes or semicolons, over the wrapped lines. Names contain commas, " - " and "và";
nothing is ever parted there.
"""

import re
from collections.abc import Iterator, Sequence

from consult.domain.letter_lines import ADDRESSED, addressed_at, joined

_DASH = re.compile(r"\s*(?:[-–—•*+▪●]|\uf02d|\d{1,2}[.)])\s*(?=\S)")
_ENDED = re.compile(r"[;.]\s*$")
_OPEN = re.compile(r"(?:[,–-]|\b(?:và|các|của|tỉnh|thuộc|với|trên|cung cấp))\s*$", re.IGNORECASE)
_NO_LINE = re.compile(r"\s*(?:v/v|số\s*:|cộng\s+h|độc\s+lập\s*-|nơi\s+nhận)", re.IGNORECASE)
_MOST_WRAPPED = 5


def recipients_of(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the printed lines of "Kính gửi" in their order, without dashes and closing marks."""
    at = addressed_at(lines)
    if at >= len(lines) or not ADDRESSED.match(lines[at]):
        return ()
    listed = " ; ".join(_items(lines, at))
    return tuple(filter(None, (_bare(part) for part in listed.split(";"))))


def _items(lines: Sequence[str], at: int) -> Iterator[str]:
    """Yield what follows each dash over its wrapped lines; the first item may stand beside "Kính gửi:" itself."""
    first = lines[at][ADDRESSED.match(lines[at]).end() :]  # type: ignore[union-attr]
    dashed, marked = bool(_DASH.match(first)), False
    item, taken, blank = [_undashed(first)] if first.strip() else [], 0, False
    for line in lines[at + 1 :]:
        if not line.strip():
            blank = True
            continue
        begins = bool(_DASH.match(line))
        if item and not begins and not _runs_on(item, line, taken, marked=marked, blank=blank):
            break
        if begins and not dashed and item and _ENDED.search(item[-1]) is None and blank and not _OPEN.search(item[-1]):
            break
        if item and (begins or _ENDED.search(item[-1])):
            marked = marked or item[-1].rstrip().endswith(";")
            yield joined(item)
            item, taken = [], 0
        dashed = dashed or begins
        item.append(_undashed(line))
        taken, blank = taken + 1, False
    if item:
        yield joined(item)


def _runs_on(item: Sequence[str], line: str, taken: int, *, marked: bool, blank: bool) -> bool:
    """Whether a line without a dash belongs to the list: it goes on with the name, or names the next body."""
    last = item[-1].rstrip()
    if _NO_LINE.match(line) or taken > _MOST_WRAPPED or last.endswith("."):
        return False
    if last.endswith(";") or line.lstrip()[:1].islower() or _OPEN.search(last):
        return True
    return marked or line.rstrip().endswith(";") or (not blank and line.rstrip().endswith(".") and len(line) < 60)


def _undashed(line: str) -> str:
    begun = _DASH.match(line)
    return line[begun.end() :] if begun else line


def _bare(part: str) -> str:
    return _undashed(" ".join(part.split())).strip(" .,:;-–")
