"""What every page may use of the installation: settings, database, clock, link maker, kept pages; set by ``app``."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import cast

from flask import current_app

from consult.domain.links import LinkMaker
from consult.settings import Settings
from consult.store.database import Database
from consult.store.health import Probe
from consult.web.prerendered import Shelf


@dataclass(frozen=True)
class Site:
    """The parts of one running installation."""

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    links: LinkMaker
    probe: Probe
    shelf: Shelf = field(default_factory=Shelf)
    pages: Shelf = field(default_factory=Shelf)

    @property
    def session_lifetime(self) -> timedelta:
        """How long a signed-in browser stays so at most."""
        return timedelta(days=self.settings.session_days)

    @property
    def session_idle(self) -> timedelta:
        """How long a signed-in browser may be idle."""
        return timedelta(hours=self.settings.session_hours)


def site() -> Site:
    """Return the installation that serves this request."""
    return cast(Site, current_app.extensions["consult"])
