"""A Word draft of 500 pages read into lines, against a fresh process that only takes the text out of the same file.

Both start a process: ours as the door does (bounds, labels that Word computes, clean lines, told as JSON), the floor
with lxml alone. Memory is that of the child at its peak, above a process that only imports lxml.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.measure import Line, against_floor, counted
from consult.documents.children import command_of
from consult.documents.intake import read_draft
from tests.documents.word_files import word_file
from tests.documents.word_lists import abstract, item, level, numbered_list

BOUND = 3.0
MOST_GROWTH = 64
_PARAGRAPHS = 10_000
_LEVELS = (("upperRoman", "%1."), ("decimal", "%2."), ("decimal", "%2.%3."), ("lowerLetter", "%4)"))
_WORDS = (
    "Cơ quan chủ trì phối hợp với các cơ quan, đơn vị có liên quan tổ chức thực hiện nhiệm vụ được giao,"
    " bảo đảm đúng tiến độ, đúng quy định và báo cáo kết quả về Ủy ban nhân dân tỉnh trước ngày 15 hằng tháng."
)
_TEXT_ALONE = """
import io, sys, zipfile
from lxml import etree
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
part = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())).read("word/document.xml")
lines = []
for _, paragraph in etree.iterparse(io.BytesIO(part), tag=W + "p"):
    lines.append("".join(text.text or "" for text in paragraph.iter(W + "t")))
    paragraph.clear()
    while paragraph.getprevious() is not None:
        del paragraph.getparent()[0]
sys.stdout.buffer.write("\\n".join(lines).encode())
"""
_PYTHON = (sys.executable, "-I", "-S", "-c")
_FOLDERS = command_of("", ("lxml",))[len(_PYTHON) + 2 :]
_PEAK = "; import resource; sys.stderr.write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))"


def lines(folder: Path) -> Iterator[Line]:
    """Measure the time of both and the memory of ours."""
    content = _draft()
    assert len(read_draft("draft.docx", content).lines) == len(_run(_TEXT_ALONE, content).splitlines()) == _PARAGRAPHS
    yield against_floor(
        "a draft of 500 pages into lines, process included",
        lambda: read_draft("draft.docx", content),
        lambda: _run(_TEXT_ALONE, content),
        BOUND,
        9,
    )
    ours = "import sys; sys.path += sys.argv[1:]; from consult.documents.parse import main; main()"
    bare = "import sys; sys.path += sys.argv[1:]; import lxml.etree; sys.stdin.buffer.read()"
    growth = _peak(ours, content) - _peak(bare, b"")
    yield counted("a draft of 500 pages, peak above a bare process, MB", growth, MOST_GROWTH)


def _draft() -> bytes:
    """Return a draft with four levels of automatic numbers; every 40th, 13th and 4th paragraph is on a wider one."""
    numbering = abstract(1, *(level(at, *look) for at, look in enumerate(_LEVELS))) + numbered_list(1, 1)
    depths = (next(at for at, size in enumerate((40, 13, 4, 1)) if number % size == 0) for number in range(_PARAGRAPHS))
    body = "".join(item(1, depth, f"{number} {_WORDS}") for number, depth in enumerate(depths))
    return word_file(body, numbering=numbering, fontTable='<w:font w:name="Times New Roman"/>')


def _run(script: str, content: bytes) -> bytes:
    command = [*_PYTHON, f"import sys; sys.path += sys.argv[1:]\n{script}", *_FOLDERS]
    return subprocess.run(command, input=content, capture_output=True, env={}, check=True).stdout


def _peak(script: str, content: bytes) -> int:
    """Return the most memory that a process had, in MB; the shell between keeps what this process has out of it."""
    command = [*_PYTHON, script + _PEAK, *_FOLDERS]
    through = ["/bin/sh", "-c", '"$@"; exit $?', "sh", *command]
    told = subprocess.run(through, input=content, capture_output=True, env={}, check=True)
    return int(told.stderr) // 1024
