"""What all applications of one run of the tests share: the code of their templates and of their addresses.

Nearly every test of a page builds an application of its own, and most of that time went into compiling the same
templates and the same URL rules again. Nothing else is shared: settings, clock, record and caches stay apart.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

_compile = Rule._compile_builder
_builders: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}


class _Templates(BytecodeCache):
    """Keeps the code of each template under its name and the digest of its source."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out the code of a source that was compiled before."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key, bucket.checksum] = bucket.code


_templates = _Templates()


def share_templates(app: Flask) -> Flask:
    """Let an application take the code of its templates from the ones before it."""
    app.jinja_env.bytecode_cache = _templates
    return app


def share_addresses() -> None:
    """Let URL rules of the same words share the function that builds their addresses; it depends on nothing else."""
    Rule._compile_builder = _shared_builder  # type: ignore[method-assign]


def _shared_builder(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    if rule.defaults:
        return _compile(rule, append_unknown)
    key = (rule.rule, tuple(rule._trace), append_unknown)
    if key not in _builders:
        _builders[key] = _compile(rule, append_unknown)
    return _builders[key]
