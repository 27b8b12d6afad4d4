"""Timing two ways of doing one thing side by side, and telling how far apart they are.

It knows functions and seconds, not what is measured. The two take turns, so that a machine that others use slows both;
the ratio is that of the least disturbed repeats.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Act = Callable[[], object]


@dataclass(frozen=True)
class Times:
    """Seconds a call, one entry a repeat."""

    seconds: tuple[float, ...]

    @property
    def least(self) -> float:
        """The least disturbed repeat."""
        return min(self.seconds)

    @property
    def middle(self) -> float:
        """The median of the repeats."""
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


def side_by_side(ours: Act, floor: Act, repeats: int, calls: int) -> tuple[Times, Times]:
    """Time both in turns: ``repeats`` times ``calls`` calls of each, after one round to warm up."""
    _timed(ours, calls)
    _timed(floor, calls)
    first, second = [], []
    for _ in range(repeats):
        first.append(_timed(ours, calls))
        second.append(_timed(floor, calls))
    return Times(tuple(first)), Times(tuple(second))


def _timed(act: Act, calls: int) -> float:
    gc.collect()
    started = perf_counter()
    for _ in range(calls):
        act()
    return (perf_counter() - started) / calls


def against_floor(what: str, ours: Act, floor: Act, bound: float, repeats: int, calls: int) -> Line:
    """Measure one thing against its floor and return its line."""
    mine, least = side_by_side(ours, floor, repeats, calls)
    return Line(what, mine.printed(), least.printed(), mine.least / least.least, bound)


def counted(what: str, number: int, bound: int) -> Line:
    """Return the line of something that is counted and has no floor but its bound."""
    return Line(what, str(number), "", float(number), float(bound))
