"""The reading of one draft file in a process of its own: bytes on standard input, lines as JSON on standard output.

``intake`` starts it. It limits itself before it looks at a byte, imports what reading needs and no more, and is told
neither the file's name nor a setting nor a secret: what a hostile file takes over has nothing and ends soon.
"""

import codecs
import gc
import resource
import sys

from consult.documents.docx_reader import read_docx
from consult.documents.line_json import OUT_OF_MEMORY, refusal_told, source_told
from consult.documents.source_lines import refuse_absurd
from consult.documents.text_reader import read_text
from consult.domain.errors import UnreadableDraft
from consult.domain.outline_nodes import SourceText

MOST_MEMORY = 512_000_000
"""Bytes of address space."""
MOST_SECONDS = 10
"""Seconds of processor time."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_NAMELESS = ""
_STANDARD_FILES = 3
# Python reads these from its own files when they are first asked for: text files, names inside a zip.
_ENCODINGS = ("utf-8-sig", "utf-16", "cp437")


def main(seconds: int = MOST_SECONDS) -> None:
    """Read standard input and tell its lines, or the refusal, which lacks the file's name; exit when memory is full."""
    limit_itself(seconds)
    # The process is short and its memory bounded: looking for garbage would cost it a tenth of its time.
    gc.disable()
    try:
        told = source_told(read_file(_NAMELESS, sys.stdin.buffer.read()))
    except UnreadableDraft as refusal:
        told = refusal_told(str(refusal))
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)
    sys.stdout.buffer.write(told)


def limit_itself(seconds: int = MOST_SECONDS) -> None:
    """Bound this process: memory, processor time, no file or connection to open, nothing to write, no core to leave."""
    for name in _ENCODINGS:
        codecs.lookup(name)
    bounds = {
        resource.RLIMIT_AS: MOST_MEMORY,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_NOFILE: _STANDARD_FILES,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in bounds.items():
        resource.setrlimit(kind, (most, most))


def read_file(name: str, content: bytes) -> SourceText:
    """Return the lines of a text or DOCX file, told by its bytes. Raises UnreadableDraft."""
    source = read_docx(name, content) if content.startswith(_ZIP) else read_text(name, content)
    refuse_absurd(name, 0, len(source.lines))
    if not any(line.text for line in source.lines):
        raise UnreadableDraft(f"{name}: there is no text in it; choose the file that holds the draft's words")
    return source


if __name__ == "__main__":
    main()
