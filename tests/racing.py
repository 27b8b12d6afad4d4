"""Several processes doing one thing at the same moment."""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from typing import TypeVar

_T = TypeVar("_T")
_PATIENCE_SECONDS = 60
_PROCESSES = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["tests.builders"])
_gates: list[Barrier] = []


def _take(gate: Barrier) -> None:
    _gates.append(gate)


def meet() -> None:
    """Wait until every process of the race has come here."""
    _gates[0].wait(_PATIENCE_SECONDS)


def race(act: Callable[..., _T], *arguments: Sequence[object]) -> list[_T]:
    """Run ``act`` once for each tuple of arguments, each in a process of its own, and return what they returned.

    ``act`` stands at the top of a module and calls ``meet`` when it is ready.
    """
    gate = _PROCESSES.Barrier(len(arguments))
    with ProcessPoolExecutor(len(arguments), _PROCESSES, initializer=_take, initargs=(gate,)) as pool:
        return [future.result(_PATIENCE_SECONDS) for future in [pool.submit(act, *each) for each in arguments]]
