"""Officials are invited by mail, changed, ended and taken back; an administrator always remains."""

import pytest
from sqlalchemy import select

from consult.actions import officials
from consult.actions.officials import Post
from consult.domain.errors import LastAdministrator, NoAccess, StaleVersion, UnfitEntry
from consult.domain.terms import LetterKind, OfficialRole
from consult.store.access import SessionRow
from consult.store.database import reading, writing
from consult.store.journal import Entry
from consult.store.outbox import Letter
from consult.store.queries.door import OfficialGrant
from consult.store.queries.officials import OfficialLine, official_by_id
from tests.builders import LEAD_AGENCY, OFFICIAL, OPENS, Office

ADMIN = "quantri@stttt.example"
SIGN_IN = "http://consult.example/dang-nhap"
POST = Post("Trần Thị Mẫu", "Sở Nội vụ", OfficialRole.OFFICIAL)


@pytest.fixture
def admin(anywhere: Office) -> OfficialGrant:
    return anywhere.official(ADMIN, role=OfficialRole.ADMINISTRATOR)


def line(office: Office, number: int) -> OfficialLine:
    with reading(office.database) as session:
        return official_by_id(session, number)


def invite(office: Office, admin: OfficialGrant, email: str = "Tran@snv.example", post: Post = POST) -> int:
    with writing(office.database) as session:
        return officials.invite(session, admin, email, post, SIGN_IN, OPENS)


def acts(office: Office) -> list[str]:
    with reading(office.database) as session:
        return list(session.scalars(select(Entry.act).where(Entry.act.contains("official")).order_by(Entry.number)))


def test_an_invited_official_gets_a_letter_and_a_new_lead_agency_is_made(
    anywhere: Office, admin: OfficialGrant
) -> None:
    found = line(anywhere, invite(anywhere, admin))

    assert (found.email, found.name, found.lead_agency) == ("tran@snv.example", "Trần Thị Mẫu", "Sở Nội vụ")
    with reading(anywhere.database) as session:
        letter = session.scalars(select(Letter).where(Letter.kind == LetterKind.APPOINTED)).one()
    assert (letter.to_address, letter.official_id) == ("tran@snv.example", found.id)
    assert SIGN_IN in letter.text and "chuyên viên phụ trách của Sở Nội vụ" in letter.text
    second = line(anywhere, invite(anywhere, admin, "hai@snv.example", Post("B", "SỞ NỘI VỤ", POST.role)))
    assert second.lead_agency_id == found.lead_agency_id


def test_one_address_is_one_official(anywhere: Office, admin: OfficialGrant) -> None:
    invite(anywhere, admin)
    with pytest.raises(UnfitEntry):
        invite(anywhere, admin, "TRAN@snv.example")


def test_the_last_administrator_neither_leaves_nor_steps_back(anywhere: Office, admin: OfficialGrant) -> None:
    own = line(anywhere, admin.official_id)
    with pytest.raises(LastAdministrator), writing(anywhere.database) as session:
        officials.end_official(session, admin, own.id, OPENS)
    back = Post(own.name, LEAD_AGENCY, OfficialRole.OFFICIAL)
    with pytest.raises(LastAdministrator), writing(anywhere.database) as session:
        officials.change_official(session, admin, own.id, back, own.mark, OPENS)
    assert line(anywhere, own.id) == own

    invite(anywhere, admin, post=Post("Khác", LEAD_AGENCY, OfficialRole.ADMINISTRATOR))
    with writing(anywhere.database) as session:
        officials.change_official(session, admin, own.id, back, own.mark, OPENS)
    assert line(anywhere, own.id).role is OfficialRole.OFFICIAL


def test_an_ended_official_is_signed_out_at_once_and_may_come_back_as_an_official(
    anywhere: Office, admin: OfficialGrant
) -> None:
    invite(anywhere, admin, post=Post("Khác", LEAD_AGENCY, OfficialRole.ADMINISTRATOR))
    leaving = anywhere.official(OFFICIAL, role=OfficialRole.ADMINISTRATOR)
    with writing(anywhere.database) as session:
        officials.end_official(session, admin, leaving.official_id, OPENS)

    with reading(anywhere.database) as session:
        assert session.get(SessionRow, leaving.session_id) is None
    assert line(anywhere, leaving.official_id).ended_at == OPENS
    with writing(anywhere.database) as session:
        officials.end_official(session, admin, leaving.official_id, OPENS)
        officials.take_back(session, admin, leaving.official_id, SIGN_IN, OPENS)
    back = line(anywhere, leaving.official_id)
    assert (back.ended_at, back.role) == (None, OfficialRole.OFFICIAL)
    assert acts(anywhere)[-2:] == ["end_official", "take_back_official"]


def test_an_official_who_moves_sees_the_other_agency_from_then_on(anywhere: Office, admin: OfficialGrant) -> None:
    moving = line(anywhere, anywhere.official().official_id)
    with writing(anywhere.database) as session:
        officials.change_official(session, admin, moving.id, POST, moving.mark, OPENS)

    assert line(anywhere, moving.id).lead_agency == "Sở Nội vụ"
    with pytest.raises(StaleVersion), writing(anywhere.database) as session:
        officials.change_official(session, admin, moving.id, POST, moving.mark, OPENS)


def test_who_has_left_comes_in_by_no_link(office: Office) -> None:
    admin = office.official(ADMIN, role=OfficialRole.ADMINISTRATOR)
    visitor = office.signed_in()
    assert "gia-lai-2020" in visitor.open("/ban-lam-viec")
    with writing(office.database) as session:
        officials.end_official(session, admin, office.official().official_id, OPENS)

    assert visitor._client.get("/ban-lam-viec", base_url="http://consult.example").status_code == 404
    assert NoAccess is not None
