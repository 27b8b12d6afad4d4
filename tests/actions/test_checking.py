"""How each part of the installation is weighed, by the limits of the settings."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from consult.actions.checking import Verdict, check, healthy, note_alive
from consult.mail.post_office import put_off_for
from consult.settings import Settings
from consult.store import migrations
from consult.store.health import Probe, RecordState, Waiting
from tests.builders import OPENS

MINUTE = timedelta(minutes=1)
NEWEST = migrations.newest()


class Saying:
    """A record whose state is known."""

    def __init__(self, state: RecordState | None) -> None:
        self._state = state

    def ask(self, _now: datetime) -> RecordState | None:
        """Say it."""
        return self._state


def parts(folder: Path, state: RecordState | None, **changed: object) -> Mapping[str, tuple[str, dict[str, object]]]:
    """Return verdict and figures of each part."""
    limits = {"health_free_mb": 0, **changed}
    settings = Settings(instance=folder, database_url=f"sqlite:///{folder}/consult.sqlite3", **limits)  # type: ignore[arg-type]
    found = check(cast(Probe, Saying(state)), settings, OPENS)
    told = {name: (part.verdict.value, dict(part.figures)) for name, part in found.items()}
    assert healthy(found) is all(verdict != "failing" for verdict, _ in told.values())
    return told


def test_a_record_that_does_not_answer_leaves_the_rest_unknown(tmp_path: Path) -> None:
    told = parts(tmp_path, None)
    assert told["database"] == ("failing", {})
    assert told["schema"] == ("unknown", {"found": None, "expected": NEWEST})
    assert told["letters"] == ("unknown", {"waiting": None, "oldest_seconds": None})
    assert told["disk"][0] == "ok"
    assert told["worker"] == ("unknown", {"seen_seconds": None})


@pytest.mark.parametrize("schema", [None, "0001", "9999"])
def test_another_schema_is_failing(tmp_path: Path, schema: str | None) -> None:
    told = parts(tmp_path, RecordState(schema))
    assert told["database"] == ("ok", {})
    assert told["schema"] == ("failing", {"found": schema, "expected": NEWEST})
    assert told["letters"][0] == "unknown"


@pytest.mark.parametrize(
    ("waiting", "last_sent", "expected"),
    [
        ((), None, ("ok", 0, 0)),
        ((Waiting(0, 3, OPENS - 30 * MINUTE),), None, ("ok", 3, 1800)),
        ((Waiting(0, 3, OPENS - 31 * MINUTE),), None, ("failing", 3, 1860)),
        ((Waiting(0, 3, OPENS - 31 * MINUTE),), OPENS - 31 * MINUTE, ("failing", 3, 1860)),
        ((Waiting(0, 3, OPENS - 31 * MINUTE),), OPENS - 30 * MINUTE, ("ok", 3, 1860)),
        # Tried four times, at 0, 1, 6 and 21 minutes, and due again at 51.
        ((Waiting(4, 1, OPENS + 20 * MINUTE),), None, ("failing", 1, 1860)),
        ((Waiting(4, 1, OPENS + 21 * MINUTE), Waiting(0, 2, OPENS)), None, ("ok", 3, 1800)),
    ],
)
def test_letters_are_held_up_when_one_waits_too_long_and_none_leaves(
    tmp_path: Path, waiting: tuple[Waiting, ...], last_sent: datetime | None, expected: tuple[str, int, int]
) -> None:
    verdict, number, seconds = expected
    told = parts(tmp_path, RecordState(NEWEST, waiting, last_sent))
    assert told["letters"] == (verdict, {"waiting": number, "oldest_seconds": seconds})


@pytest.mark.parametrize(("tries", "minutes"), [(0, 0), (1, 1), (4, 51), (7, 231), (8, 291), (10, 411)])
def test_how_long_a_letter_was_put_off(tries: int, minutes: int) -> None:
    assert put_off_for(tries) == minutes * MINUTE


def test_the_disk(tmp_path: Path) -> None:
    assert parts(tmp_path, None, health_free_mb=10_000_000)["disk"][0] == "failing"
    assert parts(tmp_path / "khong-co", None)["disk"] == ("failing", {"free_mb": None})


@pytest.mark.parametrize(("minutes", "verdict"), [(0, "ok"), (5, "ok"), (6, "failing")])
def test_a_worker_that_was_seen_here_must_be_seen_again(tmp_path: Path, minutes: int, verdict: str) -> None:
    note_alive(tmp_path, OPENS - 60 * MINUTE)
    note_alive(tmp_path, OPENS - minutes * MINUTE)
    assert parts(tmp_path, None)["worker"] == (verdict, {"seen_seconds": minutes * 60})
    assert (tmp_path / "worker.alive").stat().st_mode & 0o777 == 0o600


def test_where_nothing_can_be_noted_the_worker_goes_on(tmp_path: Path) -> None:
    note_alive(tmp_path / "khong-co", OPENS)
    assert Verdict(parts(tmp_path, None)["worker"][0]) is Verdict.UNKNOWN
