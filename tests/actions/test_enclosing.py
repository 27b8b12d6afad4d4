"""Further files of a round in preparation."""

import pytest

from consult.actions import enclosing, publishing
from consult.domain.errors import AlreadyPublished, StaleVersion
from consult.store.database import reading, writing
from consult.store.queries.door import OfficialGrant
from consult.store.queries.enclosures import EnclosedFile, enclosures
from consult.store.queries.preparing import file_content
from tests.builders import NEW_SLUG, Office

PDF = b"%PDF-1.7\n"


@pytest.fixture
def official(anywhere: Office) -> OfficialGrant:
    """Give a round with three further files, and its official."""
    anywhere.prepare(**{"": b"1. A.\n"})
    official = anywhere.official()
    for title in ("Tờ trình", "Bản so sánh", "Thuyết minh"):
        enclose(anywhere, official, title)
    return official


def enclose(office: Office, official: OfficialGrant, title: str) -> None:
    file = enclosing.read_enclosure(f"{title}.pdf", PDF)
    with writing(office.database) as session:
        enclosing.enclose(session, official, office.facts(NEW_SLUG), title, file, office.clock())


def files(office: Office) -> tuple[EnclosedFile, ...]:
    with reading(office.database) as session:
        return enclosures(session, office.facts(NEW_SLUG).id)


def titles(office: Office) -> list[tuple[int, str]]:
    return [(each.position, each.title) for each in files(office)]


def test_files_stand_in_order_and_their_bytes_are_kept_once(anywhere: Office, official: OfficialGrant) -> None:
    assert titles(anywhere) == [(1, "Tờ trình"), (2, "Bản so sánh"), (3, "Thuyết minh")]
    assert len({each.digest for each in files(anywhere)}) == 1
    assert files(anywhere)[0].size == len(PDF)
    with reading(anywhere.database) as session:
        assert file_content(session, files(anywhere)[0].digest) == PDF


def test_moving_retitling_and_taking_out(anywhere: Office, official: OfficialGrant) -> None:
    facts, at = anywhere.facts(NEW_SLUG), anywhere.clock()
    with writing(anywhere.database) as session:
        enclosing.move_up(session, official, facts, files(anywhere)[2], at)
    assert titles(anywhere) == [(1, "Tờ trình"), (2, "Thuyết minh"), (3, "Bản so sánh")]
    with writing(anywhere.database) as session:
        enclosing.move_up(session, official, facts, files(anywhere)[0], at)
    with writing(anywhere.database) as session:
        enclosing.take_out(session, official, facts, files(anywhere)[0], at)
    with writing(anywhere.database) as session:
        enclosing.retitle(session, official, facts, files(anywhere)[0], "Bản thuyết minh", at)
    assert titles(anywhere) == [(1, "Bản thuyết minh"), (2, "Bản so sánh")]


def test_whoever_saw_an_older_state_changes_nothing(anywhere: Office, official: OfficialGrant) -> None:
    facts, seen = anywhere.facts(NEW_SLUG), files(anywhere)[1]
    with writing(anywhere.database) as session:
        enclosing.retitle(session, official, facts, seen, "Bản so sánh mới", anywhere.clock())
    with pytest.raises(StaleVersion), writing(anywhere.database) as session:
        enclosing.take_out(session, official, facts, seen, anywhere.clock())
    assert len(files(anywhere)) == 3


def test_a_published_round_keeps_its_files(office: Office) -> None:
    office.prepare(**{"": b"1. A.\n"})
    official = office.official()
    enclose(office, official, "Tờ trình")
    with writing(office.database) as session:
        publishing.publish(session, NEW_SLUG, office.clock())
    with pytest.raises(AlreadyPublished):
        enclose(office, official, "Bản so sánh")
    with pytest.raises(AlreadyPublished), writing(office.database) as session:
        enclosing.take_out(session, official, office.facts(NEW_SLUG), files(office)[0], office.clock())
    assert titles(office) == [(1, "Tờ trình")]
