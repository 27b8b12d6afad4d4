"""A later close: for all, with its wording; an agency's own longer window stays while it is the longer one."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from consult.actions import extending
from consult.actions.loading import COMMAND
from consult.actions.noticing import Grounds
from consult.actions.reminding import remind_silent
from consult.domain.errors import CannotAdjust, NotFound, RoundClosed
from consult.domain.terms import LetterKind, LetterState, Stance
from consult.store import journal, outbox
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import reading, writing
from consult.store.outbox import Letter
from consult.store.queries.notices import notices_of
from consult.store.queries.rounds import published_round
from tests.builders import CLOSES, EDUCATION, POLICE, SLUG, Office

DAY = timedelta(days=1)
US = timedelta(microseconds=1)
BECAUSE = Grounds("Theo đề nghị của các huyện", "611/STTTT-BCVT", date(2020, 4, 24))


def _extend(office: Office, days: int, slug: str = SLUG) -> None:
    with writing(office.database) as session:
        round_id = published_round(session, slug).id
        extending.extend(session, COMMAND, round_id, CLOSES + days * DAY, BECAUSE, office.clock())


def _letters(office: Office, kind: LetterKind = LetterKind.WINDOW_CHANGED) -> dict[str, str]:
    """Return the texts of the letters of a kind by addressee."""
    with reading(office.database) as session:
        found = session.scalars(select(Letter).where(Letter.kind == kind))
        return {letter.to_name: letter.text for letter in found}


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
    with pytest.raises(CannotAdjust, match="not later than the one that holds and than now"):
        _extend(office, days)
    assert office.facts().window.closes_at == CLOSES


def test_nothing_published_is_nothing_to_extend(office: Office) -> None:
    with pytest.raises(NotFound):
        _extend(office, 3, "another")


def test_the_reason_stands_in_the_journal(office: Office) -> None:
    _extend(office, 3)
    with reading(office.database) as session:
        last = session.scalars(select(journal.Entry).order_by(journal.Entry.number.desc()).limit(1)).one()
    assert last.act == "extended"
    assert "Theo đề nghị của các huyện" in last.particulars


def _sent(office: Office) -> None:
    """Count every letter so far as delivered."""
    with writing(office.database) as session:
        done = {"state": LetterState.SENT, "sent_at": office.clock()}
        session.execute(update(Letter).where(Letter.state == LetterState.DUE).values(**done))


def test_everybody_whose_window_moved_is_told_and_nobody_else(office: Office) -> None:
    _sent(office)
    _give(office, EDUCATION, 9)
    _extend(office, 3)
    told = _letters(office)
    assert POLICE in told and EDUCATION not in told
    assert "thông báo gia hạn thời hạn gửi ý kiến của Công an tỉnh" in told[POLICE]
    assert ", theo Công văn số 611/STTTT-BCVT ngày 24/4/2020." in told[POLICE]
    assert "Thời hạn mới: đến hết Thứ Tư, 29/4/2020 (24 giờ 00)" in told[POLICE]
    assert "Thời hạn cũ: đến hết Chủ nhật, 26/4/2020 (24 giờ 00)" in told[POLICE]
    assert "Lý do: Theo đề nghị của các huyện" in told[POLICE]


def _extend_some(office: Office, days: int, *agencies: str) -> int:
    codes = {office.address(agency).code for agency in agencies}
    with writing(office.database) as session:
        until = CLOSES + days * DAY
        return extending.extend_some(session, COMMAND, office.facts().id, codes, until, BECAUSE, office.clock())


def test_one_agency_gets_longer_and_the_others_keep_what_they_had(anywhere: Office) -> None:
    _sent(anywhere)
    revision = anywhere.facts().revision
    assert _extend_some(anywhere, 2, POLICE) == 1
    assert anywhere.address(POLICE).window.closes_at == CLOSES + 2 * DAY
    assert anywhere.address(EDUCATION).window.closes_at == CLOSES
    assert anywhere.facts().window.closes_at == CLOSES
    assert anywhere.facts().revision > revision
    assert list(_letters(anywhere)) == [POLICE]
    with reading(anywhere.database) as session:
        (notice,) = notices_of(session, anywhere.facts().id)
    assert (notice.agency, notice.closed_at, notice.closes_at) == (POLICE, CLOSES, CLOSES + 2 * DAY)
    assert (notice.reason, notice.letter_number) == ("Theo đề nghị của các huyện", "611/STTTT-BCVT")


def test_an_agency_that_was_given_longer_answers_up_to_its_own_close(office: Office) -> None:
    _extend_some(office, 2, POLICE)
    police, education = office.grant(POLICE), office.grant(EDUCATION)
    office.clock.at = CLOSES + 2 * DAY - US
    with pytest.raises(RoundClosed):
        office.comment(education)
    assert office.comment(police)
    office.clock.at = CLOSES + 2 * DAY
    with pytest.raises(RoundClosed):
        office.comment(police)


def test_of_some_agencies_all_or_none_are_given_longer(office: Office) -> None:
    _give(office, EDUCATION, 5)
    with pytest.raises(CannotAdjust, match=EDUCATION):
        _extend_some(office, 3, POLICE, EDUCATION)
    assert office.address(POLICE).window.closes_at == CLOSES
    assert _letters(office) == {}


def test_nobody_chosen_or_no_reason_is_refused(office: Office) -> None:
    with writing(office.database) as session:
        with pytest.raises(CannotAdjust, match="no agency was chosen"):
            extending.extend_some(session, COMMAND, office.facts().id, {"xyz"}, CLOSES + DAY, BECAUSE, office.clock())
        with pytest.raises(CannotAdjust, match="reason is missing"):
            extending.extend(session, COMMAND, office.facts().id, CLOSES + DAY, Grounds(""), office.clock())


def test_late_answers_are_taken_for_a_while_and_marked(office: Office) -> None:
    grant = office.grant()
    office.clock.at = CLOSES + DAY
    with writing(office.database) as session:
        extending.allow_late(session, COMMAND, office.facts().id, CLOSES + 2 * DAY, BECAUSE, office.clock())
    office.comment(grant)
    assert office.send(grant).late
    assert "sau khi hết thời hạn" in _letters(office)[POLICE]
    office.clock.at = CLOSES + 2 * DAY
    with pytest.raises(RoundClosed):
        office.comment(grant, anchor="2.3")


@pytest.mark.parametrize(("until", "clock"), [(CLOSES, CLOSES - DAY), (CLOSES + DAY, CLOSES + DAY)])
def test_late_answers_that_give_no_time_are_refused(office: Office, until: datetime, clock: datetime) -> None:
    office.clock.at = clock
    with writing(office.database) as session, pytest.raises(CannotAdjust, match="taken until then already"):
        extending.allow_late(session, COMMAND, office.facts().id, until, BECAUSE, office.clock())


def test_late_answers_of_one_agency_alone(office: Office) -> None:
    police, education = office.grant(POLICE), office.grant(EDUCATION)
    office.clock.at = CLOSES + DAY
    with writing(office.database) as session:
        until, codes = CLOSES + 2 * DAY, {police.code}
        extending.allow_late_some(session, COMMAND, office.facts().id, codes, until, BECAUSE, office.clock())
    assert office.send(police, Stance.AGREES).late
    with pytest.raises(RoundClosed):
        office.send(education, Stance.AGREES)


def _allow_late(office: Office, days: int) -> int:
    with writing(office.database) as session:
        until = CLOSES + days * DAY
        return extending.allow_late(session, COMMAND, office.facts().id, until, BECAUSE, office.clock())


def test_late_answers_of_all_are_taken_from_an_agency_with_a_close_of_its_own_too(anywhere: Office) -> None:
    _give(anywhere, POLICE, 1)
    _give(anywhere, EDUCATION, 5)
    _sent(anywhere)
    assert _allow_late(anywhere, 3) == 26, "all with a mailbox but the one whose time is longer"
    police, education = anywhere.address(POLICE).window, anywhere.address(EDUCATION).window
    assert (police.closes_at, police.late_until) == (CLOSES + DAY, CLOSES + 3 * DAY)
    assert (education.closes_at, education.late_until) == (CLOSES + 5 * DAY, None)
    assert POLICE in _letters(anywhere) and EDUCATION not in _letters(anywhere)


def test_a_longer_close_of_one_agency_leaves_it_the_time_for_late_answers_of_all(office: Office) -> None:
    _allow_late(office, 3)
    office.clock.at = CLOSES + US
    _extend_some(office, 1, POLICE)
    assert office.address(POLICE).window.late_until == CLOSES + 3 * DAY
    _extend_some(office, 4, POLICE)
    assert office.address(POLICE).window.late_until is None


def test_a_request_that_waits_leaves_with_the_new_deadline_alone(anywhere: Office) -> None:
    before = _letters(anywhere, LetterKind.INVITATION)[POLICE]
    assert "trước ngày 27/4/2020" in before and "mục 2 (Công an tỉnh)" in before
    _extend(anywhere, 3)
    assert _letters(anywhere) == {}, "an agency that was not asked yet is not told that it has longer"
    waiting = _letters(anywhere, LetterKind.INVITATION)
    assert len(waiting) == 27
    assert "đến hết Thứ Tư, 29/4/2020 (24 giờ 00)" in waiting[POLICE]
    assert "mục 2 (Công an tỉnh)" in waiting[POLICE]
    assert not [text for text in waiting.values() if "27/4/2020" in text]
    with reading(anywhere.database) as session:
        subjects = set(session.scalars(select(Letter.subject)))
        assert not [html for html in session.scalars(select(Letter.html)) if "27/4/2020" in html]
    assert not [subject for subject in subjects if "27/4/2020" in subject]


def test_a_letter_that_a_worker_is_sending_is_followed_by_the_new_deadline(office: Office) -> None:
    with writing(office.database) as session:
        outbox.claim(session, "w", office.clock(), limit=1, lease_seconds=60)
    _extend(office, 3)
    assert len(_letters(office)) == 1


def test_a_reminder_that_waits_names_the_new_deadline(office: Office) -> None:
    _sent(office)
    official = office.official()
    with writing(office.database) as session:
        remind_silent(session, official, office.facts(), office.clock())
    _extend(office, 3)
    reminder = _letters(office, LetterKind.REMINDER)[POLICE]
    assert "đến hết Thứ Tư, 29/4/2020 (24 giờ 00)" in reminder and "27/4/2020" not in reminder
    assert "còn 8 ngày" in reminder
    assert len(_letters(office)) == 27, "who was asked is told by a letter of its own"
