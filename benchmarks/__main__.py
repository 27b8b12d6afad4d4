"""`make bench`: every measurement, printed as a table and written nowhere else."""

import os
import sys
import tempfile
from contextlib import redirect_stderr
from pathlib import Path

from benchmarks import (
    agency_page,
    board,
    durable_save,
    letters,
    long_draft,
    official_page,
    other_syntheses,
    parsing,
    synthesis,
)
from consult import logs

_PARTS = (
    agency_page,
    long_draft,
    official_page,
    board,
    durable_save,
    letters,
    parsing,
    synthesis,
    other_syntheses,
)
_HEADS = ("what", "ours (least / median)", "floor (least / median)", "ratio", "bound", "verdict")
_WIDTHS = (52, 24, 24, 7, 8, 7)


def main() -> None:
    """Measure everything in a throw-away folder, or only the parts that the command line names.

    The lines of the log are written as always, and go nowhere.
    """
    logs.configure()
    _print(_HEADS)
    _print(tuple("-" * width for width in _WIDTHS))
    with (
        Path(os.devnull).open("w") as nowhere,
        redirect_stderr(nowhere),
        tempfile.TemporaryDirectory(prefix="consult-bench-") as folder,
    ):
        for part in (part for part in _PARTS if not sys.argv[1:] or part.__name__.split(".")[-1] in sys.argv[1:]):
            room = Path(folder) / part.__name__
            room.mkdir()
            for line in part.lines(room):
                _print(line.cells())


def _print(cells: tuple[str, ...]) -> None:
    print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip(), flush=True)


if __name__ == "__main__":
    main()
