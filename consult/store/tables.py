"""Every table of the record, imported once so that the metadata is whole (migrations and checks begin here)."""

from consult.store import (
    access,
    answers,
    consultations,
    directory,
    drafts,
    journal,
    keyed,
    notices,
    outbox,
    pace,
    responses,
    syntheses,
    synthesis_words,
    templates,
)
from consult.store.database import Base

ALL = (
    access,
    answers,
    consultations,
    directory,
    drafts,
    journal,
    keyed,
    notices,
    outbox,
    pace,
    responses,
    syntheses,
    synthesis_words,
    templates,
)
metadata = Base.metadata
