"""The administrator keeps agencies and groups; each act stands in the journal, published rounds keep their names."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from consult.actions import directory, grouping
from consult.domain.directory import AgencyEntry, GroupName, Problem, Why
from consult.domain.errors import NotFound, StaleVersion, UnfitEntry
from consult.domain.terms import OfficialRole
from consult.store.database import connect, reading, writing
from consult.store.journal import Entry, verify
from consult.store.queries.directory import (
    AgencyFacts,
    GroupFacts,
    Order,
    Validity,
    Wanted,
    agencies,
    agency_page,
    groups,
    members,
)
from consult.store.queries.door import OfficialGrant
from tests.builders import OPENS, POLICE, Office
from tests.racing import meet, race

TODAY = date(2020, 4, 21)
HEALTH = AgencyEntry("", "Sở Y tế", "Sở YT", ("Sở Y Tế tỉnh",), "department", 40, "syt@gialai.example")


@pytest.fixture
def admin(anywhere: Office) -> OfficialGrant:
    return anywhere.official(role=OfficialRole.ADMINISTRATOR)


def named(office: Office, name: str) -> AgencyFacts:
    with reading(office.database) as session:
        return next(each for each in agencies(session) if each.entry.name == name)


def group(office: Office, code: str = "ubnd-huyen") -> GroupFacts:
    with reading(office.database) as session:
        return next(each for each in groups(session) if each.group.code == code)


def last_act(office: Office) -> tuple[str, dict[str, object]]:
    with reading(office.database) as session:
        entry = session.scalars(select(Entry).order_by(Entry.number.desc()).limit(1)).one()
        assert verify(session).fault == ""
        return entry.act, json.loads(entry.particulars)


def add(office: Office, admin: OfficialGrant, entry: AgencyEntry = HEALTH) -> int:
    with writing(office.database) as session:
        return directory.add_agency(session, admin, entry, OPENS)


def change(office: Office, admin: OfficialGrant, facts: AgencyFacts, entry: AgencyEntry) -> None:
    with writing(office.database) as session:
        directory.change_agency(session, admin, facts.id, entry, facts.version, OPENS)


def test_a_new_agency_stands_in_the_directory_and_in_the_journal(anywhere: Office, admin: OfficialGrant) -> None:
    add(anywhere, admin)

    facts = named(anywhere, "Sở Y tế")
    assert facts.entry == replace(HEALTH, code="so-y-te")
    act, particulars = last_act(anywhere)
    assert (act, particulars["agency"]["code"]) == ("add_agency", "so-y-te")  # type: ignore[index]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (replace(HEALTH, name=""), Problem(Why.NO_NAME)),
        (replace(HEALTH, code="cong-an-tinh"), Problem(Why.CODE_KNOWN, "cong-an-tinh")),
        (replace(HEALTH, name="CÔNG AN TỈNH"), Problem(Why.NAME_KNOWN, "cong-an-tinh")),
        (replace(HEALTH, successor="khong-co"), Problem(Why.SUCCESSOR, "khong-co")),
        (replace(HEALTH, groups=("khong-co",)), Problem(Why.GROUP, "khong-co")),
    ],
)
def test_what_does_not_fit_is_refused_whole(office: Office, entry: AgencyEntry, problem: Problem) -> None:
    admin = office.official(role=OfficialRole.ADMINISTRATOR)
    with reading(office.database) as session:
        before = agencies(session)
    with pytest.raises(UnfitEntry) as refused:
        add(office, admin, entry)

    assert refused.value.problem == problem
    with reading(office.database) as session:
        assert agencies(session) == before


def test_a_changed_name_is_found_and_the_published_round_keeps_the_old_one(
    anywhere: Office, admin: OfficialGrant
) -> None:
    facts = named(anywhere, POLICE)
    change(anywhere, admin, facts, replace(facts.entry, name="Công an tỉnh Gia Lai", groups=("ubnd-huyen",)))

    changed = named(anywhere, "Công an tỉnh Gia Lai")
    assert (changed.version, changed.entry.code, changed.entry.groups) == (2, "cong-an-tinh", ("ubnd-huyen",))
    assert anywhere.address(POLICE).name == POLICE
    with reading(anywhere.database) as session:
        found, total = agency_page(session, Wanted(words="cong an TINH gia"), TODAY)
        assert members(session, group(anywhere).id)[-1].id == facts.id
    assert ([each.id for each in found], total) == ([facts.id], 1)
    assert last_act(anywhere)[0] == "change_agency"


def test_the_second_of_two_changes_is_told_what_stands(anywhere: Office, admin: OfficialGrant) -> None:
    facts = named(anywhere, POLICE)
    change(anywhere, admin, facts, replace(facts.entry, rank=10))
    with pytest.raises(StaleVersion) as refused:
        change(anywhere, admin, facts, replace(facts.entry, rank=20))

    stored = refused.value.stored
    assert isinstance(stored, AgencyFacts) and (stored.entry.rank, refused.value.version) == (10, 2)
    assert named(anywhere, POLICE).entry.rank == 10


def test_saving_what_stands_writes_nothing(office: Office) -> None:
    admin = office.official(role=OfficialRole.ADMINISTRATOR)
    facts, before = named(office, POLICE), last_act(office)
    change(office, admin, facts, facts.entry)

    assert (named(office, POLICE).version, last_act(office)) == (1, before)


def test_an_ended_agency_is_offered_to_its_last_day_and_no_longer(anywhere: Office, admin: OfficialGrant) -> None:
    number, facts = add(anywhere, admin), named(anywhere, POLICE)
    with writing(anywhere.database) as session:
        directory.end_agency(session, admin, facts.id, date(2020, 6, 30), "so-y-te", facts.version, OPENS)

    with reading(anywhere.database) as session:
        last = {each.id for each in agencies(session, date(2020, 6, 30))}
        after = {each.id for each in agencies(session, date(2020, 7, 1))}
        found, _ = agency_page(session, Wanted(validity=Validity.NOT_TODAY), date(2020, 7, 1))
    assert last - after == {facts.id} and number in after
    assert [each.entry.successor for each in found] == ["so-y-te"]
    assert last_act(anywhere) == (
        "end_agency",
        {"code": "cong-an-tinh", "last_day": "2020-06-30", "successor": "so-y-te"},
    )


def test_agencies_come_in_vietnamese_order_or_by_rank(anywhere: Office, admin: OfficialGrant) -> None:
    for name, rank in (("Ủy ban Dân tộc", 1), ("Đài Phát thanh", 2), ("Dân vận", 600), ("Ăn uống", 3)):
        add(anywhere, admin, AgencyEntry("", name, rank=rank, kind="thử"))
    with reading(anywhere.database) as session:
        by_name, _ = agency_page(session, Wanted(kind="thử"), TODAY)
        by_rank, _ = agency_page(session, Wanted(kind="thử", order=Order.RANK), TODAY)

    assert [each.entry.name for each in by_name] == ["Ăn uống", "Dân vận", "Đài Phát thanh", "Ủy ban Dân tộc"]
    assert [each.entry.name for each in by_rank] == ["Ủy ban Dân tộc", "Đài Phát thanh", "Ăn uống", "Dân vận"]


def test_a_group_takes_members_in_order(anywhere: Office, admin: OfficialGrant) -> None:
    with writing(anywhere.database) as session:
        number = grouping.add_group(session, admin, GroupName("", "Các sở", ("Sở, ban, ngành",)), OPENS)
    wanted = [named(anywhere, name).id for name in (POLICE, "Sở Kế hoạch và Đầu tư", "Sở Giáo dục và Đào tạo")]
    for agency_id in (*wanted, wanted[0]):
        with writing(anywhere.database) as session:
            grouping.add_member(session, admin, number, agency_id, OPENS)
    with writing(anywhere.database) as session:
        grouping.move_member(session, admin, number, wanted[2], 1, OPENS)
    with writing(anywhere.database) as session:
        grouping.remove_member(session, admin, number, wanted[0], OPENS)

    with reading(anywhere.database) as session:
        assert [each.id for each in members(session, number)] == [wanted[2], wanted[1]]
    assert group(anywhere, "cac-so").members == 2
    assert last_act(anywhere) == ("remove_member", {"group": "cac-so", "agency": "cong-an-tinh"})


def test_a_group_keeps_its_code_and_is_not_named_like_another(anywhere: Office, admin: OfficialGrant) -> None:
    before = group(anywhere)
    with writing(anywhere.database) as session:
        new = GroupName("", "Ủy ban nhân dân các xã, phường")
        grouping.change_group(session, admin, before.id, new, before.version, OPENS)
    after = group(anywhere)
    assert (after.group.name, after.members, after.version) == ("Ủy ban nhân dân các xã, phường", before.members, 2)

    with pytest.raises(StaleVersion), writing(anywhere.database) as session:
        grouping.change_group(session, admin, before.id, new, before.version, OPENS)
    with pytest.raises(UnfitEntry), writing(anywhere.database) as session:
        grouping.add_group(session, admin, GroupName("", "ủy ban nhân dân các xã,  phường"), OPENS)
    with pytest.raises(NotFound), writing(anywhere.database) as session:
        grouping.move_member(session, admin, before.id, named(anywhere, POLICE).id, 1, OPENS)


def _add_at_once(url: str, admin: OfficialGrant, code: str) -> str:
    database = connect(url)
    meet()
    try:
        with writing(database) as session:
            directory.add_agency(session, admin, replace(HEALTH, code=code), OPENS)
        return "stored"
    except UnfitEntry as refusal:
        return refusal.problem.why.name
    finally:
        database.dispose()


@pytest.mark.slow
def test_of_two_new_agencies_of_one_name_at_once_one_is_stored(anywhere: Office, admin: OfficialGrant) -> None:
    url = anywhere.database.engine.url.render_as_string(hide_password=False)
    done = race(_add_at_once, *((url, admin, code) for code in ("syt", "so-y-te")))

    assert sorted(done) == ["NAME_KNOWN", "stored"]
    with reading(anywhere.database) as session:
        assert sum(each.entry.name == "Sở Y tế" for each in agencies(session)) == 1


def test_a_successor_that_leads_back_is_refused_and_nothing_is_changed(anywhere: Office, admin: OfficialGrant) -> None:
    add(anywhere, admin, replace(HEALTH, code="", successor="cong-an-tinh"))
    police = named(anywhere, POLICE)
    with pytest.raises(UnfitEntry) as refused:
        change(anywhere, admin, police, replace(police.entry, successor="so-y-te"))
    assert refused.value.problem == Problem(Why.CIRCLE, "so-y-te")
    assert named(anywhere, POLICE) == police
