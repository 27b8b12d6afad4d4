"""One line an event on standard error: JSON, or key=value where a person watches.

A line holds words of this program (events, routes as their rules, kinds, outcomes), numbers and random ids; never an
address, a name, a token, a link, a query or words of a person. Messages of errors quote what they are about, so a fault
is told by its kind, its number and the places it passed. A library's line is told by its template, without what it
would fill in.
"""

import errno
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any

import structlog

from consult import paths

Fact = int | float | str | None
_MOST_CAUSES = 5
_MOST_PLACES = 25
_played = threading.Event()
_PLAIN = re.compile(r"[A-Za-z ,'-]*")


class _Lines:
    """Writes each line at once and whole; a log that cannot be written stops nothing."""

    def msg(self, line: str) -> None:
        """Write one line."""
        with suppress(OSError, ValueError):
            sys.stderr.write(f"{line}\n")
            sys.stderr.flush()

    debug = info = warning = error = critical = msg


def configure() -> None:
    """Set up the lines of this process."""
    watched = bool(getattr(sys.stderr, "isatty", bool)())
    shown = structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    kept = structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            shown if watched else kept,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=lambda *_: _Lines(),
    )


def note(event: str, **facts: Fact) -> None:
    """Write down that something happened, with its figures."""
    if _played.is_set():
        return
    structlog.get_logger().info(event, **facts)


@contextmanager
def faults_alone() -> Iterator[None]:
    """Leave out what merely happened while a story is played in this process and nobody is served."""
    _played.set()
    try:
        yield
    finally:
        _played.clear()


def fault(event: str, error: BaseException, **facts: Fact) -> None:
    """Write down a fault of ours: which kinds of error, and where."""
    structlog.get_logger().error(event, **facts, faults=list(_told(error)))


def take_over() -> None:
    """Bring what libraries log, and faults that nobody caught, into the same lines; for a process of ours alone."""
    configure()
    root = logging.getLogger()
    root.handlers[:] = [_Library()]
    root.setLevel(logging.WARNING)
    sys.excepthook = lambda _kind, error, _tb: _uncaught(error)
    threading.excepthook = lambda given: _uncaught(given.exc_value)


class _Library(logging.Handler):
    """Takes the records of libraries."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one down by its template."""
        level = "error" if record.levelno >= logging.ERROR else record.levelname.lower()
        error = record.exc_info[1] if record.exc_info else None
        faults = {"faults": list(_told(error))} if error else {}
        getattr(structlog.get_logger(), level)("library", logger=record.name, words=_words(record), **faults)


def _words(record: logging.LogRecord) -> str:
    """Return the template, filled in when it wants numbers alone; of a finished sentence only how it begins."""
    template, arguments = str(record.msg), record.args
    if not arguments:
        return (_PLAIN.match(template) or [""])[0].strip()
    if isinstance(arguments, tuple) and all(isinstance(each, int) for each in arguments):
        with suppress(TypeError, ValueError):
            return template % arguments
    return template


def _uncaught(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, KeyboardInterrupt):
        fault("uncaught", error)


def _told(error: BaseException) -> Iterator[Mapping[str, Any]]:
    """Yield each error of a chain, the one that was raised last first."""
    found: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if found is None:
            return
        yield {"kind": type(found).__name__, "code": _code(found), "places": _places(found.__traceback__)}
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _code(error: BaseException) -> str | None:
    """Return the number or name that a system, a database or a server gives the error."""
    original = getattr(error, "orig", None) or error
    for name in ("sqlite_errorname", "sqlstate", "smtp_code"):
        if getattr(original, name, None):
            return str(getattr(original, name))
    return errno.errorcode.get(error.errno or 0) if isinstance(error, OSError) else None


def _places(passed: TracebackType | None) -> Sequence[str]:
    steps = traceback.extract_tb(passed)[-_MOST_PLACES:]
    return [f"{_short(step.filename)}:{step.lineno} {step.name}" for step in steps]


def _short(file: str) -> str:
    path = Path(file)
    with suppress(ValueError):
        return str(path.relative_to(paths.PACKAGE.parent))
    return "/".join(path.parts[-3:])
