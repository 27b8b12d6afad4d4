"""Several kept connections that share the letters handed to them, so that no letter waits behind a slow reply.

Each carrier is a thread with a way out of its own: opened when a letter comes, kept from letter to letter, given up
when it is broken or was idle. What is done with a letter on the way is the business of whoever hands it out.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread

from consult.mail.messages import Outgoing, Unwritable
from consult.mail.post_office import Fate
from consult.mail.transport import Channel, Gone, PutOff, Refused, Transport, Unreachable
from consult.store.outbox import ClaimedLetter

IDLE_SECONDS = 10.0
REST_SECONDS = 2.0
_LETTERS_OWN = (Refused, PutOff, Unwritable)


class CannotOpen(Unreachable):
    """No connection could be made, so that no other letter need be tried just now."""


@dataclass
class Way:
    """One carrier's way out, open or not."""

    transport: Transport
    opening: bool = False
    _channel: Channel | None = None
    _stack: ExitStack = field(default_factory=ExitStack)

    def send(self, outgoing: Outgoing) -> None:
        """Hand over one message; a kept connection that turns out dead is replaced once.

        Raises:
            CannotOpen, Unreachable, PutOff, Refused, Unwritable: as of ``Channel``; what is broken is closed.
        """
        kept = self._channel is not None
        try:
            try:
                self._opened().send(outgoing)
            except Gone:
                if not kept:
                    raise
                self.close()
                self._opened().send(outgoing)
        except _LETTERS_OWN:
            raise
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Part from the server."""
        self._channel = None
        self._stack.close()

    @property
    def is_open(self) -> bool:
        """Whether there is a connection, or may be in a moment."""
        return self._channel is not None or self.opening

    def _opened(self) -> Channel:
        if self._channel is None:
            self.opening = True
            try:
                self._channel = self._stack.enter_context(self.transport.open())
            except Unreachable as fault:
                raise CannotOpen(str(fault)) from fault
            finally:
                self.opening = False
        return self._channel


class Carriers:
    """The threads and the two queues between them and the one who hands letters out.

    ``bring_out`` brings one letter out by a way and records what became of it, raising ``CannotOpen`` and nothing else;
    ``put_off`` records that there was no way.
    """

    def __init__(
        self,
        transport: Transport,
        number: int,
        bring_out: Callable[[Way, ClaimedLetter], Fate],
        put_off: Callable[[ClaimedLetter, CannotOpen], Fate],
    ) -> None:
        self._transport, self._number = transport, number
        self._bring_out, self._put_off = bring_out, put_off
        self._waiting: SimpleQueue[ClaimedLetter | None] = SimpleQueue()
        self._done: SimpleQueue[Fate] = SimpleQueue()
        self._threads: list[Thread] = []
        self._ways: list[Way] = []
        self._woken = Event()
        self._away: CannotOpen | None = None
        self.held = 0

    @property
    def away(self) -> bool:
        """Whether the server cannot be reached: what is in hand is put off, and no more should be handed out."""
        return self._away is not None

    def hand(self, letters: Sequence[ClaimedLetter]) -> None:
        """Give letters to the carriers; as many threads are started as there is work for."""
        if not self.held:
            self._away = None
            self._woken.clear()
        self.held += len(letters)
        while len(self._threads) < min(self._number, self.held):
            way = Way(self._transport)
            self._ways.append(way)
            self._threads.append(Thread(target=self._carry_on, args=(way,), daemon=True))
            self._threads[-1].start()
        for letter in letters:
            self._waiting.put(letter)

    def fates(self, seconds: float) -> list[Fate]:
        """Return what became of letters by now, waiting up to ``seconds`` for the first; none when nothing is held."""
        found: list[Fate] = []
        try:
            while self.held:
                found.append(self._done.get(timeout=0 if found else seconds))
                self.held -= 1
        except Empty:
            pass
        return found

    def end(self) -> None:
        """Let the carriers part from the server and end; nothing is held any more."""
        self._woken.set()
        for _ in self._threads:
            self._waiting.put(None)
        for thread in self._threads:
            thread.join()

    def _carry_on(self, way: Way) -> None:
        try:
            while True:
                try:
                    letter = self._waiting.get(timeout=IDLE_SECONDS)
                except Empty:
                    way.close()
                    continue
                if letter is None:
                    return
                self._carry(way, letter)
        finally:
            way.close()

    def _carry(self, way: Way, letter: ClaimedLetter) -> None:
        """Bring one letter out; a server that has no room for one more connection leaves it to the other carriers."""
        away = self._away
        if away is not None:
            self._done.put(self._put_off(letter, away))
            return
        try:
            self._done.put(self._bring_out(way, letter))
        except CannotOpen as fault:
            if any(other.is_open for other in self._ways):
                self._waiting.put(letter)
                self._woken.wait(REST_SECONDS)
                return
            self._away = fault
            self._woken.set()
            self._done.put(self._put_off(letter, fault))
