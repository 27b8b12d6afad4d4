"""The real application on a loopback port, at a clock that the test sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from werkzeug.serving import WSGIRequestHandler, make_server

from consult.store.database import Database
from tests.builders import Clock, Office, settings_in


class Quiet(WSGIRequestHandler):
    """Answers without a line on the terminal for each request."""

    def log(self, type: str, message: str, *arguments: object) -> None:
        """Say nothing."""


@dataclass
class Served:
    """An office with the address at which browsers reach it."""

    office: Office
    base_url: str

    def at(self, path: str) -> str:
        """Return the full address of a path."""
        return self.base_url + path


def nothing_yet(environ: object, start_response: object) -> list[bytes]:
    """Stand in for the application until the port is known."""
    raise AssertionError("nobody asks before the application stands")


@contextmanager
def served(database: Database, folder: Path, clock: Clock) -> Iterator[Served]:
    """Serve the record until the block ends; the port is known before the settings are made, since links carry it."""
    server = make_server("127.0.0.1", 0, nothing_yet, threaded=True, request_handler=Quiet)
    base_url = f"http://127.0.0.1:{server.server_port}"
    office = Office(database, settings_in(folder, database, base_url=base_url), clock)
    server.app = office.app
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Served(office, base_url)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
