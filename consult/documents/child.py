"""What every process does that reads a draft: bound itself first, read standard input, tell lines or a refusal as JSON.

It knows the bounds and the order of these steps, and is told neither the file's name nor a setting nor a secret: what a
hostile file takes over has nothing and ends soon. It refuses to know file formats.
"""

import codecs
import resource
import sys
from collections.abc import Callable
from dataclasses import dataclass

from consult.documents.line_json import OUT_OF_MEMORY, refusal_told, source_told
from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import SourceText

_NAMELESS = ""
_STANDARD_FILES = 3
# Python reads these from its own files when they are first asked for: text files, names inside a zip or a PDF.
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-be", "utf-16-le", "cp437", "cp1258", "latin-1", "ascii")


@dataclass(frozen=True)
class Bounds:
    """The most that a reading process may take: bytes of address space, seconds of processor time."""

    memory: int
    seconds: int


def tell(read: Callable[[str, bytes], SourceText], bounds: Bounds) -> None:
    """Read standard input and tell its lines, or the refusal, which lacks the file's name; exit when memory is full."""

    def answer(content: bytes) -> bytes:
        try:
            return source_told(read(_NAMELESS, content))
        except UnreadableDraft as refusal:
            return refusal_told(refusal)

    serve(answer, bounds)


def serve(answer: Callable[[bytes], bytes], bounds: Bounds) -> None:
    """Answer standard input on standard output within the bounds; exit when memory is full."""
    limit_itself(bounds)
    try:
        told = answer(sys.stdin.buffer.read())
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(told)


def limit_itself(bounds: Bounds) -> None:
    """Bound this process: memory, processor time, no file or connection to open, nothing to write, no core to leave."""
    for name in _ENCODINGS:
        codecs.lookup(name)
    limits = {
        resource.RLIMIT_AS: bounds.memory,
        resource.RLIMIT_CPU: bounds.seconds,
        resource.RLIMIT_NOFILE: _STANDARD_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))
