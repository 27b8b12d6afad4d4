"""The journal as lines for a page and as rows of a file: who did what when, with which particulars, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from consult.domain.dates import short_date
from consult.domain.terms import ActorKind
from consult.domain.window import local
from consult.store.queries.journal_page import Line, Named
from consult.web.journal_words import act_words, label, value_words
from consult.web.words import words

TECHNICAL = frozenset({"digest", "words", "comment"})


@dataclass(frozen=True)
class JournalLine:
    """One entry in words; ``told`` are labels and values, ``proof`` those that only a check needs."""

    number: int
    at: datetime
    actor_kind: ActorKind
    actor: str
    act: str
    round: int
    told: tuple[tuple[str, str], ...]
    proof: tuple[tuple[str, str], ...]
    digest: str


def names_of(bodies: Iterable[Named]) -> Mapping[object, str]:
    """Return the agencies' names by code and by the id of their invitation."""
    named: dict[object, str] = {}
    for each in bodies:
        named[each.code] = named[each.id] = each.name
    return named


def journal_line(line: Line, bodies: Mapping[object, str]) -> JournalLine:
    """Return an entry in the reader's words; particulars without a value are left out."""
    told = [(name, value) for name, value in line.particulars.items() if value not in (None, "", [])]
    pairs = {name: (label(name), value_words(name, value, bodies)) for name, value in told}
    return JournalLine(
        line.number,
        line.at,
        line.actor_kind,
        line.actor,
        act_words(line.act),
        line.round,
        tuple(pair for name, pair in pairs.items() if name not in TECHNICAL),
        tuple(pair for name, pair in pairs.items() if name in TECHNICAL),
        line.digest,
    )


def file_heads() -> tuple[str, ...]:
    """Return the heads of the file's columns."""
    return (
        _("Number"),
        _("Moment (Vietnamese time)"),
        _("Kind of person"),
        _("Who acted"),
        _("What was done"),
        _("Particulars"),
        _("Round"),
        _("Code of the act"),
        _("Particulars as stored"),
        _("Digest of the entry before"),
        _("Digest of this entry"),
    )


def file_rows(lines: Iterable[Line], bodies: Mapping[object, str]) -> Iterator[tuple[str | int, ...]]:
    """Yield a row of the file for each entry."""
    for line in lines:
        said = journal_line(line, bodies)
        told = "\n".join(f"{name}: {value}" for name, value in said.told + said.proof)
        at = local(line.at)
        moment = f"{short_date(at.date())} {at:%H:%M:%S}"
        who = (words(line.actor_kind), line.actor, said.act, told)
        yield (line.number, moment, *who, line.round, line.act, line.raw, line.previous, line.digest)
