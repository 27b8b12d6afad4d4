"""Numbers in addresses: none is larger than the record can hold; a larger one names no page."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = 2**31 - 1


class _Number(IntegerConverter):
    """What ``<int:…>`` stands for in the rules."""

    regex = r"\d{1,10}"

    def __init__(self, rules: Map) -> None:
        super().__init__(rules, max=LARGEST)


def init_app(app: Flask) -> None:
    """Let the rules that are added from now on take such numbers alone."""
    app.url_map.converters["int"] = _Number
