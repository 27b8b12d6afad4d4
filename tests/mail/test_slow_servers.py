"""Servers that take their time: no letter and no worker is held for ever, and no other letter waits."""

import threading
import time
from contextlib import ExitStack

import pytest

from consult.mail import smtp
from consult.mail.delivery import Delivery
from consult.mail.post_office import DeliveryReport, PostOffice
from consult.mail.smtp import SmtpTransport
from consult.mail.worker import deliver_all
from tests.mail.conftest import Desk
from tests.mail.servers import Dripping, dripping, plain, serving

SILENCE = 0.3
DRIP = 0.05


def _office_at(desk: Desk, port: int, silence: float = SILENCE, **changed: int) -> PostOffice:
    return desk.office(SmtpTransport(plain(port, timeout_seconds=silence)), **changed)


def test_a_greeting_that_drips_is_given_up_and_the_letters_are_kept(desk: Desk) -> None:
    desk.queue("one", "two", "three")
    with dripping(DRIP) as port:
        done = deliver_all(_office_at(desk, port, connections=2), desk.clock, threading.Event())
    assert done == DeliveryReport(retried=3)
    assert {state for state, _, _ in desk.states().values()} == {"DUE"}


def test_a_reply_that_drips_holds_its_own_letter_alone_and_not_for_ever(desk: Desk) -> None:
    sink = Dripping(pause=DRIP)
    desk.queue("slow", to_address="drip@so.example")
    desk.queue(*(f"letter:{number}" for number in range(30)))
    with serving(sink) as port:
        done = deliver_all(_office_at(desk, port, 1.0, connections=2), desk.clock, threading.Event())
    assert done == DeliveryReport(sent=30, retried=1)
    assert desk.states()["slow"][:2] == ("DUE", 1)


def test_without_a_limit_for_the_whole_a_drip_holds_a_letter_for_ever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the limit of each reading alone never comes."""
    monkeypatch.setattr(smtp, "SILENCES", 1000)
    desk.queue("one")
    with ExitStack() as served:
        port = served.enter_context(dripping(DRIP))
        with Delivery(_office_at(desk, port), desk.clock, lambda: False) as delivery:
            until = time.monotonic() + 5 * SILENCE
            while time.monotonic() < until:
                assert delivery.turn() == DeliveryReport()
            assert delivery.held == 1
            served.close()  # the server hangs up at last
            assert delivery.finish() == DeliveryReport(retried=1)
