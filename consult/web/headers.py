"""The headers of every answer, error pages and static files included.

Content-Security-Policy allows the site's own files and nothing inline. Caches keep static files and no page.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask, Response, current_app, request

_CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_ALWAYS = {
    "Content-Security-Policy": _CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# A page that shows a letter in a frame, and the letter in it: styles of its own, as mail needs them, and nothing else.
_FRAMING = {"Content-Security-Policy": f"{_CSP}; frame-src 'self'"}
_LETTER = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
    "X-Frame-Options": "SAMEORIGIN",
}
V = TypeVar("V", bound=Callable[..., Any])
_HSTS = "max-age=31536000; includeSubDomains"
_STATIC = ("static", "bootstrap.static")


def framing(view: V) -> V:
    """Mark a page that shows another page of this site in a frame."""
    view.headers = _FRAMING  # type: ignore[attr-defined]
    return view


def framed_letter(view: V) -> V:
    """Mark what answers with the HTML of a letter: it may be framed by this site and can do nothing."""
    view.headers = _LETTER  # type: ignore[attr-defined]
    return view


def _own() -> Mapping[str, str]:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "headers", {})


def init_app(app: Flask, *, https: bool) -> None:
    """Set the headers on everything that the application answers."""
    always = _ALWAYS | ({"Strict-Transport-Security": _HSTS} if https else {})

    names = frozenset(name.lower() for name in always)

    @app.after_request
    def set_headers(response: Response) -> Response:
        # Adding is cheaper than setting, and right unless a view set one of them.
        unset = names.isdisjoint(name.lower() for name in response.headers.keys())  # noqa: SIM118 (names may repeat)
        (response.headers.extend if unset else response.headers.update)(always)
        if response.status_code == 200:
            response.headers.update(_own())
        if request.endpoint not in _STATIC or response.status_code >= 400:
            # Not a default: ``send_file`` would let a download be kept like a static file.
            response.headers["Cache-Control"] = "no-store"
        return response
