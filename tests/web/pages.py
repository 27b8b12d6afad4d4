"""What stands in a page: its elements, addresses, form values, visible text."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

_FRESH = re.compile(r'(name="(?:csrf_token|key)"[^>]*value=")[^"]+')


class Page(HTMLParser):
    """A page taken apart."""

    def __init__(self, html: str) -> None:
        """Take the page apart."""
        super().__init__()
        self.tags: list[tuple[str, Mapping[str, str]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with its attributes."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.text += data

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Yield method and address of every link and form."""
        for tag, values in self.tags:
            if tag == "a" and "href" in values:
                yield "GET", values["href"]
            elif tag == "form":
                yield values.get("method", "get").upper(), values.get("action", "")

    def values(self) -> Iterator[tuple[str, str]]:
        """Yield name and value of every input and button."""
        for tag, values in self.tags:
            if tag in ("input", "button") and "value" in values:
                yield values.get("name", ""), values["value"]

    def shape(self) -> Counter[tuple[str, tuple[str, ...]]]:
        """Count the elements by their name and the names of their attributes."""
        return Counter((tag, tuple(sorted(values))) for tag, values in self.tags)


def without_fresh_values(html: str) -> str:
    """Return a page without what differs each time by design: the CSRF token and the key of a form."""
    return _FRESH.sub(r"\1", re.sub(r"/y-kien/[0-9a-f]{32}(?=[?\"])", "/y-kien/", html))
