"""A file of the synthesis takes its name only when every comment in force was read back from it exactly once."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from consult.domain.synthesis import Opinion, Row, Summary, Tally
from consult.domain.synthesis_proof import Merge

Seal = Callable[[Path, Tally], None]


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
    return put_proven(merge, target, lambda part: write(merge.rows(opinions), part), read_ids)


def put_proven(
    merge: Merge,
    target: Path,
    write: Callable[[Path], None],
    read_ids: Callable[[Path], Iterator[str]],
    finish: Seal | None = None,
) -> Tally:
    """Let ``write`` make the file that ``merge`` proves by the ids that ``read_ids`` finds in it; raises as above.

    ``finish`` may add to the proved file what is known only then. The words are on the disk before it takes its name.
    """
    part = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    try:
        write(part)
        tally = merge.prove(read_ids(part))
        if finish is not None:
            finish(part, tally)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return tally
