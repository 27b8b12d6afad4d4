"""The lines of the log: JSON, whole, with the kinds and places of faults and without what their messages quote."""

import io
import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from consult import logs
from consult.domain.terms import LetterKind
from consult.mail.post_office import Fate, Outcome
from consult.mail.transport import PutOff, Refused, Unreachable
from consult.store.outbox import ClaimedLetter
from consult.worker_log import log_letter
from tests.builders import OPENS

SECRET = "bi-mat@coquan.example"
LETTER = ClaimedLetter(7, "k", "p", LetterKind.RECEIPT, 1, 2, None, SECRET, "Tên", "", "s", "t", "h", OPENS, 2)


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[dict[str, object]]]:
    """Return what was written since it was last asked, without the moments."""
    logs.configure()

    def read() -> list[dict[str, object]]:
        found = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
        return [{name: value for name, value in line.items() if name != "timestamp"} for line in found]

    return read


Lines = Callable[[], list[dict[str, object]]]


def test_a_note_is_one_line_whatever_stands_in_it(lines: Lines) -> None:
    logs.note("x", words='two\r\nlines "and" quotes', number=3)
    assert lines() == [{"event": "x", "level": "info", "words": 'two\r\nlines "and" quotes', "number": 3}]


def test_a_fault_has_its_kinds_and_places_and_no_message(lines: Lines) -> None:
    def inner(local: str) -> None:
        try:
            Path(f"/khong-co/{local}").stat()
        except OSError as error:
            raise KeyError(local) from error

    try:
        inner(SECRET)
    except KeyError as error:
        logs.fault("fault", error, route="/x")
    [line] = lines()
    kinds = [(each["kind"], each["code"]) for each in line["faults"]]  # type: ignore[attr-defined]
    assert kinds == [("KeyError", None), ("FileNotFoundError", "ENOENT")]
    assert str(line).count("tests/test_logs.py:") == 3
    assert SECRET not in str(line)


@pytest.mark.parametrize(
    ("message", "arguments", "words"),
    [
        ("Error handling request %s", (f"/moi/abc/{SECRET}",), "Error handling request %s"),
        ("Booting worker with pid: %s", (12,), "Booting worker with pid: 12"),
        (f"Invalid request from ip=1.2.3.4: '{SECRET}'", (), "Invalid request from ip"),
        (f"{SECRET} is no such", (), "bi-mat"),
        ("%s %s", (1,), "%s %s"),
    ],
)
def test_a_librarys_line_is_its_template(lines: Lines, message: str, arguments: tuple[object, ...], words: str) -> None:
    record = logging.LogRecord("gunicorn.error", logging.WARNING, "f.py", 1, message, arguments, None)
    logs._Library().emit(record)
    assert lines() == [{"event": "library", "level": "warning", "logger": "gunicorn.error", "words": words}]


@pytest.mark.parametrize(
    ("error", "fate", "told"),
    [
        (None, Fate.SENT, (3, None, None)),
        (Refused(f"550 5.1.1 <{SECRET}> unknown"), Fate.FAILED, (3, "550 5.1.1", "Refused")),
        (PutOff("451-4.7.1 wait"), Fate.RETRIED, (3, "451-4.7.1", "PutOff")),
        (PutOff(f"4511 {SECRET}"), Fate.RETRIED, (3, None, "PutOff")),
        (Unreachable(f"gaierror: {SECRET}"), Fate.RETRIED, (3, None, "Unreachable")),
    ],
)
def test_a_letter_is_told_by_number_and_code(
    lines: Lines, error: Exception | None, fate: Fate, told: tuple[int, str | None, str | None]
) -> None:
    log_letter(Outcome(LETTER, error), fate)
    attempts, code, trouble = told
    facts = {"letter": 7, "kind": "receipt", "outcome": fate.value, "attempts": attempts, "code": code}
    assert lines() == [{"event": "letter", "level": "info", **facts, "trouble": trouble}]


def test_an_inner_fault_of_a_letter_is_a_fault(lines: Lines) -> None:
    log_letter(Outcome(LETTER, ValueError(SECRET)), Fate.RETRIED)
    [line] = lines()
    assert (line["event"], line["level"], line["code"]) == ("letter", "error", None)
    assert line["faults"] == [{"kind": "ValueError", "code": None, "places": []}]


def test_a_letter_that_was_not_begun_has_the_tries_it_had(lines: Lines) -> None:
    log_letter(Outcome(LETTER, tried=False), Fate.HANDED_BACK)
    assert lines()[0]["attempts"] == 2


def test_a_log_that_cannot_be_written_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)
    logs.note("x")


def test_a_person_who_watches_reads_names_and_values(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    logs.configure()
    logs.note("request", route="/", status=200)
    assert "level='info' event='request' route='/' status=200\n" in terminal.getvalue()


def test_a_played_story_tells_its_faults_alone(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    with logs.faults_alone():
        logs.note("request")
        logs.fault("letter", ValueError())
    logs.note("start")

    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["letter", "start"]
