"""The identities hold on random histories: on the board, in the synthesis, in its written file, beside a plain model.

invited N = answered M + silent Z; M = agrees X + comments Y + no opinion W; late L and unasked K are counted apart.
"""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.actions.synthesising import synthesise
from consult.domain.counting import Counts, count
from consult.domain.synthesis import Summary, Tally
from consult.domain.terms import Stance
from consult.store.database import connect, reading
from consult.store.queries.board import board
from consult.store.queries.synthesis_rows import summary
from tests.actions.histories import DO, Answer, Standing, Step, Week
from tests.builders import OPENS, Clock, Office, sample_office

STEPS = st.lists(
    st.builds(Step, st.sampled_from(DO), st.integers(0, 7), st.sampled_from(Stance)), min_size=1, max_size=14
)


def _expected(week: Week) -> Counts:
    listed = [each for each in week.bodies.values() if each.listed]
    answers = [each.answer for each in listed if each.answer]
    stances = [each.stance for each in answers]
    return Counts(
        invited=len(listed) + week.quiet,
        agrees=stances.count(Stance.AGREES),
        comments=stances.count(Stance.AGREES_WITH_COMMENTS) + stances.count(Stance.DISAGREES),
        no_opinion=stances.count(Stance.NO_OPINION),
        silent=len(listed) - len(answers) + week.quiet,
        late=sum(each.late for each in answers),
        unasked=sum(1 for each in week.bodies.values() if not each.listed and each.answer),
    )


def _of_summary(around: Summary) -> Counts:
    return Counts(
        invited=around.invited,
        agrees=len(around.agrees),
        comments=len(around.commenting),
        no_opinion=len(around.no_opinion),
        silent=len(around.silent),
        late=sum(each.late for each in around.answered),
        unasked=len(around.uninvited),
    )


def _in_force(week: Week) -> list[str]:
    return sorted(words for each in week.bodies.values() if each.answer for words in each.answer.comments)


def _written(path: Path) -> list[str]:
    """Return the words of comments that stand in the tables of the document, as often as they stand there."""
    text = "\n".join(node.text or "" for node in Document(str(path)).element.body.iter() if node.tag.endswith("}t"))
    return sorted(line for line in text.split("\n") if line.startswith("Ý kiến số"))


def _read(office: Office, folder: Path) -> tuple[Counts, Summary, Tally, Sequence[str]]:
    facts, target = office.facts(), folder / "synthesis.docx"
    with reading(office.database) as session:
        counts = count(line.standing for line in board(session, facts.id))
        around = summary(session, facts, office.clock())
        tally = synthesise(session, facts, target, office.clock())
    return counts, around, tally, _written(target)


def _check(week: Week, folder: Path) -> None:
    counts, around, tally, written = _read(week.office, folder)
    assert counts == _expected(week)
    assert counts.invited == counts.answered + counts.silent
    assert counts.answered == counts.agrees + counts.comments + counts.no_opinion
    assert _of_summary(around) == counts
    assert (tally.rows, around.opinions, list(written)) == (len(written), len(written), _in_force(week))


def _office(published: Path, folder: Path) -> Office:
    path = folder / "consult.sqlite3"
    shutil.copyfile(published, path)
    return sample_office(connect(f"sqlite:///{path}"), folder, Clock(OPENS))


def _live(published: Path, steps: Sequence[Step]) -> None:
    with tempfile.TemporaryDirectory() as name:
        office = _office(published, Path(name))
        with reading(office.database) as session:
            listed = len(board(session, office.facts().id))
        week = Week(office, listed)
        for step in steps:
            week.take(step)
        _check(week, Path(name))
        office.database.dispose()


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_the_numbers_agree_whatever_happened(published_file: Path, steps: Sequence[Step]) -> None:
    _live(published_file, steps)


def test_a_week_with_everything_in_it(published_file: Path) -> None:
    comments, agrees, none = Stance.AGREES_WITH_COMMENTS, Stance.AGREES, Stance.NO_OPINION
    _live(
        published_file,
        [
            Step("online", 0, comments),
            Step("join", 0, agrees),
            Step("carry", 0, comments),
            Step("back", 0, agrees),
            Step("recall", 0, agrees),
            Step("online", 1, agrees),
            Step("paper", 1, Stance.DISAGREES),
            Step("remove", 3, agrees),
            Step("paper", 3, comments),
            Step("ask", 0, agrees),
            Step("paper", 4, none),
            Step("paper", 6, comments),
            Step("secret", 2, Stance.DISAGREES),
            Step("longer", 0, agrees),
            *[Step("tomorrow", 0, agrees)] * 3,
            Step("online", 0, comments),
            Step("paper", 7, agrees),
            Step("back", 7, agrees),
        ],
    )


def test_the_model_notices_a_lost_answer(published_file: Path, tmp_path: Path) -> None:
    office = _office(published_file, tmp_path)
    with reading(office.database) as session:
        week = Week(office, len(board(session, office.facts().id)))
    week.take(Step("online", 0, Stance.AGREES))
    _check(week, tmp_path)
    week.bodies["Sở Y tế"] = Standing(False, OPENS, [Answer(Stance.AGREES, [], late=False, own=False)], 0)
    assert _expected(week).unasked == 1
    assert _read(office, tmp_path)[0].unasked == 0
    office.database.dispose()
