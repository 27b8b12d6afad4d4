"""Calling an application in process, and seeing which statements it sends to the database.

It knows WSGI and sqlite3; it measures nothing. ``send`` calls the application with a request that was put together
before the clock runs; ``get`` goes through Flask's own client, which costs as much as a small page.
"""

import io
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import EnvironBuilder

from consult.demo.visitor import Visitor
from consult.store.database import Database
from tests.builders import BASE_URL

READ = ("SELECT",)
WRITTEN = ("SELECT", "INSERT", "UPDATE", "DELETE")


@dataclass(frozen=True)
class Statement:
    """One statement as it reached sqlite3, with its parameters."""

    sql: str
    values: Sequence[Any]


@dataclass(frozen=True)
class Request:
    """A request put together once; a form is sent anew at each call."""

    environ: Mapping[str, Any]
    cookie: str = ""

    @classmethod
    def to(cls, path: str, cookie: str = "", method: str = "GET") -> "Request":
        """Put a request for ``path`` together."""
        return cls(EnvironBuilder(path, base_url=BASE_URL, method=method).get_environ(), cookie)

    def send(self, app: Flask, form: Mapping[str, str] | None = None) -> bytes:
        """Call the application; return the body, and raise when it answers neither a page nor a way on."""
        environ = dict(self.environ)
        if self.cookie:
            environ["HTTP_COOKIE"] = self.cookie
        if form is not None:
            body = urlencode(form).encode()
            environ |= {
                "wsgi.input": io.BytesIO(body),
                "CONTENT_LENGTH": str(len(body)),
                "CONTENT_TYPE": "application/x-www-form-urlencoded",
            }
        return _called(app, environ)

    def get(self, client: FlaskClient) -> bytes:
        """Open the page by Flask's client."""
        answer = client.get(self.environ["PATH_INFO"], base_url=BASE_URL, headers={"Cookie": self.cookie})
        if answer.status_code != HTTPStatus.OK:
            raise RuntimeError(f"{self.environ['PATH_INFO']} answered {answer.status}")
        return bytes(answer.data)


def _called(app: Flask, environ: dict[str, Any]) -> bytes:
    answered: list[str] = []

    def start(status: str, _: object, __: object = None) -> Callable[[bytes], object]:
        answered.append(status)
        return lambda _: None

    parts = app.wsgi_app(environ, start)
    body = b"".join(parts)
    if hasattr(parts, "close"):
        parts.close()
    if int(answered[0].split()[0]) not in (HTTPStatus.OK, HTTPStatus.SEE_OTHER):
        raise RuntimeError(f"{environ['PATH_INFO']} answered {answered[0]}")
    return body


def cookie_of(visitor: Visitor) -> str:
    """Return the cookie header of a browser that is signed in."""
    assert visitor.response is not None
    return visitor.response.request.headers["Cookie"]


@contextmanager
def seen(database: Database, kinds: tuple[str, ...] = READ) -> Iterator[list[Statement]]:
    """Collect the statements of the given kinds that reach the database meanwhile."""
    found: list[Statement] = []

    def note(_: object, __: object, sql: str, values: Any, *___: object) -> None:
        if sql.startswith(kinds):
            found.append(Statement(sql, values))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def raw_connection(database: Database) -> sqlite3.Connection:
    """Open the same file by sqlite3 alone, as durable as the application does."""
    connection = sqlite3.connect(str(database.engine.url.database), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection
