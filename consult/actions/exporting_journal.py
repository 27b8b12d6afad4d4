"""Handing the journal of a consultation out as a file; the rows are put into words by whoever asks."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from consult.documents.journal_sheet import Row, write_csv, write_workbook
from consult.domain.errors import NotSupported

_WRITERS = {".xlsx": write_workbook, ".csv": write_csv}


def export_journal(heads: Sequence[str], rows: Iterable[Row], target: Path) -> None:
    """Write the rows under their heads to ``target``, by its suffix.

    Raises:
        NotSupported: no writer for that suffix.
    """
    writer = _WRITERS.get(target.suffix.lower())
    if writer is None:
        raise NotSupported(f"{target.name}: a journal is written as {', '.join(_WRITERS)}; name the file so")
    writer(heads, rows, target)
