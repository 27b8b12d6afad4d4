"""The corrections of a round's drafts as readers are told of them; nothing is asked where there were none."""

from collections.abc import Sequence

from consult.store.queries.preparing import DraftFile
from consult.store.queries.wordings import EditionFacts, editions_of
from consult.web.request import reader


def editions_shown(round_id: int, files: Sequence[DraftFile]) -> tuple[EditionFacts, ...]:
    """Return the corrections that were issued, the newest first."""
    return editions_of(reader(), round_id) if any(file.edition > 1 for file in files) else ()
