"""`make bench`: every measurement, printed as a table and written nowhere else."""

import tempfile
from pathlib import Path

from benchmarks import agency_page

_HEADS = ("what", "ours (least / median)", "floor (least / median)", "ratio", "bound", "verdict")
_WIDTHS = (52, 24, 24, 7, 8, 7)


def main() -> None:
    """Measure everything in a throw-away folder."""
    _print(_HEADS)
    _print(tuple("-" * width for width in _WIDTHS))
    with tempfile.TemporaryDirectory(prefix="consult-bench-") as folder:
        for part in (agency_page,):
            for line in part.lines(Path(folder)):
                _print(line.cells())


def _print(cells: tuple[str, ...]) -> None:
    print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip(), flush=True)


if __name__ == "__main__":
    main()
