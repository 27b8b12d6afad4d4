"""Coming in: links do what they say once, revoking ends what came in by them, and nothing tells who exists."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from consult.actions import appointing, entering
from consult.actions.entering import LINKS_PER_SOURCE, LINKS_PER_SUBJECT, Browser
from consult.domain.errors import LinkRefused, NoAccess
from consult.domain.links import invitation_token, new_token, token_digest
from consult.domain.terms import LetterKind
from consult.store import access, journal
from consult.store.answers import Invitation
from consult.store.database import reading, writing
from consult.store.outbox import Letter
from consult.store.queries.door import AgencyGrant, OfficialGrant, agency_at_door, official_at_door
from consult.store.queries.people import official_by_email
from tests.builders import EDUCATION, LEAD_AGENCY, OFFICIAL, OPENS, POLICE, SECRET, SLUG, Office
from tests.statements import counted

KEY = SECRET.encode()
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
_browsers = count(1)


def _token(office: Office, agency: str = POLICE, generation: int = 1) -> str:
    return invitation_token(KEY, office.address(agency).code, generation)


def _enter(office: Office, agency: str = POLICE, generation: int = 1, old: str = "none") -> str:
    """Come in by an agency's link; return the digest of the fresh cookie."""
    fresh = f"cookie-{next(_browsers)}"
    with writing(office.database) as session:
        token = _token(office, agency, generation)
        entering.enter_agency(
            session, KEY, office.address(agency).code, token, Browser(old, fresh, DAY, DAY), office.clock()
        )
    return fresh


def _at_door(office: Office, digest: str, agency: str = POLICE) -> AgencyGrant:
    with reading(office.database) as session:
        return agency_at_door(session, digest, office.address(agency).code)


def _letters(office: Office, kind: LetterKind) -> Sequence[Letter]:
    with reading(office.database) as session:
        return session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)).all()


def _state(office: Office, digest: str, name: str = "Nguyễn Văn Mẫu", agency: str = POLICE) -> None:
    grant = _at_door(office, digest, agency)
    with writing(office.database) as session:
        entering.state_person(session, grant, name, "mau@congan.example", office.clock())


def test_an_invitation_link_works_many_times(anywhere: Office) -> None:
    first, second = _enter(anywhere), _enter(anywhere)
    assert _at_door(anywhere, first).agency == _at_door(anywhere, second).agency == POLICE
    assert _at_door(anywhere, first).opened_at == OPENS


def test_the_first_opening_is_remembered(office: Office) -> None:
    _enter(office)
    office.clock.at += HOUR
    assert _at_door(office, _enter(office)).opened_at == OPENS


def test_one_browser_may_act_for_two_agencies(office: Office) -> None:
    first = _enter(office)
    second = _enter(office, EDUCATION, old=first)
    assert _at_door(office, second).agency == POLICE
    assert _at_door(office, second, EDUCATION).agency == EDUCATION
    with pytest.raises(NoAccess):
        _at_door(office, first)


def test_made_up_revoked_and_foreign_links_are_refused_with_the_same_words(office: Office) -> None:
    code, other = office.address().code, office.address(EDUCATION).code
    attempts = [
        (code, new_token()),
        (code, _token(office, EDUCATION)),
        (other, _token(office)),
        (code, _token(office, generation=2)),
        ("2222222222", _token(office)),
        (code, ""),
    ]
    words = set()
    for tried, token in attempts:
        with pytest.raises(LinkRefused) as refused, writing(office.database) as session:
            entering.enter_agency(session, KEY, tried, token, Browser("none", "fresh", DAY, DAY), OPENS)
        words.add(str(refused.value))
    assert len(words) == 1
    with reading(office.database) as session:
        assert session.scalar(select(func.count()).select_from(access.SessionRow)) == 0


def test_the_official_address_is_told_who_came_in(office: Office) -> None:
    _state(office, _enter(office))
    (letter,) = _letters(office, LetterKind.ENTERED)
    assert letter.to_address == "congan@gialai.example"
    assert "Nguyễn Văn Mẫu" in letter.text
    assert "mau@congan.example" in letter.text


def test_everybody_who_comes_in_is_told_of_also_after_others_signed_out(anywhere: Office) -> None:
    for name in ("Nguyễn Văn Mẫu", "Trần Thị Ví Dụ", "Lê Văn Thử"):
        digest = _enter(anywhere)
        _state(anywhere, digest, name)
        with writing(anywhere.database) as session:
            entering.sign_out(session, digest)
    assert len(_letters(anywhere, LetterKind.ENTERED)) == 3


def test_stating_the_same_twice_is_one_letter(office: Office) -> None:
    digest = _enter(office)
    _state(office, digest)
    _state(office, digest)
    assert len(_letters(office, LetterKind.ENTERED)) == 1
    assert _at_door(office, digest).person_name == "Nguyễn Văn Mẫu"


def test_revoking_ends_every_session_of_the_link_and_sends_a_fresh_one(anywhere: Office) -> None:
    first, second, other = _enter(anywhere), _enter(anywhere), _enter(anywhere, EDUCATION)
    token = _token(anywhere)
    with writing(anywhere.database) as session:
        entering.revoke(session, KEY, anywhere.address().code, token, OPENS)
    for digest in (first, second):
        with pytest.raises(NoAccess):
            _at_door(anywhere, digest)
    assert _at_door(anywhere, other, EDUCATION).agency == EDUCATION
    with pytest.raises(LinkRefused):
        _enter(anywhere)
    assert anywhere.address().generation == 2
    assert _at_door(anywhere, _enter(anywhere, generation=2)).agency == POLICE
    (letter,) = _letters(anywhere, LetterKind.LINK_AGAIN)
    assert letter.to_address == "congan@gialai.example"


def test_a_revoked_link_cannot_be_revoked_again(office: Office) -> None:
    token, code = _token(office), office.address().code
    for expected in (2, 2):
        try:
            with writing(office.database) as session:
                entering.revoke(session, KEY, code, token, OPENS)
        except LinkRefused:
            pass
        assert office.address().generation == expected


def _ask(office: Office, code: str, slug: str = SLUG, source: str = "192.0.2.1") -> None:
    with writing(office.database) as session:
        entering.ask_link_again(session, code, slug, source, office.clock())


def test_asking_for_a_link_never_tells_who_exists(office: Office) -> None:
    _ask(office, "2222222222")
    _ask(office, office.address().code, slug="another")
    assert _letters(office, LetterKind.LINK_AGAIN) == []
    _ask(office, office.address().code)
    (letter,) = _letters(office, LetterKind.LINK_AGAIN)
    assert letter.to_address == "congan@gialai.example"


def test_a_mailbox_gets_few_links_an_hour_and_its_neighbour_is_not_affected(anywhere: Office) -> None:
    for minute in range(20):
        anywhere.clock.at = OPENS + timedelta(minutes=minute)
        _ask(anywhere, anywhere.address().code, source=f"192.0.2.{minute}")
    assert len(_letters(anywhere, LetterKind.LINK_AGAIN)) == LINKS_PER_SUBJECT
    _ask(anywhere, anywhere.address(EDUCATION).code)
    assert len(_letters(anywhere, LetterKind.LINK_AGAIN)) == LINKS_PER_SUBJECT + 1
    anywhere.clock.at = OPENS + HOUR
    _ask(anywhere, anywhere.address().code)
    assert len(_letters(anywhere, LetterKind.LINK_AGAIN)) == LINKS_PER_SUBJECT + 2


def test_one_source_asks_only_so_often(office: Office) -> None:
    for number in range(LINKS_PER_SOURCE):
        _ask(office, f"unknown{number}")
    _ask(office, office.address().code)
    assert _letters(office, LetterKind.LINK_AGAIN) == []
    _ask(office, office.address().code, source="192.0.2.2")
    assert len(_letters(office, LetterKind.LINK_AGAIN)) == 1


def _appoint(office: Office) -> None:
    with writing(office.database) as session:
        appointing.add_official(session, OFFICIAL, "Chuyên viên phụ trách", LEAD_AGENCY, OPENS)


def _ask_sign_in(office: Office, email: str) -> None:
    with writing(office.database) as session:
        entering.ask_sign_in(session, email, "192.0.2.1", 30, office.clock())


def test_an_unknown_official_gets_no_letter_and_no_refusal(office: Office) -> None:
    _appoint(office)
    _ask_sign_in(office, "la@la.example")
    assert _letters(office, LetterKind.SIGN_IN) == []
    _ask_sign_in(office, OFFICIAL.upper())
    (letter,) = _letters(office, LetterKind.SIGN_IN)
    assert letter.to_address == OFFICIAL


def _official_enters(office: Office, old: str = "none") -> tuple[OfficialGrant, str]:
    token, fresh = new_token(), f"cookie-{next(_browsers)}"
    with writing(office.database) as session:
        found = official_by_email(session, OFFICIAL)
        assert found is not None
        access.issue_sign_in_link(session, found.id, token_digest(token), OPENS + HOUR)
    with writing(office.database) as session:
        entering.enter_official(session, token, Browser(old, fresh, DAY, DAY), OPENS)
    with reading(office.database) as session:
        return official_at_door(session, fresh), fresh


def test_an_official_signs_in_and_the_journal_names_them(office: Office) -> None:
    _appoint(office)
    grant, _ = _official_enters(office)
    assert (grant.name, grant.lead_agency) == ("Chuyên viên phụ trách", LEAD_AGENCY)
    with reading(office.database) as session:
        last = session.scalars(select(journal.Entry).order_by(journal.Entry.number.desc()).limit(1)).one()
        assert (last.act, last.actor) == ("sign_in", "Chuyên viên phụ trách")


def test_signing_out_everywhere_ends_every_session_of_the_official(anywhere: Office) -> None:
    _appoint(anywhere)
    (grant, first), (_, second) = _official_enters(anywhere), _official_enters(anywhere)
    agency = _enter(anywhere)
    with counted(anywhere.database) as statements, writing(anywhere.database) as session:
        entering.sign_out_everywhere(session, grant)
    assert len(statements) == 1
    for digest in (first, second):
        with pytest.raises(NoAccess), reading(anywhere.database) as session:
            official_at_door(session, digest)
    assert _at_door(anywhere, agency).agency == POLICE


def test_the_database_holds_no_token(office: Office) -> None:
    _enter(office)
    with reading(office.database) as session:
        rows = session.execute(select(Invitation.__table__)).all()
    assert _token(office) not in str(rows)
