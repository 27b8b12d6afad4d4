"""Ending a round before its time: early, withdrawn, or for one agency alone."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from consult.actions import closing
from consult.actions.loading import COMMAND
from consult.actions.noticing import Grounds
from consult.actions.reminding import remind_silent
from consult.domain.counting import count
from consult.domain.errors import CannotAdjust, NoAccess, RoundClosed, RoundWithdrawn
from consult.domain.terms import LetterKind, LetterState, NoticeKind, Stance
from consult.domain.window import Phase
from consult.store.answers import Invitation
from consult.store.database import reading, writing
from consult.store.outbox import Letter
from consult.store.queries.board import board
from consult.store.queries.notices import notices_of
from consult.store.queries.own_answer import working_copy
from consult.store.queries.people import by_code, invited, still_silent
from consult.store.queries.rounds import invited_lines
from tests.builders import CLOSES, EDUCATION, OPENS, POLICE, Office

DAY = timedelta(days=1)
US = timedelta(microseconds=1)
WHY = Grounds("Cơ quan có thẩm quyền yêu cầu", "640/STTTT-BCVT", date(2020, 4, 23))


def _close(office: Office, closes_at: datetime) -> int:
    with writing(office.database) as session:
        return closing.close_early(session, COMMAND, office.facts().id, closes_at, WHY, office.clock())


def _withdraw(office: Office) -> int:
    with writing(office.database) as session:
        return closing.withdraw(session, COMMAND, office.facts().id, WHY, office.clock())


def _take_back(office: Office, code: str) -> int:
    with writing(office.database) as session:
        return closing.take_back(session, COMMAND, office.facts().id, code, WHY, office.clock())


def _sent(office: Office) -> None:
    """Count every letter so far as delivered."""
    with writing(office.database) as session:
        done = {"state": LetterState.SENT, "sent_at": office.clock()}
        session.execute(update(Letter).where(Letter.state == LetterState.DUE).values(**done))


def _letters(office: Office, kind: LetterKind) -> dict[str, Letter]:
    with reading(office.database) as session:
        return {letter.to_name: letter for letter in session.scalars(select(Letter).where(Letter.kind == kind))}


def test_closing_early_ends_every_window_at_that_moment_and_keeps_what_was_drafted(anywhere: Office) -> None:
    grant = anywhere.grant()
    key = anywhere.comment(grant)
    anywhere.clock.at = OPENS + 2 * DAY
    _close(anywhere, anywhere.clock())
    assert anywhere.facts().window.closes_at == OPENS + 2 * DAY
    assert anywhere.facts().deadline_text == "trước 08 giờ 00, Thứ Năm, 23/4/2020"
    with pytest.raises(RoundClosed):
        anywhere.send(grant)
    with reading(anywhere.database) as session:
        assert [comment.key for comment in working_copy(session, grant.invitation_id)] == [key]


def test_a_close_that_was_set_early_is_sharp(office: Office) -> None:
    grant = office.grant()
    _close(office, OPENS + DAY)
    office.clock.at = OPENS + DAY - US
    assert office.comment(grant)
    office.clock.at = OPENS + DAY
    with pytest.raises(RoundClosed):
        office.comment(grant, anchor="2.3")


def test_a_longer_window_of_one_agency_ends_too(office: Office) -> None:
    with writing(office.database) as session:
        session.execute(update(Invitation).values(closes_at=CLOSES + 5 * DAY))
    _close(office, OPENS + DAY)
    assert office.address(POLICE).window.closes_at == OPENS + DAY


def test_an_early_close_gives_nobody_longer_and_ends_late_time_too(office: Office) -> None:
    with writing(office.database) as session:
        mine = Invitation.id == office.address(POLICE).id
        session.execute(update(Invitation).where(mine).values(closes_at=OPENS + DAY))
        other = Invitation.id == office.address(EDUCATION).id
        session.execute(update(Invitation).where(other).values(late_until=CLOSES + DAY))
    _close(office, OPENS + 2 * DAY)
    assert office.address(POLICE).window.closes_at == OPENS + DAY
    assert office.address(EDUCATION).window.ends_at() == OPENS + 2 * DAY


@pytest.mark.parametrize(
    ("closes_at", "clock"),
    [(CLOSES, OPENS), (CLOSES + DAY, OPENS), (OPENS + DAY - US, OPENS + DAY), (CLOSES, CLOSES), (OPENS, OPENS - DAY)],
    ids=["its own close", "later", "in the past", "after the close", "before it opens"],
)
def test_only_an_open_round_is_closed_early(office: Office, closes_at: datetime, clock: datetime) -> None:
    office.clock.at = clock
    with pytest.raises(CannotAdjust, match="does not end it sooner"):
        _close(office, closes_at)
    assert office.facts().window.closes_at == CLOSES


def test_closing_twice_is_refused_in_one_sentence(office: Office) -> None:
    office.clock.at = OPENS + DAY
    _close(office, office.clock())
    with pytest.raises(CannotAdjust, match="the round is not open, or the new close does not end it sooner"):
        _close(office, office.clock())


def test_everybody_is_told_of_an_early_close_with_both_deadlines(office: Office) -> None:
    office.clock.at = OPENS + 2 * DAY
    _close(office, office.clock())
    told = _letters(office, LetterKind.WINDOW_CHANGED)[POLICE]
    assert told.subject.startswith("Kết thúc sớm việc lấy ý kiến")
    assert "Thời hạn mới: trước 08 giờ 00, Thứ Năm, 23/4/2020" in told.text
    assert "Thời hạn cũ: đến hết Chủ nhật, 26/4/2020 (24 giờ 00)" in told.text


def test_from_the_moment_of_withdrawal_nothing_is_taken(anywhere: Office) -> None:
    sender, drafter = anywhere.grant(EDUCATION), anywhere.grant()
    anywhere.comment(sender)
    anywhere.send(sender)
    anywhere.clock.at = OPENS + DAY
    _withdraw(anywhere)
    anywhere.clock.at = OPENS + DAY - US
    assert anywhere.comment(drafter)
    anywhere.clock.at = OPENS + DAY
    assert anywhere.facts().window.phase(anywhere.clock()) is Phase.CLOSED
    for act in (lambda: anywhere.comment(drafter, anchor="2.3"), lambda: anywhere.send(drafter)):
        with pytest.raises(RoundWithdrawn):
            act()
    with reading(anywhere.database) as session:
        assert count(line.standing for line in board(session, anywhere.facts().id)).answered == 1


def test_withdrawal_tells_whom_the_request_reached_and_holds_the_other_letters_back(office: Office) -> None:
    official, facts = office.official(), office.facts()
    _sent(office)
    with writing(office.database) as session:
        remind_silent(session, official, facts, OPENS + DAY)
    office.clock.at = OPENS + DAY
    told = _withdraw(office)
    assert told == len(_letters(office, LetterKind.WITHDRAWN)) == 27
    assert {letter.state for letter in _letters(office, LetterKind.REMINDER).values()} == {LetterState.CANCELLED}
    text = _letters(office, LetterKind.WITHDRAWN)[POLICE].text
    assert "thông báo rút hồ sơ lấy ý kiến" in text and ", theo Công văn số 640/STTTT-BCVT ngày 23/4/2020." in text
    with reading(office.database) as session:
        agency = still_silent(session, office.address().id)
    assert agency is not None and not agency.window.phase(office.clock()).takes_answers


def test_a_request_that_has_not_left_never_leaves_after_a_withdrawal(office: Office) -> None:
    assert _withdraw(office) == 0
    states = {letter.state for letter in _letters(office, LetterKind.INVITATION).values()}
    assert states == {LetterState.CANCELLED}


def test_nothing_more_happens_to_a_withdrawn_round(office: Office) -> None:
    _withdraw(office)
    for act in (lambda: _withdraw(office), lambda: _close(office, OPENS + DAY)):
        with pytest.raises(CannotAdjust, match="the consultation was withdrawn"):
            act()


def test_a_request_taken_back_is_counted_nowhere_and_its_link_ends(anywhere: Office) -> None:
    grant = anywhere.grant()
    _sent(anywhere)
    assert _take_back(anywhere, grant.code) == 1
    facts = anywhere.facts()
    with reading(anywhere.database) as session:
        assert POLICE not in {each.name for each in invited(session, facts.id)}
        assert count(line.standing for line in board(session, facts.id)).invited == 27
        assert by_code(session, grant.code) is None
        assert not any(POLICE in line.line for line in invited_lines(session, facts.id))
        assert notices_of(session, facts.id)[-1].kind is NoticeKind.REMOVED
    with pytest.raises(NoAccess):
        anywhere.comment(grant)
    assert "rút đề nghị Công an tỉnh góp ý" in _letters(anywhere, LetterKind.WITHDRAWN)[POLICE].text


def test_an_agency_that_has_sent_stays_on_the_list(office: Office) -> None:
    grant = office.grant()
    office.send(grant, Stance.AGREES)
    with pytest.raises(CannotAdjust, match=f"{POLICE}: the agency has sent an answer"):
        _take_back(office, grant.code)
    with reading(office.database) as session:
        assert session.scalar(select(func.count()).where(Invitation.withdrawn_at.is_not(None))) == 0


def test_an_unknown_agency_cannot_be_taken_back(office: Office) -> None:
    with pytest.raises(CannotAdjust, match="no agency was chosen"):
        _take_back(office, "khongco")


def test_closing_at_the_very_moment_of_opening_is_refused(anywhere: Office) -> None:
    with pytest.raises(CannotAdjust):
        _close(anywhere, OPENS)
    anywhere.clock.at = OPENS + US
    _close(anywhere, OPENS + US)
    assert anywhere.facts().window.closes_at == OPENS + US


def test_a_request_that_waits_at_an_early_close_names_the_new_one_and_the_notice_follows(office: Office) -> None:
    assert _close(office, OPENS + DAY) == 27
    waiting = _letters(office, LetterKind.INVITATION)[POLICE].text
    assert "trước 08 giờ 00, Thứ Tư, 22/4/2020" in waiting and "27/4/2020" not in waiting
    assert POLICE in _letters(office, LetterKind.WINDOW_CHANGED)
