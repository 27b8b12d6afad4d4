"""The door: one joined query for whoever comes, the window that holds for an agency, and nothing for a stranger."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from consult.domain.errors import NoAccess
from consult.domain.window import Window
from consult.store import access
from consult.store.answers import Invitation
from consult.store.consultations import Round
from consult.store.database import reading, writing
from consult.store.directory import Official
from consult.store.queries.door import agency_at_door, official_at_door, reads_as_invited
from consult.store.queries.windows import held
from tests.builders import CLOSES, EDUCATION, OPENS, Office
from tests.statements import counted

DAY = timedelta(days=1)


def _come_in(office: Office) -> str:
    digest = uuid4().hex
    with writing(office.database) as session:
        number = access.open_session(session, digest, OPENS, DAY)
        access.grant_agency(session, number, office.address().id, 1)
    return digest


def test_the_grant_says_all_that_the_agencys_page_needs(anywhere: Office) -> None:
    digest, address = _come_in(anywhere), anywhere.address()
    with counted(anywhere.database) as sent, reading(anywhere.database) as session:
        grant = agency_at_door(session, digest, address.code)
    assert len(sent) == 1
    assert (grant.invitation_id, grant.code, grant.agency) == (address.id, address.code, "Công an tỉnh")
    assert (grant.email, grant.generation, grant.slug) == ("congan@gialai.example", 1, "gia-lai-2020")
    assert (grant.seen_at, grant.ends_at, grant.requires_letter) == (OPENS, OPENS + DAY, True)
    assert grant.window == Window(OPENS, CLOSES)


def test_strangers_are_refused_with_the_same_words(office: Office) -> None:
    digest, code = _come_in(office), office.address().code
    words = set()
    for tried in [(digest, office.address(EDUCATION).code), (digest, "2222222222"), ("made-up", code), ("", code)]:
        with pytest.raises(NoAccess) as refused, reading(office.database) as session:
            agency_at_door(session, *tried)
        words.add(str(refused.value))
    assert len(words) == 1


@pytest.mark.parametrize(
    ("of_round", "own", "expected"),
    [
        ({}, {}, (CLOSES, None)),
        ({"late_until": CLOSES + DAY}, {}, (CLOSES, CLOSES + DAY)),
        ({}, {"closes_at": CLOSES + DAY}, (CLOSES + DAY, None)),
        ({"late_until": CLOSES + DAY}, {"closes_at": CLOSES + 2 * DAY}, (CLOSES + 2 * DAY, None)),
        ({}, {"late_until": CLOSES + DAY}, (CLOSES, CLOSES + DAY)),
        (
            {"late_until": CLOSES + DAY},
            {"closes_at": CLOSES + 2 * DAY, "late_until": CLOSES + 3 * DAY},
            (CLOSES + 2 * DAY, CLOSES + 3 * DAY),
        ),
    ],
)
def test_an_agencys_own_moments_go_before_the_rounds(
    office: Office, of_round: dict[str, object], own: dict[str, object], expected: tuple[object, object]
) -> None:
    address = office.address()
    with writing(office.database) as session:
        if of_round:
            session.execute(update(Round).values(**of_round))
        if own:
            session.execute(update(Invitation).where(Invitation.id == address.id).values(**own))
    with reading(office.database) as session:
        window = held(session, address.id).window
    assert (window.opens_at, window.closes_at, window.late_until) == (OPENS, *expected)
    assert office.address().window == office.grant().window == window
    assert office.address(EDUCATION).window == Window(OPENS, CLOSES, of_round.get("late_until"))  # type: ignore[arg-type]


def test_an_official_who_left_is_let_in_no_more(anywhere: Office) -> None:
    official = anywhere.official()
    digest = uuid4().hex
    with writing(anywhere.database) as session:
        number = access.open_session(session, digest, OPENS, DAY)
        access.grant_official(session, number, official.official_id)
    with counted(anywhere.database) as sent, reading(anywhere.database) as session:
        assert official_at_door(session, digest).lead_agency == "Sở Thông tin và Truyền thông"
    assert len(sent) == 1
    with writing(anywhere.database) as session:
        session.execute(update(Official).values(ended_at=OPENS))
    with pytest.raises(NoAccess), reading(anywhere.database) as session:
        official_at_door(session, digest)


def test_the_invited_read_while_their_session_lasts(office: Office) -> None:
    digest, round_id = _come_in(office), office.facts().id
    with reading(office.database) as session:
        assert reads_as_invited(session, digest, round_id, OPENS + DAY - timedelta(microseconds=1), DAY)
        assert not reads_as_invited(session, digest, round_id, OPENS + DAY, 2 * DAY)
        assert not reads_as_invited(session, digest, round_id, OPENS + DAY / 2, DAY / 2)
        assert not reads_as_invited(session, "made-up", round_id, OPENS, DAY)
        assert not reads_as_invited(session, digest, round_id + 1, OPENS, DAY)
