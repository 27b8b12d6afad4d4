"""A list of agencies against the directory, line by line: added, changed, the same, doubled, refused. Pure.

A line is known by its code, without one by its name. Lines that are doubled or refused never keep the others back.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from consult.domain.directory import AgencyEntry, Column, Groups, Problem, Why, faults, leads_back, new_code, printed
from consult.domain.directory_rows import cell, entry_of
from consult.domain.directory_sheet import Sheet, SheetRow
from consult.domain.wording import match_key


class Verdict(Enum):
    """What would become of a line."""

    REFUSED = "refused"
    DOUBLED = "doubled"
    CHANGED = "changed"
    ADDED = "added"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One column's text before and after."""

    column: Column
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """A line of the list: its number in the file, what becomes of it, why, and the agency as it would stand."""

    number: int
    verdict: Verdict
    entry: AgencyEntry
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class _Read:
    """A line with the agency before it, on the way to its verdict."""

    number: int
    before: AgencyEntry | None
    entry: AgencyEntry
    problems: tuple[Problem, ...] = ()
    doubled: tuple[Problem, ...] = ()

    @property
    def stands(self) -> bool:
        return not self.problems and not self.doubled


def preview(sheet: Sheet, directory: Sequence[AgencyEntry], groups: Groups) -> tuple[Line, ...]:
    """Return what would become of every line, in the file's order."""
    reads = _Reading(directory, groups).all(sheet.rows)
    known = {entry.code: entry for entry in directory}
    reads = _without_circles(_with_successors(reads, known), known)
    mailboxes = _mailboxes(directory, reads)
    return tuple(_line(read, groups, mailboxes) for read in reads)


def applied(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines that change the directory."""
    return tuple(line for line in lines if line.verdict in (Verdict.ADDED, Verdict.CHANGED))


class _Reading:
    """The lines one after the other, with what was seen so far."""

    def __init__(self, directory: Sequence[AgencyEntry], groups: Groups) -> None:
        self._groups = groups
        self._codes = {entry.code: entry for entry in directory}
        self._names: dict[str, list[AgencyEntry]] = defaultdict(list)
        for entry in directory:
            self._names[match_key(entry.name)].append(entry)
        self._taken = set(self._codes)
        self._lines_of_codes: dict[str, int] = {}
        self._lines_of_names: dict[str, list[tuple[int, AgencyEntry]]] = defaultdict(list)

    def all(self, rows: Sequence[SheetRow]) -> list[_Read]:
        self._taken.update(cell(row, Column.CODE) for row in rows)
        return [self._one(row) for row in rows]

    def _one(self, row: SheetRow) -> _Read:
        code, name = cell(row, Column.CODE), cell(row, Column.NAME)
        named = [] if code else self._named(name)
        before = self._codes.get(code) or (named[0] if len(named) == 1 else None)
        code = before.code if before else code or self._fresh_code(name)
        entry, problems = entry_of(row, code, before, self._groups)
        if len(named) > 1:
            problems = (*problems, Problem(Why.SEVERAL, ", ".join(each.code for each in named)))
        read = _Read(row.number, before, entry, problems)
        return replace(read, doubled=self._doubled(read)) if entry.name else read

    def _named(self, name: str) -> list[AgencyEntry]:
        """Return the agencies of a name; where several had it, those that have not ended."""
        found = self._names.get(match_key(name), [])
        lasting = [entry for entry in found if entry.valid_to is None]
        return lasting if len(lasting) == 1 else found

    def _fresh_code(self, name: str) -> str:
        code = new_code(name, self._taken)
        self._taken.add(code)
        return code

    def _doubled(self, read: _Read) -> tuple[Problem, ...]:
        """Return which line or agency has the same code or name; the first of two lines stands."""
        entry, key = read.entry, match_key(read.entry.name)
        found = []
        if entry.code in self._lines_of_codes:
            found.append(Problem(Why.CODE_TWICE, str(self._lines_of_codes[entry.code])))
        elif read.before is None or match_key(read.before.name) != key:
            lines = (str(number) for number, other in self._lines_of_names[key] if entry.meets(other))
            others = (each.code for each in self._names.get(key, []) if each.code != entry.code and entry.meets(each))
            found += [Problem(Why.NAME_TWICE, number) for number in lines][:1]
            found += [Problem(Why.NAME_KNOWN, code) for code in others][:1]
        self._lines_of_codes.setdefault(entry.code, read.number)
        self._lines_of_names[key].append((read.number, entry))
        return tuple(found[:1])


def _with_successors(reads: list[_Read], known: Mapping[str, AgencyEntry]) -> list[_Read]:
    """Put codes for the successors; a line that names none is refused, and then those that name that line."""
    while True:
        entries = {**known, **{read.entry.code: read.entry for read in reads if read.stands}}
        names: dict[str, set[str]] = defaultdict(set)
        for code, entry in entries.items():
            names[match_key(entry.name)].add(code)
        found = [_with_successor(read, entries, names) for read in reads]
        if [read.stands for read in found] == [read.stands for read in reads]:
            return found
        reads = [new if not new.stands else old for old, new in zip(reads, found, strict=True)]


def _with_successor(read: _Read, entries: Mapping[str, AgencyEntry], names: Mapping[str, set[str]]) -> _Read:
    written = read.entry.successor
    if not read.stands or not written or (read.before and written == read.before.successor):
        return read
    codes = {written} if written in entries else names.get(match_key(written), set())
    if len(codes) != 1:
        return replace(read, problems=(Problem(Why.SUCCESSOR, written),))
    entry = replace(read.entry, successor=next(iter(codes)))
    return replace(read, entry=entry, problems=faults(entry))


def _without_circles(reads: list[_Read], known: Mapping[str, AgencyEntry]) -> list[_Read]:
    """Refuse the lines whose new successors would lead back to them."""
    entries = {**known, **{read.entry.code: read.entry for read in reads if read.stands}}
    successors = {code: entry.successor for code, entry in entries.items() if entry.successor}
    return [
        replace(read, problems=(Problem(Why.CIRCLE, read.entry.successor),))
        if read.stands and _names_another(read) and leads_back(read.entry, successors)
        else read
        for read in reads
    ]


def _names_another(read: _Read) -> bool:
    """Whether a line gives its agency a successor that it has not."""
    return bool(read.entry.successor) and (read.before is None or read.before.successor != read.entry.successor)


def _mailboxes(directory: Sequence[AgencyEntry], reads: Sequence[_Read]) -> Mapping[str, list[str]]:
    entries = {entry.code: entry for entry in directory}
    entries.update({read.entry.code: read.entry for read in reads if read.stands})
    found: dict[str, list[str]] = defaultdict(list)
    for code, entry in entries.items():
        if entry.email:
            found[entry.email.lower()].append(code)
    return found


def _line(read: _Read, groups: Groups, mailboxes: Mapping[str, list[str]]) -> Line:
    problems = read.problems or read.doubled
    if problems:
        verdict = Verdict.REFUSED if read.problems else Verdict.DOUBLED
        return Line(read.number, verdict, read.entry, problems=problems)
    changes = _changes(read, groups)
    verdict = Verdict.ADDED if read.before is None else Verdict.CHANGED if changes else Verdict.UNCHANGED
    fresh_box = read.before is None or any(change.column is Column.EMAIL for change in changes)
    shared = [code for code in mailboxes.get(read.entry.email.lower(), []) if code != read.entry.code]
    warnings = (Problem(Why.SHARED_MAILBOX, ", ".join(shared[:3])),) if fresh_box and shared else ()
    return Line(read.number, verdict, read.entry, changes, warnings=warnings)


def _changes(read: _Read, groups: Groups) -> tuple[Change, ...]:
    """Return the columns in which a known agency changes; a name may change in its accents or case alone."""
    if read.before is None or read.before == read.entry:
        return ()
    pairs = ((column, printed(read.before, column, groups), printed(read.entry, column, groups)) for column in Column)
    return tuple(Change(column, before, after) for column, before, after in pairs if before != after)
