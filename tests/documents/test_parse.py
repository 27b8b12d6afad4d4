"""The child process that reads drafts: what it tells, what bounds it, and that the bounds are what stops an attack."""

import json
import subprocess
import sys

import pytest

from consult import paths
from consult.documents import children
from consult.documents.children import Reader, ask
from consult.documents.intake import read_draft
from consult.documents.line_json import refusal_told, source_of, source_told
from consult.documents.parse import read_file
from consult.domain.errors import UnreadableDraft
from consult.domain.findings import Finding, Found
from consult.domain.outline import Cell, Line, LineKind, Origin, SourceText
from consult.domain.unreadable import Fault
from tests.documents.hostile_files import zip_bomb
from tests.documents.word_files import paragraph, word_file
from tests.documents.word_lists import abstract, item, level, numbered_list

_LIMITED = "from consult.documents.child import Bounds, limit_itself; limit_itself(Bounds(512_000_000, {})); "
_UNCHECKED = (
    "import sys; sys.path += sys.argv[2:]; from consult.documents import archive, child, docx_reader, parse;"
    "archive.refuse_absurd = docx_reader.refuse_absurd = lambda *_: None;"
    "archive.MOST_PART_BYTES = archive.MOST_TAGS = 10**12; parse.main(child.Bounds(512_000_000, 1))"
)


def test_what_the_child_tells_is_what_reading_gives() -> None:
    numbering = abstract(1, level(0, "decimal", "%1.")) + numbered_list(1, 1)
    table = f"<w:tbl><w:tr><w:tc>{paragraph('ô')}</w:tc></w:tr></w:tbl>"
    content = word_file(item(1, 0, "Sở Y tế") + table + paragraph("", ""), numbering=numbering, header=paragraph("Đầu"))
    source = read_draft("Dự thảo.docx", content)
    assert source == read_file("Dự thảo.docx", content)
    assert [line.text for line in source.lines] == ["1. Sở Y tế", "ô", "", "Đầu"]


def test_what_was_read_travels_as_json() -> None:
    lines = (
        Line("1. “Đ”\t\\ \U0001f600", LineKind.BROKEN, "word/document.xml", 3, 2, Cell(0, 1, 2, True), True, 3),
        Line("", LineKind.WRAPPED, "text", 4),
    )
    findings = (Finding(Found.TRACKED_CHANGE, "word/document.xml", 3, 2), Finding(Found.PICTURE, "word/header1.xml", 0))
    for origin in Origin:
        source = SourceText("d", lines, findings, origin)
        assert source_of("d", source_told(source)) == source
    with pytest.raises(UnreadableDraft, match=r"^d: the file is damaged \(a\? \?\[2J by a\); save"):
        source_of("d", refusal_told(UnreadableDraft("", Fault.DAMAGED_AT, detail="a\udc80\n\x1b[2J by\ta")))


def _run(script: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.append({str(paths.PACKAGE.parent)!r}); {script}"]
    return subprocess.run(command, input=content, capture_output=True, check=False)


def test_the_child_runs_as_a_module_too() -> None:
    script = "import runpy; runpy.run_module('consult.documents.parse', run_name='__main__')"
    told = {"lines": [["1. A", "WRAPPED", "text", 0, 0, None, False, 0]], "findings": [], "origin": "TEXT"}
    assert json.loads(_run(script, b"1. A").stdout) == told


def test_the_child_imports_no_more_than_reading_needs() -> None:
    loaded = _run("import consult.documents.parse; print(*sys.modules)").stdout.decode().split()
    assert "lxml.etree" in loaded
    assert not {"docx", "flask", "sqlalchemy", "consult.store", "consult.settings", "consult.domain.outline"} & {
        *loaded
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        ("bytearray(600_000_000)", "MemoryError"),
        ("open('/etc/passwd')", "Too many open files"),
        ("import socket; socket.socket()", "Too many open files"),
    ],
)
def test_the_bounds_hold_and_without_them_nothing_would(attack: str, expected: str) -> None:
    free, bound = _run(f"import socket; {attack}"), _run(f"import socket; {_LIMITED.format(10)}{attack}")
    assert free.returncode == 0
    assert expected in bound.stderr.decode()


@pytest.mark.slow
def test_processor_time_ends() -> None:
    assert _run(f"{_LIMITED.format(1)}\nwhile True: pass").returncode < 0


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [zip_bomb(300, "_rels/.rels"), word_file("<w:p/>" * 10_000_000)],
    ids=["300 MB of zeros", "ten million paragraphs"],
)
def test_a_bomb_that_passes_the_checks_meets_the_bounds(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(content) < 350_000
    with pytest.raises(UnreadableDraft, match=r"^d: it unpacks to more than any draft holds"):
        read_draft("d", content)
    monkeypatch.setattr(children, "_START", _UNCHECKED)
    with pytest.raises(UnreadableDraft, match=r"^d: reading it takes more memory or time"):
        read_draft("d", content)


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_START", "import time; time.sleep(60)")
    with pytest.raises(UnreadableDraft, match=r"^d: reading it takes more memory or time .*; save it again"):
        ask(Reader("consult.documents.parse", ("lxml",), longest_wait=0.2), "d", b"1. A")


def test_a_child_that_stumbles_is_a_refusal_that_keeps_the_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "_START", "raise RecursionError('too deep')")
    with pytest.raises(UnreadableDraft, match=r"^d: the file is damaged; save it again") as refused:
        read_draft("d", b"1. A")
    assert "too deep" in str(refused.value.__cause__)
