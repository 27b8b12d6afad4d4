"""A fair gate between the writers of one SQLite file: one at a time, in the kernel's order, for a limited time.

SQLite's own lock starves writers under load; ``flock`` queues them. The kernel cannot wait for a limited time, so a
thread stands in the queue for a writer who found the gate taken; when the writer gives up, the thread hands the gate on
as soon as it is had. It knows nothing of databases.
"""

import fcntl
import os
from threading import Event, Lock, Thread


def enter(path: str, seconds: float) -> int | None:
    """Return the descriptor that holds the gate at ``path``, or None when it was not had within ``seconds``.

    Closing the descriptor (``leave``) opens the gate for the next one, and so does the end of the process.
    """
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return descriptor if _Place(descriptor).came_within(seconds) else None
    return descriptor


def leave(descriptor: int) -> None:
    """Open the gate for the next one."""
    os.close(descriptor)


class _Place:
    """A place in the queue: either the writer is there when its turn comes, or the turn passes to the next."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._deciding = Lock()
        self._came = Event()
        self._given_up = False
        Thread(target=self._stand, daemon=True).start()

    def _stand(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._deciding:
            if self._given_up:
                leave(self._descriptor)
            else:
                self._came.set()

    def came_within(self, seconds: float) -> bool:
        """Wait for the turn; False when it did not come in time (it is then passed on)."""
        if self._came.wait(seconds):
            return True
        with self._deciding:
            self._given_up = not self._came.is_set()
        return not self._given_up
