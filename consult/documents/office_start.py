"""The last step before LibreOffice: this process bounds itself, leaves the network where it may, and becomes it.

It knows what the operating system offers for that and refuses to know what is converted. Where no network of its own
is to be had (a container that forbids it), LibreOffice's settings (``office``) are what keeps it from calling anybody.
"""

import ctypes
import os
import resource
import sys
from pathlib import Path

from consult.documents.child import Bounds

BOUNDS = Bounds(memory=3_000_000_000, seconds=60)
"""LibreOffice takes about 0.5 GB of address space for a small draft."""
_LARGEST_RESULT = 200_000_000
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_ARGUMENTS_FROM = 3


def main() -> None:
    """Become the command that follows the module's name and the folder of this house in the arguments."""
    limit_itself()
    leave_network()
    command = sys.argv[_ARGUMENTS_FROM:]
    os.execv(command[0], command)  # noqa: S606 - the path is absolute, and nothing of it comes from outside


def limit_itself() -> None:
    """Bound memory, processor time and the size of each file; leave no core."""
    limits = {
        resource.RLIMIT_AS: BOUNDS.memory,
        resource.RLIMIT_CPU: BOUNDS.seconds,
        resource.RLIMIT_FSIZE: _LARGEST_RESULT,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


def leave_network() -> None:
    """Move to a network of its own without any device, as root or, where the system lets users do that, as a user."""
    user, group = os.getuid(), os.getgid()
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare is None or unshare(_NEW_NETWORK) == 0 or unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return
    for file, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path(f"/proc/self/{file}").write_text(line)
