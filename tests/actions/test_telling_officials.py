"""Letters to officials over a whole round: the digest, what could not be delivered, a round about to close."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import update

from consult.actions import closing, extending, resending
from consult.actions.noticing import Grounds
from consult.actions.preparing import acting
from consult.actions.sending import recall
from consult.domain.terms import LetterKind, OfficialRole, Stance
from consult.due import tell_due
from consult.store.consultations import Round
from consult.store.database import reading, writing
from consult.store.directory import Official
from consult.store.outbox import Letter
from consult.store.queries.people import invited
from tests.actions import keying
from tests.actions.passing import at, every_hour, give_up, left, letters, work
from tests.builders import EDUCATION, OFFICIAL, POLICE, Office

COLLEAGUE = "dongnghiep@stttt.example"
DIGEST, FAILURES, SOON = LetterKind.DIGEST, LetterKind.UNDELIVERED, LetterKind.CLOSING_SOON


def _sends(office: Office, moment: str, agency: str, stance: Stance = Stance.AGREES) -> None:
    office.clock.at = at(moment)
    office.send(office.grant(agency), stance)


def _names(office: Office) -> list[str]:
    with reading(office.database) as session:
        return [each.name for each in invited(session, office.facts().id) if each.email]


def test_each_working_morning_tells_what_came_in_and_says_nothing_when_nothing_came(anywhere: Office) -> None:
    anywhere.official()
    work(anywhere, "21/04 08:00", "21/04 12:00")
    _sends(anywhere, "21/04 15:00", POLICE)
    work(anywhere, *every_hour((22, 23)))
    _sends(anywhere, "23/04 23:30", EDUCATION)
    work(anywhere, *every_hour((24, 25, 26, 27, 28)))
    assert left(anywhere, DIGEST) == ["22/04 08:00", "24/04 08:00"]
    letter = letters(anywhere, DIGEST)[0]
    assert (letter.to_address, letter.reply_to) == (OFFICIAL, "")
    assert letter.subject == f"Góp ý mới nhận (01 bản mới): {anywhere.facts().title}"
    assert "1. Công an tỉnh: thống nhất với nội dung dự thảo\n" in letter.text
    assert "- Đã gửi: 01/28 cơ quan, đơn vị\n- Chưa gửi: 27\n" in letter.text
    assert "- Thời hạn: đến hết Chủ nhật, 26/4/2020 (24 giờ 00) – còn 04 ngày\n" in letter.text
    assert "http" not in letter.text


def test_the_letter_that_left_leads_to_the_page_of_the_round(office: Office) -> None:
    office.official()
    _sends(office, "21/04 15:00", POLICE)
    work(office, "22/04 08:00")
    (file,) = (office.settings.instance / "out").glob("*digest*")
    assert b"http://consult.example/ban-lam-viec/gia-lai-2020" in file.read_bytes().replace(b"=\r\n", b"")


def test_days_without_a_worker_end_in_one_digest_of_all(office: Office) -> None:
    office.official()
    work(office, "21/04 08:00")
    _sends(office, "21/04 15:00", POLICE)
    _sends(office, "23/04 15:00", EDUCATION)
    work(office, "25/04 09:00", "26/04 23:00", "27/04 07:59", "27/04 08:00", "27/04 10:00", "28/04 08:00")
    assert left(office, DIGEST) == ["27/04 08:00"]
    text = letters(office, DIGEST)[0].text
    assert text.index("1. Công an tỉnh") < text.index("2. Sở Giáo dục và Đào tạo")


@pytest.mark.parametrize(
    ("back", "sent"),
    [
        pytest.param("22/04 16:59", ["22/04 16:59"], id="late the same day"),
        pytest.param("22/04 17:00", [], id="after work: it waits for the next morning"),
    ],
)
def test_a_digest_leaves_in_working_hours(office: Office, back: str, sent: list[str]) -> None:
    office.official()
    _sends(office, "21/04 15:00", POLICE)
    work(office, back)
    assert left(office, DIGEST) == sent


def test_an_answer_of_the_last_minute_stands_in_the_next_digest_and_in_no_other(office: Office) -> None:
    office.official()
    work(office, "21/04 08:00")
    _sends(office, "21/04 15:00", POLICE)
    office.clock.at = at("22/04 08:00") - timedelta(seconds=30)
    office.send(office.grant(EDUCATION), Stance.NO_OPINION)
    work(office, "22/04 08:00", "22/04 08:01", "23/04 08:00")
    first, second = letters(office, DIGEST)
    assert (EDUCATION in first.text, EDUCATION in second.text) == (False, True)
    assert POLICE not in second.text


def test_an_answer_replaced_or_taken_back_in_the_last_minute_waits_for_the_next_digest(office: Office) -> None:
    office.official()
    work(office, "21/04 08:00")
    _sends(office, "21/04 15:00", POLICE)
    _sends(office, "21/04 15:00", EDUCATION)
    office.clock.at = at("22/04 08:00") - timedelta(seconds=30)
    office.send(office.grant(POLICE), Stance.NO_OPINION)
    with writing(office.database) as session:
        recall(session, office.grant(EDUCATION), 1, office.clock())
    work(office, "22/04 08:00", "23/04 08:00")
    (letter,) = letters(office, DIGEST)
    assert letter.subject.startswith("Góp ý mới nhận (01 bản mới, 01 bản thu hồi): ")
    assert left(office, DIGEST) == ["23/04 08:00"]


def test_it_says_how_an_answer_came(office: Office) -> None:
    official = office.official()
    work(office, "21/04 08:00")
    grant = office.grant(POLICE)
    office.clock.at = at("21/04 09:00")
    office.comment(grant)
    office.send(grant)
    office.send(grant)
    office.clock.at = at("22/04 10:00")
    keying.answered(office, official, keying.whose(office, EDUCATION))
    lone = office.grant("Sở Kế hoạch và Đầu tư")
    sent = office.send(lone, Stance.NO_OPINION)
    with writing(office.database) as session:
        recall(session, lone, sent.version, office.clock())
    work(office, "23/04 08:00")
    (letter,) = letters(office, DIGEST)
    assert "Góp ý mới nhận (02 bản mới, 01 bản thu hồi)" in letter.subject
    assert "Công an tỉnh: cơ bản thống nhất, có ý kiến góp ý; 01 ý kiến; gửi lần 2, thay lần trước\n" in letter.text
    assert (
        "Sở Giáo dục và Đào tạo: thống nhất với nội dung dự thảo; nhập từ văn bản giấy, ngày đến 22/4/2020\n"
        in letter.text
    )
    assert "Thu hồi (01): Sở Kế hoạch và Đầu tư.\n" in letter.text


def test_a_late_answer_is_told_after_the_close(office: Office) -> None:
    with writing(office.database) as session:
        who = acting(office.official())
        extending.allow_late(session, who, office.facts().id, at("30/04 00:00"), Grounds("Lý do"), office.clock())
    work(office, "27/04 08:00")
    _sends(office, "27/04 15:00", POLICE)
    work(office, "28/04 08:00")
    text = letters(office, DIGEST)[0].text
    assert "1. Công an tỉnh: thống nhất với nội dung dự thảo; gửi sau thời hạn\n" in text
    assert "(24 giờ 00) – đang nhận ý kiến gửi sau thời hạn\n" in text


def test_each_official_of_the_office_gets_one_unless_they_turned_it_off_or_left(office: Office) -> None:
    office.official()
    office.official(COLLEAGUE, role=OfficialRole.ADMINISTRATOR)
    office.official("roi@stttt.example")
    office.official("tat@stttt.example")
    with writing(office.database) as session:
        session.execute(update(Official).where(Official.email.like("roi@%")).values(ended_at=office.clock()))
        session.execute(update(Official).where(Official.email.like("tat@%")).values(told=False))
    _sends(office, "21/04 15:00", POLICE)
    work(office, "22/04 08:00")
    assert sorted(each.to_address for each in letters(office, DIGEST)) == [OFFICIAL, COLLEAGUE]


def test_what_nobody_wanted_to_hear_does_not_come_later(office: Office) -> None:
    office.official()
    with writing(office.database) as session:
        session.execute(update(Official).values(told=False))
    _sends(office, "21/04 15:00", POLICE)
    work(office, "22/04 08:00")
    with writing(office.database) as session:
        session.execute(update(Official).values(told=True))
    work(office, "22/04 10:00", "23/04 08:00")
    assert left(office, DIGEST) == []


def test_forty_requests_that_fail_are_one_letter_and_later_ones_another_an_hour_on(anywhere: Office) -> None:
    anywhere.official()
    work(anywhere, "21/04 20:00")
    names = _names(anywhere)
    give_up(anywhere, LetterKind.INVITATION, names[:20])
    work(anywhere, "21/04 20:01", "21/04 20:02")
    give_up(anywhere, LetterKind.INVITATION, names[20:22])
    work(anywhere, "21/04 20:03", "21/04 21:00", "21/04 21:01", "21/04 22:01", "22/04 08:00")
    assert left(anywhere, FAILURES) == ["21/04 20:01", "21/04 21:01"]
    first, second = letters(anywhere, FAILURES)
    assert first.subject == f"Không gửi được 20 thư (có thư đề nghị góp ý): {anywhere.facts().title}"
    assert f"1. {names[0]}: thư đề nghị góp ý tới " in first.text
    assert "không gửi được. Không có hộp thư này; đề nghị hỏi cơ quan địa chỉ đúng.\n" in first.text
    assert "550" not in first.text
    assert second.subject.startswith("Không gửi được 02 thư (có thư đề nghị góp ý)")


def test_a_sending_that_is_going_on_is_waited_for(office: Office) -> None:
    office.official()
    names = _names(office)
    work(office, "21/04 07:00")
    give_up(office, LetterKind.INVITATION, names[:1])
    office.clock.at = at("21/04 08:05")
    assert tell_due(office.database, office.clock()) == 0
    assert tell_due(office.database, at("21/04 08:15")) == 1


def test_other_letters_that_fail_are_told_of_in_the_morning(office: Office) -> None:
    office.official()
    work(office, "21/04 08:00")
    _sends(office, "21/04 15:00", POLICE)
    work(office, "21/04 17:30")
    give_up(office, LetterKind.RECEIPT, [POLICE])
    work(office, "21/04 18:00", "22/04 07:59", "22/04 08:00", "22/04 09:00")
    assert left(office, FAILURES) == ["22/04 08:00"]
    text = letters(office, FAILURES)[0].text
    assert "Công an tỉnh: phiếu xác nhận tới " in text
    assert "chưa nhận được đề nghị" not in text


def test_a_letter_that_was_sent_again_and_failed_again_is_told_of_again(office: Office) -> None:
    official = office.official()
    work(office, "21/04 08:00")
    give_up(office, LetterKind.INVITATION, [POLICE])
    work(office, "21/04 09:00")
    with writing(office.database) as session:
        number = session.scalars(Letter.__table__.select().where(Letter.state == "FAILED")).one()
        resending.send_again(session, official, office.facts(), number, "moi@congan.example", office.clock())
    work(office, "21/04 09:05")
    give_up(office, LetterKind.INVITATION, [POLICE])
    work(office, "21/04 10:00")
    assert left(office, FAILURES) == ["21/04 09:00", "21/04 10:00"]
    assert "moi@congan.example" in letters(office, FAILURES)[1].text


def test_half_or_more_silent_is_told_on_the_working_morning_before_the_last_day(anywhere: Office) -> None:
    anywhere.official()
    work(anywhere, *every_hour((21, 22, 23, 24, 25, 26, 27)))
    assert left(anywhere, SOON) == ["24/04 08:00"]
    (letter,) = letters(anywhere, SOON)
    assert letter.subject == f"Sắp hết thời hạn, 28/28 chưa gửi: {anywhere.facts().title}"
    assert "Chưa gửi: " in letter.text
    assert "- Thời hạn: đến hết Chủ nhật, 26/4/2020 (24 giờ 00) – còn 02 ngày\n" in letter.text


@pytest.mark.parametrize(("answered", "told"), [(14, 1), (15, 0)])
def test_fewer_than_half_silent_is_no_news(office: Office, answered: int, told: int) -> None:
    office.official()
    for name in _names(office)[:answered]:
        office.send(office.grant(name), Stance.AGREES)
    work(office, "24/04 08:00")
    assert len(left(office, SOON)) == told


def test_a_worker_that_comes_back_before_the_close_still_tells_and_not_after_it(office: Office) -> None:
    office.official()
    work(office, "21/04 08:00", "27/04 00:00")
    assert left(office, SOON) == []
    work(office, "26/04 20:00")
    assert left(office, SOON) == ["26/04 20:00"]


def test_after_an_extension_the_new_close_is_told_of_and_a_withdrawn_round_is_not(office: Office) -> None:
    who = acting(office.official())
    work(office, "21/04 08:00", "24/04 08:00")
    with writing(office.database) as session:
        extending.extend(session, who, office.facts().id, at("08/05 17:00"), Grounds("Lý do"), office.clock())
    work(office, "24/04 09:00", "06/05 08:00", "07/05 08:00")
    assert left(office, SOON) == ["24/04 08:00", "07/05 08:00"]
    with writing(office.database) as session:
        extending.extend(session, who, office.facts().id, at("15/05 17:00"), Grounds("Lý do"), office.clock())
        closing.withdraw(session, who, office.facts().id, Grounds("Lý do"), office.clock())
    work(office, "14/05 08:00")
    assert len(left(office, SOON)) == 2


def test_a_round_of_one_day_is_not_about_to_close(office: Office) -> None:
    office.official()
    with writing(office.database) as session:
        session.execute(update(Round).values(closes_at=at("22/04 17:00")))
    work(office, *every_hour((21, 22)))
    assert left(office, SOON) == []


def test_many_workers_tell_once(anywhere: Office) -> None:
    anywhere.official()
    work(anywhere, "21/04 08:00")
    _sends(anywhere, "23/04 15:00", POLICE)
    give_up(anywhere, LetterKind.INVITATION, [EDUCATION])
    together = Barrier(4)

    def tell(_: int) -> int:
        together.wait(30)
        return tell_due(anywhere.database, at("24/04 08:00"))

    with ThreadPoolExecutor(4) as workers:
        assert sum(workers.map(tell, range(4))) == 3
