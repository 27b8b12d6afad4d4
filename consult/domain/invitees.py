"""The list of agencies of a round in preparation, line by line as the cover letter prints it; pure changes of it.

A line has the words printed for it ("" for one agency under its own name) and the agencies that it stands for. No
agency stands twice and no line is empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consult.domain.errors import AlreadyListed, NotFound


@dataclass(frozen=True)
class ListedLine:
    """A line of the list: its printed words, and the ids of its agencies in their order."""

    printed: str
    agencies: tuple[int, ...]


Listed = tuple[ListedLine, ...]


def holding(lines: Sequence[ListedLine]) -> frozenset[int]:
    """Return the agencies that stand on the list."""
    return frozenset(agency for line in lines for agency in line.agencies)


def added(lines: Listed, new: ListedLine, at: int | None = None) -> Listed:
    """Put a line on the list, as its ``at``-th or last. Raises AlreadyListed for an agency that stands there."""
    doubled = [agency for agency in new.agencies if agency in holding(lines)]
    if doubled:
        raise AlreadyListed("an agency stands on the list already", agency_id=doubled[0])
    if not new.agencies:
        raise NotFound("a line needs an agency")
    place = len(lines) if at is None else max(0, min(at - 1, len(lines)))
    return (*lines[:place], new, *lines[place:])


def merged(lines: Listed, new: Sequence[ListedLine]) -> Listed:
    """Put lines at the end, each agency only where it stands first; a line with the words of one there joins it."""
    made = list(lines)
    for line in new:
        rest = tuple(agency for agency in dict.fromkeys(line.agencies) if agency not in holding(made))
        same = next((at for at, there in enumerate(made) if line.printed and there.printed == line.printed), None)
        if rest and same is not None:
            made[same] = replace(made[same], agencies=(*made[same].agencies, *rest))
        elif rest:
            made.append(ListedLine(line.printed, rest))
    return tuple(made)


def moved(lines: Listed, number: int, to: int) -> Listed:
    """Move the line with a number (from 1) so that it gets the number ``to``; beyond the ends is at the end."""
    line = line_at(lines, number)
    rest = (*lines[: number - 1], *lines[number:])
    place = max(0, min(to - 1, len(rest)))
    return (*rest[:place], line, *rest[place:])


def without_line(lines: Listed, number: int) -> Listed:
    """Take a line off."""
    line_at(lines, number)
    return (*lines[: number - 1], *lines[number:])


def without_agency(lines: Listed, agency: int) -> Listed:
    """Take one agency off; its line goes with it when it has no other."""
    if agency not in holding(lines):
        raise NotFound("the agency does not stand on the list")
    kept = (replace(line, agencies=tuple(each for each in line.agencies if each != agency)) for line in lines)
    return tuple(line for line in kept if line.agencies)


def replaced(lines: Listed, agency: int, by: int) -> Listed:
    """Put an agency in another's place; where it stands on the list already, the other only goes."""
    if by in holding(lines):
        return without_agency(lines, agency)
    if agency not in holding(lines):
        raise NotFound("the agency does not stand on the list")
    return tuple(
        replace(line, agencies=tuple(by if each == agency else each for each in line.agencies)) for line in lines
    )


def reworded(lines: Listed, number: int, printed: str) -> Listed:
    """Give a line other printed words."""
    line = replace(line_at(lines, number), printed=printed)
    return (*lines[: number - 1], line, *lines[number:])


def line_at(lines: Listed, number: int) -> ListedLine:
    """Return the line with a number, from 1; NotFound when there is none."""
    if not 1 <= number <= len(lines):
        raise NotFound("the list has no such line")
    return lines[number - 1]
