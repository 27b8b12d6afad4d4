"""The worker's life: deliver what is due, rest, stop in good order. Brings the parts of delivery together."""

import os
import secrets
import signal
import socket
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

from consult.domain.errors import BusyStore
from consult.mail.delivery import SmtpTransport, deliver_due
from consult.mail.post_office import Clock, DeliveryReport, PostOffice
from consult.mail.transport import FolderTransport, MailServer, Transport
from consult.settings import Settings


def transport_of(settings: Settings) -> Transport:
    """Return the way out of an installation: its mail server, or ``INSTANCE/outbox`` when none is set."""
    if not settings.mail_server:
        return FolderTransport(settings.instance / "outbox")
    return SmtpTransport(
        MailServer(
            host=settings.mail_server,
            port=settings.mail_port,
            security=settings.mail_security,
            timeout_seconds=settings.mail_timeout,
            username=settings.mail_username,
            password=settings.mail_password,
            ca_file=Path(settings.mail_ca_file) if settings.mail_ca_file else None,
        )
    )


def worker_name() -> str:
    """Return a name that no other running worker has."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def deliver_all(office: PostOffice, clock: Clock, stop: Event) -> DeliveryReport:
    """Deliver until nothing is due or ``stop`` is set; letters put off are due later and do not hold it up."""
    total = DeliveryReport()
    while not stop.is_set():
        batch = deliver_due(office, clock, stop.is_set)
        total += batch
        if not batch.tried:
            break
    return total


def run_worker(
    office: PostOffice, clock: Clock, stop: Event, after: Callable[[DeliveryReport], None], pause_seconds: float = 5.0
) -> None:
    """Deliver until ``stop`` is set, resting when nothing is due; ``after`` hears of each batch that did something."""
    while not stop.is_set():
        try:
            batch = deliver_due(office, clock, stop.is_set)
        except BusyStore:
            batch = DeliveryReport()
        if batch.tried:
            after(batch)
        else:
            stop.wait(pause_seconds)


def stopping_on_signals() -> Event:
    """Return an event that SIGTERM and SIGINT set: the letter in hand is finished, then the worker ends.

    A thread sets it: a handler runs inside the main thread, which may just hold the event's own lock.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: Thread(target=stop.set).start())
    return stop
