"""One line a request: method, the route as its rule, status, duration, a random id that a fault's line has too."""

import time
from secrets import token_hex

from flask import Flask, Response, g, request

from consult import logs

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
# Asked for every few seconds; only what is wrong is worth a line.
_QUIET = "/healthz"


def init_app(app: Flask) -> None:
    """Note each request; called before other parts register theirs, so that it sees the answer last."""
    app.before_request(_begin)
    app.after_request(_end)


def route() -> str | None:
    """Return the rule of the route that was asked for: never the address itself, which may hold a token."""
    return request.url_rule.rule if request.url_rule else None


def request_id() -> str:
    """Return the id of this request."""
    if "request_id" not in g:
        g.request_id = token_hex(6)
    return str(g.request_id)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if route() != _QUIET or response.status_code >= 500:
        logs.note(
            "request",
            method=request.method if request.method in _METHODS else "other",
            route=route(),
            status=response.status_code,
            ms=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
            request=request_id(),
        )
    return response
