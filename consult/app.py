"""The one place where the parts meet: settings, clock and database become a Flask application."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from babel import Locale
from flask import Flask, request
from flask_babel import Babel, get_locale
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from consult import logs, paths
from consult.domain.directory import last_day, printed_kind
from consult.domain.links import LinkMaker
from consult.domain.redline import from_json
from consult.domain.wording import counted
from consult.settings import Settings
from consult.store import migrations
from consult.store.database import Database, connect
from consult.store.health import Probe
from consult.web import (
    adjusting,
    annotated_files,
    arranging,
    board_files,
    calendar_entry,
    chasing,
    commenting,
    concluding,
    correcting,
    cover_letter,
    desk,
    directory,
    directory_groups,
    directory_import,
    draft_files,
    enclosing,
    errors,
    headers,
    health,
    invitees,
    issuing,
    journal,
    keyed,
    keyed_comments,
    links,
    making,
    mending,
    numbered_files,
    numbers,
    officials,
    outbox,
    own_forms,
    own_words,
    paper,
    paper_answers,
    reading,
    reply_letters,
    request_log,
    responding,
    result,
    sample_letters,
    sending,
    synthesis_choice,
    synthesis_files,
    synthesis_page,
    words,
)
from consult.web import request as per_request
from consult.web.sessions import Sessions
from consult.web.site import Site

MOST_BYTES = 1024 * 1024
STATIC_SECONDS = 7 * 24 * 3600
# Parsed once: Flask-Babel would parse a code anew in every request.
_LOCALES = {code: Locale.parse(code) for code in words.LANGUAGES}
BLUEPRINTS = (
    reading.bp,
    links.bp,
    commenting.bp,
    sending.bp,
    desk.bp,
    synthesis_choice.bp,
    responding.bp,
    mending.bp,
    draft_files.bp,
    adjusting.bp,
    making.bp,
    arranging.bp,
    enclosing.bp,
    issuing.bp,
    sample_letters.bp,
    paper.bp,
    paper_answers.bp,
    paper_answers.own,
    keyed.bp,
    keyed_comments.bp,
    directory.bp,
    directory_groups.bp,
    directory_import.bp,
    officials.bp,
    correcting.bp,
    chasing.bp,
    board_files.bp,
    concluding.bp,
    result.bp,
    synthesis_page.bp,
    numbered_files.bp,
    own_forms.bp,
    own_words.bp,
    journal.bp,
    outbox.bp,
    cover_letter.bp,
    invitees.bp,
    synthesis_files.bp,
    annotated_files.bp,
    calendar_entry.bp,
    reply_letters.bp,
    health.bp,
)


class Application(Flask):
    """Flask with plain functions alone, so that none need be asked at each request whether it is a coroutine."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is."""
        return func


def create_app(settings: Settings, clock: Callable[[], datetime], database: Database | None = None) -> Flask:
    """Build the application.

    ``clock`` returns the aware present moment; it is read once a request. ``database`` is opened from the settings when
    it is not handed in.

    Raises:
        UnknownSchema: the database has a schema that this version does not know.
    """
    database = database or connect(settings.database_url)
    migrations.check(database)
    logs.configure()
    app = Application("consult", template_folder=str(paths.TEMPLATES), static_folder=str(paths.STATIC))
    app.config.from_mapping(_config(settings))
    maker = LinkMaker(settings.base_url, settings.secret_key.encode())
    app.extensions["consult"] = Site(settings, database, clock, maker, Probe(database))
    app.session_interface = Sessions(maker.key, int(timedelta(days=settings.session_days).total_seconds()))
    _templates(app)
    request_log.init_app(app)
    per_request.init_app(app)
    CSRFProtect(app)
    headers.init_app(app, https=settings.https)
    errors.init_app(app)
    numbers.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    return app


def _config(settings: Settings) -> Mapping[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "__Host-consult" if settings.https else "consult",
        "SESSION_COOKIE_SECURE": settings.https,
        "TRUSTED_HOSTS": [urlsplit(settings.base_url).hostname],
        "MAX_CONTENT_LENGTH": MOST_BYTES,
        "MAX_FORM_MEMORY_SIZE": MOST_BYTES,
        "MAX_FORM_PARTS": 100,
        "SEND_FILE_MAX_AGE_DEFAULT": STATIC_SECONDS,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": True,
        "BOOTSTRAP_SERVE_LOCAL": True,
        "BABEL_DEFAULT_LOCALE": "vi",
        "BABEL_DEFAULT_TIMEZONE": "Asia/Ho_Chi_Minh",
        "BABEL_TRANSLATION_DIRECTORIES": str(paths.TRANSLATIONS),
    }


def _templates(app: Flask) -> None:
    Babel(app, locale_selector=_language)
    Bootstrap5(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(words=words.words, get_locale=get_locale)
    app.jinja_env.filters.update(
        printed_deadline=words.printed_deadline,
        printed_moment=words.printed_moment,
        printed_close=words.printed_close,
        short_date=words.short_date,
        counted=counted,
        changes=from_json,
        printed_kind=printed_kind,
        last_day=last_day,
    )


def _language() -> Locale:
    """Return the reader's choice, Vietnamese without one."""
    return _LOCALES.get(request.cookies.get("lang", ""), _LOCALES["vi"])
