"""A file of the synthesis takes its name only when every comment in force was read back from it exactly once."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from consult.domain.synthesis import Merge, Opinion, Row, Summary, Tally


def write_proven(
    summary: Summary,
    opinions: Iterable[Opinion],
    target: Path,
    write: Callable[[Iterator[Row], Path], None],
    read_ids: Callable[[Path], Iterator[str]],
) -> Tally:
    """Let ``write`` put the rows into a file, ``read_ids`` read their ids back from it, then put it in place.

    ``IncompleteSynthesis`` names what is missing, doubled or out of order; then, as after any other error, ``target``
    is untouched and nothing else is left behind.
    """
    merge = Merge(summary)
    part = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    try:
        write(merge.rows(opinions), part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        tally = merge.prove(read_ids(part))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return tally
