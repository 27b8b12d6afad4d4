"""Merging a round into its synthesis document: reads in one snapshot, writes the file, puts it in place when proved."""

from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy.orm import Session

from consult.documents.cells import tabbed
from consult.documents.not_taken_docx import write_not_taken
from consult.documents.synthesis_docx import write_synthesis
from consult.documents.synthesis_json import write_json
from consult.documents.synthesis_sheet import write_csv, write_workbook
from consult.domain.errors import NotSupported
from consult.domain.submission_texts import HEADS, SubmissionTexts, submission_texts
from consult.domain.synthesis import Tally
from consult.domain.synthesis_options import WHOLE, Options
from consult.store.queries.rounds import RoundFacts
from consult.store.queries.synthesis_part import part_of, share_of
from consult.store.queries.synthesis_rows import opinions, summary

WRITERS = {".docx": write_synthesis, ".xlsx": write_workbook, ".csv": write_csv, ".json": write_json}


def synthesise(session: Session, facts: RoundFacts, target: Path, now: datetime, options: Options = WHOLE) -> Tally:
    """Write the synthesis of a round to ``target``, by its suffix, as ``options`` say (default: the whole).

    Raises:
        NotSupported: no writer for that suffix.
        NotFound: the part that is asked for does not exist.
        IncompleteSynthesis: a comment in force is missing or doubled; what stood at ``target`` stays.
    """
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        raise NotSupported(f"{target.name}: a synthesis is written as {', '.join(WRITERS)}; name the file so")
    part = part_of(session, facts.id, options)
    around = summary(session, facts, now, options, part)
    return writer(around, opinions(session, facts, share_of(part), options), target)


def write_table_not_taken(session: Session, facts: RoundFacts, file: IO[bytes], now: datetime) -> None:
    """Write the opinions that were not taken, or in part, with the reasons, as an annex of the tờ trình."""
    around = summary(session, facts, now)
    write_not_taken(around, submission_texts(around, opinions(session, facts)).not_taken, file)


def texts_for_submission(session: Session, facts: RoundFacts, now: datetime) -> tuple[SubmissionTexts, str]:
    """Return the texts for the tờ trình, and their table with tabs, to be pasted."""
    texts = submission_texts(summary(session, facts, now), opinions(session, facts))
    return texts, tabbed([HEADS, *(each.cells for each in texts.not_taken)])
