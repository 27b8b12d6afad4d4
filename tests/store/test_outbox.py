"""The outbox: one letter a fact, one worker a letter, nothing lost when a worker dies; on both databases."""

import threading
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from consult.domain.terms import LetterKind
from consult.store import outbox
from consult.store.database import Database, reading, writing
from consult.store.outbox import ClaimedLetter, Undelivered
from tests.mail.record import NOW, letter, seed

MINUTE = timedelta(minutes=1)


def _queue(database: Database, *keys: str, **changed: Any) -> None:
    with writing(database) as session:
        outbox.queue(session, [letter(key, **changed) for key in keys], NOW)


def _claim(database: Database, worker: str = "a", limit: int = 10, lease_seconds: int = 60) -> list[ClaimedLetter]:
    with writing(database) as session:
        return outbox.claim(session, worker, NOW + MINUTE, limit, lease_seconds)


def _counts(database: Database) -> dict[str, int]:
    with reading(database) as session:
        return {state.name: number for state, number in outbox.counts(session).items() if number}


def test_a_fact_has_one_letter(database: Database) -> None:
    _queue(database, "invitation:1:1", subject="Thư đầu")
    _queue(database, "invitation:1:1", "invitation:2:1", subject="Thư sau")
    assert [(found.key, found.subject) for found in _claim(database)] == [
        ("invitation:1:1", "Thư đầu"),
        ("invitation:2:1", "Thư sau"),
    ]


def test_an_agency_without_a_mailbox_gets_no_letter(database: Database) -> None:
    _queue(database, "invitation:1:1", to_address=None)
    _queue(database, "invitation:2:1", to_address="")
    assert _counts(database) == {}


def test_a_letter_of_a_transaction_that_failed_never_was(database: Database) -> None:
    with pytest.raises(RuntimeError), writing(database) as session:
        outbox.queue(session, [letter("invitation:1:1")], NOW)
        raise RuntimeError("the act failed")
    assert _counts(database) == {}


def test_publishing_queues_a_thousand_at_once(database: Database) -> None:
    with writing(database) as session:
        outbox.queue(session, [letter(f"invitation:{number}:1") for number in range(1000)], NOW)
    assert _counts(database) == {"DUE": 1000}
    assert len({found.public_id for found in _claim(database, limit=1000)}) == 1000


def test_letters_leave_in_the_order_in_which_they_fell_due(database: Database) -> None:
    with writing(database) as session:
        outbox.queue(session, [letter("later")], NOW, due_at=NOW + MINUTE)
        outbox.queue(session, [letter("first"), letter("second")], NOW)
        outbox.queue(session, [letter("tomorrow")], NOW, due_at=NOW + timedelta(days=1))
    assert [found.key for found in _claim(database, limit=2)] == ["first", "second"]
    assert [found.key for found in _claim(database)] == ["later"]


def test_a_letter_in_one_hand_is_in_no_other(database: Database) -> None:
    _queue(database, "one", "two")
    assert [found.key for found in _claim(database, "a", limit=1)] == ["one"]
    assert [found.key for found in _claim(database, "b")] == ["two"]
    assert _claim(database, "c") == []


def test_a_lease_that_ran_out_is_claimed_again_with_the_same_message_id(database: Database) -> None:
    _queue(database, "one")
    (dead,) = _claim(database, "dead", lease_seconds=0)
    (alive,) = _claim(database, "alive")
    assert alive == dead


def test_a_letter_put_off_waits_for_its_moment(database: Database) -> None:
    _queue(database, "one")
    (claimed,) = _claim(database)
    with writing(database) as session:
        outbox.mark_retry(session, claimed.id, "a", NOW + 2 * MINUTE, "451 later")
    assert _claim(database) == []
    with writing(database) as session:
        (again,) = outbox.claim(session, "a", NOW + 2 * MINUTE, 10, 60)
    assert (again.attempts, again.public_id) == (1, claimed.public_id)


def test_a_worker_that_lost_its_lease_cannot_put_off_or_give_up(database: Database) -> None:
    _queue(database, "one")
    (claimed,) = _claim(database, "slow", lease_seconds=0)
    _claim(database, "quick")
    with writing(database) as session:
        outbox.mark_retry(session, claimed.id, "slow", NOW + MINUTE, "late")
        outbox.mark_failed(session, claimed.id, "slow", "late")
        outbox.release(session, [claimed.id], "slow")
    assert _counts(database) == {"DUE": 1}
    assert _claim(database, "third") == []


def test_what_left_is_recorded_as_sent_even_after_the_lease(database: Database) -> None:
    _queue(database, "one")
    (claimed,) = _claim(database, "slow", lease_seconds=0)
    _claim(database, "quick")
    with writing(database) as session:
        outbox.mark_sent(session, claimed.id, NOW)
        outbox.mark_failed(session, claimed.id, "quick", "550 no")
    assert _counts(database) == {"SENT": 1}


def test_letters_handed_back_are_due_as_before(database: Database) -> None:
    _queue(database, "one", "two")
    first, _ = _claim(database)
    with writing(database) as session:
        outbox.release(session, [first.id], "a")
    assert [(found.key, found.attempts) for found in _claim(database, "b")] == [("one", 0)]


def test_a_cancelled_letter_stays_and_is_not_claimed(database: Database) -> None:
    _queue(database, "one", "two")
    (one,) = _claim(database, limit=1)
    with writing(database) as session:
        outbox.mark_sent(session, one.id, NOW)
        outbox.cancel(session, "one")
        outbox.cancel(session, "two")
    assert _claim(database) == []
    assert _counts(database) == {"SENT": 1, "CANCELLED": 1}


def test_what_was_given_up_is_listed_for_the_round(database: Database) -> None:
    with writing(database) as session:
        seeded = seed(session)
    _queue(database, "invitation:1:1", to=seeded)
    (claimed,) = _claim(database)
    with writing(database) as session:
        outbox.mark_failed(session, claimed.id, "a", "550 no such user")
    with reading(database) as session:
        found = outbox.undelivered(session, seeded.round_id)
        assert outbox.undelivered(session, seeded.round_id + 1) == []
    assert found == [
        Undelivered("invitation:1:1", LetterKind.INVITATION, seeded.invitation_id, "Công an tỉnh", "550 no such user")
    ]


def test_workers_at_once_share_the_letters(database: Database) -> None:
    _queue(database, *(f"letter:{number}" for number in range(60)))
    taken: dict[str, list[str]] = {"a": [], "b": [], "c": []}

    def work(name: str) -> None:
        while batch := _claim(database, name, limit=7):
            taken[name] += [found.key for found in batch]

    threads = [threading.Thread(target=work, args=(name,)) for name in taken]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(chain.from_iterable(taken.values())) == sorted(f"letter:{number}" for number in range(60))


@pytest.mark.parametrize("change", ["state = 'SENT'", "state = 'LOST'", "leased_by = 'a'"])
def test_the_database_itself_refuses_an_impossible_state(database: Database, change: str) -> None:
    _queue(database, "one")
    with pytest.raises(IntegrityError), writing(database) as session:
        session.execute(text(f"UPDATE letter SET {change}"))
