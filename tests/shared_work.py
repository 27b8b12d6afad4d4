"""What all applications of one run of the tests share: the code of their templates, their addresses and statements.

Nearly every test of a page needs an application over a record of its own, and most of that time went into compiling the
same templates, the same URL rules and the same SQL again. An application that a test is done with serves the next one,
with another site in it. Nothing else is shared: settings, clock, record and kept pages stay apart.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from consult.app import create_app
from consult.domain.links import LinkMaker
from consult.settings import Settings
from consult.store import database, migrations
from consult.store.database import Database
from consult.store.health import Probe
from consult.web.site import Site

MOST_STATEMENTS = 5000

_compile = Rule.compile
_rules: dict[tuple[object, ...], dict[str, Any]] = {}


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


class Applications:
    """Applications that tests are done with, for the next test of the same settings."""

    def __init__(self) -> None:
        self._kept: dict[Settings, list[Flask]] = defaultdict(list)

    def lend(self, settings: Settings, clock: Callable[[], datetime], record: Database) -> Flask:
        """Return an application that serves ``record`` and nothing else."""
        kept = self._kept[_kind(settings)]
        if not kept:
            return share_templates(create_app(settings, clock, record))
        migrations.check(record)
        app = kept.pop()
        links = LinkMaker(settings.base_url, settings.secret_key.encode())
        app.extensions["consult"] = Site(settings, record, clock, links, Probe(record))
        return app

    def take_back(self, app: Flask) -> None:
        """Keep an application that nobody changed and nobody uses any longer."""
        self._kept[_kind(app.extensions["consult"].settings)].append(app)


applications = Applications()


def _kind(settings: Settings) -> Settings:
    """Return what an application is built from, without the places of its record."""
    return replace(settings, instance=Path(), database_url="")


def share_addresses() -> None:
    """Let URL rules of the same words share what they match and what builds their addresses."""
    Rule.compile = _shared_compile  # type: ignore[method-assign]


def share_statements() -> None:
    """Let the engines of all SQLite records share one dialect, and with it the SQL of the statements they have met."""
    first = create_engine("sqlite://")
    first.connect().close()
    statements: LRUCache[Any, Any] = LRUCache(MOST_STATEMENTS)

    def shared(url: str, **options: Any) -> Engine:
        engine = create_engine(url, **options)
        if engine.dialect.name == first.dialect.name:
            engine.dialect, engine._compiled_cache = first.dialect, statements
        return engine

    database.create_engine = shared  # type: ignore[attr-defined]


def _shared_compile(rule: Rule) -> None:
    assert rule.map is not None
    if rule.defaults or rule.map.host_matching:
        _compile(rule)
        return
    key = (rule.rule, rule.subdomain, rule.merge_slashes)
    if key not in _rules:
        _compile(rule)
        kept = {name: getattr(rule, name) for name in ("_parts", "_trace", "_converters", "arguments")}
        _rules[key] = kept | {"_build": rule._build.__func__, "_build_unknown": rule._build_unknown.__func__}
        return
    for name, value in _rules[key].items():
        setattr(rule, name, value.__get__(rule) if callable(value) else value)
