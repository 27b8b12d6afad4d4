"""The result of a round for a page: the words of the synthesis, and a share of its rows in the words of the document.

It holds no person: neither who sent an answer nor who approved the result. Pages never meet the documents' floor.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consult.documents import synthesis_forms as words
from consult.documents.synthesis_cells import said
from consult.documents.synthesis_lists import BodyList, body_lists, table_heading
from consult.domain.synthesis import Body, Opinion, Summary
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.synthesis_rows import opinions, summary
from consult.store.queries.synthesis_share import WHOLE_TABLE, Share


@dataclass(frozen=True)
class ShownRow:
    """A row of the table as the document prints it; ``said`` are labels ("" without one) and words."""

    id: str
    draft: str
    section: str
    place: str
    opening: str
    body: str
    details: str
    said: tuple[tuple[str, str], ...]
    response: str


@dataclass(frozen=True)
class Account:
    """What stands around the table: title, sentence, counts and lists of bodies, as the document prints them."""

    title: tuple[str, ...]
    preamble: str
    totals: tuple[str, ...]
    results: str
    lists: tuple[BodyList, ...]
    table: str
    heads: tuple[str, str, str, str]
    speakers: tuple[Body, ...]
    drafts: tuple[str, ...]
    opinions: int


def account(session: Session, facts: RoundFacts, now: datetime) -> Account:
    """Return what stands around the table as of ``now``: for a public result the moment of its publication."""
    around = summary(session, facts, now)
    return Account(
        title=words.title_lines(around),
        preamble=words.preamble(around),
        totals=words.totals(around),
        results=words.words(around).results,
        lists=body_lists(around),
        table=table_heading(around),
        heads=words.heads(around),
        speakers=_speakers(around),
        drafts=around.drafts,
        opinions=around.opinions,
    )


def shown_rows(session: Session, facts: RoundFacts, share: Share = WHOLE_TABLE) -> tuple[ShownRow, ...]:
    """Return a share of the rows in the order of the document."""
    return tuple(_shown(opinion) for opinion in opinions(session, facts, share))


def _speakers(around: Summary) -> tuple[Body, ...]:
    return around.commenting + around.uninvited


def _shown(opinion: Opinion) -> ShownRow:
    return ShownRow(
        id=opinion.id,
        draft=opinion.draft,
        section=opinion.section,
        place=words.cited_place(opinion),
        opening=opinion.opening,
        body=opinion.body.name,
        details=words.body_details(opinion.body),
        said=said(opinion),
        response=opinion.response or words.NO_RESPONSE,
    )
