"""Readies the machine for the whole run: finds Chromium and LibreOffice, installs them on Debian, else says how."""

import os
import shutil
import subprocess
import sys

CHROMIUM = "chromium"
NEEDED = {CHROMIUM: ("chromium", "chromium-browser"), "libreoffice-writer-nogui": ("soffice", "libreoffice")}
"""Debian's packages, each with the names that its command may have."""


def chromium() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return _command(CHROMIUM)


def missing() -> list[str]:
    """Return the packages whose command is not there."""
    return [package for package in NEEDED if _command(package) is None]


def _command(package: str) -> str | None:
    return next((path for path in map(shutil.which, NEEDED[package]) if path), None)


def main() -> int:
    """Install what is missing when this is root on Debian; return the exit status."""
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing(), "fonts-liberation2"]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False)
    for package in missing():
        print(f"The tests need the package {package}: sudo apt-get install {package}", file=sys.stderr)
    return 1 if missing() else 0


if __name__ == "__main__":
    sys.exit(main())
