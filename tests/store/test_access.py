"""Who may come in: one-time links, sessions and their grants, the throttle."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, update

from consult.domain.errors import LinkRefused, NoAccess, Throttled
from consult.store import access
from consult.store.access import Grant, SessionRow, SignInLink, Throttle
from consult.store.answers import Invitation
from consult.store.database import Database, connect, reading, writing
from consult.store.directory import LeadAgency, Official
from consult.store.queries.door import agency_at_door
from tests.builders import OPENS, Office
from tests.racing import meet, race

HOUR = timedelta(hours=1)
LINKS = 12


def _official(database: Database) -> int:
    with writing(database) as session:
        lead = session.execute(insert(LeadAgency).values(name="Sở").returning(LeadAgency.id)).scalar_one()
        row = insert(Official).values(lead_agency_id=lead, email="an@so.example", name="An", created_at=OPENS)
        return session.execute(row.returning(Official.id)).scalar_one()


def _issue(database: Database, official: int, digest: str) -> None:
    with writing(database) as session:
        access.issue_sign_in_link(session, official, digest, OPENS + HOUR)


def _use(database: Database, digest: str, now: datetime = OPENS) -> int:
    with writing(database) as session:
        return access.use_sign_in_link(session, digest, now)


def test_a_one_time_link_works_once(database: Database) -> None:
    official = _official(database)
    _issue(database, official, "d1")
    assert _use(database, "d1") == official
    with pytest.raises(LinkRefused):
        _use(database, "d1")


def test_a_link_is_refused_from_its_last_moment_on(database: Database) -> None:
    official = _official(database)
    _issue(database, official, "d1")
    with pytest.raises(LinkRefused):
        _use(database, "d1", OPENS + HOUR)
    assert _use(database, "d1", OPENS + HOUR - timedelta(microseconds=1)) == official


def test_a_fresh_link_ends_the_unused_one_before_it(database: Database) -> None:
    official = _official(database)
    _issue(database, official, "d1")
    _issue(database, official, "d2")
    with pytest.raises(LinkRefused):
        _use(database, "d1")
    assert _use(database, "d2") == official


def test_a_link_of_an_official_who_left_is_refused_and_stays_unused(database: Database) -> None:
    official = _official(database)
    _issue(database, official, "d1")
    with writing(database) as session:
        session.execute(update(Official).values(ended_at=OPENS))
    with pytest.raises(LinkRefused):
        _use(database, "d1")
    with reading(database) as session:
        assert session.scalars(select(SignInLink.used_at)).all() == [None]


def _prepared(url: str) -> Database:
    database = connect(url)
    with reading(database) as session:
        session.scalar(select(1))
    return database


def _use_each(url: str) -> int:
    """Press every link's button at the same moment as the others; return how often it signed in."""
    database, won = _prepared(url), 0
    for number in range(LINKS):
        meet()
        try:
            _use(database, f"d{number}")
            won += 1
        except LinkRefused:
            pass
    return won


def _use_each_unguarded(url: str) -> int:
    """Look first whether a link is unused, then mark it: what must not be done."""
    database, won = _prepared(url), 0
    for number in range(LINKS):
        link = SignInLink.digest == f"d{number}"
        with reading(database) as session:
            unused = session.scalar(select(SignInLink.used_at).where(link)) is None
        meet()
        if unused:
            with writing(database) as session:
                session.execute(update(SignInLink).where(link).values(used_at=OPENS))
            won += 1
        meet()
    return won


def _race_for_links(database: Database, act: object) -> int:
    official = _official(database)
    with writing(database) as session:
        rows = [{"digest": f"d{n}", "official_id": official, "expires_at": OPENS + HOUR} for n in range(LINKS)]
        session.execute(insert(SignInLink), rows)
    url = database.engine.url.render_as_string(hide_password=False)
    return sum(race(act, (url,), (url,)))  # type: ignore[arg-type]


@pytest.mark.slow
def test_two_processes_at_once_sign_in_once(database: Database) -> None:
    assert _race_for_links(database, _use_each) == LINKS


@pytest.mark.slow
def test_looking_before_marking_would_sign_in_twice(database: Database) -> None:
    assert _race_for_links(database, _use_each_unguarded) == 2 * LINKS


def _attempt(database: Database, subject: str, now: datetime) -> None:
    with writing(database) as session:
        access.count_attempt(session, "link", subject, now, 3, HOUR)


def test_the_throttle_lets_so_many_through_in_a_stretch(database: Database) -> None:
    for _ in range(3):
        _attempt(database, "a", OPENS)
    for now in (OPENS, OPENS + HOUR - timedelta(microseconds=1)):
        with pytest.raises(Throttled):
            _attempt(database, "a", now)
    _attempt(database, "b", OPENS)
    for _ in range(3):
        _attempt(database, "a", OPENS + HOUR)
    with pytest.raises(Throttled):
        _attempt(database, "a", OPENS + HOUR)


def test_a_clock_that_was_set_back_throttles_nobody_for_longer(database: Database) -> None:
    for _ in range(3):
        _attempt(database, "a", OPENS)
    _attempt(database, "a", OPENS - 2 * HOUR)


def _attempt_each(url: str) -> int:
    database, through = _prepared(url), 0
    for number in range(10):
        meet()
        try:
            _attempt(database, f"s{number}", OPENS)
            _attempt(database, f"s{number}", OPENS)
            through += 2
        except Throttled:
            through += 1
    return through


def test_attempts_at_once_are_all_counted(database: Database) -> None:
    url = database.engine.url.render_as_string(hide_password=False)
    assert sum(race(_attempt_each, (url,), (url,))) == 10 * 3


def _session(office: Office, digest: str, lifetime: timedelta = HOUR) -> int:
    with writing(office.database) as session:
        return access.open_session(session, digest, OPENS, lifetime)


def _at_door(office: Office, digest: str) -> str:
    with reading(office.database) as session:
        return agency_at_door(session, digest, office.address().code).agency


def _granted(office: Office, digest: str, generation: int = 1) -> int:
    number = _session(office, digest)
    with writing(office.database) as session:
        access.grant_agency(session, number, office.address().id, generation)
    return number


def test_a_grant_opens_the_agencys_page_and_no_other(anywhere: Office) -> None:
    _granted(anywhere, "s1")
    assert _at_door(anywhere, "s1") == "Công an tỉnh"
    with pytest.raises(NoAccess), reading(anywhere.database) as session:
        agency_at_door(session, "s1", anywhere.address("Sở Kế hoạch và Đầu tư").code)
    with pytest.raises(NoAccess):
        _at_door(anywhere, "s2")


def test_raising_the_generation_ends_every_grant_of_the_old_link(anywhere: Office) -> None:
    _granted(anywhere, "s1")
    with writing(anywhere.database) as session:
        session.execute(update(Invitation).values(generation=2))
    with pytest.raises(NoAccess):
        _at_door(anywhere, "s1")
    _granted(anywhere, "s2", generation=2)
    assert _at_door(anywhere, "s2") == "Công an tỉnh"


def test_a_fresh_cookie_takes_the_grants_of_the_old_one_along(anywhere: Office) -> None:
    _granted(anywhere, "old")
    number = _session(anywhere, "new")
    with writing(anywhere.database) as session:
        access.move_grants(session, "old", number, OPENS, 24 * HOUR)
    assert _at_door(anywhere, "new") == "Công an tỉnh"
    with pytest.raises(NoAccess):
        _at_door(anywhere, "old")


def test_grants_of_a_session_that_is_over_do_not_come_back(anywhere: Office) -> None:
    _granted(anywhere, "old")
    number = _session(anywhere, "new", 2 * HOUR)
    with writing(anywhere.database) as session:
        access.move_grants(session, "old", number, OPENS + HOUR, 24 * HOUR)
    for digest in ("old", "new"):
        with pytest.raises(NoAccess):
            _at_door(anywhere, digest)


def test_signing_out_leaves_no_row(anywhere: Office) -> None:
    _granted(anywhere, "s1")
    with writing(anywhere.database) as session:
        access.end_session(session, "s1")
    with reading(anywhere.database) as session:
        assert session.scalar(select(func.count()).select_from(SessionRow)) == 0
        assert session.scalar(select(func.count()).select_from(Grant)) == 0


def test_entering_twice_in_one_browser_is_one_grant(anywhere: Office) -> None:
    number = _granted(anywhere, "s1")
    with writing(anywhere.database) as session:
        access.grant_agency(session, number, anywhere.address().id, 1)
    with reading(anywhere.database) as session:
        assert session.scalar(select(func.count()).select_from(Grant)) == 1


def test_grants_of_a_session_that_was_idle_too_long_do_not_come_back(anywhere: Office) -> None:
    old = _session(anywhere, "old", 24 * HOUR)
    with writing(anywhere.database) as session:
        access.grant_agency(session, old, anywhere.address().id, 1)
    number = _session(anywhere, "new", 24 * HOUR)
    with writing(anywhere.database) as session:
        access.move_grants(session, "old", number, OPENS + 12 * HOUR, 12 * HOUR)
    with pytest.raises(NoAccess):
        _at_door(anywhere, "new")


def _rows(database: Database) -> tuple[list[str], int, list[str], list[str]]:
    """Return what stands there: sessions, how many grants, links, subjects of attempts."""
    with reading(database) as session:
        return (
            sorted(session.scalars(select(SessionRow.digest))),
            session.scalar(select(func.count()).select_from(Grant)) or 0,
            sorted(session.scalars(select(SignInLink.digest))),
            sorted(session.scalars(select(Throttle.subject))),
        )


def test_tidying_removes_what_lets_nobody_in_any_more(anywhere: Office) -> None:
    database, now, idle = anywhere.database, OPENS + 30 * HOUR, 12 * HOUR
    moment = timedelta(microseconds=1)
    ages = {
        "over": (now - HOUR, now),
        "in its last moment": (now - HOUR, now + moment),
        "idle": (now - idle, now + HOUR),
        "nearly idle": (now - idle + moment, now + HOUR),
    }
    for digest, (seen_at, ends_at) in ages.items():
        _granted(anywhere, digest)
        with writing(database) as session:
            changed = update(SessionRow).where(SessionRow.digest == digest)
            session.execute(changed.values(seen_at=seen_at, ends_at=ends_at))
    official = anywhere.official().official_id
    links = [("used", now + HOUR, OPENS), ("expired", now, None), ("good", now + moment, None)]
    attempts = {"old": now - 24 * HOUR - moment, "recent": now - 24 * HOUR}
    with writing(database) as session:
        session.execute(delete(SessionRow).where(SessionRow.digest.not_in(ages)))
        for digest, ends, used in links:
            row = {"digest": digest, "official_id": official, "expires_at": ends, "used_at": used}
            session.execute(insert(SignInLink).values(row))
        for subject, since in attempts.items():
            session.execute(insert(Throttle).values(action="link", subject=subject, since=since, attempts=1))
    with writing(database) as session:
        access.tidy(session, now, idle)
    assert _rows(database) == (["in its last moment", "nearly idle"], 2, ["good"], ["recent"])


def test_a_record_in_use_is_not_touched_by_tidying(anywhere: Office) -> None:
    _granted(anywhere, "s1")
    before = _rows(anywhere.database)
    with writing(anywhere.database) as session:
        access.tidy(session, OPENS, HOUR)
    assert _rows(anywhere.database) == before
    assert _at_door(anywhere, "s1") == "Công an tỉnh"
