"""The secret key of a development site: made once, kept in the instance folder, readable by its owner alone."""

import os
import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

from consult.settings import MIN_SECRET, Settings, SettingsError


def with_development_secret(settings: Settings) -> Settings:
    """Return ``settings`` with a secret key: the given one, or the one kept under ``instance`` (made if missing).

    Raises:
        SettingsError: the file is there and holds no whole secret.
    """
    if settings.secret_key:
        return settings
    path = settings.instance / "secret_key"
    if not path.exists():
        settings.instance.mkdir(parents=True, exist_ok=True)
        _make(path)
    secret = path.read_text().strip()
    if len(secret) < MIN_SECRET:
        raise SettingsError(
            f"{path}: the secret is empty or cut short; put back the one that the links were made with, or delete the "
            "file: a new secret is made then, and links sent out stop working"
        )
    return replace(settings, secret_key=secret)


def _make(path: Path) -> None:
    """Put a whole secret in place at once; of several processes that start together, the first one's counts."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=".secret_key-") as file:
        file.write(secrets.token_urlsafe(48))
        file.flush()
        os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(file.name, path)
