"""Asking further agencies after publishing: their line, their letter, their window."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from consult.actions import adding, closing, extending
from consult.actions.adding import Asking
from consult.actions.listing import store_agency
from consult.actions.loading import COMMAND
from consult.actions.noticing import Grounds
from consult.documents.folder_agencies import AgencyRow
from consult.domain.errors import CannotAdjust
from consult.domain.terms import Basis, LetterKind, Stance
from consult.store.answers import Concern, Invitation
from consult.store.consultations import Clause
from consult.store.database import reading, writing
from consult.store.directory import Agency
from consult.store.outbox import Letter
from consult.store.queries.asking import group_lines
from consult.store.queries.people import invited
from consult.store.queries.rounds import invited_lines
from consult.store.queries.synthesis_rows import summary
from tests.builders import CLOSES, OPENS, POLICE, Office

DAY = timedelta(days=1)
WHY = Grounds("Bổ sung cơ quan có liên quan", "655/STTTT-BCVT", date(2020, 4, 24))
JUSTICE = "Sở Tư pháp"


def _known(office: Office, name: str = JUSTICE, email: str | None = "stp@gialai.example") -> None:
    with writing(office.database) as session:
        store_agency(session, AgencyRow("stp", name, "Sở TP", (), "sở, ban, ngành", "", 1, email))


def _add(office: Office, *codes: str, days: int | None = None) -> int:
    closes_at = None if days is None else CLOSES + days * DAY
    with writing(office.database) as session:
        asking = Asking(codes or ("stp",), closes_at)
        return adding.add_agencies(session, COMMAND, office.facts().id, asking, WHY, office.clock())


def _invitation(office: Office, name: str = JUSTICE) -> Invitation:
    with reading(office.database) as session:
        return session.scalars(select(Invitation).where(Invitation.name == name)).one()


def test_an_added_agency_stands_last_and_is_asked_from_its_own_letter(anywhere: Office) -> None:
    _known(anywhere)
    anywhere.clock.at = OPENS + 3 * DAY
    assert _add(anywhere, days=2) == 1
    asked = _invitation(anywhere)
    assert (asked.basis, asked.added_at) == (Basis.ADDED, OPENS + 3 * DAY)
    assert (asked.letter_number, asked.letter_date) == ("655/STTTT-BCVT", date(2020, 4, 24))
    with reading(anywhere.database) as session:
        assert invited(session, anywhere.facts().id)[-1].name == JUSTICE
        letter = session.scalars(select(Letter).where(Letter.to_name == JUSTICE)).one()
    assert letter.kind is LetterKind.INVITATION
    assert "Tiếp theo Công văn số 655/STTTT-BCVT ngày 24/4/2020" in letter.text
    assert "đến hết Thứ Ba, 28/4/2020 (24 giờ 00)" in letter.text
    assert "trước ngày 27/4/2020" not in letter.text
    assert anywhere.address(JUSTICE).window.closes_at == CLOSES + 2 * DAY


def test_an_added_agency_answers_like_the_others(office: Office) -> None:
    _known(office)
    _add(office)
    assert office.address(JUSTICE).window == office.facts().window
    assert office.send(office.grant(JUSTICE), Stance.AGREES).in_force


def test_what_names_an_added_agency_is_shown_to_it(office: Office) -> None:
    _known(office, "Sở Khoa học và Công nghệ")
    with writing(office.database) as session:
        session.execute(Clause.__table__.update().where(Clause.anchor == "9").values(text="Sở Khoa học và Công nghệ:"))
    _add(office)
    with reading(office.database) as session:
        concerned = select(Clause.anchor).join(Concern, Concern.clause_id == Clause.id)
        mine = Concern.invitation_id == _invitation(office, "Sở Khoa học và Công nghệ").id
        assert session.scalars(concerned.where(mine)).all() == ["9"]


def test_an_agency_on_the_list_is_not_asked_twice(office: Office) -> None:
    with reading(office.database) as session:
        code = session.execute(select(Invitation.agency_id).where(Invitation.name == POLICE)).scalar_one()
    _known(office)
    _add(office)
    with pytest.raises(CannotAdjust, match=f"{JUSTICE}: the agency is on the list already"):
        _add(office)
    assert code


def test_an_agency_whose_request_was_taken_back_is_asked_again_by_a_fresh_link(office: Office) -> None:
    _known(office)
    _add(office)
    first = office.address(JUSTICE)
    with writing(office.database) as session:
        closing.take_back(session, COMMAND, office.facts().id, first.code, WHY, office.clock())
    office.clock.at = OPENS + DAY
    _add(office)
    again = office.address(JUSTICE)
    assert (again.id, again.code) == (first.id, first.code)
    assert again.generation > first.generation


def test_asking_without_time_to_answer_is_refused(office: Office) -> None:
    _known(office)
    office.clock.at = CLOSES
    with pytest.raises(CannotAdjust, match="would have no time"):
        _add(office)
    assert _add(office, days=1) == 1


def test_an_unknown_agency_is_refused_and_nobody_is_asked(office: Office) -> None:
    _known(office)
    with pytest.raises(CannotAdjust, match="no agency was chosen"):
        _add(office, "stp", "khong-co")
    with reading(office.database) as session:
        assert session.scalars(select(Invitation.id).where(Invitation.basis == Basis.ADDED)).all() == []


def test_an_agency_without_a_mailbox_gets_no_letter(office: Office) -> None:
    _known(office, email=None)
    assert _add(office) == 0
    assert office.address(JUSTICE).email is None


def test_an_agency_named_in_the_draft_is_asked_again_after_it_was_taken_out(anywhere: Office) -> None:
    code = anywhere.address(POLICE).code
    with reading(anywhere.database) as session:
        asked = select(Agency.code).join(Invitation, Invitation.agency_id == Agency.id)
        police = session.scalars(asked.where(Invitation.code == code)).one()
    with writing(anywhere.database) as session:
        closing.take_back(session, COMMAND, anywhere.facts().id, code, WHY, anywhere.clock())
    anywhere.clock.at = OPENS + DAY
    assert _add(anywhere, police) == 1
    with reading(anywhere.database) as session:
        concerned = select(Clause.anchor).join(Concern, Concern.clause_id == Clause.id)
        assert session.scalars(concerned.where(Concern.invitation_id == anywhere.address(POLICE).id)).all() == ["2"]
        letter = session.scalars(select(Letter).where(Letter.to_name == POLICE).order_by(Letter.id.desc())).first()
    assert letter is not None and "mục 2 (Công an tỉnh)" in letter.text


def test_an_added_agency_with_a_close_of_its_own_may_be_late_as_the_others(office: Office) -> None:
    _known(office)
    with writing(office.database) as session:
        until = CLOSES + 3 * DAY
        extending.allow_late(session, COMMAND, office.facts().id, until, WHY, office.clock())
    _add(office, days=1)
    window = office.address(JUSTICE).window
    assert (window.closes_at, window.late_until) == (CLOSES + DAY, CLOSES + 3 * DAY)


def test_a_request_by_a_letter_of_its_own_that_waits_keeps_naming_it(office: Office) -> None:
    _known(office)
    _add(office)
    with writing(office.database) as session:
        extending.extend(session, COMMAND, office.facts().id, CLOSES + 3 * DAY, WHY, office.clock())
        letter = session.scalars(select(Letter).where(Letter.to_name == JUSTICE)).one()
    assert "Tiếp theo Công văn số 655/STTTT-BCVT ngày 24/4/2020" in letter.text
    assert "đến hết Thứ Tư, 29/4/2020 (24 giờ 00)" in letter.text and "27/4/2020" not in letter.text


def test_an_added_agency_takes_the_last_place_in_a_line_for_several(anywhere: Office) -> None:
    _known(anywhere, "Ủy ban nhân dân thị xã Mẫu")
    with reading(anywhere.database) as session:
        districts = group_lines(session, anywhere.facts().id)[0]
    assert (districts.printed, districts.last) == ("Ủy ban nhân dân các huyện, thị xã, thành phố", 23)
    with writing(anywhere.database) as session:
        asking = Asking(("stp",), None, districts.line)
        adding.add_agencies(session, COMMAND, anywhere.facts().id, asking, WHY, anywhere.clock())
    with reading(anywhere.database) as session:
        lines = invited_lines(session, anywhere.facts().id)
    assert [line.line for line in lines].count(districts.printed) == 1
    (line,) = (each for each in lines if each.line == districts.printed)
    assert (len(line.members), line.members[-1]) == (18, "Ủy ban nhân dân thị xã Mẫu")


def test_a_line_that_the_list_has_not_is_refused(office: Office) -> None:
    _known(office)
    for line in (1, 99):
        with writing(office.database) as session, pytest.raises(CannotAdjust, match="no such line"):
            adding.add_agencies(session, COMMAND, office.facts().id, Asking(("stp",), None, line), WHY, office.clock())
    with reading(office.database) as session:
        assert session.scalars(select(Invitation.id).where(Invitation.basis == Basis.ADDED)).all() == []


def test_the_annex_tells_who_was_asked_later_and_the_close_that_an_agency_was_last_given(office: Office) -> None:
    _known(office)
    _add(office)
    police = {office.address(POLICE).code}
    for days in (1, 2):
        with writing(office.database) as session:
            close = CLOSES + days * DAY
            extending.extend_some(session, COMMAND, office.facts().id, police, close, WHY, office.clock())
    with reading(office.database) as session:
        bodies = summary(session, office.facts(), office.clock()).silent
    by = "(tại Công văn số 655/STTTT-BCVT ngày 24/4/2020)"
    assert {body.name: body.notes for body in bodies if body.notes} == {
        POLICE: (f"Được gia hạn đến hết Thứ Ba, 28/4/2020 (24 giờ 00) {by}",),
        JUSTICE: (f"Lấy ý kiến bổ sung {by}",),
    }
