"""What stands beside the synthesis: the same cells by python-docx a row at a time, the office's own form, the sheets.

Each is told as a ratio to the house form of the same comments in the same run. Where LibreOffice is installed, it opens
the house form and the table that python-docx made.
"""

import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter

import docx

from benchmarks.measure import Line, against_floor
from benchmarks.record import published_office, put_comments_in_force
from consult.actions.synthesising import synthesise
from consult.documents.office import installed
from consult.documents.template_filling import fill_template
from consult.documents.template_starter import starter_template
from consult.domain.synthesis import Opinion
from consult.store.database import reading
from consult.store.queries.rounds import newest_round
from consult.store.queries.synthesis_rows import opinions, summary
from tests.builders import CLOSES, SLUG, Office

SMALL, LARGE = 1_000, 5_000
OWN_BOUND, OPENED_BOUND = 1.1, 1.0
_CLAUSES = 40
_SHEETS = (".xlsx", ".csv", ".json")


def lines(folder: Path) -> Iterator[Line]:
    """Measure at both sizes."""
    for comments in (SMALL, LARGE):
        room = folder / str(comments)
        room.mkdir()
        office = published_office(room, _CLAUSES)
        put_comments_in_force(office, comments)
        house, usual = room / "house.docx", room / "usual.docx"
        write = _writing(office, house)
        if comments == SMALL:
            own = _filling(office, room / "own.docx")
            yield against_floor("own form, against the house form", own, write, OWN_BOUND, 9)
            for suffix in _SHEETS:
                sheet = _writing(office, room / f"sheet{suffix}")
                yield against_floor(f"{suffix}, against the house form", sheet, write, None, 5)
        yield _usual_way(office, usual, write, comments)
        if comments == LARGE:
            yield _opened(house, usual, comments)
        office.database.dispose()


def _writing(office: Office, target: Path) -> Callable[[], None]:
    def write() -> None:
        with reading(office.database) as session:
            synthesise(session, newest_round(session, SLUG), target, CLOSES)

    return write


def _filling(office: Office, target: Path) -> Callable[[], None]:
    form = starter_template()

    def fill() -> None:
        with reading(office.database) as session:
            facts = newest_round(session, SLUG)
            fill_template(form, summary(session, facts, CLOSES), opinions(session, facts), target)

    return fill


def _usual_way(office: Office, target: Path, write: Callable[[], None], comments: int) -> Line:
    """Write the same words by python-docx, a row at a time, as everybody would."""
    with reading(office.database) as session:
        known = list(opinions(session, newest_round(session, SLUG)))
    ours = _seconds(write)
    usual = _seconds(lambda: _by_rows(known, target))
    what = f"synthesis, {comments:,} comments, against add_row"
    return Line(what, f"{ours:.3f} s", f"{usual:.3f} s", ours / usual, None)


def _by_rows(known: Iterable[Opinion], target: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=0, cols=4)
    for each in known:
        cells = table.add_row().cells
        words = (each.place, each.body.name, f"{each.content}\n{each.reason}", each.response or "")
        for cell, text in zip(cells, words, strict=True):
            cell.text = text
    document.save(str(target))


def _seconds(act: Callable[[], object]) -> float:
    started = perf_counter()
    act()
    return perf_counter() - started


def _opened(house: Path, usual: Path, comments: int) -> Line:
    """Let LibreOffice read both files and write their words: what it does before the first page can be shown."""
    what = f"LibreOffice reads {comments:,} comments, add_row's table"
    office = installed()
    if office is None:
        return Line(f"{what}: soffice is not installed", "", "", None, None)
    ours, plain = (_seconds(partial(_opened_by, office, file)) for file in (house, usual))
    return Line(what, f"{ours:.1f} s", f"{plain:.1f} s", ours / plain, OPENED_BOUND)


def _opened_by(office: str, file: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="consult-bench-office-") as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        quiet = ("--headless", "--norestore", "--nologo")
        command = [office, profile, *quiet, "--convert-to", "txt:Text", "--outdir", folder, str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not (Path(folder) / f"{file.stem}.txt").is_file():
            raise RuntimeError(f"LibreOffice made nothing of {file.name}")
