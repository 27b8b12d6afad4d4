"""The browser's cookie: an opaque random name and nothing else; rows and grants stand in the database.

The CSRF secret is derived from the cookie, so a visitor costs no row. A browser gets a cookie only when a page with a
form asks for its CSRF secret; public pages touch none. Signing in takes a fresh cookie.
"""

import re
import secrets
from typing import Any

from flask import Flask, Request, Response, session
from flask.sessions import SessionInterface, SessionMixin

from consult.domain.links import csrf_secret, token_digest

_COOKIE = re.compile(r"[A-Za-z0-9_-]{43}")
CSRF_FIELD = "csrf_token"


class Browser(dict[str, Any], SessionMixin):
    """One browser in one request: its cookie and the digest under which its session stands, whether it had one, and
    the CSRF secret that belongs to it.
    """

    def __init__(self, key: bytes, cookie: str | None) -> None:
        super().__init__()
        self._key = key
        self.become(cookie or new_cookie())
        self.arrived, self.asked = cookie is not None, False

    def become(self, cookie: str) -> None:
        """Take a fresh cookie, which is set with the answer."""
        self.cookie = cookie
        self.digest = token_digest(cookie)
        self.arrived, self.asked = False, True
        super().__setitem__(CSRF_FIELD, None)

    def __getitem__(self, name: str) -> Any:
        """Return a value; asking for the CSRF secret has it made, and makes the cookie be set."""
        self.asked = True
        return csrf_secret(self._key, self.cookie) if name == CSRF_FIELD else super().__getitem__(name)


def new_cookie() -> str:
    """Return 256 random bits as 43 characters."""
    return secrets.token_urlsafe(32)


class Sessions(SessionInterface):
    """Gives each request its ``Browser`` and sets the cookie when it is new and was asked for."""

    def __init__(self, key: bytes, max_age: int) -> None:
        self._key = key
        self._max_age = max_age

    def open_session(self, app: Flask, request: Request) -> Browser:
        """Read the cookie; anything that does not look like one of ours counts as none."""
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        return Browser(self._key, cookie if _COOKIE.fullmatch(cookie) else None)

    def save_session(self, app: Flask, browser: SessionMixin, response: Response) -> None:
        """Set a new cookie; one that arrived stays as it is."""
        assert isinstance(browser, Browser)
        if browser.arrived or not browser.asked:
            return
        response.set_cookie(
            self.get_cookie_name(app),
            browser.cookie,
            max_age=self._max_age,
            secure=bool(app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
            path="/",
        )
        response.vary.add("Cookie")


def browser() -> Browser:
    """Return the browser of this request."""
    found = session._get_current_object()  # type: ignore[attr-defined]
    assert isinstance(found, Browser)
    return found
