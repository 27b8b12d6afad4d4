"""Making the result public: not a moment too early, once, as a file that stays, and back again with a reason."""

import io
import json
from datetime import timedelta

import pytest
from docx import Document
from sqlalchemy import select, update

from consult.actions import concluding
from consult.domain.errors import CannotConclude, Concluded, NoAccess, NotFound, ReasonMissing
from consult.domain.terms import LetterKind, LetterState, NoticeKind
from consult.store.answers import Invitation
from consult.store.consultations import Round, StoredFile
from consult.store.database import connect, reading, writing
from consult.store.journal import Entry, verify
from consult.store.notices import Notice
from consult.store.outbox import Letter
from consult.store.queries.door import OfficialGrant
from consult.store.queries.result import announced, readiness, result_file
from consult.store.queries.rounds import RoundFacts
from tests.builders import CLOSES, EDUCATION, POLICE, Office
from tests.concluded import APPROVAL, PLANNING, all_answered, answer_all_ways, conclude, in_force, respond
from tests.racing import meet, race

MOMENT = timedelta(microseconds=1)
LONGER = CLOSES + timedelta(days=2)


def _own_window(office: Office, agency: str = EDUCATION) -> None:
    with writing(office.database) as session:
        own = Invitation.id == office.address(agency).id
        session.execute(update(Invitation).where(own).values(closes_at=CLOSES + timedelta(days=1), late_until=LONGER))


def _late(office: Office) -> None:
    with writing(office.database) as session:
        session.execute(update(Round).where(Round.id == office.facts().id).values(late_until=LONGER))


def _take_back(office: Office, reason: str = "Bổ sung giải trình.") -> int:
    official = office.official()
    with writing(office.database) as session:
        return concluding.take_back(session, official, office.facts(), reason, office.clock())


def _files(office: Office) -> int:
    with reading(office.database) as session:
        return len(session.scalars(select(StoredFile.digest)).all())


def test_it_waits_for_the_very_close(anywhere: Office) -> None:
    all_answered(anywhere)
    anywhere.clock.at = CLOSES - MOMENT
    with pytest.raises(CannotConclude):
        conclude(anywhere)
    assert anywhere.facts().result_at is None
    anywhere.clock.at = CLOSES
    assert conclude(anywhere).rows == 3
    assert anywhere.facts().result_at == CLOSES


@pytest.mark.parametrize("longer", [_own_window, _late])
def test_it_waits_for_the_last_window(office: Office, longer: object) -> None:
    all_answered(office)
    assert callable(longer)
    longer(office)
    for moment in (CLOSES, CLOSES + timedelta(days=1), LONGER - MOMENT):
        office.clock.at = moment
        with pytest.raises(CannotConclude):
            conclude(office)
    office.clock.at = LONGER
    conclude(office)
    assert office.facts().result_at == LONGER


def test_an_agency_with_time_of_its_own_is_named(office: Office) -> None:
    all_answered(office)
    _own_window(office)
    with reading(office.database) as session:
        found = readiness(session, office.facts(), CLOSES)
    assert [each.name for each in found.answering] == [EDUCATION]
    assert (found.closed, found.closed_for_all, found.ready) == (True, False, False)


def test_a_comment_without_a_response_holds_it_up(office: Office) -> None:
    answer_all_ways(office)
    first, *rest = in_force(office)
    for comment in rest:
        respond(office, comment)
    office.clock.at = CLOSES
    with pytest.raises(CannotConclude):
        conclude(office)
    respond(office, first)
    assert conclude(office).rows == 3


def test_a_withdrawn_round_has_no_result(office: Office) -> None:
    all_answered(office)
    with writing(office.database) as session:
        session.execute(update(Round).where(Round.id == office.facts().id).values(withdrawn_at=CLOSES))
    with pytest.raises(CannotConclude):
        conclude(office)


def test_the_file_is_final_and_stays(anywhere: Office) -> None:
    all_answered(anywhere)
    done = conclude(anywhere)
    anywhere.clock.at = CLOSES + timedelta(days=30)
    with reading(anywhere.database) as session:
        content = result_file(session, anywhere.facts())
        told = announced(session, anywhere.facts())
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    assert "BẢNG TỔNG HỢP Ý KIẾN GÓP Ý" in words
    assert "TẠM" not in words
    assert told is not None
    assert (told.digest, told.approval) == (done.digest, "Giám đốc phê duyệt ngày 28/4/2020")
    assert (told.letter_number, told.at) == ("600/STTTT-BCVT", CLOSES)


def test_the_journal_names_who_approved_and_the_notice_does_not(office: Office) -> None:
    all_answered(office)
    done = conclude(office)
    with reading(office.database) as session:
        notice = session.scalars(select(Notice)).one()
        entry = session.scalars(select(Entry).order_by(Entry.number.desc()).limit(1)).one()
        assert verify(session).fault == ""
    assert (notice.kind, entry.act) == (NoticeKind.RESULT, "result")
    assert "Lê Văn Duyệt Mẫu" in entry.particulars and done.digest in entry.particulars
    assert "Lê Văn" not in notice.reason


def test_it_is_made_public_once(office: Office) -> None:
    all_answered(office)
    conclude(office)
    with pytest.raises(Concluded):
        conclude(office)


def test_another_lead_agency_neither_publishes_nor_takes_back(office: Office) -> None:
    all_answered(office)
    stranger = office.official("khac@snv.example", "Sở Nội vụ")
    with pytest.raises(NoAccess), writing(office.database) as session:
        concluding.take_back(session, stranger, office.facts(), "Vì.", CLOSES)


def test_a_response_is_refused_until_the_publication_is_taken_back(anywhere: Office) -> None:
    all_answered(anywhere)
    first = conclude(anywhere)
    comment = in_force(anywhere)[0]
    with pytest.raises(Concluded):
        respond(anywhere, comment, "Tiếp thu sau.")
    assert in_force(anywhere)[0].sentence == comment.sentence
    files = _files(anywhere)
    _take_back(anywhere)
    assert anywhere.facts().result_at is None
    respond(anywhere, comment, "Tiếp thu sau.")
    second = conclude(anywhere)
    assert first.digest != second.digest
    assert _files(anywhere) == files + 1, "the file that was public stays"


def test_taking_back_needs_a_reason_and_a_result(office: Office) -> None:
    all_answered(office)
    with pytest.raises(NotFound):
        _take_back(office)
    conclude(office)
    with pytest.raises(ReasonMissing):
        _take_back(office, "")
    _take_back(office)
    with reading(office.database) as session:
        kinds = session.execute(select(Notice.kind, Notice.reason).order_by(Notice.id)).all()
        with pytest.raises(NotFound):
            result_file(session, office.facts())
    assert [kind for kind, _ in kinds] == [NoticeKind.RESULT, NoticeKind.RESULT_TAKEN_BACK]
    assert kinds[1].reason == "Bổ sung giải trình."


def test_letters_go_to_those_who_answered_and_hold_their_own_rows(office: Office) -> None:
    all_answered(office)
    assert conclude(office, letters=True).letters == 3
    with reading(office.database) as session:
        found = session.scalars(select(Letter).where(Letter.kind == LetterKind.RESULT)).all()
        letters = {letter.to_name: letter for letter in found}
    assert set(letters) == {POLICE, PLANNING, EDUCATION}
    police = letters[POLICE].text
    assert police.startswith("Kính gửi")
    assert "Tiếp theo Công văn số 532/STTTT-BCVT ngày 21/4/2020" in police
    assert "Đề nghị bỏ từ lặp." in police and "Giữ nguyên như dự thảo." in police
    assert "Câu đã viết lại" not in police
    assert "Câu đã viết lại" in letters[PLANNING].text
    assert "không có ý kiến góp ý cụ thể" in letters[EDUCATION].text
    assert all("Lê Văn Duyệt Mẫu" not in letter.text for letter in found)


def test_no_letter_goes_unless_it_was_asked_for(office: Office) -> None:
    all_answered(office)
    assert conclude(office).letters == 0
    with reading(office.database) as session:
        assert session.scalars(select(Letter).where(Letter.kind == LetterKind.RESULT)).all() == []


@pytest.mark.slow
def test_a_long_comment_makes_no_long_letter(office: Office) -> None:
    police = office.grant(POLICE)
    for number in range(60):
        office.comment(police, "2.2", f"Ý kiến {number}. " + "dài dòng " * 2000)
    office.send(police)
    for comment in in_force(office):
        respond(office, comment)
    office.clock.at = CLOSES
    conclude(office, letters=True)
    with reading(office.database) as session:
        letter = session.scalars(select(Letter).where(Letter.kind == LetterKind.RESULT)).one()
    assert letter.text.count("Giữ nguyên như dự thảo.") == 50
    assert "Còn 10 ý kiến khác của Quý cơ quan: xem đầy đủ trên trang." in letter.text
    assert len(letter.text) < 50 * 800


def _conclude_together(url: str, official: OfficialGrant, facts: RoundFacts) -> bool:
    """Make the result public at the same moment as a colleague; say whether it was this one."""
    database = connect(url)
    meet()
    try:
        with writing(database) as session:
            concluding.conclude(session, official, facts, APPROVAL, CLOSES, letters=True)
    except Concluded:
        return False
    finally:
        database.dispose()
    return True


@pytest.mark.slow
def test_two_officials_at_once_make_it_public_once(anywhere: Office) -> None:
    all_answered(anywhere)
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    first, second = anywhere.official(), anywhere.official("khac@stttt.example")
    won = race(_conclude_together, (url, first, anywhere.facts()), (url, second, anywhere.facts()))
    assert sorted(won) == [False, True]
    with reading(anywhere.database) as session:
        assert len(session.scalars(select(Notice)).all()) == 1
        assert len(session.scalars(select(Letter).where(Letter.kind == LetterKind.RESULT)).all()) == 3


def _result_letters(office: Office, subject: str) -> dict[str, Letter]:
    with reading(office.database) as session:
        found = session.scalars(select(Letter).where(Letter.subject.startswith(subject)))
        return {letter.to_name: letter for letter in found}


def test_taking_back_tells_whom_a_letter_of_the_result_reached_and_stops_the_others(office: Office) -> None:
    all_answered(office)
    conclude(office, letters=True)
    with writing(office.database) as session:
        left = (Letter.kind == LetterKind.RESULT) & (Letter.to_name == POLICE)
        session.execute(update(Letter).where(left).values(state=LetterState.SENT, sent_at=CLOSES))
    assert _take_back(office) == 1
    told = _result_letters(office, "Thu hồi kết quả tiếp thu, giải trình ý kiến góp ý")
    assert set(told) == {POLICE}
    assert "Lý do: Bổ sung giải trình." in told[POLICE].text
    assert "công bố Thứ Hai, 27/4/2020, 00 giờ 00" in told[POLICE].text
    first = _result_letters(office, "Kết quả tiếp thu")
    stands = {name: letter.state for name, letter in first.items()}
    assert stands == {POLICE: LetterState.SENT, PLANNING: LetterState.CANCELLED, EDUCATION: LetterState.CANCELLED}
    with reading(office.database) as session:
        entry = session.scalars(select(Entry).order_by(Entry.number.desc()).limit(1)).one()
    assert (entry.act, json.loads(entry.particulars)["letters"]) == ("result_taken_back", 1)


def test_a_second_result_stops_no_word_about_the_first(office: Office) -> None:
    all_answered(office)
    conclude(office, letters=True)
    with writing(office.database) as session:
        session.execute(update(Letter).values(state=LetterState.SENT, sent_at=CLOSES))
    office.clock.at = CLOSES + timedelta(minutes=1)
    assert _take_back(office) == 3
    office.clock.at = CLOSES + timedelta(minutes=2)
    conclude(office, letters=True)
    assert _take_back(office) == 0, "nothing of the second has left"
    told = _result_letters(office, "Thu hồi kết quả")
    assert {letter.state for letter in told.values()} == {LetterState.DUE}
