"""The journal as it is read: every filter, words without accents, pages, and the acts of one consultation alone."""

from datetime import timedelta

import pytest

from consult.domain.terms import ActorKind
from consult.store.database import reading, writing
from consult.store.journal import Actor, append
from consult.store.queries import journal_page
from consult.store.queries.journal_page import LinesPage, Named, Wanted, acts_of, bodies_of, lines_of, page_of
from tests.builders import CLOSES, OPENS, POLICE, Office
from tests.concluded import PLANNING, all_answered, conclude
from tests.statements import counted


def _page(office: Office, wanted: Wanted, page: int = 1) -> LinesPage:
    with reading(office.database) as session:
        return page_of(session, office.facts().consultation_id, wanted, page)


def _acts(office: Office, wanted: Wanted) -> list[str]:
    return [line.act for line in _page(office, wanted).lines]


def _body(office: Office, name: str) -> Named:
    with reading(office.database) as session:
        return next(each for each in bodies_of(session, office.facts().consultation_id) if each.name == name)


def test_the_newest_entry_comes_first(anywhere: Office) -> None:
    all_answered(anywhere)
    conclude(anywhere)
    acts = _acts(anywhere, Wanted())
    assert acts[:4] == ["result", "respond", "respond", "respond"]
    assert acts[-2:] == ["publish", "load"]
    numbers = [line.number for line in _page(anywhere, Wanted()).lines]
    assert numbers == sorted(numbers, reverse=True)


def test_an_agency_has_what_it_did_and_what_was_done_about_it(anywhere: Office) -> None:
    all_answered(anywhere)
    with writing(anywhere.database) as session:
        own = anywhere.address(PLANNING)
        append(session, CLOSES, Actor(ActorKind.OFFICIAL, "A"), "extended", anywhere.facts().id, invitation=own.id)
        other = int(f"{own.id}0")
        append(session, CLOSES, Actor(ActorKind.OFFICIAL, "A"), "extended", anywhere.facts().id, invitation=other)
        append(session, CLOSES, Actor(ActorKind.OFFICIAL, "A"), "remind", anywhere.facts().id, agencies=[own.code])
    assert _acts(anywhere, Wanted(body=_body(anywhere, PLANNING))) == ["remind", "extended", "respond", "send"]
    assert _acts(anywhere, Wanted(body=_body(anywhere, POLICE))) == ["respond", "respond", "send"]


def test_words_are_found_without_accents(anywhere: Office) -> None:
    all_answered(anywhere)
    conclude(anywhere)
    assert _acts(anywhere, Wanted(words="le van duyet")) == ["result"]
    assert _acts(anywhere, Wanted(words="CONG AN TINH", act="send")) == ["send"]
    assert _acts(anywhere, Wanted(words="không có chữ này")) == []
    assert _acts(anywhere, Wanted(words="xyz", said=frozenset({"publish"}))) == ["publish"]
    assert _acts(anywhere, Wanted(words="100% nhất trí")) == []


def test_who_acted_and_of_which_kind(anywhere: Office) -> None:
    all_answered(anywhere)
    assert set(_acts(anywhere, Wanted(kind=ActorKind.COMMAND))) == {"load", "publish"}
    assert set(_acts(anywhere, Wanted(person="chuyen vien"))) == {"respond"}
    assert _acts(anywhere, Wanted(person="chuyen vien", kind=ActorKind.AGENCY)) == []


def test_days_count_from_their_start_and_not_their_end(anywhere: Office) -> None:
    tick = timedelta(microseconds=1)
    with writing(anywhere.database) as session:
        for number, at in enumerate((CLOSES - tick, CLOSES, CLOSES + tick)):
            append(session, at, Actor(ActorKind.COMMAND, "x"), f"act{number}", anywhere.facts().id)
    assert _acts(anywhere, Wanted(since=CLOSES)) == ["act2", "act1"]
    assert _acts(anywhere, Wanted(since=OPENS + tick, until=CLOSES)) == ["act0"]


def test_pages_hold_all_entries_once_in_as_many_queries(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal_page, "ROWS", 3)
    with writing(office.database) as session:
        for number in range(10):
            append(session, OPENS, Actor(ActorKind.COMMAND, "máy"), f"act{number}", office.facts().id)
    for wanted in (Wanted(), Wanted(person="may")):
        every = [line.act for page in range(1, 6) for line in _page(office, wanted, page).lines]
        first = _page(office, wanted)
        assert first.pages == -(-first.total // 3)
        assert sorted(set(every[:10])) == [f"act{number}" for number in range(10)]
        assert _page(office, wanted, 99).page == first.pages
        assert _page(office, wanted, -1).page == 1
    facts = office.facts()
    for page in (1, 3):
        with counted(office.database) as sent, reading(office.database) as session:
            page_of(session, facts.consultation_id, Wanted(), page)
        assert len(sent) == 2


def test_another_consultations_acts_do_not_stand_here(office: Office) -> None:
    other = office.prepare()
    with reading(office.database) as session:
        mine = {line.number for line in lines_of(session, office.facts().consultation_id, Wanted())}
        theirs = {line.number for line in lines_of(session, other.consultation_id, Wanted())}
        assert acts_of(session, other.consultation_id) == ("load",)
    assert mine and theirs and not mine & theirs
