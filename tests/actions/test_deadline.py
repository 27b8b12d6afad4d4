"""The deadline to the microsecond, one agency's own window, late answers, and eight processes across the close."""

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, insert, select, update

from consult.actions import commenting, sending
from consult.actions.commenting import weigh
from consult.actions.sending import Answer, seen_digest
from consult.clock import machine_clock
from consult.domain.answering import Words
from consult.domain.errors import RoundClosed, RoundNotOpen
from consult.domain.terms import CommentKind, Stance
from consult.store.answers import Comment, Invitation, Submission
from consult.store.consultations import Round
from consult.store.database import Database, Session, connect, reading, writing
from consult.store.queries.door import AgencyGrant
from consult.store.queries.own_answer import submissions, working_copy
from consult.store.queries.people import invited
from consult.store.queries.places import place_of
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Office
from tests.racing import meet, race

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
WORDS = Words(CommentKind.AMEND, "Đề nghị sửa.", "", "")


def _withdraw(office: Office, grant: AgencyGrant) -> None:
    with writing(office.database) as session:
        (comment,) = working_copy(session, grant.invitation_id)
        commenting.withdraw_comment(session, grant, comment.key, comment.version, office.clock())


def _recall(office: Office, grant: AgencyGrant) -> None:
    with writing(office.database) as session:
        sending.recall(session, grant, 1, office.clock())


ACTS: dict[str, Callable[[Office, AgencyGrant], object]] = {
    "save": lambda office, grant: office.comment(grant, "2.3"),
    "agree": lambda office, grant: office.agree(grant, "2.4"),
    "send": lambda office, grant: office.send(grant, Stance.AGREES_WITH_COMMENTS),
    "withdraw": _withdraw,
    "recall": _recall,
}


def _at_work(office: Office, agency: str = POLICE) -> AgencyGrant:
    grant = office.grant(agency)
    office.comment(grant, "2.2")
    office.send(grant)
    return grant


@pytest.mark.parametrize("act", ACTS)
def test_to_the_last_microsecond(office: Office, act: str) -> None:
    grant = _at_work(office)
    for moment in (CLOSES, CLOSES + TICK, CLOSES + DAY):
        office.clock.at = moment
        with pytest.raises(RoundClosed):
            ACTS[act](office, grant)
    office.clock.at = CLOSES - TICK
    ACTS[act](office, grant)


@pytest.mark.parametrize("act", ["save", "agree", "send"])
def test_from_the_first_microsecond(office: Office, act: str) -> None:
    grant = _at_work(office)
    office.clock.at = OPENS - TICK
    with pytest.raises(RoundNotOpen):
        ACTS[act](office, grant)
    office.clock.at = OPENS
    ACTS[act](office, grant)


def test_the_database_keeps_the_microsecond(anywhere: Office) -> None:
    grant = anywhere.grant()
    anywhere.clock.at = CLOSES - TICK
    anywhere.comment(grant)
    assert anywhere.send(grant).late is False
    with reading(anywhere.database) as session:
        assert session.scalars(select(Submission.sent_at)).all() == [CLOSES - TICK]
    anywhere.clock.at = CLOSES
    with pytest.raises(RoundClosed):
        anywhere.send(grant)


def _set(office: Office, agency: str, **moments: datetime) -> None:
    with writing(office.database) as session:
        mine = Invitation.id == office.address(agency).id
        session.execute(update(Invitation).where(mine).values(**moments))


def test_one_agency_may_be_given_longer(anywhere: Office) -> None:
    _set(anywhere, POLICE, closes_at=CLOSES + DAY)
    police, education = _at_work(anywhere), _at_work(anywhere, EDUCATION)
    anywhere.clock.at = CLOSES + DAY - TICK
    assert anywhere.send(police).late is False
    with pytest.raises(RoundClosed):
        anywhere.send(education)
    anywhere.clock.at = CLOSES + DAY
    with pytest.raises(RoundClosed):
        anywhere.send(police)


def test_late_answers_are_taken_and_marked_for_ever(anywhere: Office) -> None:
    with writing(anywhere.database) as session:
        session.execute(update(Round).values(late_until=CLOSES + DAY))
    grant = anywhere.grant()
    anywhere.clock.at = CLOSES
    anywhere.comment(grant)
    assert anywhere.send(grant).late is True
    with pytest.raises(RoundClosed, match="what was sent stays"):
        _recall(anywhere, grant)
    anywhere.clock.at = CLOSES + DAY - TICK
    assert anywhere.send(grant).late is True
    anywhere.clock.at = CLOSES + DAY
    with pytest.raises(RoundClosed):
        anywhere.send(grant)
    with reading(anywhere.database) as session:
        assert session.scalars(select(Submission.late)).all() == [True, True]


def test_late_time_may_be_one_agencys_own(office: Office) -> None:
    _set(office, POLICE, late_until=CLOSES + DAY)
    police, education = _at_work(office), _at_work(office, EDUCATION)
    office.clock.at = CLOSES
    assert office.send(police).late is True
    with pytest.raises(RoundClosed):
        office.send(education)


# Eight processes across the close

PROCESSES = 8
Taken = list[datetime]


def _close_at(database: Database, leading: bool, ahead: timedelta) -> datetime:
    """Let one process set the close once all are here; return it when all know it."""
    meet()
    if leading:
        with writing(database) as session:
            session.execute(update(Round).values(closes_at=machine_clock() + ahead))
    meet()
    with reading(database) as session:
        closes = session.scalars(select(Round.closes_at)).one()
    assert closes.tzinfo is UTC
    return closes


def _save_and_send(session: Session, grant: AgencyGrant, now: datetime) -> None:
    place = place_of(session, grant.invitation_id, "2.2")
    commenting.save_comment(session, grant, weigh(uuid4().hex, place, WORDS, 0), now)
    own = grant.invitation_id
    seen = seen_digest(working_copy(session, own), submissions(session, own))
    sending.send(session, grant, Answer(uuid4().hex, Stance.DISAGREES, "", None, seen), now)


def _try(database: Database, grant: AgencyGrant, taken: Taken, refused: Taken) -> None:
    """Save and send slowly, with a pause between the check and the commit."""
    now = machine_clock()
    try:
        with writing(database) as session:
            _save_and_send(session, grant, now)
            time.sleep(random.uniform(0, 0.03))
        taken.append(now)
    except RoundClosed:
        refused.append(now)


def _across_the_close(url: str, grant: AgencyGrant, leading: bool) -> tuple[datetime, Taken, Taken]:
    """Save and send again and again until well after the close; return the close and what became of each."""
    database, taken, refused = connect(url), [], []
    _close_at(database, leading, DAY)
    began = machine_clock()
    _try(database, grant, taken, refused)
    pace = machine_clock() - began
    closes = _close_at(database, leading, timedelta(seconds=0.5) + 2 * pace)
    while not refused or machine_clock() < closes + pace:
        _try(database, grant, taken, refused)
    database.dispose()
    return closes, taken, refused


def _check_first(url: str, grant: AgencyGrant, leading: bool) -> datetime:
    """Ask the window before the transaction and store after it: what must not be done."""
    database = connect(url)
    _close_at(database, leading, DAY)
    with reading(database) as session:
        commenting.taking(session, grant, machine_clock())
    closes = _close_at(database, leading, timedelta(0))
    with writing(database) as session:
        session.execute(
            insert(Comment).values(
                key=uuid4().hex,
                invitation_id=grant.invitation_id,
                kind=WORDS.kind,
                content=WORDS.content,
                proposed_text="",
                reason="",
                redline="",
                passage="",
                author_name="",
                author_email="",
                version=1,
                saved_at=machine_clock(),
            )
        )
    database.dispose()
    return closes


def _runners(office: Office) -> list[tuple[object, ...]]:
    with reading(office.database) as session:
        names = [each.name for each in invited(session, office.facts().id)][:PROCESSES]
    url = office.database.engine.url.render_as_string(hide_password=False)
    return [(url, office.grant(name), position == 0) for position, name in enumerate(names)]


def _stored_at(office: Office) -> tuple[int, datetime, datetime]:
    with reading(office.database) as session:
        saved, last = session.execute(select(func.count(), func.max(Comment.saved_at))).one()
        return saved, last, session.scalars(select(func.max(Submission.sent_at))).one()


@pytest.mark.slow
def test_eight_processes_across_the_close(anywhere: Office) -> None:
    outcomes = race(_across_the_close, *_runners(anywhere))
    taken = [moment for _, each, _ in outcomes for moment in each]
    refused = [moment for _, _, each in outcomes for moment in each]
    (closes,) = {closes for closes, _, _ in outcomes}
    assert len(refused) >= PROCESSES
    assert max(taken) < closes <= min(refused)
    assert _stored_at(anywhere) == (len(taken), max(taken), max(taken))


@pytest.mark.slow
def test_asking_the_window_outside_the_transaction_would_store_after_the_close(anywhere: Office) -> None:
    (closes,) = set(race(_check_first, *_runners(anywhere)))
    with reading(anywhere.database) as session:
        late = select(func.count()).select_from(Comment).where(Comment.saved_at >= closes)
        assert session.scalar(late) == PROCESSES
