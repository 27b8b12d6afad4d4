"""The letter about the close: to each agency once its own time is over, where the office wants it."""

from datetime import date

import pytest
from sqlalchemy import update

from consult.actions import extending
from consult.actions.noticing import Grounds
from consult.actions.planning_reminders import set_reminders
from consult.actions.preparing import acting
from consult.domain.terms import LetterKind, SilenceRule, Stance
from consult.due import tell_due
from consult.store.answers import Invitation
from consult.store.consultations import Consultation, Round
from consult.store.database import writing
from consult.store.journal import Entry
from tests.actions.passing import at, every_hour, left, letters, work
from tests.builders import EDUCATION, POLICE, Office

CLOSED = LetterKind.CLOSED
ASKED_WITH_MAILBOX = 27


@pytest.fixture
def telling(office: Office) -> Office:
    """Give the sample's round with the letter turned on."""
    return _turn_on(office)


def _turn_on(office: Office) -> Office:
    with writing(office.database) as session:
        session.execute(update(Round).values(tells_close=True))
    return office


def _text(office: Office, agency: str) -> str:
    return next(each.text for each in letters(office, CLOSED) if each.to_name == agency)


def test_every_agency_is_told_once_on_the_first_working_morning(anywhere: Office) -> None:
    _turn_on(anywhere)
    grant = anywhere.grant(POLICE)
    sent = anywhere.send(grant, Stance.AGREES)
    work(anywhere, *every_hour((24, 25, 26, 27, 28, 29)))
    assert left(anywhere, CLOSED) == ["27/04 08:00"] * ASKED_WITH_MAILBOX
    police, silent = _text(anywhere, POLICE), _text(anywhere, EDUCATION)
    assert police.startswith("Kính gửi: Công an tỉnh\n\nTiếp theo Công văn số 532/STTTT-BCVT ngày 21/4/2020, Sở ")
    assert "- Ý kiến của Quý cơ quan: đã nhận\n- Ý kiến chung: thống nhất với nội dung dự thảo\n" in police
    assert f"- Mã phiếu xác nhận: {sent.code}\n" in police
    assert "Số, ngày của văn bản góp ý chính thức còn thiếu" in police
    assert "- Ý kiến của Quý cơ quan: chưa nhận được\n" in silent
    assert "được xem là thống nhất" not in silent + police


def test_an_agency_asked_later_is_told_from_the_letter_that_asked_it(telling: Office) -> None:
    with writing(telling.database) as session:
        later = {"letter_number": "655/STTTT-BCVT", "letter_date": date(2020, 4, 24)}
        session.execute(update(Invitation).where(Invitation.name == POLICE).values(**later))
    work(telling, "27/04 08:00")
    assert "Tiếp theo Công văn số 655/STTTT-BCVT ngày 24/4/2020, Sở " in _text(telling, POLICE)
    assert "Tiếp theo Công văn số 532/STTTT-BCVT ngày 21/4/2020, Sở " in _text(telling, EDUCATION)


def test_what_silence_means_is_said_to_the_silent_where_it_was_announced(telling: Office) -> None:
    with writing(telling.database) as session:
        session.execute(update(Consultation).values(silence=SilenceRule.AGREES, silence_ground="Công văn số 532"))
    telling.send(telling.grant(POLICE), Stance.NO_OPINION, number="45/CAT")
    work(telling, "27/04 08:00")
    assert "được xem là thống nhất với nội dung dự thảo (căn cứ Công văn số 532)." in _text(telling, EDUCATION)
    assert "được xem là" not in _text(telling, POLICE)
    assert "còn thiếu" not in _text(telling, POLICE)


def test_late_answers_are_waited_for_and_own_windows_count(telling: Office) -> None:
    who, round_id = acting(telling.official()), telling.facts().id
    with writing(telling.database) as session:
        extending.allow_late(session, who, round_id, at("29/04 00:00"), Grounds("Lý do"), telling.clock())
        code = {telling.address(POLICE).code}
        extending.extend_some(session, who, round_id, code, at("05/05 17:00"), Grounds("Lý do"), telling.clock())
    telling.clock.at = at("28/04 10:00")
    telling.send(telling.grant(EDUCATION), Stance.AGREES)
    work(telling, *every_hour((27, 28, 29)), *every_hour((4, 5, 6), 5))
    assert left(telling, CLOSED) == ["29/04 08:00"] * (ASKED_WITH_MAILBOX - 1) + ["06/05 08:00"]
    assert "- Ý kiến của Quý cơ quan: đã nhận (gửi sau thời hạn)\n" in _text(telling, EDUCATION)
    assert "- Thời hạn gửi ý kiến: trước 17 giờ 00, Thứ Ba, 05/5/2020\n" in _text(telling, POLICE)


def test_one_that_waits_when_more_time_is_given_does_not_leave(telling: Office) -> None:
    who = acting(telling.official())
    work(telling, "21/04 08:00")
    telling.clock.at = at("27/04 08:00")
    assert tell_due(telling.database, telling.clock()) == ASKED_WITH_MAILBOX
    with writing(telling.database) as session:
        extending.extend(session, who, telling.facts().id, at("29/04 17:00"), Grounds("Lý do"), telling.clock())
    work(telling, "27/04 08:05", "29/04 17:00", "04/05 08:00")
    assert left(telling, CLOSED) == ["04/05 08:00"] * ASKED_WITH_MAILBOX


def test_it_is_off_unless_turned_on_and_late_turning_on_tells_no_old_news(office: Office) -> None:
    work(office, "21/04 08:00", "27/04 08:00")
    assert left(office, CLOSED) == []
    office.clock.at = at("05/05 09:00")
    with writing(office.database) as session:
        who = acting(office.official())
        set_reminders(session, who, office.facts().id, None, office.clock(), tells_close=True)
    work(office, "05/05 09:01")
    assert left(office, CLOSED) == []


def test_a_withdrawn_round_is_not_closed(telling: Office) -> None:
    with writing(telling.database) as session:
        session.execute(update(Round).values(withdrawn_at=at("24/04 10:00")))
    work(telling, "27/04 08:00")
    assert left(telling, CLOSED) == []


def test_a_result_that_is_public_already_says_more(telling: Office) -> None:
    with writing(telling.database) as session:
        session.execute(update(Round).values(result_at=at("27/04 07:00")))
    work(telling, "27/04 08:00")
    assert left(telling, CLOSED) == []


def test_the_journal_says_that_they_were_told(telling: Office) -> None:
    work(telling, "27/04 08:00")
    with writing(telling.database) as session:
        acts = [each.act for each in session.query(Entry).order_by(Entry.number)]
    assert acts[-1] == "tell_close"
