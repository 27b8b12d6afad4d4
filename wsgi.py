"""The WSGI entry: ``gunicorn wsgi:app`` (see ``consult serve`` for the options it wants)."""

from datetime import UTC, datetime

from consult.app import create_app

from config import settings


def clock() -> datetime:
    """Return the machine's moment."""
    return datetime.now(UTC)


app = create_app(settings, clock)
