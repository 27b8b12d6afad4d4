"""Readies the machine for the whole run: finds Chromium, installs Debian's where that is allowed, else says how."""

import os
import shutil
import subprocess
import sys

PACKAGE = "chromium"


def chromium() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def main() -> int:
    """Install Chromium when it is missing and this is root on Debian; return the exit status."""
    if chromium():
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", PACKAGE]):
            subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, check=False)
    if chromium():
        return 0
    print(f"The browser tests need the package {PACKAGE}: sudo apt-get install {PACKAGE}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
