"""The merge: comments in force, in the order of the draft, into table rows, and the proof that each stands there once.

It takes a stream and remembers no row: 16 bytes a comment and one mark a body, so 100,000 comments need some megabytes.

The identities that must hold: invited = agreeing + commenting + no opinion + silent; each body stands in one list; each
commenting body has at least one row and no other invited body has any; rows = comments in force; a row that speaks for
several comments names the body of each.
"""

import re
from collections.abc import Iterable, Iterator

from consult.domain.errors import IncompleteSynthesis
from consult.domain.synthesis import Opinion, Row, Summary, Tally
from consult.domain.synthesis_digest import DataDigest
from consult.domain.synthesis_sums import check_bodies, named_few

NAMED = "n_"
_ID = re.compile(r"[0-9a-f]{32}")


class Merge:
    """One pass over the opinions of one synthesis: ``rows`` lets them through, ``prove`` closes the account."""

    def __init__(self, summary: Summary) -> None:
        """Raise ``IncompleteSynthesis`` when the lists do not add up."""
        check_bodies(summary)
        self._summary = summary
        self._speakers = {body.identity: 0 for body in summary.commenting + summary.uninvited}
        self._ids: set[bytes] = set()
        self._drafts: set[str] = set()
        self._named: set[str] = set()
        self._digest = DataDigest(summary)
        self._places = self._unanswered = self._joined = 0

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

    def together(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Let rows by that may speak for several comments, and note whom each of these must name."""
        for row in rows:
            if row.others:
                self._joined += len(row.others)
                self._named.update(each.opinion.id for each in (row, *row.others))
            yield row

    @property
    def digest(self) -> str:
        """The digest of the data that went by so far."""
        return self._digest.told()

    def prove(self, written: Iterable[str]) -> Tally:
        """Compare with the ids that were read back from the written file; return the tally or raise.

        An id behind ``NAMED`` says that the body of this comment is named in a row of several. ``IncompleteSynthesis``
        names what is missing or doubled. A merge is proved once.
        """
        rows = len(self._ids)
        self._cross_out(written)
        self._check_count(rows)
        self._check_speakers()
        speakers = sum(map(bool, self._speakers.values()))
        return Tally(rows, self._places, speakers, self._unanswered, self._joined, self.digest)

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
        self._digest.add(opinion, speaker)
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
            if name.startswith(NAMED):
                self._named.discard(name.removeprefix(NAMED))
                continue
            key = bytes.fromhex(name)
            if key not in self._ids:
                raise IncompleteSynthesis(f"the written file holds a row twice or one too many: {name}")
            self._ids.remove(key)
        if self._ids:
            missing = sorted(key.hex() for key in self._ids)
            raise IncompleteSynthesis(f"the written file lacks {len(missing)} rows: {named_few(missing)}")
        if self._named:
            unnamed = named_few(sorted(self._named))
            raise IncompleteSynthesis(f"rows of several comments do not name the body of: {unnamed}")

    def _check_count(self, rows: int) -> None:
        expected = self._summary.expected
        if rows != expected:
            word = "missing" if rows < expected else "too many"
            raise IncompleteSynthesis(
                f"{expected} comments are in force, {rows} came into the table: {abs(expected - rows)} {word}"
            )


def _described(opinion: Opinion) -> str:
    return f"{opinion.id} ({opinion.place}, {opinion.body.name})"
