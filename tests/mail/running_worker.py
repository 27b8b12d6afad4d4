"""A worker that runs until SIGTERM; run by a test."""

import sys

from consult.mail.smtp import SmtpTransport
from consult.mail.worker import run_worker, stopping_on_signals, worker_name
from consult.store.database import connect
from tests.mail.conftest import Desk
from tests.mail.record import Seeded
from tests.mail.servers import plain

if __name__ == "__main__":
    url, port = sys.argv[1:]
    stop = stopping_on_signals()
    desk = Desk(connect(url), Seeded(1, 1, 1))
    office = desk.office(SmtpTransport(plain(int(port))), worker=worker_name())
    run_worker(office, desk.clock, stop, lambda report: None)
