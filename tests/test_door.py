"""The door through the command: every bad file gets one sentence and status 1, and leaves nothing behind."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from consult.cli import main
from tests.documents.bad_files import BAD_FILES, open_document
from tests.documents.hostile_files import nested
from tests.documents.pdf_files import Print, pdf_file
from tests.documents.word_files import paragraph, word_file
from tests.documents.word_lists import style


@dataclass(frozen=True)
class Done:
    """How the command ended and what it printed."""

    status: int
    printed: str
    told: str


Outline = Callable[[bytes], Done]


@pytest.fixture
def outline(tmp_path: Path, temporary: Path) -> Outline:
    """Run ``consult outline`` on a file; nothing but the file may be there afterwards."""

    def run(content: bytes) -> Done:
        file = tmp_path / "Dự thảo.docx"
        file.write_bytes(content)
        done = CliRunner().invoke(main, ["outline", str(file)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        assert not list(temporary.iterdir())
        assert {path.name for path in tmp_path.iterdir()} == {"temporary", "Dự thảo.docx"}
        return Done(done.exit_code, done.stdout, done.stderr)

    return run


@pytest.mark.slow
@pytest.mark.parametrize("bad", BAD_FILES, ids=str)
def test_a_bad_file_gets_one_sentence_with_reason_and_advice(bad: str, outline: Outline) -> None:
    done = outline(BAD_FILES[bad].content())
    assert (done.status, done.printed) == (1, "")
    assert re.fullmatch(r"consult: Dự thảo\.docx: [^\n;]+; [^\n;]+\n", done.told), done.told
    assert re.search(BAD_FILES[bad].reason, done.told), done.told


@pytest.mark.slow
@pytest.mark.parametrize("bad", ["1 GB of zeros", "millions of paragraphs", "broken XML", "scan", "macros"])
def test_a_process_of_its_own_says_the_same(bad: str, tmp_path: Path) -> None:
    (tmp_path / "temporary").mkdir()
    file = tmp_path / "Dự thảo.docx"
    file.write_bytes(BAD_FILES[bad].content())
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "TMPDIR": str(tmp_path / "temporary")}
    command = [str(Path(sys.executable).parent / "consult"), "outline", str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(r"consult: Dự thảo\.docx: [^\n;]+; [^\n;]+\n", done.stderr)
    assert not list((tmp_path / "temporary").iterdir())


_CELL = "<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    "body",
    [
        paragraph("a") + _CELL.format(paragraph("a")) * 3,
        paragraph("a") + nested(60, "<w:tbl><w:tr><w:tc>", paragraph("a"), "</w:tc></w:tr></w:tbl>"),
        paragraph("a", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'),
    ],
    ids=["tables", "tables in tables", "numbering switched off"],
)
def test_an_odd_file_is_read(body: str, outline: Outline) -> None:
    unused = style("A", "", "B") + style("B", "", "A")
    done = outline(word_file(body, styles=unused, numbering=""))
    assert (done.status, done.told) == (0, ""), done
    assert {line.split()[-1] for line in done.printed.splitlines()} == {"a"}


def test_a_pdf_is_read_with_a_warning(outline: Outline) -> None:
    done = outline(
        pdf_file([[Print(85, 200, "1. Sở Y tế chủ trì, phối hợp với các đơn vị liên quan kiểm tra, hướng dẫn.")]])
    )
    assert done.status == 0 and "1. Sở Y tế chủ trì" in done.printed
    assert [line.partition(",")[0] for line in done.told.splitlines()] == ["warning: it was read from printed pages"]


@pytest.mark.libreoffice
def test_a_converted_file_is_read_with_a_warning(outline: Outline) -> None:
    done = outline(open_document("1. Sở Y tế."))
    assert done.status == 0 and "1. Sở Y tế." in done.printed
    told = [line.partition(",")[0] for line in done.told.splitlines()]
    assert told == ["warning: its labels come out of a conversion by LibreOffice"]
