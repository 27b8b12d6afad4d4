"""From a row of the database to a comment of the synthesis: what its place is called, which words it shows."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from consult.domain.citing import WHOLE, changed_since
from consult.domain.redline import from_json
from consult.domain.synthesis import Body, Opinion
from consult.domain.synthesis_options import ClauseText, Options, Proposal
from consult.domain.terms import Basis, Channel, CommentKind, Disposition, Stance, SynthesisForm
from consult.domain.wording import opening_words

# Many comments stand one after the other on one clause.
_opening = lru_cache(maxsize=16)(opening_words)


class SynthesisRow(NamedTuple):
    """The columns of the statement of the rows by name; reading off a row of the database takes ten times longer."""

    row_id: str
    draft: str
    section: str
    cited: str
    clause_text: str
    code: str
    name: str
    group_line: str
    stance: Stance
    letter_number: str
    letter_date: date | None
    late: bool
    channel: Channel
    secret: bool
    basis: Basis
    kind: CommentKind
    content: str
    passage: str
    reason: str
    words: str
    answered_words: str | None
    disposition: Disposition | None
    sentence: str | None
    read_edition: int | None
    read_cited: str
    read_text: str
    removed: bool
    draft_position: int
    clause_position: int
    edition: int
    line: int
    member: int
    position: int
    redline: str


class Making:
    """Makes opinions of rows, as the options want them."""

    def __init__(self, options: Options, form: SynthesisForm, first_draft: str) -> None:
        """``form`` is the one that is printed; ``first_draft`` what a comment on the whole is printed under."""
        default = ClauseText.FULL if form is SynthesisForm.FIVE_COLUMN else ClauseText.OPENING
        self._text = str if (options.clause_text or default) is ClauseText.FULL else _opening
        self._redline = options.proposal is Proposal.REDLINE
        self._first_draft = first_draft
        self._by_agency = form is SynthesisForm.BY_AGENCY

    def opinion(self, row: SynthesisRow, body: Body) -> Opinion:
        """Return the comment of one row."""
        draft = (row.draft_position, row.clause_position, row.edition)
        agency = (row.line, row.member)
        return Opinion(
            id=row.row_id,
            draft=row.draft or self._first_draft,
            section=row.section,
            place=_place(row),
            opening=self._text(row.read_text or row.clause_text),
            body=body,
            kind=row.kind,
            content=row.content,
            proposed_passage=row.passage,
            reason=row.reason,
            response=_sentence(row),
            order=(*agency, *draft, row.position) if self._by_agency else (*draft, *agency, row.position),
            changes=from_json(row.redline) if self._redline and row.redline else (),
            disposition=row.disposition if row.answered_words == row.words else None,
        )


def _place(row: SynthesisRow) -> str:
    """Return the place as it was cited when the agency wrote, told where a correction has changed it since."""
    if row.removed or row.read_edition is not None:
        return changed_since(row.read_cited or row.cited)
    return row.cited or WHOLE


def _sentence(row: SynthesisRow) -> str | None:
    """Return the officer's sentence while it answers the words in force; a disposition alone prints its own words."""
    if row.answered_words is None or row.answered_words != row.words:
        return None
    if row.sentence:
        return row.sentence
    assert isinstance(row.disposition, Disposition)
    words = row.disposition.value
    return f"{words[:1].upper()}{words[1:]}."
