"""A browser without a screen: opens pages of the real application, fills its forms, presses its buttons.

It sends what the form on the page holds, hidden fields included, as a browser would; it takes no short cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.test import TestResponse

NOTHING: Mapping[str, str] = MappingProxyType({})


class Unexpected(Exception):
    """A page answered otherwise than the story has it."""


@dataclass
class PageFormData:
    """A form on a page: where it posts and what it holds."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    """Collects the forms of a page with the values their controls hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageFormData] = []
        self._textarea: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a form, an input or the beginning of a text area."""
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(PageFormData(values.get("action", "")))
        elif self.forms and tag == "input" and self._holds(values):
            self.forms[-1].fields[values["name"]] = values.get("value", "")
        elif self.forms and tag == "textarea" and "name" in values:
            self._textarea = values["name"]
            self.forms[-1].fields[self._textarea] = ""

    @staticmethod
    def _holds(values: dict[str, str]) -> bool:
        chosen = values.get("type") not in ("radio", "checkbox") or "checked" in values
        return "name" in values and chosen and values.get("type") != "submit"

    def handle_data(self, data: str) -> None:
        """Keep the text of a text area."""
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        """End a text area; a browser drops the line break that begins it."""
        if tag == "textarea" and self._textarea:
            text = self.forms[-1].fields[self._textarea]
            self.forms[-1].fields[self._textarea] = text.removeprefix("\n")
            self._textarea = None


class Visitor:
    """One person's browser with its own cookies."""

    def __init__(self, app: Flask, base_url: str) -> None:
        """Open a browser for ``app``, which people reach at ``base_url``."""
        self._client = app.test_client()
        self._base_url = base_url
        self.response: TestResponse | None = None

    def open(self, address: str) -> str:
        """Open an address of the site and return the page's text; redirects are followed."""
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        self.response = self._client.get(path, base_url=self._base_url, follow_redirects=True)
        return self._page(HTTPStatus.OK)

    def form(self, ending: str) -> PageFormData:
        """Return the form of the open page whose address ends so (without its query)."""
        parser = _Forms()
        assert self.response is not None
        parser.feed(self.response.text)
        for found in parser.forms:
            if urlsplit(found.action or self.response.request.path).path.endswith(ending):
                return found
        raise Unexpected(f"{self.response.request.path}: there is no form that posts to …{ending}")

    def form_with(self, name: str) -> PageFormData:
        """Return the form of the open page that has a field of that name."""
        parser = _Forms()
        assert self.response is not None
        parser.feed(self.response.text)
        for found in parser.forms:
            if name in found.fields:
                return PageFormData(found.action or self.response.request.full_path, found.fields)
        raise Unexpected(f"{self.response.request.path}: there is no form with a field {name}")

    def press(self, ending: str, typed: Mapping[str, str] = NOTHING, expect: HTTPStatus = HTTPStatus.OK) -> str:
        """Fill in the form that posts to …``ending``, send it, and return the page that follows."""
        return self.submit(self.form(ending), typed, expect)

    def submit(self, form: PageFormData, typed: Mapping[str, str] = NOTHING, expect: HTTPStatus = HTTPStatus.OK) -> str:
        """Send a form, perhaps of a page that was open before, and return the page that follows."""
        assert self.response is not None
        action = form.action or self.response.request.path
        self.response = self._client.post(
            action, data={**form.fields, **typed}, base_url=self._base_url, follow_redirects=True
        )
        return self._page(expect)

    def _page(self, expect: HTTPStatus) -> str:
        assert self.response is not None
        if self.response.status_code != expect:
            request = self.response.request
            raise Unexpected(f"{request.method} {request.path} answered {self.response.status}, not {expect}")
        return self.response.text
