"""Several kept connections: shared, dropped when they break, held to a pace, and nobody waits behind a slow reply."""

import asyncio
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from consult.mail import delivery
from consult.mail.delivery import Delivery
from consult.mail.post_office import DeliveryReport
from consult.mail.smtp import SmtpTransport
from consult.mail.worker import deliver_all
from consult.store import outbox
from tests.mail.conftest import Desk
from tests.mail.servers import Sink, plain, serving


def _ids(sink: Sink) -> Counter[str]:
    return Counter(str(message_from_bytes(data)["Message-ID"]) for _, data in sink.letters)


def _deliver(desk: Desk, port: int, **changed: int) -> DeliveryReport:
    office = desk.office(SmtpTransport(plain(port, timeout_seconds=3)), **changed)
    return deliver_all(office, desk.clock, threading.Event())


def test_a_connection_serves_many_batches(desk: Desk) -> None:
    sink = Sink()
    desk.queue(*(f"letter:{number}" for number in range(50)))
    with serving(sink) as port:
        assert _deliver(desk, port, limit=10) == DeliveryReport(sent=50)
    assert sink.connections == 1


def test_several_connections_share_the_letters_and_send_each_once(desk: Desk) -> None:
    sink = Sink()
    desk.queue(*(f"letter:{number}" for number in range(80)))
    with serving(sink) as port:
        assert _deliver(desk, port, connections=4) == DeliveryReport(sent=80)
    assert Counter(_ids(sink).values()) == {1: 80}
    assert 1 <= sink.connections <= 4


@dataclass
class Leaving(Sink):
    """Says good-bye after a number of letters on one connection: by closing it, or by 421 to the next sender."""

    after: int = 1
    words: str = ""

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a sender while there is patience."""
        session.taken = getattr(session, "taken", 0) + 1
        if session.taken > self.after:
            if not self.words:
                assert server.transport is not None
                server.transport.close()
            return self.words or "250 OK"
        envelope.mail_from = address
        return "250 OK"


@pytest.mark.parametrize(("after", "connections"), [(3, 4), (1, 10)])
@pytest.mark.parametrize("words", ["", "421 4.7.0 too many letters, closing"])
def test_a_server_that_leaves_between_letters_delays_none(desk: Desk, words: str, after: int, connections: int) -> None:
    sink = Leaving(after=after, words=words)
    desk.queue(*(f"letter:{number}" for number in range(10)))
    with serving(sink) as port:
        assert _deliver(desk, port) == DeliveryReport(sent=10)
    assert sink.connections == connections
    assert Counter(_ids(sink).values()) == {1: 10}


@pytest.mark.parametrize(
    ("answer", "report", "state"),
    [
        ("550 5.1.1 no such user", DeliveryReport(sent=39, failed=1), "FAILED"),
        ("450 4.2.1 mailbox busy", DeliveryReport(sent=39, retried=1), "DUE"),
    ],
)
def test_the_thirty_seventh_letter_is_refused_and_stops_no_other(
    desk: Desk, answer: str, report: DeliveryReport, state: str
) -> None:
    sink = Sink(rcpt=lambda address: answer if address.startswith("so37@") else "250 OK")
    for number in range(1, 41):
        desk.queue(f"letter:{number}", to_address=f"so{number}@so.example")
    with serving(sink) as port:
        assert _deliver(desk, port, connections=3) == report
    assert {key: found for key, (found, _, _) in desk.states().items() if found != "SENT"} == {"letter:37": state}


def test_a_server_with_room_for_two_connections_gets_all_letters_over_two(desk: Desk) -> None:
    sink = Crowded()
    desk.queue(*(f"letter:{number}" for number in range(30)))
    with serving(sink) as port:
        assert _deliver(desk, port, connections=5) == DeliveryReport(sent=30)
    assert sink.turned_away > 0


@dataclass
class Crowded(Sink):
    """Has room for two; slow enough that more than two are wished for."""

    turned_away: int = 0

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Turn the third away."""
        self.connections += 1
        if self.connections > 2:
            self.turned_away += 1
            assert server.transport is not None
            server.transport.close()
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Be slow."""
        await asyncio.sleep(0.02)
        envelope.mail_from = address
        return "250 OK"


@dataclass
class Stuck(Sink):
    """Never answers about one recipient, and notes how many letters it had taken by the time it was let go."""

    release: threading.Event | None = None

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Answer all but one."""
        if address.startswith("stuck@"):
            while self.release is not None and not self.release.is_set():
                await asyncio.sleep(0.02)
        return await super().handle_RCPT(server, session, envelope, address, options)


@pytest.mark.slow
@pytest.mark.parametrize(("connections", "before"), [(2, 60), (1, 0)])
def test_no_letter_waits_behind_a_silent_reply(desk: Desk, connections: int, before: int) -> None:
    """With one connection alone (the negative control) all do."""
    release = threading.Event()
    sink = Stuck(release=release)
    desk.queue("stuck", to_address="stuck@so.example")
    desk.queue(*(f"letter:{number}" for number in range(60)))
    with serving(sink) as port:
        office = desk.office(SmtpTransport(plain(port, timeout_seconds=20)), connections=connections)
        with Delivery(office, desk.clock, lambda: False) as delivery:
            until = time.monotonic() + (10 if before else 1)
            while len(sink.letters) < 60 and time.monotonic() < until:
                delivery.turn()
            assert len(sink.letters) == before
            release.set()
    assert Counter(_ids(sink).values())[1] >= before + 1


@pytest.mark.slow
def test_a_pace_holds_letters_back_and_loses_none(desk: Desk) -> None:
    sink = Sink()
    desk.queue(*(f"letter:{number}" for number in range(70)))
    with serving(sink) as port:
        office = desk.office(SmtpTransport(plain(port)), per_minute=660, limit=100)
        with Delivery(office, desk.clock, lambda: False) as delivery:
            delivery.take_up()
            assert 60 <= delivery.held <= 61
        assert 60 <= len(sink.letters) <= 61
        _deliver(desk, port, per_minute=660)
    assert Counter(_ids(sink).values()) == {1: 70}


@pytest.mark.parametrize(("slow_seconds", "in_order"), [(60.0, True), (0.0, False)])
def test_a_letter_sets_out_when_the_one_before_is_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, slow_seconds: float, in_order: bool
) -> None:
    """So a worker that is killed has one letter at most that left and is not recorded; else (negative) several."""
    monkeypatch.setattr(delivery, "SLOW_SECONDS", slow_seconds)
    ahead, meeting = list[int](), threading.Barrier(2)

    def answer(_: Envelope) -> str:
        recorded = sum(state == "SENT" for state, _, _ in desk.states().values())
        ahead.append(len(ahead) - recorded)
        return "250 OK"

    def slowly(*args: object) -> None:
        with suppress(threading.BrokenBarrierError):
            if not in_order:
                meeting.wait(5)
        mark_sent(*args)  # type: ignore[arg-type]

    mark_sent = outbox.mark_sent
    monkeypatch.setattr(outbox, "mark_sent", slowly)
    desk.queue(*(f"letter:{number}" for number in range(12)))
    with serving(Sink(data=answer)) as port:
        assert _deliver(desk, port, connections=4) == DeliveryReport(sent=12)
    assert (max(ahead) == 0) is in_order


def test_a_connection_that_ends_in_the_middle_of_a_letter_brings_it_later(desk: Desk) -> None:
    sink = Hasty()
    desk.queue("one", "two")
    with serving(sink) as port:
        assert _deliver(desk, port) == DeliveryReport(sent=1, retried=1)
        desk.wait(1)
        assert _deliver(desk, port) == DeliveryReport(sent=1)
    assert Counter(_ids(sink).values()) == {1: 2}


@dataclass
class Hasty(Sink):
    """Hangs up once instead of saying yes."""

    hung_up: bool = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message, or go."""
        if self.hung_up:
            return await super().handle_DATA(server, session, envelope)
        self.hung_up = True
        assert server.transport is not None
        server.transport.abort()
        return "250 OK"
