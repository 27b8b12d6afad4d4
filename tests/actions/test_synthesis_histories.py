"""Random histories, told by the written document alone: each comment in force once, in order, with its answer.

Beside the record goes a model that knows no query: who said what where in which answer in force, and what was answered.
The same words come from several agencies; of what was superseded or recalled not even a mark is left.
"""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from consult.actions import publishing, responding, sending
from consult.actions.loading import COMMAND
from consult.actions.numbering import Asked, over, write_numbered
from consult.actions.responding import Answered
from consult.domain.errors import Refusal
from consult.domain.synthesis_options import Options, SameWords
from consult.domain.terms import Disposition, Stance
from consult.domain.window import local
from consult.store.answers import Invitation, Submission, SubmittedComment
from consult.store.consultations import Round
from consult.store.database import connect, reading, writing
from consult.store.queries.desk import DeskComment, agreed_wording, comments_in_force
from tests.actions import keying
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, SLUG, Clock, Office, sample_office
from tests.documents.written import cells

# In the order of the cover letter.
AGENCIES = (POLICE, "Sở Kế hoạch và Đầu tư", EDUCATION, "Tỉnh đoàn Gia Lai")
FIRST = "1. Nội dung một.\n2. Nội dung hai.\n".encode()
SECOND = "Điều 1. Phạm vi\n1. Nội dung ba.\n".encode()
# In the order of the drafts; "" is the whole, which is told first.
PLACES = ("", "quyet-dinh.1", "quyet-dinh.2", "quy-che.dieu-1.1")
CITED = ("Ý kiến chung", "Mục 1", "Mục 2", "Khoản 1 Điều 1")
WORDS = ("Đề nghị làm rõ.", "Đề nghị bỏ.", "Đề nghị bỏ <&> thời hạn.")
ANSWERS = ("Tiếp thu.", "Giữ nguyên như dự thảo vì đã thống nhất.")
NO_ANSWER = "Chưa có ý kiến tiếp thu, giải trình"
MARK = re.compile(r"c_([0-9a-f]{32})")
SEVERAL = Options(same=SameWords.MERGED)


class Step(NamedTuple):
    """One thing that happens: what, by whom, on which place with which words (all by number)."""

    do: str
    who: int = 0
    place: int = 0
    words: int = 0


@dataclass
class Said:
    """One comment, wherever it is kept."""

    place: int
    words: str
    answer: str = NO_ANSWER


@dataclass
class Body:
    """One agency: its working copy, what is in force of it, and what became of all that it sent."""

    draft: list[Said] = field(default_factory=list)
    in_force: list[Said] = field(default_factory=list)
    silent: bool = True
    late: bool = False
    on_paper: bool = False
    versions: int = 0
    sent: int = 0
    recalled: int = 0

    def take(self, said: Sequence[Said], *, late: bool, on_paper: bool) -> None:
        """Let an answer be the one in force."""
        self.in_force, self.silent, self.late, self.on_paper = list(said), False, late, on_paper
        self.versions += 1
        self.sent += len(said)


class Row(NamedTuple):
    """A row of the table as it is read: place, names, words, answer."""

    place: str
    names: tuple[str, ...]
    words: str
    answer: str


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(("say", "say", "say", "send", "send", "recall", "paper", "answer", "answer", "late")),
        st.integers(0, 3),
        st.integers(0, 3),
        st.integers(0, 2),
    ),
    min_size=4,
    max_size=20,
)
EVERYTHING = (
    *(Step("say", who, place) for who in (2, 0, 1) for place in (3, 0, 1)),
    *(Step("send", who) for who in (0, 1, 2)),
    Step("answer", 0, 0),
    Step("answer", 1, 3),
    Step("recall", 1),
    Step("say", 2, 2, 2),
    Step("send", 2),
    Step("paper", 3, 1),
    Step("late"),
    Step("say", 1, 2, 2),
    Step("send", 1),
    Step("say", 0, 1),
    Step("send", 0),
    Step("paper", 2, 1),
    Step("answer", 0, 1),
)


class History:
    """A round of two drafts with its model."""

    def __init__(self, office: Office) -> None:
        self.office, self.official = office, office.official()
        self.grants = [office.grant(name) for name in AGENCIES]
        self.bodies = [Body() for _ in AGENCIES]
        self.refused: list[Step] = []

    def take(self, step: Step) -> None:
        """Let one thing happen; what the program refuses changes neither the record nor the model."""
        try:
            getattr(self, f"_{step.do}")(step, self.bodies[step.who])
        except Refusal:
            self.refused.append(step)

    @property
    def _is_late(self) -> bool:
        return self.office.clock.at >= CLOSES

    def _say(self, step: Step, body: Body) -> None:
        self.office.comment(self.grants[step.who], PLACES[step.place], WORDS[step.words])
        body.draft.append(Said(step.place, WORDS[step.words]))

    def _send(self, step: Step, body: Body) -> None:
        self.office.send(self.grants[step.who], Stance.AGREES_WITH_COMMENTS)
        body.take(body.draft, late=self._is_late, on_paper=False)

    def _recall(self, step: Step, body: Body) -> None:
        with writing(self.office.database) as session:
            sending.recall(session, self.grants[step.who], body.versions, self.office.clock())
        body.recalled += len(body.in_force)
        body.in_force, body.silent, body.late, body.on_paper = [], True, False, False

    def _paper(self, step: Step, body: Body) -> None:
        """Record a letter, which replaces what the agency has in force."""
        office, said = self.office, Said(step.place, WORDS[step.words])
        told = keying.letter(Stance.AGREES_WITH_COMMENTS, local(office.clock.at).date())
        key = keying.begin(office, self.official, keying.whose(office, AGENCIES[step.who]), told)
        keying.add(office, self.official, key, PLACES[step.place], said.words)
        keying.record(office, self.official, key)
        body.take([said], late=self._is_late, on_paper=True)

    def _late(self, _step: Step, _body: Body) -> None:
        self.office.clock.at = CLOSES + timedelta(hours=1)

    def _answer(self, step: Step, _body: Body) -> None:
        """Answer every comment in force that says these words at this place."""
        place, words, answer = step.place, WORDS[step.words], ANSWERS[step.who % 2]
        with reading(self.office.database) as session:
            found = comments_in_force(session, self.office.facts().id)
        for comment in found:
            if (comment.anchor, comment.content) == (PLACES[place], words):
                self._respond(comment, answer)
        for said in (said for body in self.bodies for said in body.in_force):
            if (said.place, said.words) == (place, words):
                said.answer = answer

    def _respond(self, comment: DeskComment, sentence: str) -> None:
        with reading(self.office.database) as session:
            agreed = agreed_wording(session, comment.clause_id)
        stands = (comment.response_version, agreed.text, agreed.version)
        answered = Answered(comment.key, comment.words, Disposition.NOT_ACCEPTED, sentence, *stands)
        with writing(self.office.database) as session:
            responding.respond(session, self.official, self.office.facts(), answered, self.office.clock())

    def apart(self) -> list[Row]:
        """Return the rows that the model expects, one a comment."""
        return [
            Row(CITED[place], (name,), said.words, said.answer)
            for place in range(len(PLACES))
            for name, body in zip(AGENCIES, self.bodies, strict=True)
            for said in body.in_force
            if said.place == place
        ]

    def together(self) -> list[Row]:
        """Return the rows with the same words of several agencies in one, where the first of them stands."""
        found: dict[tuple[str, str, str], dict[str, None]] = {}
        for row in self.apart():
            found.setdefault((row.place, row.words, row.answer), {})[row.names[0]] = None
        return [Row(place, tuple(names), words, answer) for (place, words, answer), names in found.items()]

    def counts(self, rows: int) -> dict[str, int]:
        """Return what the model says of the numbers."""
        answered = [body for body in self.bodies if not body.silent]
        in_force, recalled = sum(len(body.in_force) for body in answered), sum(body.recalled for body in self.bodies)
        sent = sum(body.sent for body in self.bodies)
        return {
            "answered": len(answered),
            "commenting": len(answered),
            "late": sum(body.late for body in answered),
            "on_paper": sum(body.on_paper for body in answered),
            "sent": sent,
            "superseded": sent - in_force - recalled,
            "recalled": recalled,
            "in_force": in_force,
            "in_table": in_force,
            "rows": rows,
            "joined": in_force - rows,
        }


@pytest.fixture(scope="module")
def two_drafts(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publish a round of two drafts once; each history copies it."""
    folder = tmp_path_factory.mktemp("two-drafts")
    path = folder / "consult.sqlite3"
    shutil.copyfile(empty_file, path)
    office = sample_office(connect(f"sqlite:///{path}"), folder, Clock(OPENS))
    office.prepare(SLUG, quyet_dinh=FIRST, quy_che=SECOND)
    with writing(office.database) as session:
        publishing.publish(session, SLUG, OPENS)
        session.execute(update(Round).values(late_until=CLOSES + timedelta(days=2)))
    with office.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    office.database.dispose()
    return path


def marks_of(row: object) -> list[str]:
    names = (mark.get(qn("w:name"), "") for mark in row.iter(qn("w:bookmarkStart")))  # type: ignore[attr-defined]
    return [found[1] for name in names if (found := MARK.fullmatch(name))]


def read(path: Path) -> tuple[list[Row], list[list[str]]]:
    """Return the rows of all tables of comments in the order of the document, and the marks of each."""
    rows, marks = [], []
    for table in Document(str(path)).tables[1:]:
        place = ""
        for texts, element in zip(cells(table), table._tbl.findall(qn("w:tr")), strict=True):
            if not (found := marks_of(element)):
                continue
            place = texts[0].splitlines()[0].removesuffix(" (tiếp theo)") if texts[0] else place
            names = tuple(line for line in texts[1].splitlines() if not line.startswith("("))
            rows.append(Row(place, names, texts[2], texts[3]))
            marks.append(found)
    return rows, marks


def said_by(office: Office) -> Iterator[tuple[str, bool, str, str]]:
    """Yield for every comment that was ever sent: its id, whether it is in force, who sent it, what it says."""
    of = select(SubmittedComment.row_id, Submission.in_force, Invitation.name, SubmittedComment.content)
    joined = of.join(Submission, Submission.id == SubmittedComment.submission_id)
    with reading(office.database) as session:
        for row in session.execute(joined.join(Invitation, Invitation.id == Submission.invitation_id)):
            yield row.row_id, row.in_force, row.name, row.content


def check(history: History, path: Path, options: Options, expected: list[Row]) -> None:
    with over(history.office.database) as record:
        asked = Asked(history.office.facts(), COMMAND, options)
        made, _tally = write_numbered(record, asked, path, history.office.clock())
    rows, marks = read(path)
    assert rows == expected
    everything = list(said_by(history.office))
    known = {id_: (name, words) for id_, in_force, name, words in everything if in_force}
    assert sorted(id_ for row in marks for id_ in row) == sorted(known)
    for row, found in zip(rows, marks, strict=True):
        spoken = [known[id_] for id_ in found]
        assert tuple(name for name, _ in groupby(name for name, _words in spoken)) == row.names
        assert {words for _name, words in spoken} == {row.words}
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("word/document.xml").decode()
    assert not any(id_ in xml for id_, in_force, _name, _words in everything if not in_force)
    assert dict(made.counts) | history.counts(len(rows)) == dict(made.counts)


def live(published: Path, steps: Sequence[Step]) -> History:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copyfile(published, folder / "consult.sqlite3")
        office = sample_office(connect(f"sqlite:///{folder}/consult.sqlite3"), folder, Clock(OPENS))
        history = History(office)
        for step in steps:
            history.take(step)
        check(history, folder / "apart.docx", Options(), history.apart())
        check(history, folder / "together.docx", SEVERAL, history.together())
        office.database.dispose()
    return history


def test_a_history_with_everything_in_it(two_drafts: Path) -> None:
    history = live(two_drafts, EVERYTHING)
    assert history.refused == []
    assert history.together() == [
        Row("Ý kiến chung", (AGENCIES[0], AGENCIES[1]), WORDS[0], ANSWERS[0]),
        Row("Mục 1", (AGENCIES[0], AGENCIES[1], AGENCIES[2], AGENCIES[3]), WORDS[0], ANSWERS[0]),
        Row("Mục 2", (AGENCIES[1],), WORDS[2], NO_ANSWER),
        Row("Khoản 1 Điều 1", (AGENCIES[0], AGENCIES[1]), WORDS[0], ANSWERS[1]),
    ]
    assert history.counts(4) == {
        "answered": 4,
        "commenting": 4,
        "late": 3,
        "on_paper": 2,
        "sent": 23,
        "superseded": 10,
        "recalled": 3,
        "in_force": 10,
        "in_table": 10,
        "rows": 4,
        "joined": 6,
    }


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_every_comment_in_force_stands_once_in_the_document(two_drafts: Path, steps: Sequence[Step]) -> None:
    live(two_drafts, steps)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_every_comment_in_force_stands_once_in_many_histories(two_drafts: Path, steps: Sequence[Step]) -> None:
    live(two_drafts, steps)


def test_the_model_notices_a_lost_comment(two_drafts: Path) -> None:
    history = live(two_drafts, [Step("say"), Step("send")])
    assert [row.words for row in history.apart()] == [WORDS[0]]
    history.bodies[0].in_force.clear()
    assert history.apart() == []
