"""A turn: one at a time, and nobody waits long behind one who is slow."""

import threading
from collections.abc import Callable

from consult.mail.turns import Turn


def _in_a_thread(act: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread


def test_the_turn_is_one_at_a_time() -> None:
    turn, inside, most = Turn(60), list[int](), list[int]()

    def act() -> None:
        for number in range(200):
            with turn.taken():
                inside.append(number)
                most.append(len(inside))
                inside.pop()

    for thread in [_in_a_thread(act) for _ in range(4)]:
        thread.join()
    assert (len(most), max(most)) == (800, 1)


def test_who_is_slow_loses_the_turn_and_ends_nobody_elses() -> None:
    turn, came, held = Turn(0.05), threading.Event(), threading.Event()
    with turn.taken():
        second = _in_a_thread(lambda: _hold(turn, came, held))
        assert came.wait(10)
    third = threading.Event()
    waiting = _in_a_thread(lambda: _hold(turn, third, held))
    assert third.wait(10)  # the second one has lost it too
    held.set()
    second.join(10)
    waiting.join(10)
    assert not second.is_alive() and not waiting.is_alive()


def test_without_an_end_of_a_turn_all_wait_behind_one() -> None:
    """The negative control."""
    turn, came, held = Turn(1000), threading.Event(), threading.Event()
    with turn.taken():
        second = _in_a_thread(lambda: _hold(turn, came, held))
        assert not came.wait(0.2)
    assert came.wait(10)
    held.set()
    second.join(10)


def _hold(turn: Turn, came: threading.Event, until: threading.Event) -> None:
    with turn.taken():
        came.set()
        until.wait(10)
