"""The commands as other programs call them: real processes, their output, their exit status."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from consult import paths
from tests.documents.word_files import paragraph, word_file

pytestmark = pytest.mark.slow

Consult = Callable[..., subprocess.CompletedProcess[str]]
DATA = Path(__file__).parent / "data" / "gia-lai-2020"
SAMPLE = paths.DRAFTS / "gia-lai-2020"


@pytest.fixture
def consult(tmp_path: Path) -> Consult:
    """Run the command in an installation of its own."""
    environment = {"PATH": os.environ["PATH"], "CONSULT_INSTANCE": str(tmp_path / "instance"), "HOME": str(tmp_path)}
    environment["CONSULT_HEALTH_FREE_MB"] = "0"

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).parent / "consult"), *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=tmp_path)

    return run


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line of a refusal."""
    assert done.returncode == 1, done
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize("file", [DATA / "draft.txt", SAMPLE / "draft.docx"], ids=["text", "docx"])
def test_outline_of_the_sample_is_the_expected_tree(consult: Consult, file: Path) -> None:
    done = consult("outline", str(file), "--json")
    assert done.returncode == 0, done.stderr
    frame = {"masthead", "subject", "recipients", "distribution", "signature"}
    body = [node for node in json.loads(done.stdout) if node["kind"] not in frame]
    assert body == json.loads((DATA / "outline.json").read_text())
    assert "Dự thảo" in done.stderr


def test_outline_touches_no_database(consult: Consult, tmp_path: Path) -> None:
    assert consult("outline", str(DATA / "draft.txt")).returncode == 0
    assert not (tmp_path / "instance").exists()


def test_outline_tells_what_else_the_file_holds(consult: Consult, tmp_path: Path) -> None:
    added = "<w:p><w:ins><w:r><w:t>2. Sở Tài chính chủ trì, phối hợp với các sở, ban, ngành.</w:t></w:r></w:ins></w:p>"
    noted = "<w:p><w:r><w:t>3. Sở Y tế.</w:t><w:commentReference w:id='0'/></w:r></w:p>"
    (tmp_path / "draft.docx").write_bytes(word_file(paragraph("1. Công an tỉnh.") + added + noted + added))
    done = consult("outline", str(tmp_path / "draft.docx"))
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "note: 2 tracked changes, read as if accepted, the first in paragraph 2,"
        " at: “2. Sở Tài chính chủ trì, phối hợp …”",
        "note: 1 comment, left out, in paragraph 3, at: “3. Sở Y tế.”",
    ]


def test_outline_refuses_by_name_and_reason(consult: Consult, tmp_path: Path) -> None:
    (tmp_path / "anh.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04 broken")
    for name in ("anh.png", "hong.docx", "khong-co.docx"):
        assert name in refused(consult("outline", name))


def test_wrong_usage_is_two(consult: Consult) -> None:
    assert consult("load").returncode == 2
    assert consult("publish", "x", "--closes", "soon").returncode == 2
    assert consult("no-such-command").returncode == 2


def test_a_round_by_commands(consult: Consult, tmp_path: Path) -> None:
    assert "is empty" in refused(consult("load", str(SAMPLE)))
    assert consult("db", "upgrade").returncode == 0
    assert consult("db", "check").stdout == "The database is at schema 0009, as it should be.\n"
    assert consult("load", str(SAMPLE)).stdout == "gia-lai-2020: new, 28 agencies.\n"
    assert consult("load", str(SAMPLE)).stdout == "gia-lai-2020: unchanged, 28 agencies.\n"
    assert "give a later one with --closes" in refused(consult("publish", "gia-lai-2020"))
    done = consult("publish", "gia-lai-2020", "--closes", "2099-01-05T17:00")
    assert done.stdout == (
        "gia-lai-2020: published, 1 draft of 44 places, open until 2099-01-05 17:00+07:00; 28 agencies are invited.\n"
    )
    assert "Ia Pa has no e-mail address" in done.stderr
    assert "published already" in refused(consult("publish", "gia-lai-2020"))
    assert consult("worker", "--once").stdout == "27 sent, 0 put off, 0 failed, 0 cancelled.\n"
    assert len(list((tmp_path / "instance" / "outbox").glob("*-invitation.eml"))) == 27
    assert consult("official", "add", "cv@stttt.example", "--name", "Chuyên viên").returncode == 0
    named = consult("official", "add", "qt@stttt.example", "--name", "Quản trị", "--administrator").stdout
    assert named == "Quản trị <qt@stttt.example> is an administrator of Sở Thông tin và Truyền thông.\n"
    assert consult("link", "cv@stttt.example").stdout.startswith("http://127.0.0.1:8000/dang-nhap/")
    assert "no official has that address" in refused(consult("link", "ai@stttt.example"))
    written = consult("synthesise", "gia-lai-2020", "--out", "s.docx", "--control-sheet", "phieu.docx").stdout
    assert written == "s.docx: number 1 of its round.\ns.docx: 0 rows of 0 agencies, 0 unanswered.\n"
    assert "word/document.xml" in zipfile.ZipFile(tmp_path / "phieu.docx").namelist()
    assert consult("synthesise", "gia-lai-2020", "--out", "again.docx").stdout.startswith("again.docx: number 1 of")
    assert (tmp_path / "again.docx").read_bytes() == (tmp_path / "s.docx").read_bytes()
    assert (
        consult("synthesise", "gia-lai-2020", "--out", "s.csv").stdout == "s.csv: 0 rows of 0 agencies, 0 unanswered.\n"
    )
    assert "name the synthesis s.docx" in refused(
        consult("synthesise", "gia-lai-2020", "--out", "s.csv", "--control-sheet", "phieu.docx")
    )
    assert "word/document.xml" in zipfile.ZipFile(tmp_path / "s.docx").namelist()
    assert ".docx" in refused(consult("synthesise", "gia-lai-2020", "--out", "s.odt"))
    assert "6 entries, unbroken" in consult("journal", "verify").stdout
    assert consult("backup", "copy.sqlite3").returncode == 0
    shutil.rmtree(tmp_path / "instance")
    assert consult("restore", "copy.sqlite3").stdout == "Restored; the journal has 6 entries.\n"
    assert consult("load", str(SAMPLE)).stdout == "gia-lai-2020: unchanged, 28 agencies.\n"
    withdrawn = consult("withdraw", "gia-lai-2020", "--reason", "Theo chỉ đạo của cơ quan có thẩm quyền")
    assert withdrawn.stdout == "gia-lai-2020: withdrawn; 27 agencies are told.\n"
    assert "was withdrawn" in refused(consult("withdraw", "gia-lai-2020", "--reason", "Lần nữa"))


def test_health_is_told_by_lines_and_by_the_exit_status(consult: Consult, tmp_path: Path) -> None:
    done = consult("health")
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "database: failing")
    assert not (tmp_path / "instance" / "consult.sqlite3").exists()
    consult("db", "upgrade")
    consult("worker", "--once")
    done = consult("health")
    assert [line.split(" (")[0] for line in done.stdout.splitlines()] == [
        "database: ok",
        "schema: ok",
        "letters: ok",
        "disk: ok",
        "worker: ok",
    ]
    assert done.returncode == 0


def test_restoring_says_that_the_site_is_stopped_for_it(consult: Consult) -> None:
    told = " ".join(consult("restore", "--help").stdout.split())
    assert "Stop the site and the worker first and start them afterwards" in told
    assert "while the site runs" in consult("backup", "--help").stdout


def test_the_demo_writes_the_synthesis_and_tells_what_happened(consult: Consult, tmp_path: Path) -> None:
    done = consult("demo", "--out", "out")
    assert done.returncode == 0, done.stderr
    told = re.findall(r"^  ([a-z ]+?) +(\d+)$", done.stdout, flags=re.MULTILINE)
    assert told == [
        ("invited", "28"),
        ("answered", "20"),
        ("agreed", "10"),
        ("commented", "8"),
        ("no opinion", "2"),
        ("silent", "8"),
        ("comments", "26"),
        ("responses", "26"),
        ("rows", "26"),
    ]
    assert re.search(r"^  seconds +\d+\.\d$", done.stdout, flags=re.MULTILINE)
    assert (tmp_path / "out" / "synthesis.docx").stat().st_size > 10_000
    assert not (tmp_path / "instance" / "consult.sqlite3").exists()
