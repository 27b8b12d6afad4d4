"""An agency sending while the office closes, extends or withdraws: stored wholly before the act or refused after it."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from consult.actions import closing, sending
from consult.actions.loading import COMMAND
from consult.actions.noticing import Grounds
from consult.actions.sending import Answer, seen_digest
from consult.clock import machine_clock
from consult.domain.errors import CannotAdjust, RoundClosed
from consult.domain.terms import NoticeKind, Stance
from consult.store.answers import Submission
from consult.store.database import connect, reading, writing
from consult.store.queries.door import AgencyGrant
from consult.store.queries.notices import notices_of
from consult.store.queries.own_answer import submissions, working_copy
from tests.builders import OPENS, Office
from tests.racing import meet, race

WHY = Grounds("Theo chỉ đạo")
SECOND = timedelta(seconds=1)


def _act(url: str, round_id: int, grant: AgencyGrant | None, withdrawing: bool) -> bool:
    """Withdraw or close early slowly, or send while that goes on; say whether it was done."""
    database = connect(url)
    meet()
    moment = OPENS + 2 * SECOND
    try:
        if grant is not None:
            time.sleep(0.3)
            with writing(database) as session:
                own = grant.invitation_id
                seen = seen_digest(working_copy(session, own), submissions(session, own))
                sending.send(session, grant, Answer("7" * 32, Stance.AGREES, "", None, seen), moment + SECOND)
            return True
        with writing(database) as session:
            if withdrawing:
                closing.withdraw(session, COMMAND, round_id, WHY, moment)
            else:
                closing.close_early(session, COMMAND, round_id, moment, WHY, moment)
            time.sleep(1)
        return True
    except (RoundClosed, CannotAdjust):
        return False
    finally:
        database.dispose()


@pytest.mark.slow
@pytest.mark.parametrize("withdrawing", [True, False], ids=["withdrawn", "closed early"])
def test_an_answer_that_waits_for_the_act_is_refused_after_it(anywhere: Office, withdrawing: bool) -> None:
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    round_id = anywhere.facts().id
    done = race(_act, (url, round_id, None, withdrawing), (url, round_id, anywhere.grant(), withdrawing))
    assert done == [True, False]
    with reading(anywhere.database) as session:
        assert session.scalar(select(func.count(Submission.id))) == 0


def _close_now(url: str, round_id: int) -> bool:
    database = connect(url)
    meet()
    try:
        with writing(database) as session:
            closing.withdraw(session, COMMAND, round_id, WHY, machine_clock())
        return True
    except CannotAdjust:
        return False
    finally:
        database.dispose()


def test_of_two_officials_at_once_one_withdraws_and_the_other_is_told(anywhere: Office) -> None:
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    round_id = anywhere.facts().id
    assert sorted(race(_close_now, (url, round_id), (url, round_id))) == [False, True]
    with reading(anywhere.database) as session:
        assert [act.kind for act in notices_of(session, round_id)] == [NoticeKind.WITHDRAWN]
