"""Starting a process that reads a file, watching it, and saying what came of it.

It knows how such a process is started (no user site, no environment, no open file of this one) and how its end is
told. It refuses to know what it reads.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from consult import paths
from consult.documents.line_json import OUT_OF_MEMORY, source_of
from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import SourceText
from consult.domain.unreadable import Fault

_START = "import sys; sys.path += sys.argv[2:]; from importlib import import_module; import_module(sys.argv[1]).main()"


@dataclass(frozen=True)
class Reader:
    """A module whose ``main`` reads a file, the libraries that it needs, and how many seconds it is waited for.

    Its own bound is on processor time, and a busy machine gives it less of that than the clock says.
    """

    module: str
    libraries: tuple[str, ...]
    longest_wait: float


def ask(reader: Reader, name: str, content: bytes) -> SourceText:
    """Return what a process of ``reader`` tells of the draft file.

    Raises UnreadableDraft when it refuses, runs out of memory or time, or stumbles.
    """
    return source_of(name, told(reader, name, content))


def told(reader: Reader, name: str, content: bytes) -> bytes:
    """Return the answer of a process of ``reader`` as it came. Raises UnreadableDraft when there is none."""
    try:
        done = subprocess.run(  # noqa: S603 - nothing in the command comes from outside
            command_of(reader.module, reader.libraries),
            input=content,
            capture_output=True,
            timeout=reader.longest_wait,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise _too_much(name) from fault
    if done.returncode == OUT_OF_MEMORY or done.returncode < 0:
        raise _too_much(name)
    if done.returncode:
        stumbled = RuntimeError(done.stderr.decode(errors="replace"))
        raise UnreadableDraft(name, Fault.DAMAGED) from stumbled
    return done.stdout


def command_of(module: str, libraries: Sequence[str] = ()) -> list[str]:
    """Return the command that runs ``main`` of a module of this house in a bare process that sees these libraries."""
    folders = dict.fromkeys((str(paths.PACKAGE.parent), *map(_folder_of, libraries)))
    return [sys.executable, "-I", "-S", "-c", _START, module, *folders]


def is_installed(library: str) -> bool:
    """Whether a library can be imported; it is not imported here."""
    return find_spec(library) is not None


def _folder_of(library: str) -> str:
    found = find_spec(library)
    assert found is not None and found.origin is not None, library
    return str(Path(found.origin).parent.parent)


def _too_much(name: str) -> UnreadableDraft:
    return UnreadableDraft(name, Fault.TOO_MUCH)
