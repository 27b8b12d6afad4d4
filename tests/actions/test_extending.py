"""A later close: for all, with its wording; an agency's own longer window stays while it is the longer one."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from consult.actions import extending
from consult.domain.errors import NotFound, Refusal, RoundClosed
from consult.store import journal
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import reading, writing
from tests.builders import CLOSES, EDUCATION, POLICE, SLUG, Office

DAY = timedelta(days=1)


def _extend(office: Office, days: int, slug: str = SLUG) -> None:
    with writing(office.database) as session:
        extending.extend(session, slug, CLOSES + days * DAY, "Theo đề nghị của các huyện", office.clock())


def _give(office: Office, agency: str, days: int) -> None:
    with writing(office.database) as session:
        mine = Invitation.id == office.address(agency).id
        session.execute(update(Invitation).where(mine).values(closes_at=CLOSES + days * DAY))


def test_everybody_gets_the_later_close_and_its_wording(anywhere: Office) -> None:
    revision = anywhere.facts().revision
    _extend(anywhere, 3)
    facts = anywhere.facts()
    assert facts.window.closes_at == CLOSES + 3 * DAY
    assert facts.deadline_text == "đến hết Thứ Tư, 29/4/2020 (24 giờ 00)"
    assert facts.revision > revision
    assert anywhere.address().window.closes_at == CLOSES + 3 * DAY


def test_a_closed_round_takes_answers_again(office: Office) -> None:
    grant = office.grant()
    office.clock.at = CLOSES + DAY
    with pytest.raises(RoundClosed):
        office.comment(grant)
    _extend(office, 3)
    assert office.comment(grant)


def test_an_agencys_own_window_is_never_the_shorter_one(office: Office) -> None:
    _give(office, POLICE, 2)
    _give(office, EDUCATION, 9)
    _extend(office, 5)
    assert office.address(POLICE).window.closes_at == CLOSES + 5 * DAY
    assert office.address(EDUCATION).window.closes_at == CLOSES + 9 * DAY


def test_the_time_for_late_answers_ends_with_the_old_close(office: Office) -> None:
    with writing(office.database) as session:
        session.execute(update(Round).values(late_until=CLOSES + DAY))
    _extend(office, 3)
    assert office.facts().window.late_until is None


@pytest.mark.parametrize(("days", "clock_days"), [(0, 0), (-1, 0), (2, 2), (2, 3)])
def test_only_a_later_close_that_is_ahead_is_taken(office: Office, days: int, clock_days: int) -> None:
    office.clock.at = CLOSES + clock_days * DAY
    with pytest.raises(Refusal, match="must be later than the old one and than now"):
        _extend(office, days)
    assert office.facts().window.closes_at == CLOSES


def test_nothing_published_is_nothing_to_extend(office: Office) -> None:
    with pytest.raises(NotFound):
        _extend(office, 3, "another")


def test_the_reason_stands_in_the_journal(office: Office) -> None:
    _extend(office, 3)
    with reading(office.database) as session:
        last = session.scalars(select(journal.Entry).order_by(journal.Entry.number.desc()).limit(1)).one()
    assert last.act == "extend"
    assert "Theo đề nghị của các huyện" in last.particulars
