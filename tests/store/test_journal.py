"""The journal's chain: it holds as written, and every way of meddling with it shows."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from consult.domain.terms import ActorKind
from consult.store import journal
from consult.store.database import Database, connect, reading, writing
from consult.store.journal import GENESIS, Actor, Entry, Verdict
from tests.builders import OPENS
from tests.racing import meet, race

SOMEBODY = Actor(ActorKind.AGENCY, "Công an tỉnh (7q2m): Nguyễn Văn Mẫu")


def _append(database: Database, number: int = 5) -> None:
    for each in range(number):
        with writing(database) as session:
            journal.append(session, OPENS + timedelta(microseconds=each), SOMEBODY, "send", code=f"7Q2M-{each}")


def _verdict(database: Database) -> Verdict:
    with reading(database) as session:
        return journal.verify(session)


@pytest.fixture
def five(database: Database) -> Iterator[Database]:
    """Give a journal of five entries whose triggers somebody with the database's password has taken away."""
    _append(database)
    with writing(database) as session:
        if database.engine.dialect.name == "postgresql":
            session.execute(text("ALTER TABLE journal_entry DISABLE TRIGGER ALL"))
        else:
            for verb in ("update", "delete"):
                session.execute(text(f"DROP TRIGGER frozen_journal_entry_{verb}"))
    return database


def _meddle(database: Database, *statements: str) -> str:
    with writing(database) as session:
        for statement in statements:
            session.execute(text(statement))
    return _verdict(database).fault


def test_an_empty_journal_holds(database: Database) -> None:
    assert _verdict(database) == Verdict(0, GENESIS, "")


def test_each_entry_follows_the_one_before(database: Database) -> None:
    _append(database)
    with reading(database) as session:
        entries = session.scalars(select(Entry).order_by(Entry.number)).all()
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert [entry.previous for entry in entries] == [GENESIS, *(entry.digest for entry in entries[:-1])]
    assert entries[0].particulars == '{"code": "7Q2M-0"}'
    assert entries[0].actor == "Công an tỉnh (7q2m): Nguyễn Văn Mẫu"
    assert _verdict(database) == Verdict(5, entries[-1].digest, "")


def test_an_act_that_failed_left_no_entry(database: Database) -> None:
    with pytest.raises(RuntimeError), writing(database) as session:
        journal.append(session, OPENS, SOMEBODY, "send")
        raise RuntimeError
    assert _verdict(database) == Verdict(0, GENESIS, "")


@pytest.mark.parametrize(
    "changed",
    [
        "actor = 'Sở Giáo dục và Đào tạo'",
        "act = 'recall'",
        "actor_kind = 'OFFICIAL'",
        "particulars = '{}'",
        "at = '2020-04-21 01:00:00.000009'",
        f"digest = '{'0' * 63}1'",
    ],
)
def test_an_edited_entry_shows(five: Database, changed: str) -> None:
    fault = _meddle(five, f"UPDATE journal_entry SET {changed} WHERE number = 3")
    assert fault == "entry 3 was changed"


def test_an_entry_that_was_edited_with_its_digest_shows_at_the_next(five: Database) -> None:
    with reading(five) as session:
        third = session.execute(select(Entry.__table__).where(Entry.number == 3)).one()
    forged = journal._digest(3, third.at, "AGENCY", "Ai đó", "send", None, third.particulars, third.previous)
    fault = _meddle(five, f"UPDATE journal_entry SET actor = 'Ai đó', digest = '{forged}' WHERE number = 3")
    assert fault == "entry 4 does not follow entry 3"


def test_a_deleted_entry_shows(five: Database) -> None:
    assert _meddle(five, "DELETE FROM journal_entry WHERE number = 2") == "entry 2 is missing"


def test_entries_in_another_order_show(five: Database) -> None:
    swap = [(2, 99), (3, 2), (99, 3)]
    fault = _meddle(five, *(f"UPDATE journal_entry SET number = {new} WHERE number = {old}" for old, new in swap))
    assert fault == "entry 2 does not follow entry 1"


def test_entries_cut_off_at_the_end_show(five: Database) -> None:
    fault = _meddle(five, "DELETE FROM journal_entry WHERE number > 3")
    assert fault == "the head names entry 5, the last entry is 3"


def test_a_head_that_was_turned_back_shows(five: Database) -> None:
    fault = _meddle(five, "UPDATE journal_head SET number = 4")
    assert fault == "the head names entry 4, the last entry is 5"


def _append_many(url: str) -> None:
    database = connect(url)
    _verdict(database)
    meet()
    _append(database, 50)
    database.dispose()


def test_two_processes_make_one_chain(database: Database) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    race(_append_many, (url,), (url,))
    found = _verdict(database)
    assert (found.entries, found.fault) == (100, "")
