"""The worker's life: deliver what is due, rest, stop in good order. Brings the parts of delivery together."""

import os
import secrets
import signal
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from consult.domain.errors import BusyStore
from consult.mail.delivery import Delivery
from consult.mail.post_office import Clock, DeliveryReport, PostOffice
from consult.mail.smtp import SmtpTransport
from consult.mail.transport import FolderTransport, MailServer, Transport
from consult.settings import Settings

THROTTLED_SECONDS = 0.5
TOLD_EACH = 200


def transport_of(settings: Settings) -> Transport:
    """Return the way out of an installation: its mail server, or ``INSTANCE/outbox`` when none is set."""
    if not settings.mail_server:
        return FolderTransport(settings.instance / "outbox")
    return SmtpTransport(mail_server_of(settings))


def mail_server_of(settings: Settings) -> MailServer:
    """Return the mail server that the settings name."""
    return MailServer(
        host=settings.mail_server,
        port=settings.mail_port,
        security=settings.mail_security,
        timeout_seconds=settings.mail_timeout,
        username=settings.mail_username,
        password=settings.mail_password,
        ca_file=Path(settings.mail_ca_file) if settings.mail_ca_file else None,
    )


def worker_name() -> str:
    """Return a name that no other running worker has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def deliver_all(office: PostOffice, clock: Clock, stop: Event) -> DeliveryReport:
    """Deliver until nothing is due or ``stop`` is set; letters put off are due later and do not hold it up."""
    total = DeliveryReport()
    with Delivery(office, clock, stop.is_set) as delivery:
        while not stop.is_set():
            done = delivery.turn()
            total += done
            if delivery.throttled:
                stop.wait(THROTTLED_SECONDS)
            elif not done.tried and not delivery.held:
                break
        return total + delivery.finish()


def run_worker(
    office: PostOffice,
    clock: Clock,
    stop: Event,
    after: Callable[[DeliveryReport], None],
    pause_seconds: float = 5.0,
    alive: Callable[[], None] = lambda: None,
) -> None:
    """Deliver until ``stop`` is set, resting when nothing is due; ``after`` hears of what was done before each rest.

    It also hears after every ``TOLD_EACH`` letters; ``alive`` is called at every turn.
    """
    done = DeliveryReport()
    with Delivery(office, clock, stop.is_set) as delivery:
        while not stop.is_set():
            alive()
            with suppress(BusyStore):
                done += delivery.turn()
            if done.tried and (not delivery.held or done.tried >= TOLD_EACH):
                after(done)
                done = DeliveryReport()
            elif not delivery.held:
                stop.wait(min(pause_seconds, THROTTLED_SECONDS) if delivery.throttled else pause_seconds)
        done += delivery.finish()
    if done.tried:
        after(done)


def stopping_on_signals() -> Event:
    """Return an event that SIGTERM and SIGINT set: the letter in hand is finished, then the worker ends.

    A thread sets it: a handler runs inside the main thread, which may just hold the event's own lock.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: Thread(target=stop.set).start())
    return stop
