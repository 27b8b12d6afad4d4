"""A turn that passes from thread to thread, one at a time, where nobody waits long behind one who is slow.

It knows nothing of letters.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition


class Turn:
    """Held by one at a time; whoever has had it for ``seconds`` loses it to the next and goes on beside them."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._changed = Condition()
        self._holder: object | None = None
        self._since = 0.0

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Have the turn, from when it is free or has lasted its time, until the end of the block."""
        me = object()
        with self._changed:
            while self._holder is not None and (left := self._since + self._seconds - time.monotonic()) > 0:
                self._changed.wait(left)
            self._holder, self._since = me, time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                if self._holder is me:
                    self._holder = None
                    self._changed.notify()
