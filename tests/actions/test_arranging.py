"""Drafts of a round in preparation: added, renamed, moved, removed, with anchors that follow."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from consult.actions import arranging, mending, publishing
from consult.actions.arranging import Named
from consult.actions.mending import read_file
from consult.domain.edits import Join
from consult.domain.errors import AlreadyPublished, PartTaken, StaleVersion
from consult.domain.outline_entries import At
from consult.store.consultations import Clause, Draft
from consult.store.database import reading, writing
from consult.store.queries.door import OfficialGrant
from consult.store.queries.preparing import DraftFile, drafts_with_files
from tests.builders import NEW_SLUG, Office

TEXT = b"1. M\xe1\xbb\xa5c ti\xc3\xaau.\n\n2. Nhi\xe1\xbb\x87m v\xe1\xbb\xa5.\n"


def drafts(office: Office) -> Sequence[DraftFile]:
    with reading(office.database) as session:
        return drafts_with_files(session, office.facts(NEW_SLUG).id)


def anchors(office: Office) -> list[list[str]]:
    """Return the anchors of each draft, in order."""
    with reading(office.database) as session:
        of = select(Clause.anchor).order_by(Clause.position)
        return [list(session.scalars(of.where(Clause.draft_id == each.id))) for each in drafts(office)]


@pytest.fixture
def official(anywhere: Office) -> OfficialGrant:
    """Give a round with one draft, and its official."""
    anywhere.prepare(**{"": TEXT})
    return anywhere.official()


def add(office: Office, official: OfficialGrant, part: str = "Quy chế") -> int:
    handed_in = read_file("quy-che.txt", TEXT)
    with writing(office.database) as session:
        facts = office.facts(NEW_SLUG)
        return arranging.add_draft(session, official, facts, Named(part, "Quy chế"), handed_in, office.clock())


def test_a_second_draft_gives_both_their_prefix_and_taking_one_out_takes_it_off(
    anywhere: Office, official: OfficialGrant
) -> None:
    assert anchors(anywhere) == [["1", "2"]]
    assert add(anywhere, official) == 2
    assert anchors(anywhere) == [["1.1", "1.2"], ["quy-che.1", "quy-che.2"]]
    with writing(anywhere.database) as session:
        arranging.remove_draft(session, official, anywhere.facts(NEW_SLUG), drafts(anywhere)[0], anywhere.clock())
    assert anchors(anywhere) == [["1", "2"]]
    assert [(each.position, each.name) for each in drafts(anywhere)] == [(1, "quy-che.txt")]


def test_a_new_name_is_a_new_prefix(anywhere: Office, official: OfficialGrant) -> None:
    add(anywhere, official)
    with writing(anywhere.database) as session:
        facts, second = anywhere.facts(NEW_SLUG), drafts(anywhere)[1]
        named = Named("Phụ lục", "Phụ lục kèm theo")
        arranging.rename_draft(session, official, facts, second, named, anywhere.clock())
    assert anchors(anywhere)[1] == ["phu-luc.1", "phu-luc.2"]
    assert drafts(anywhere)[1].title == "Phụ lục kèm theo"


def test_moving_up_changes_places_and_the_first_stays(anywhere: Office, official: OfficialGrant) -> None:
    add(anywhere, official, part="")
    for position, expected in ((2, ["quy-che.txt", ".txt"]), (1, ["quy-che.txt", ".txt"])):
        with writing(anywhere.database) as session:
            found = drafts(anywhere)[position - 1]
            arranging.move_up(session, official, anywhere.facts(NEW_SLUG), found, anywhere.clock())
        assert [each.name for each in drafts(anywhere)] == expected
    assert anchors(anywhere) == [["1.1", "1.2"], ["2.1", "2.2"]]


def test_what_was_mended_stays_when_a_draft_is_added(anywhere: Office, official: OfficialGrant) -> None:
    with writing(anywhere.database) as session:
        mending.mend(session, official, drafts(anywhere)[0], Join(At("text", 2, 0)), anywhere.clock())
    assert anchors(anywhere) == [["1"]]
    add(anywhere, official)
    assert anchors(anywhere)[0] == ["1.1"]


@pytest.mark.parametrize("part", ["Quy chế", "QUY CHE"])
def test_two_drafts_cannot_be_one_part(anywhere: Office, official: OfficialGrant, part: str) -> None:
    add(anywhere, official)
    with pytest.raises(PartTaken):
        add(anywhere, official, part)
    assert len(drafts(anywhere)) == 2


def test_whoever_saw_an_older_state_changes_nothing(anywhere: Office, official: OfficialGrant) -> None:
    seen = drafts(anywhere)[0]
    add(anywhere, official)
    with pytest.raises(StaleVersion), writing(anywhere.database) as session:
        arranging.remove_draft(session, official, anywhere.facts(NEW_SLUG), seen, anywhere.clock())
    with pytest.raises(StaleVersion), writing(anywhere.database) as session:
        mending.mend(session, official, seen, Join(At("text", 2, 0)), anywhere.clock())
    assert len(drafts(anywhere)) == 2


def test_a_published_round_takes_no_draft(office: Office) -> None:
    office.prepare(**{"": TEXT})
    official, facts = office.official(), office.facts(NEW_SLUG)
    with writing(office.database) as session:
        publishing.publish(session, NEW_SLUG, office.clock())
    with pytest.raises(AlreadyPublished):
        add(office, official)
    with pytest.raises(AlreadyPublished), writing(office.database) as session:
        arranging.remove_draft(session, official, facts, drafts(office)[0], office.clock())


def test_the_last_draft_may_go_too(anywhere: Office, official: OfficialGrant) -> None:
    with writing(anywhere.database) as session:
        arranging.remove_draft(session, official, anywhere.facts(NEW_SLUG), drafts(anywhere)[0], anywhere.clock())
    with reading(anywhere.database) as session:
        assert session.scalars(select(Draft.id).where(Draft.round_id == anywhere.facts(NEW_SLUG).id)).all() == []
