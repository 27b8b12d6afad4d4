"""Links by the office's hand: printed for anybody asked, sent again, revoked; noted, and never a stranger's."""

import pytest
from sqlalchemy import select

from consult.actions import entering, handing_over
from consult.actions.handing_over import Sheet
from consult.domain.errors import LinkRefused, NoAccess, NotFound
from consult.domain.terms import LetterKind, Stance
from consult.store.database import reading, writing
from consult.store.journal import Entry
from consult.store.outbox import Letter
from consult.store.queries.door import agency_at_door
from tests.builders import EDUCATION, POLICE, Office

MAILLESS = "Ủy ban nhân dân huyện Ia Pa"


def _printed(office: Office, *codes: str) -> tuple[Sheet, ...]:
    official = office.official()
    with writing(office.database) as session:
        return handing_over.print_links(session, official, office.facts(), codes, office.links, office.clock())


def _acts(office: Office) -> list[str]:
    with reading(office.database) as session:
        return list(session.scalars(select(Entry.act).where(Entry.act.like("%link%")).order_by(Entry.number)))


def test_a_link_is_printed_for_anybody_who_was_asked(anywhere: Office) -> None:
    official, code = anywhere.official(), anywhere.address(POLICE).code
    with writing(anywhere.database) as session:
        sheet = handing_over.print_link(session, official, anywhere.facts(), code, anywhere.links, anywhere.clock())
    assert (sheet.address.name, sheet.link) == (POLICE, anywhere.link(POLICE))
    assert sheet.picture.startswith("data:image/svg+xml")
    assert _acts(anywhere) == ["print_link"]


def test_without_a_choice_those_without_a_mailbox_are_printed(office: Office) -> None:
    assert [sheet.address.name for sheet in _printed(office)] == [MAILLESS]
    office.send(office.grant(MAILLESS), Stance.AGREES)
    assert _printed(office) == ()
    assert _acts(office) == ["print_links"]


def test_the_chosen_are_printed_in_the_order_of_the_letter(office: Office) -> None:
    codes = [office.address(name).code for name in (EDUCATION, POLICE)]
    assert [sheet.address.name for sheet in _printed(office, *codes, "zzzzzzzzzz")] == [POLICE, EDUCATION]


def test_a_link_is_sent_again_to_the_mailbox_once_a_minute(office: Office) -> None:
    official, code = office.official(), office.address(POLICE).code
    for _ in range(2):
        with writing(office.database) as session:
            handing_over.send_again(session, official, office.facts(), code, office.clock())
    with reading(office.database) as session:
        letters = session.scalars(select(Letter).where(Letter.kind == LetterKind.LINK_AGAIN)).all()
    assert [letter.to_name for letter in letters] == [POLICE]
    with pytest.raises(NotFound), writing(office.database) as session:
        handing_over.send_again(session, official, office.facts(), office.address(MAILLESS).code, office.clock())


def test_a_renewed_link_ends_the_old_one_and_its_sessions(office: Office) -> None:
    official, grant, code = office.official(), office.grant(POLICE), office.address(POLICE).code
    old = office.link(POLICE).rsplit("/", 1)[1]
    with writing(office.database) as session:
        fresh = handing_over.renew(session, official, office.facts(), code, office.clock())
    assert fresh.generation == 2
    assert office.link(POLICE).rsplit("/", 1)[1] != old
    with reading(office.database) as session:
        key = office.settings.secret_key.encode()
        with pytest.raises(LinkRefused):
            entering.invitation_of(session, key, code, old)
        with pytest.raises(Exception, match="link"):
            agency_at_door(session, "0" * 32, grant.code)
        sent = session.scalars(select(Letter).where(Letter.kind == LetterKind.LINK_AGAIN)).all()
    assert len(sent) == 1
    assert _acts(office) == ["revoke_link"]


def test_an_official_of_another_lead_agency_gets_no_link(office: Office) -> None:
    stranger, code = office.official("la@sotuphap.example", "Sở Tư pháp"), office.address(POLICE).code
    acts = (handing_over.renew, handing_over.send_again)
    for act in acts:
        with pytest.raises(NoAccess), writing(office.database) as session:
            act(session, stranger, office.facts(), code, office.clock())
    with pytest.raises(NoAccess), writing(office.database) as session:
        handing_over.print_links(session, stranger, office.facts(), (), office.links, office.clock())
    assert _acts(office) == []
