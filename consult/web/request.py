"""What a request carries: one frozen ``now``, one reading session, and ``transaction`` for the one write.

``now`` is read once the whole body is in; everything below ``web`` gets it as an argument.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from flask import Flask, current_app, g, request

from consult.domain.errors import NotFound
from consult.store.database import Connection, Session, writing
from consult.web.site import site


def begin() -> None:
    """Look at the address, take in the body, read the clock, before any view runs.

    Raises:
        NotFound: the address holds what no address of ours does.
    """
    refuse_nul()
    freeze_now()


def freeze_now() -> None:
    """Take in the body, then read the clock."""
    if request.method == "POST":
        _make_room()
        _ = request.form
        _ = request.stream.read(1)  # A body of unknown length that goes beyond the limit is refused here, not cut off.
    g.now = site().clock()


def _make_room() -> None:
    """Let a view that takes a file have more than the usual, once its own door has let the person in."""
    view: Any = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_bytes", None)
    if most is not None:
        g.now = site().clock()
        view.admits(**request.view_args or {})
        request.max_content_length = most


def refuse_nul() -> None:
    """Refuse an address with U+0000: nothing of ours is named so, and PostgreSQL cannot even be asked for it.

    Raises:
        NotFound: it stands in the path or in an argument.
    """
    if "\0" in request.path or b"%00" in request.query_string or b"\0" in request.query_string:
        raise NotFound("there is no such page")


def now() -> datetime:
    """Return the moment of this request."""
    moment = g.now
    assert isinstance(moment, datetime)
    return moment


def connection() -> Connection:
    """Return the reading connection of this request, opened at first use and closed with the request: one snapshot."""
    found = g.get("connection")
    if found is None:
        found = g.connection = site().database.snapshots.connect()
    assert isinstance(found, Connection)
    return found


def reader() -> Session:
    """Return the reading session of this request, over its connection: both see the same state of the record."""
    if "reader" not in g:
        g.reader = site().database.reading(bind=connection())
    found = g.reader
    assert isinstance(found, Session)
    return found


def close_reader(_: BaseException | None = None) -> None:
    """Close the reading session and its connection, where there were any."""
    for name in ("reader", "connection"):
        if name in g:
            g.pop(name).close()


@contextmanager
def transaction() -> Iterator[Session]:
    """Open the one writing transaction of this request; the reading one ends first, so that it holds nothing up.

    Raises:
        BusyStore: the lock was not had in time or the disk is full; nothing was stored.
    """
    close_reader()
    with writing(site().database) as session:
        yield session


def source() -> str:
    """Return the address that the request came from, for throttling."""
    return request.remote_addr or "unknown"


def init_app(app: Flask) -> None:
    """Freeze the moment before each request, refuse what no address holds, and close the session after it."""
    app.before_request(begin)
    app.teardown_appcontext(close_reader)
