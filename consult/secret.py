"""The secret key of a development site: made once, kept in the instance folder, readable by its owner alone."""

import os
import secrets
from dataclasses import replace

from consult.settings import Settings


def with_development_secret(settings: Settings) -> Settings:
    """Return ``settings`` with a secret key: the given one, or the one kept under ``instance`` (made if missing)."""
    if settings.secret_key:
        return settings
    path = settings.instance / "secret_key"
    settings.instance.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return replace(settings, secret_key=path.read_text().strip())
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return replace(settings, secret_key=path.read_text().strip())
