"""The machine's clock, read here and nowhere else; all other code is told what time it is."""

from datetime import UTC, datetime


def machine_clock() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)
