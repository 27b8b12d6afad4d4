"""Whether the installation is well: the record, its schema, the letters that wait, the disk, the worker.

Nothing here writes to the record or waits for it, so that it can be asked while everything else stands still.
"""

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path

from consult.mail.post_office import put_off_for
from consult.settings import Settings
from consult.store import migrations
from consult.store.health import Probe, RecordState

MEGABYTE = 1_000_000
_ALIVE = "worker.alive"


class Verdict(Enum):
    """How one part of the installation is."""

    OK = "ok"
    FAILING = "failing"
    UNKNOWN = "unknown"
    """It could not be told; that alone makes nothing ill."""


@dataclass(frozen=True)
class Part:
    """One part: its verdict and the figures it rests on, in numbers and names of schemas alone."""

    verdict: Verdict
    figures: Mapping[str, int | str | None]


def healthy(parts: Mapping[str, Part]) -> bool:
    """Whether no part is failing."""
    return all(part.verdict is not Verdict.FAILING for part in parts.values())


def check(probe: Probe, settings: Settings, now: datetime) -> Mapping[str, Part]:
    """Look at each part, by the limits of the settings; it takes two seconds at most."""
    state = probe.ask(now)
    return {
        "database": Part(Verdict.OK if state else Verdict.FAILING, {}),
        "schema": _schema(state),
        "letters": _letters(state, timedelta(minutes=settings.health_letter_minutes), now),
        "disk": _disk(settings),
        "worker": _worker(settings, now),
    }


def note_alive(instance: Path, now: datetime) -> None:
    """Note that a worker of this machine is at work, as the time of a file; a full disk does not stop it."""
    file, moment = instance / _ALIVE, now.timestamp()
    with suppress(OSError):
        file.touch(mode=0o600)
        os.utime(file, (moment, moment))


def _schema(state: RecordState | None) -> Part:
    if state is None:
        return Part(Verdict.UNKNOWN, {"found": None, "expected": migrations.newest()})
    same = state.schema == migrations.newest()
    return Part(_verdict(same), {"found": state.schema, "expected": migrations.newest()})


def _letters(state: RecordState | None, limit: timedelta, now: datetime) -> Part:
    """Letters are held up when one has waited too long and none left meanwhile: one full mailbox is no illness."""
    if state is None or state.schema != migrations.newest():
        return Part(Verdict.UNKNOWN, {"waiting": None, "oldest_seconds": None})
    since = [each.due_at - put_off_for(each.attempts) for each in state.waiting]
    oldest = now - min(since, default=now)
    left = state.last_sent_at is not None and now - state.last_sent_at <= limit
    figures = {"waiting": sum(each.number for each in state.waiting), "oldest_seconds": _seconds(oldest)}
    return Part(_verdict(oldest <= limit or left), figures)


def _disk(settings: Settings) -> Part:
    try:
        free = min(shutil.disk_usage(folder).free for folder in _folders(settings))
    except OSError:
        return Part(Verdict.FAILING, {"free_mb": None})
    return Part(_verdict(free >= settings.health_free_mb * MEGABYTE), {"free_mb": free // MEGABYTE})


def _folders(settings: Settings) -> Sequence[Path]:
    if not settings.database_url.startswith("sqlite:///"):
        return (settings.instance,)
    return (settings.instance, Path(settings.database_url.removeprefix("sqlite:///")).parent)


def _worker(settings: Settings, now: datetime) -> Part:
    """A worker on another machine leaves no file here: nothing is known of it then."""
    try:
        seen = datetime.fromtimestamp((settings.instance / _ALIVE).stat().st_mtime, UTC)
    except OSError:
        return Part(Verdict.UNKNOWN, {"seen_seconds": None})
    quiet = now - seen
    return Part(_verdict(quiet <= timedelta(minutes=settings.health_worker_minutes)), {"seen_seconds": _seconds(quiet)})


def _verdict(good: bool) -> Verdict:
    return Verdict.OK if good else Verdict.FAILING


def _seconds(span: timedelta) -> int:
    return max(0, int(span.total_seconds()))
