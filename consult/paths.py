"""Where templates, static files and sample drafts live, in a checkout and in an installed wheel."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def _beside(name: str) -> Path:
    """Return the folder beside this file (a wheel) if it exists, else the one above (a checkout)."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = _beside("templates")
DRAFTS = _beside("drafts")
STATIC = PACKAGE / "web" / "static"
TRANSLATIONS = PACKAGE / "web" / "translations"
