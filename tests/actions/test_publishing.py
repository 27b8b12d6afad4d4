"""Publishing: the list is frozen with its names, each agency learns which clauses are about it, letters are queued."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from jinja2 import UndefinedError
from sqlalchemy import select, update

from consult.actions import loading, publishing
from consult.domain.errors import AlreadyPublished, NotFound, Refusal
from consult.domain.terms import LetterKind
from consult.mail import layout
from consult.store.answers import Invitation
from consult.store.database import Database, connect, reading, writing
from consult.store.directory import Agency
from consult.store.outbox import Letter
from consult.store.queries.concerns import concerned_anchors
from consult.store.queries.people import invited
from consult.store.queries.rounds import newest_round
from tests.builders import CLOSES, OPENS, SLUG, Office, sample_folder
from tests.racing import meet, race

DISTRICT = "Ủy ban nhân dân huyện Chư Sê"
PROVIDER = "Công ty Cổ phần Truyền số liệu Nắng Gió Cao Nguyên"


@pytest.fixture
def loaded(database: Database) -> Database:
    """Give the sample loaded and not published."""
    with writing(database) as session:
        loading.load(session, loading.prepare(sample_folder()), OPENS)
    return database


def _concerns(office: Office, agency: str) -> Sequence[str]:
    with reading(office.database) as session:
        return concerned_anchors(session, office.address(agency).id)


def _letters(database: Database, kind: LetterKind = LetterKind.INVITATION) -> Sequence[Letter]:
    with reading(database) as session:
        return session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)).all()


def test_the_list_is_frozen_in_the_order_of_the_cover_letter(office: Office) -> None:
    with reading(office.database) as session:
        everyone = invited(session, office.facts().id)
    assert len(everyone) == 28
    assert [each.name for each in everyone[:3]] == ["Công an tỉnh", "Sở Kế hoạch và Đầu tư", "Sở Giáo dục và Đào tạo"]
    assert everyone[6].name == "Ủy ban nhân dân thành phố Pleiku"
    assert everyone[-1].name == "Công ty Cổ phần Kết nối Mây Ngàn, Chi nhánh Gia Lai"
    assert len({each.code for each in everyone}) == 28
    assert {len(each.code) for each in everyone} == {10}
    assert office.facts().published_at == OPENS


def test_a_later_change_of_the_directory_changes_no_invitation(office: Office) -> None:
    with writing(office.database) as session:
        police = Agency.code == "cong-an-tinh"
        session.execute(update(Agency).where(police).values(name="Công an tỉnh mới", email="moi@congan.example"))
    assert office.address("Công an tỉnh").email == "congan@gialai.example"


@pytest.mark.parametrize(
    ("agency", "clauses"),
    [
        ("Công an tỉnh", ("2",)),
        ("Sở Kế hoạch và Đầu tư", ("7",)),
        ("Cục Quản lý thị trường Gia Lai", ("6",)),
        ("Tỉnh đoàn Gia Lai", ("5",)),
        (DISTRICT, ("8",)),
        ("Ủy ban nhân dân thành phố Pleiku", ("8",)),
        (PROVIDER, ("9",)),
    ],
)
def test_an_agency_learns_which_clauses_are_about_it(office: Office, agency: str, clauses: tuple[str, ...]) -> None:
    assert _concerns(office, agency) == clauses


def test_every_agency_is_meant_by_one_heading_and_the_lead_agency_is_not_asked(office: Office) -> None:
    with reading(office.database) as session:
        found = [concerned_anchors(session, each.id) for each in invited(session, office.facts().id)]
    assert [len(each) for each in found] == [1] * 28
    assert ("1",) not in found


def test_invitations_wait_for_the_opening(loaded: Database) -> None:
    early = OPENS - timedelta(days=2)
    with writing(loaded) as session:
        publishing.publish(session, SLUG, early)
    letters = _letters(loaded)
    assert len(letters) == 27
    assert {letter.due_at for letter in letters} == {OPENS}
    assert {letter.created_at for letter in letters} == {early}
    assert letters[0].to_address == "congan@gialai.example"
    assert "532/STTTT-BCVT ngày 21/4/2020" in letters[0].text
    assert "mục 2 (Công an tỉnh)" in letters[0].text


def test_published_after_the_opening_they_leave_at_once(loaded: Database) -> None:
    with writing(loaded) as session:
        done = publishing.publish(session, SLUG, OPENS + timedelta(hours=3))
    assert {letter.due_at for letter in _letters(loaded)} == {OPENS + timedelta(hours=3)}
    assert done.invited == 28
    assert done.without_address == ("Ủy ban nhân dân huyện Ia Pa",)


def test_letters_hold_no_secret(loaded: Database) -> None:
    with writing(loaded) as session:
        publishing.publish(session, SLUG, OPENS)
    with reading(loaded) as session:
        code = session.scalars(select(Invitation.code).order_by(Invitation.id)).first()
    assert not any(f"/moi/{code}/" in letter.text + letter.html for letter in _letters(loaded))


def test_publishing_twice_is_refused(office: Office) -> None:
    refused = pytest.raises(AlreadyPublished, match="gia-lai-2020: Dự thảo lần 1 is published already")
    with refused, writing(office.database) as session:
        publishing.publish(session, SLUG, OPENS)
    assert len(_letters(office.database)) == 27


@pytest.mark.parametrize("late_by", [timedelta(0), timedelta(days=1)])
def test_a_close_that_is_not_ahead_is_refused(loaded: Database, late_by: timedelta) -> None:
    with pytest.raises(Refusal, match="give a later one with --closes"), writing(loaded) as session:
        publishing.publish(session, SLUG, CLOSES + late_by)
    with reading(loaded) as session:
        assert newest_round(session, SLUG).published_at is None


def test_another_close_brings_its_own_wording(loaded: Database) -> None:
    closes = CLOSES + timedelta(days=2, hours=17)
    with writing(loaded) as session:
        publishing.publish(session, SLUG, OPENS, closes)
    with reading(loaded) as session:
        facts = newest_round(session, SLUG)
    assert facts.window.closes_at == closes
    assert facts.deadline_text == "trước 17 giờ 00, Thứ Tư, 29/4/2020"


def test_nothing_to_publish_is_told(database: Database) -> None:
    with pytest.raises(NotFound), writing(database) as session:
        publishing.publish(session, SLUG, OPENS)


def _publish(url: str) -> int:
    database = connect(url)
    with reading(database) as session:
        newest_round(session, SLUG)
    meet()
    try:
        with writing(database) as session:
            return publishing.publish(session, SLUG, OPENS).invited
    except AlreadyPublished:
        return 0


@pytest.mark.postgres
def test_two_commands_at_once_publish_once_on_postgresql(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    server = request.getfixturevalue("server")
    with server.clone(request.getfixturevalue("empty_template")) as database:
        with writing(database) as session:
            loading.load(session, loading.prepare(sample_folder()), OPENS)
        url = database.engine.url.render_as_string(hide_password=False)
        assert sorted(race(_publish, (url,), (url,))) == [0, 28]
        assert len(_letters(database)) == 27


def test_a_close_before_the_opening_is_refused(loaded: Database) -> None:
    early = OPENS - timedelta(days=3)
    with pytest.raises(Refusal, match="give a later one with --closes"), writing(loaded) as session:
        publishing.publish(session, SLUG, early - timedelta(days=1), early)


def test_a_fault_of_a_letters_template_meets_who_publishes_and_nothing_is_done(
    loaded: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "_HTML", layout._ENVIRONMENT.from_string("{{ letter.no_such_field }}"))
    with pytest.raises(UndefinedError, match="no_such_field"), writing(loaded) as session:
        publishing.publish(session, SLUG, OPENS)
    assert _letters(loaded) == []
    with reading(loaded) as session:
        assert newest_round(session, SLUG).published_at is None
