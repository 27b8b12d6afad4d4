"""Number, date and subject of a letter, from the lines of its head.

Real numbers are irregular ("864/UBND", "1911/-BQLKKT-VP"), so that a number is anything with a slash after "Số". The
forms of a date are those of ``PRACTICE``: "ngày 21  tháng 4 năm 2020", 21/4/2020, 21-4-2020, 21.4.2020.
"""

import re
from collections.abc import Sequence
from datetime import date

from consult.domain.deadline_wording import DAY, day_of
from consult.domain.letter_lines import in_capitals, joined

_NUMBER = re.compile(
    r"(?:^|[\s,;])Số\s*(?P<colon>[:.]?)\s*(?P<number>\d{1,6}[a-zđ]?)\s*"
    r"(?P<symbol>(?:\s*[/–-]\s*[^\W_][\w&.]*|\s*/(?=\s*[-–]))+)"
)
_SUBJECT = re.compile(r"\s*(?:V/[vV]|v/v|Về\s+việc)\s*[:.]?\s*(?P<rest>.*)$")
_PLACE_AND_DATE = re.compile(r",\s*(?:ngày\s+)?(?=\d|ngày)|^\s*ngày\s+\d|^\s*\S.{0,40},\s*ngày\b", re.IGNORECASE)
_MOTTO = re.compile(r"cộng\s+ho[àa]|độc\s+lập\s*[-–]|c[ộo]ng\s+h[oò]a?[àa]?\s+xã\s+hội|kính\s+gửi", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*Số\s*:")
_SIGNED_AT = re.compile(r"(?:thời gian|ngày)\s+ký\s*:?\s*", re.IGNORECASE)
_MOST_LINES = 9


def number_of(head: Sequence[str]) -> str:
    """Return number and symbol as printed, without the blanks inside ("532/STTTT-BCVT"); "" when none is found."""
    text = "\n".join(head)
    found = [match for match in _NUMBER.finditer(text) if match["colon"] or _begins_line(text, match)]
    return "".join(f"{found[0]['number']}{found[0]['symbol']}".split()).rstrip(".").replace("–", "-") if found else ""


def _begins_line(text: str, match: re.Match[str]) -> bool:
    return not text[: match.start("number")].rpartition("\n")[2].partition("Số")[0].strip()


def date_of(head: Sequence[str]) -> date | None:
    """Return the date of the letter; that of a law in the subject is none, and a blank one is none."""
    first, last = _subject_place(head)
    rest = [*head[:first], *head[last:]]
    for at, line in enumerate(rest):
        if _PLACE_AND_DATE.search(line):
            found = DAY.search(joined(rest[at : at + 2]).casefold())
            day = day_of(*map(int, found.groups())) if found else None
            if day is not None:
                return day
    signed = _SIGNED_AT.search(joined(rest))
    found = DAY.match(joined(rest)[signed.end() :]) if signed else None
    return day_of(*map(int, found.groups())) if found else None


def subject_of(head: Sequence[str]) -> str:
    """Return what the letter is about ("V/v …") over its wrapped lines, without those two letters."""
    first, last = _subject_place(head)
    if first == last:
        return ""
    begun = _SUBJECT.match(head[first])
    return joined([begun["rest"] if begun else "", *head[first + 1 : last]]).rstrip(" .;,")


def _subject_place(head: Sequence[str]) -> tuple[int, int]:
    """Return the places of the subject's first line and past its last; equal ones when there is none."""
    first = next((at for at, line in enumerate(head) if _SUBJECT.match(line)), len(head))
    if first == len(head):
        return first, first
    # In some files a blank line follows every wrapped line; there it ends nothing.
    spaced = first + 1 < len(head) and not head[first + 1].strip()
    last = first + 1
    for at in range(first + 1, min(len(head), first + 2 * _MOST_LINES)):
        line = head[at]
        if line.strip() and _ends_subject(line):
            break
        if not line.strip() and (not spaced or (at + 1 < len(head) and not head[at + 1].strip())):
            break
        last = at + 1 if line.strip() else last
    return first, last


def _ends_subject(line: str) -> bool:
    dated = _PLACE_AND_DATE.search(line) and DAY.search(line.casefold()) and not line.lstrip()[:1].islower()
    return bool(in_capitals(line) or _MOTTO.search(line) or _NUMBERED.match(line) or dated)
