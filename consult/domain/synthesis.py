"""The merge: comments in force, in the order of the draft, into table rows, and the proof that each stands there once.

It takes a stream and remembers no row: 16 bytes a comment and one mark a body, so that 100,000 comments need no more
memory than a few megabytes. It refuses to know how a row looks (``documents.synthesis_docx``) and where comments come
from. Counts come from the list of invitations, never from reading text.

The identities that must hold: invited = agreeing + commenting + no opinion + silent; each body stands in one list; each
commenting body has at least one row and no other invited body has any; rows = comments in force.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from consult.domain.errors import IncompleteSynthesis
from consult.domain.terms import Channel, CommentKind, Disposition, SilenceRule, Stance, SynthesisForm

_ID = re.compile(r"[0-9a-f]{32}")
_NAMED_AT_MOST = 5


@dataclass(frozen=True)
class Body:
    """A body that was asked (or answered unasked), as printed; ``group_line`` is its line of the cover letter.

    ``channel`` is the way its answer came; a ``secret`` one ("Mật") has no rows, whatever its stance. ``stated`` is the
    stance of a body that stands in no list of a stance: one that was not asked.
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
    ``order`` (draft, position of the clause, line, member, number) must not descend. A tuple, as ``Row`` is.
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
    disposition: Disposition | None = None


@dataclass(frozen=True)
class Summary:
    """What stands above and below the table.

    ``subject`` is what follows "ĐỐI VỚI" ("dự thảo văn bản …"); ``opinions`` the number of comments in force;
    ``drafts`` the printed names when a round has several; ``provisional_at`` the moment of a table that is not final;
    ``extended`` sentences about bodies that were given longer, as they are printed.
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

    @property
    def answered(self) -> tuple[Body, ...]:
        """The invited bodies that sent an answer."""
        return self.agrees + self.no_opinion + self.commenting


class Row(NamedTuple):
    """An opinion on its way into the table: what begins with it, and whether it is the last.

    A tuple, since a table makes tens of thousands: a frozen dataclass takes several times as long to make.
    """

    opinion: Opinion
    number: int
    starts_draft: bool
    starts_section: bool
    starts_place: bool
    last: bool


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
        """Raise ``IncompleteSynthesis`` when the lists of bodies do not add up."""
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
                number += 1
                yield self._row(held, before, number, last=False)
            before, held = held, opinion
        if held is not None:
            yield self._row(held, before, number + 1, last=True)

    def prove(self, written: Iterable[str]) -> Tally:
        """Compare with the ids that were read back from the written file; return the tally or raise.

        ``IncompleteSynthesis`` names what is missing or doubled. A merge is proved once.
        """
        rows = len(self._ids)
        self._cross_out(written)
        self._check_count(rows)
        mute = [body.name for body in self._summary.commenting if not (self._speakers[body.identity] or body.secret)]
        if mute:
            raise IncompleteSynthesis(f"bodies that commented have no row: {_named(mute)}")
        return Tally(rows, self._places, sum(map(bool, self._speakers.values())), self._unanswered)

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
            raise IncompleteSynthesis(f"the written file lacks {len(missing)} rows: {_named(missing)}")

    def _check_count(self, rows: int) -> None:
        expected = self._summary.opinions
        if rows != expected:
            word = "missing" if rows < expected else "too many"
            raise IncompleteSynthesis(
                f"{expected} comments are in force, {rows} came into the table: {abs(expected - rows)} {word}"
            )


def check_bodies(summary: Summary) -> None:
    """Hold the identities of the lists; ``IncompleteSynthesis`` names the body that stands in two, or both sums."""
    lists = summary.answered + summary.silent
    listed = Counter(body.identity for body in lists + summary.uninvited)
    doubled = [body.name for body in lists + summary.uninvited if listed[body.identity] > 1]
    if doubled:
        raise IncompleteSynthesis(f"bodies that stand in more than one list: {_named(doubled)}")
    if len(lists) != summary.invited:
        raise IncompleteSynthesis(
            f"{summary.invited} bodies were invited, {len(lists)} stand in the lists: {len(summary.agrees)} agree,"
            f" {len(summary.no_opinion)} have no opinion, {len(summary.commenting)} comment,"
            f" {len(summary.silent)} are silent"
        )


def _described(opinion: Opinion) -> str:
    return f"{opinion.id} ({opinion.place}, {opinion.body.name})"


def _named(names: list[str]) -> str:
    more = len(names) - _NAMED_AT_MOST
    return ", ".join(names[:_NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
