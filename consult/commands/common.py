"""What the commands share: one line for a refusal, the installation's settings and database, moments as typed."""

import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from config import settings as configured
from consult.domain.errors import Refusal
from consult.domain.window import HO_CHI_MINH
from consult.secret import with_development_secret
from consult.settings import Settings, SettingsError
from consult.store import migrations
from consult.store.database import Database, connect

__all__ = ["Moment", "configured", "in_a_folder", "installation", "open_database", "refusing"]

REFUSED = 1


def refusing(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a domain error, or a setting found wrong, into one line on standard error and exit status 1."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except (Refusal, SettingsError) as refusal:
            click.echo(f"consult: {refusal}", err=True)
            sys.exit(REFUSED)

    return run


def installation() -> Settings:
    """Return the settings, with the secret of a development site made when there is none."""
    return with_development_secret(configured)


def open_database() -> Database:
    """Open the installation's database; one with an unknown schema is refused."""
    database = connect(configured.database_url)
    migrations.check(database)
    return database


def in_a_folder(file: Path) -> Path:
    """Return ``file`` when the folder it is to be written to exists.

    Raises:
        Refusal: there is no such folder.
    """
    if not file.absolute().parent.is_dir():
        raise Refusal(f"{file}: there is no folder {file.absolute().parent}; make it first or name another")
    return file


class Moment(click.ParamType[datetime]):
    """A moment like 2026-05-04T17:00 (Asia/Ho_Chi_Minh unless it names its zone)."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the moment; a day alone means its 00:00."""
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no moment; write it like 2026-05-04T17:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=HO_CHI_MINH)
