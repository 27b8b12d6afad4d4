"""The headers of every answer, error pages and static files included.

Content-Security-Policy allows the site's own files and nothing inline. Caches keep static files and no page.
"""

from flask import Flask, Response, request

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
_HSTS = "max-age=31536000; includeSubDomains"
_STATIC = ("static", "bootstrap.static")


def init_app(app: Flask, *, https: bool) -> None:
    """Set the headers on everything that the application answers."""
    always = _ALWAYS | ({"Strict-Transport-Security": _HSTS} if https else {})

    names = frozenset(name.lower() for name in always)

    @app.after_request
    def set_headers(response: Response) -> Response:
        # Adding is cheaper than setting, and right unless a view set one of them.
        unset = names.isdisjoint(name.lower() for name in response.headers.keys())  # noqa: SIM118 (names may repeat)
        (response.headers.extend if unset else response.headers.update)(always)
        if request.endpoint not in _STATIC or response.status_code >= 400:
            # Not a default: ``send_file`` would let a download be kept like a static file.
            response.headers["Cache-Control"] = "no-store"
        return response
