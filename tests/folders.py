"""Folders of ``drafts/`` with something changed, for the tests of loading."""

import shutil
from pathlib import Path

from consult import paths
from tests.builders import SLUG


def copied(target: Path, slug: str = SLUG) -> Path:
    """Copy a sample folder to ``target`` and return it."""
    return Path(shutil.copytree(paths.DRAFTS / slug, target / slug))


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """Replace ``old``, which must stand in the file, by ``new``; return the folder."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder
