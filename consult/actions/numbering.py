"""Writing a synthesis that the record knows: equal data in equal form are one number, one moment, one file.

The file is not kept. Asked for again, it is made again with the number and moment of the first time, and compared with
the SHA-256 of then. Where the bytes differ all the same (another version of the program, or of what packs the file), it
is no longer the file of that number: it gets a number of its own.

The moment of a provisional table stands in its title, and which one it is is known only when the data were read. So the
likely one is printed, and the file written once more where that was wrong.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from consult.documents.synthesis_docx import write_synthesis
from consult.documents.synthesis_seal import numbered
from consult.documents.template_filling import fill_template
from consult.domain.control import Made, counted
from consult.domain.synthesis import Tally
from consult.domain.synthesis_options import WHOLE, Options, described
from consult.store.consultations import Round
from consult.store.database import Database, reading, writing
from consult.store.journal import Actor, append
from consult.store.queries.preparing import file_content
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.syntheses import (
    MADE,
    acted_on_since,
    journal_head,
    last_like,
    next_number,
    recorded,
    same_made,
)
from consult.store.queries.synthesis_part import part_of, share_of
from consult.store.queries.synthesis_rows import opinions, summary
from consult.store.queries.templates import TemplateFacts
from consult.store.syntheses import Synthesis


@dataclass(frozen=True)
class Record:
    """The ways to the record: ``read`` gives a session of one moment, ``write`` opens the one transaction.

    What was committed before the last ``write`` ended is seen by what ``read`` gives after it.
    """

    read: Callable[[], Session]
    write: Callable[[], AbstractContextManager[Session]]


@contextmanager
def over(database: Database) -> Iterator[Record]:
    """Give the ways to a record for whoever stands outside of a request; each reading is closed at the end."""
    with ExitStack() as sessions:
        yield Record(lambda: sessions.enter_context(reading(database)), lambda: writing(database))


@dataclass(frozen=True)
class Asked:
    """Which synthesis is wanted, and who wants it (None where another entry of the journal says so).

    ``template`` is the office's own form; it is filled with the whole.
    """

    facts: RoundFacts
    actor: Actor | None
    options: Options = WHOLE
    template: TemplateFacts | None = None

    @property
    def request(self) -> str:
        """The key of what is asked for, but for the form, which stands beside it."""
        own_form = self.template.digest if self.template else ""
        return hashlib.sha256(f"{replace(self.options, form=None).key()}{own_form}".encode()).hexdigest()


class _WriteAgain(Exception):
    """What was printed is not what the record says; ``instead_of`` is the number whose bytes could not be had."""

    def __init__(self, at: datetime, instead_of: int = 0) -> None:
        super().__init__()
        self.at = at
        self.instead_of = instead_of


def write_numbered(record: Record, asked: Asked, target: Path, now: datetime) -> tuple[Made, Tally]:
    """Write the synthesis to ``target`` and return what the record says of it.

    Raises:
        NotFound: the part that is asked for does not exist.
        IncompleteSynthesis: a comment in force is missing or doubled, a name is lacking, or a count is not the
            record's; what stood at ``target`` stays, and the record gets no number.
    """
    printed, instead_of = None, 0
    while True:
        attempt = _Writing(record, asked, now, printed, instead_of)
        try:
            return attempt.write(target)
        except _WriteAgain as told:
            printed, instead_of = told.at, told.instead_of


class _Writing:
    """One writing of the file with a printed moment, and what becomes of it once it is proved."""

    def __init__(self, record: Record, asked: Asked, now: datetime, printed: datetime | None, instead_of: int) -> None:
        self._record, self._asked, self._now, self._instead_of = record, asked, now, instead_of
        self._session = record.read()
        self._part = part_of(self._session, asked.facts.id, asked.options)
        self._around = summary(self._session, asked.facts, now, asked.options, self._part)
        self._last = last_like(self._session, asked.facts.id, self._around.form, asked.request)
        self._printed = printed or self._likely()
        if self._around.provisional_at:
            self._around = replace(self._around, provisional_at=self._printed)
        self._made: Made | None = None

    def _likely(self) -> datetime:
        """Return the moment of the last one like it where nothing was done to the round since, else ``now``."""
        last = self._last
        if last is None or not self._around.provisional_at:
            return self._now
        changed = acted_on_since(self._session, self._asked.facts.id, last.journal_entries)
        return self._now if changed else last.at

    def write(self, target: Path) -> tuple[Made, Tally]:
        """Write the file and return what became of it; ``_WriteAgain`` when it has to be printed otherwise."""
        asked, around = self._asked, self._around
        rows = opinions(self._session, asked.facts, share_of(self._part), asked.options)
        if asked.template is None:
            tally = write_synthesis(around, rows, target, self._seal)
        else:
            tally = fill_template(file_content(self._session, asked.template.digest), around, rows, target, self._seal)
        assert self._made is not None
        return self._made, tally

    def _seal(self, path: Path, tally: Tally) -> None:
        """Finish the proved file with its number: the one it had before, or the next."""
        last = self._last
        same = last if last and last.data_digest == tally.digest else self._same(self._session, tally.digest)
        before = self._usable(same)
        if before is None:
            self._made = self._kept(path, self._next(tally, same.edition + 1 if same else 1))
            return
        numbered(path, before)
        if _digest_of(path) != before.file_digest:
            raise _WriteAgain(self._now, instead_of=before.number)
        self._made = before

    def _same(self, session: Session, digest: str) -> Made | None:
        asked = self._asked
        return same_made(session, asked.facts.id, self._around.form, asked.request, digest)

    def _usable(self, found: Made | None) -> Made | None:
        """Return the one that was made of these data; None where the next number is to be taken.

        ``_WriteAgain`` where its moment is not the one that was printed.
        """
        if found and found.number == self._instead_of:
            found = None
        at = found.at if found else self._now
        if self._around.provisional_at and at != self._printed:
            raise _WriteAgain(at, self._instead_of)
        return found

    def _kept(self, path: Path, new: Made) -> Made:
        """Give the next number, unless somebody else was faster: then the file is written as theirs was.

        Whoever adds to the round (an answer, an entry of the journal) does not wait for the lock.
        """
        round_id = self._asked.facts.id
        with self._record.write() as session:
            session.execute(select(Round.id).where(Round.id == round_id).with_for_update(key_share=True)).all()
            if before := self._usable(self._same(session, new.data_digest)):
                raise _WriteAgain(before.at)
            new = replace(new, number=next_number(session, round_id))
            numbered(path, new)
            new = replace(new, file_digest=_digest_of(path))
            self._insert(session, new)
        return new

    def _next(self, tally: Tally, edition: int) -> Made:
        """Return the next one, all but its number and the digest of its file."""
        asked, around = self._asked, self._around
        head, sums = journal_head(self._session), recorded(self._session, asked.facts.id)
        return Made(
            number=0,
            at=self._now,
            form=around.form,
            own_form=asked.template.name if asked.template else "",
            request=asked.request,
            described=described(asked.options, around.part, provisional=around.provisional_at is not None),
            edition=edition,
            data_digest=tally.digest,
            file_digest="",
            journal_entries=head.entries,
            journal_digest=head.digest,
            counts=counted(around, tally, sums),
        )

    def _insert(self, session: Session, made: Made) -> None:
        asked = self._asked
        values = {name: getattr(made, name) for name in _COPIED}
        values |= {"round_id": asked.facts.id, "made_at": made.at, "counts": json.dumps(dict(made.counts))}
        values |= {"template_id": asked.template.id if asked.template else None}
        session.execute(insert(Synthesis).values(**values))
        if asked.actor:
            told = {"number": made.number, "form": made.own_form or made.form.name, "digest": made.data_digest}
            append(session, self._now, asked.actor, MADE, asked.facts.id, **told, file_digest=made.file_digest)


_COPIED = (
    *("number", "form", "request", "described", "edition"),
    *("data_digest", "file_digest", "journal_entries", "journal_digest"),
)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
