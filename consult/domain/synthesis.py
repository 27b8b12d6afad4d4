"""The merge: comments in force, in the order of the draft, into table rows, and the proof that each stands there once.

It takes a stream and remembers no row: 16 bytes a comment and one mark a body, so 100,000 comments need some megabytes.
Counts come from the list of invitations, never from reading text.

The identities that must hold: invited = agreeing + commenting + no opinion + silent; each body stands in one list; each
commenting body has at least one row and no other invited body has any; rows = comments in force.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from consult.domain.errors import IncompleteSynthesis
from consult.domain.redline import Change
from consult.domain.synthesis_options import WHOLE, Options
from consult.domain.synthesis_sums import check_bodies, named_few
from consult.domain.terms import Channel, CommentKind, Disposition, SilenceRule, Stance, SynthesisForm

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Body:
    """A body that was asked (or answered unasked), as printed; ``group_line`` is its line of the cover letter.

    ``channel`` is the way its answer came; a ``secret`` one ("Mật") has no rows, whatever its stance. ``stated`` is the
    stance of a body that stands in no list of a stance: one that was not asked. ``notes`` say what the office did for
    it alone (asked it later, gave it longer), as the annex prints them.
    """

    name: str
    letter_number: str | None = None
    letter_date: date | None = None
    late: bool = False
    awaiting_letter: bool = False
    group_line: str = ""
    disagrees: bool = False
    code: str = ""
    channel: Channel = Channel.ONLINE
    secret: bool = False
    stated: Stance | None = None
    notes: tuple[str, ...] = ()

    @property
    def identity(self) -> str:
        """What tells this body from another of the same name: the invitation's code where there is one."""
        return self.code or self.name


class Opinion(NamedTuple):
    """One comment in force, handed over in the order of the draft.

    ``id`` is 32 lower-case hexadecimal characters; ``draft`` is the draft's printed name ("dự thảo Công văn");
    ``section`` the top heading that it stands under ("" for the whole); ``place`` is as people cite it, ``opening`` the
    first words of the clause. ``proposed_passage`` and ``reason`` may be empty; ``response`` is the officer's sentence,
    ``disposition`` what was done with the comment; both None where nothing answers the words in force.
    ``order`` (draft, position of the clause, line, member, number; by agency: line and member first) must not descend.
    ``changes`` are the proposed wording against the draft, where that was asked for. A tuple, as ``Row`` is.
    """

    id: str
    draft: str
    section: str
    place: str
    opening: str
    body: Body
    kind: CommentKind
    content: str
    proposed_passage: str = ""
    reason: str = ""
    response: str | None = None
    order: tuple[int, ...] = ()
    changes: tuple[Change, ...] = ()
    disposition: Disposition | None = None


@dataclass(frozen=True)
class Summary:
    """What stands above and below the table.

    ``subject`` is what follows "ĐỐI VỚI" ("dự thảo văn bản …"); ``opinions`` the number of comments in force;
    ``drafts`` the printed names when a round has several; ``provisional_at`` the moment of a table that is not final;
    ``extended`` sentences about bodies that were given longer, as they are printed. ``own`` are the words that the
    office prints instead of the house's. ``part`` names what the table is confined to; ``in_part`` counts it.
    """

    form: SynthesisForm
    lead_agency: str
    superior_body: str
    place: str
    subject: str
    letter_number: str | None
    letter_date: date | None
    invited: int
    agrees: tuple[Body, ...]
    no_opinion: tuple[Body, ...]
    commenting: tuple[Body, ...]
    silent: tuple[Body, ...]
    silence: SilenceRule
    silence_ground: str
    opinions: int
    signer_authority: str = ""
    signer_title: str = ""
    provisional_at: datetime | None = None
    uninvited: tuple[Body, ...] = ()
    extended: tuple[str, ...] = ()
    drafts: tuple[str, ...] = ()
    options: Options = WHOLE
    own: tuple[tuple[str, str], ...] = ()
    part: str = ""
    in_part: int | None = None

    @property
    def expected(self) -> int:
        """How many comments the table must hold."""
        return self.opinions if self.in_part is None else self.in_part

    @property
    def answered(self) -> tuple[Body, ...]:
        """Who sent an answer of those asked."""
        return self.agrees + self.no_opinion + self.commenting


class Row(NamedTuple):
    """An opinion on its way into the table: what begins with it, whether it is the last; ``others`` say the same words.

    A tuple, since a table makes tens of thousands: a frozen dataclass takes several times as long to make.
    """

    opinion: Opinion
    number: int
    starts_draft: bool
    starts_section: bool
    starts_place: bool
    last: bool
    others: tuple["Row", ...] = ()


@dataclass(frozen=True)
class Tally:
    """What was counted while the rows went by, and proved on the written file."""

    rows: int
    places: int
    bodies: int
    unanswered: int


class Merge:
    """One pass over the opinions of one synthesis: ``rows`` lets them through, ``prove`` closes the account."""

    def __init__(self, summary: Summary) -> None:
        """Raise ``IncompleteSynthesis`` when the lists do not add up."""
        check_bodies(summary)
        self._summary = summary
        self._speakers = {body.identity: 0 for body in summary.commenting + summary.uninvited}
        self._ids: set[bytes] = set()
        self._drafts: set[str] = set()
        self._places = 0
        self._unanswered = 0

    def rows(self, opinions: Iterable[Opinion]) -> Iterator[Row]:
        """Yield a row for each opinion; ``IncompleteSynthesis`` at the first that is doubled, strange or misplaced."""
        before: Opinion | None = None
        held: Opinion | None = None
        number = 0
        for opinion in opinions:
            self._admit(opinion, held)
            if held is not None:
                yield self._row(held, before, number, last=False)
            before, held = held, opinion
            number += 1
        if held is not None:
            yield self._row(held, before, number, last=True)

    def prove(self, written: Iterable[str]) -> Tally:
        """Compare with the ids that were read back from the written file; return the tally or raise.

        ``IncompleteSynthesis`` names what is missing or doubled. A merge is proved once.
        """
        rows = len(self._ids)
        self._cross_out(written)
        self._check_count(rows)
        self._check_speakers()
        return Tally(rows, self._places, sum(map(bool, self._speakers.values())), self._unanswered)

    def _check_speakers(self) -> None:
        commenting = self._summary.commenting if self._summary.in_part is None else ()
        mute = [body.name for body in commenting if not (self._speakers[body.identity] or body.secret)]
        if mute:
            raise IncompleteSynthesis(f"bodies that commented have no row: {named_few(mute)}")

    def _admit(self, opinion: Opinion, before: Opinion | None) -> None:
        if not _ID.fullmatch(opinion.id):
            raise ValueError(f"not the id of a comment: {opinion.id!r}")
        key = bytes.fromhex(opinion.id)
        if key in self._ids:
            raise IncompleteSynthesis(f"a comment came twice: {_described(opinion)}")
        speaker = opinion.body.identity
        if speaker not in self._speakers:
            raise IncompleteSynthesis(f"a comment of a body that is not listed as commenting: {_described(opinion)}")
        if before is not None and opinion.order < before.order:
            raise IncompleteSynthesis(f"a comment came out of the order of the draft: {_described(opinion)}")
        self._ids.add(key)
        self._speakers[speaker] += 1
        self._unanswered += not opinion.response

    def _row(self, opinion: Opinion, before: Opinion | None, number: int, *, last: bool) -> Row:
        if self._summary.form.by_agency:
            body = before is None or opinion.body.identity != before.body.identity
            self._places += body
            return Row(opinion, number, before is None, before is None, body, last)
        draft = before is None or opinion.draft != before.draft
        section = draft or (before is not None and opinion.section != before.section)
        place = section or (before is not None and (opinion.place, opinion.opening) != (before.place, before.opening))
        if draft:
            self._open_draft(opinion)
        self._places += place
        return Row(opinion, number, draft, section, place, last)

    def _open_draft(self, opinion: Opinion) -> None:
        drafts = self._summary.drafts
        if opinion.draft in self._drafts or (drafts and opinion.draft not in drafts):
            raise IncompleteSynthesis(f"a comment came out of the order of the drafts: {_described(opinion)}")
        self._drafts.add(opinion.draft)

    def _cross_out(self, written: Iterable[str]) -> None:
        for name in written:
            key = bytes.fromhex(name)
            if key not in self._ids:
                raise IncompleteSynthesis(f"the written file holds a row twice or one too many: {name}")
            self._ids.remove(key)
        if self._ids:
            missing = sorted(key.hex() for key in self._ids)
            raise IncompleteSynthesis(f"the written file lacks {len(missing)} rows: {named_few(missing)}")

    def _check_count(self, rows: int) -> None:
        expected = self._summary.expected
        if rows != expected:
            word = "missing" if rows < expected else "too many"
            raise IncompleteSynthesis(
                f"{expected} comments are in force, {rows} came into the table: {abs(expected - rows)} {word}"
            )


def _described(opinion: Opinion) -> str:
    return f"{opinion.id} ({opinion.place}, {opinion.body.name})"
