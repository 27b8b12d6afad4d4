"""Timing two ways of doing one thing side by side, and telling how far apart they are.

It knows functions and seconds, not what is measured. The two take turns call by call, so that a machine that others use
slows both alike (the longer of two batches would be interrupted more often). The ratio is that of the medians.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Act = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """Seconds a call, one entry a call."""

    seconds: tuple[float, ...]

    @property
    def least(self) -> float:
        """The least disturbed call."""
        return min(self.seconds)

    @property
    def middle(self) -> float:
        """The median of the calls."""
        return median(self.seconds)

    def printed(self) -> str:
        """Return least and median: "0.512 / 0.530 ms"."""
        unit, factor = ("s", 1.0) if self.least >= 1 else ("ms", 1000.0)
        return f"{self.least * factor:.3f} / {self.middle * factor:.3f} {unit}"


@dataclass(frozen=True)
class Line:
    """A line of the table; ``bound`` is None for what is only shown for comparison."""

    what: str
    ours: str
    floor: str
    ratio: float | None
    bound: float | None

    @property
    def verdict(self) -> str:
        """Return "holds", "over", or nothing where no bound was set."""
        if self.bound is None or self.ratio is None:
            return ""
        return "holds" if self.ratio <= self.bound else "over"

    def cells(self) -> tuple[str, ...]:
        """Return the line as the table prints it."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        bound = "" if self.bound is None else f"≤ {self.bound:g}"
        return (self.what, self.ours, self.floor, ratio, bound, self.verdict)


def side_by_side(ours: Act, floor: Act, calls: int) -> tuple[Times, Times]:
    """Time both in turns, ``calls`` times each, call by call, after a tenth of that to warm up."""
    for _ in range(max(1, calls // 10)):
        ours()
        floor()
    gc.collect()
    gc.freeze()  # What the measuring itself holds is not looked through again and again.
    first, second = [], []
    for _ in range(calls):
        first.append(_timed(ours))
        second.append(_timed(floor))
    gc.unfreeze()
    return Times(tuple(first)), Times(tuple(second))


def _timed(act: Act) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def against_floor(what: str, ours: Act, floor: Act, bound: float | None, calls: int) -> Line:
    """Measure one thing against its floor and return its line."""
    mine, least = side_by_side(ours, floor, calls)
    return Line(what, mine.printed(), least.printed(), mine.middle / least.middle, bound)


def counted(what: str, number: int, bound: int) -> Line:
    """Return the line of something that is counted and has no floor but its bound."""
    return Line(what, str(number), "", float(number), float(bound))
