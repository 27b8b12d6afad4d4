"""The synthesis of 1,000, 20,000 and 100,000 comments, against reading the same rows, writing the same XML, packing it.

The floor neither merges nor proves anything: it knows beforehand what our code found out about each row. Memory
is taken in a process of its own. ``other_syntheses`` measures what stands beside it.
"""

import re
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from html import escape
from itertools import islice
from pathlib import Path

from benchmarks.calling import Statement, raw_connection, seen
from benchmarks.measure import Line, against_floor
from benchmarks.record import published_office, put_comments_in_force
from consult.actions.loading import COMMAND
from consult.actions.numbering import Asked, over, write_numbered
from consult.documents.synthesis_cells import BOOKMARK
from consult.domain.synthesis import Opinion
from consult.store.database import Database, connect, reading
from consult.store.queries.rounds import RoundFacts, newest_round
from consult.store.queries.synthesis_rows import opinions
from tests.builders import CLOSES, SLUG, Office

BOUND = 2.0
MOST_GROWTH = 20
SMALL, LARGE, HUGE = 1_000, 20_000, 100_000
_CLAUSES = 40
_BLOCK = 200
_MAY_DIFFER = 0.05
_DOCUMENT = "word/document.xml"
_LOOK = '<w:pPr><w:pStyle w:val="TableWords"/></w:pPr>'
_UNDER_ONE_PLACE = 4


def lines(folder: Path) -> Iterator[Line]:
    """Measure each size, and the memory between the two large ones."""
    peaks = {}
    for comments, calls in ((SMALL, 15), (LARGE, 5), (HUGE, 2)):
        office = published_office(_made(folder / str(comments)), _CLAUSES)
        put_comments_in_force(office, comments)
        target = folder / "synthesis.docx"
        write = partial(_write, office.database, office.facts(), target)
        write()
        plain = _Plain(office, target, folder / "plain.docx")
        plain()
        _compare(target, plain.target)
        yield against_floor(f"synthesis, {comments:,} comments", write, plain, BOUND, calls)
        peaks[comments] = _peak_in_a_child(office, target)
        office.database.dispose()
    growth = peaks[HUGE] - peaks[LARGE]
    what = f"synthesis, peak from {LARGE:,} to {HUGE:,} comments, MB"
    yield Line(what, f"{peaks[HUGE]:.1f} MB", f"{peaks[LARGE]:.1f} MB", growth, MOST_GROWTH)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _write(database: Database, facts: RoundFacts, target: Path) -> None:
    with over(database) as record:
        write_numbered(record, Asked(facts, COMMAND), target, CLOSES)


class _Plain:
    """The floor: rows by sqlite3, cells as text, blocks into the zip beside the parts of the finished document."""

    def __init__(self, office: Office, written: Path, target: Path) -> None:
        self.target = target
        with zipfile.ZipFile(written) as archive:
            self._around = {name: archive.read(name) for name in archive.namelist() if name != _DOCUMENT}
        with reading(office.database) as session, seen(office.database) as statements:
            facts = newest_round(session, SLUG)
            self.known = {opinion.id: opinion for opinion in opinions(session, facts)}
        self._statement: Statement = statements[-1]
        self._connection: sqlite3.Connection = raw_connection(office.database)

    def __call__(self) -> None:
        with zipfile.ZipFile(self.target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self._around.items():
                archive.writestr(name, content)
            rows = self._rows()
            with archive.open(_DOCUMENT, "w") as part:
                while block := "".join(islice(rows, _BLOCK)):
                    part.write(block.encode())

    def _rows(self) -> Iterator[str]:
        cursor = self._connection.execute(self._statement.sql, self._statement.values)
        names = [column[0] for column in cursor.description]
        key, content, reason = (names.index(name) for name in ("row_id", "content", "reason"))
        for number, row in enumerate(cursor):
            yield _row(number, row[key], row[content], row[reason], self.known[row[key]])


def _row(number: int, key: str, content: str, reason: str, known: Opinion) -> str:
    mark = f'<w:bookmarkStart w:id="{number}" w:name="{BOOKMARK}{key}"/>{{}}<w:bookmarkEnd w:id="{number}"/>'
    passage = _labelled("Đề nghị:", f"“{known.proposed_passage}”.") if known.proposed_passage else ""
    place = _paragraph(known.place) + _paragraph(known.opening) if number % _UNDER_ONE_PLACE == 0 else _paragraph("")
    return (
        f"<w:tr>{_cell(2517, place, '<w:vMerge/>')}"
        f"{_cell(2517, _paragraph(known.body.name) + _paragraph('(Công văn số 15/CV)'))}"
        f"{_cell(5347, mark.format(_paragraph(content)) + passage + _labelled('Lý do:', reason))}"
        f"{_cell(5347, _paragraph(known.response or 'Chưa có ý kiến tiếp thu, giải trình'))}</w:tr>"
    )


def _labelled(label: str, text: str) -> str:
    return f"<w:p>{_LOOK}{_run(label, '<w:rPr><w:i/></w:rPr>')}{_run(text)}</w:p>"


def _cell(width: int, content: str, more: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}</w:tcPr>{content}</w:tc>'


def _paragraph(text: str) -> str:
    return f"<w:p>{_LOOK}{_run(text)}</w:p>"


def _run(text: str, look: str = "") -> str:
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def _compare(ours: Path, floor: Path) -> None:
    """Raise when the plain document is much smaller than ours, or lacks a row."""
    written, plain = (zipfile.ZipFile(path).read(_DOCUMENT) for path in (ours, floor))
    mark = re.compile(rb'w:name="c_[0-9a-f]{32}"')
    if sorted(mark.findall(written)) != sorted(mark.findall(plain)):
        raise RuntimeError("the plain document has other rows")
    if abs(len(plain) - len(written)) > _MAY_DIFFER * len(written):
        raise RuntimeError(f"the plain document has {len(plain):,} bytes of XML, ours {len(written):,}")


def _peak_in_a_child(office: Office, target: Path) -> float:
    """Return the megabytes that a process of its own held at most while it wrote the synthesis."""
    command = [sys.executable, "-m", "benchmarks.synthesis", str(office.database.engine.url), str(target)]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def _child(url: str, target: str) -> None:
    database = connect(url)
    with reading(database) as session:
        facts = newest_round(session, SLUG)
    _write(database, facts, Path(target))
    # Not ``ru_maxrss``, which begins with what the parent held.
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    print(int(found[1]) / 1024)


if __name__ == "__main__":
    _child(sys.argv[1], sys.argv[2])
