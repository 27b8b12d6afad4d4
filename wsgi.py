"""The WSGI entry: ``gunicorn wsgi:app`` (``consult serve`` runs it with the options it wants)."""

from config import settings
from consult.app import create_app
from consult.clock import machine_clock
from consult.secret import with_development_secret

app = create_app(with_development_secret(settings), machine_clock)
