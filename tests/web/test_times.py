"""One instant everywhere: on pages, in letters, in both languages, whatever the zone of the reader or of the server."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from consult.domain.window import HO_CHI_MINH, Phase, Window, closing_before, closing_through
from consult.store.database import reading
from tests.builders import CLOSES, OPENS, SLUG
from tests.web.cast import Cast, Client, Role

ZONES = ("UTC", "Asia/Ho_Chi_Minh", "America/New_York", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe")
VIETNAMESE = "đến hết Chủ nhật, 26/4/2020 (24 giờ 00)"
ENGLISH = "to the end of Sunday, 26 April 2020 (24:00)"
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.sampled_from(ZONES).map(ZoneInfo))
spans = st.timedeltas(timedelta(microseconds=1), timedelta(days=400))


def utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


@given(moments, spans, moments, st.sampled_from(ZONES))
def test_the_phase_depends_on_the_instant_and_not_on_the_zone(
    opens: datetime, span: timedelta, now: datetime, zone: str
) -> None:
    opens = utc(opens)
    here = Window(opens, opens + span)
    there = Window(opens.astimezone(ZoneInfo(zone)), (opens + span).astimezone(ZoneInfo(zone)))

    assert here.phase(utc(now)) is there.phase(utc(now)) is here.phase(utc(now).astimezone(ZoneInfo(zone)))
    assert here.last_day() == there.last_day()
    assert here.days_left(utc(now)) == there.days_left(utc(now))


@given(moments, spans)
def test_the_window_is_half_open_to_the_microsecond(opens: datetime, span: timedelta) -> None:
    window = Window(utc(opens), utc(opens) + span)
    tick = timedelta(microseconds=1)

    assert window.phase(window.opens_at - tick) is Phase.UPCOMING
    assert window.phase(window.opens_at) is Phase.OPEN
    assert window.phase(window.closes_at - tick) is Phase.OPEN
    assert window.phase(window.closes_at) is Phase.CLOSED


@given(st.dates(date(2000, 1, 2), date(2090, 1, 1)))
def test_days_are_those_of_ho_chi_minh_city(day: date) -> None:
    opens = datetime(1999, 12, 31, tzinfo=UTC)
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(hours=7)))

    assert closing_before(opens, day).closes_at == midnight
    assert closing_through(opens, day).closes_at == midnight + timedelta(days=1)
    assert closing_before(opens, day).last_day() == closing_through(opens, day - timedelta(days=1)).last_day()


def test_the_deadline_is_one_instant_on_pages_and_in_letters(cast: Cast) -> None:
    where = f"/ho-so/{SLUG}"
    pages = [
        Client(cast.app).get("/"),
        Client(cast.app).get(where),
        Client(cast.app).get(cast.office.link()),
        cast.client(Role.SILENT).get(cast.page(Role.SILENT)),
        cast.client(Role.SILENT).get(f"{cast.page(Role.SILENT)}/xem-lai"),
        cast.client(Role.OFFICIAL).get(f"/ban-lam-viec/{SLUG}"),
    ]
    with reading(cast.office.database) as session:
        letter = session.execute(text("SELECT text FROM letter WHERE kind = 'INVITATION' LIMIT 1")).scalar_one()

    for page in pages:
        assert VIETNAMESE in page.text
        stamps = {datetime.fromisoformat(found) for found in re.findall(r'<time datetime="([^"]+)"', page.text)}
        assert CLOSES in stamps
        assert all(stamp.tzinfo for stamp in stamps)
    assert VIETNAMESE in letter
    english = Client(cast.app)
    english.get("/ngon-ngu/en")
    assert ENGLISH in english.get(where).text


def test_pages_say_in_which_zone_they_count(cast: Cast) -> None:
    assert "giờ Việt Nam" in Client(cast.app).get("/").text
    english = Client(cast.app)
    english.get("/ngon-ngu/en")
    assert "Asia/Ho_Chi_Minh" in english.get("/").text


def test_the_days_left_change_at_midnight_in_vietnam(cast: Cast) -> None:
    client = Client(cast.app)
    for at, words in (
        (CLOSES - timedelta(days=2, microseconds=1), "Còn 2 ngày"),
        (CLOSES - timedelta(days=2), "Còn 1 ngày"),
        (CLOSES - timedelta(days=1, microseconds=1), "Còn 1 ngày"),
    ):
        cast.office.clock.at = at.astimezone(UTC)
        assert words in client.get(f"/ho-so/{SLUG}").text, at
    cast.office.clock.at = CLOSES - timedelta(days=1)
    assert f'data-closes="{utc(CLOSES).isoformat()}"' in client.get(f"/ho-so/{SLUG}").text


def test_the_front_page_puts_each_round_where_it_belongs(cast: Cast) -> None:
    client, tick = Client(cast.app), timedelta(microseconds=1)
    for at, group in ((OPENS - tick, "upcoming"), (OPENS, "open"), (CLOSES - tick, "open"), (CLOSES, "closed")):
        cast.office.clock.at = at
        page = client.get("/").text
        (section,) = [part for part in page.split("<section") if f"/ho-so/{SLUG}" in part]
        assert f'id="{group}"' in section, at


def test_a_receipt_prints_the_moment_of_its_row(cast: Cast) -> None:
    page = cast.client(Role.ANSWERING).get(f"{cast.page(Role.ANSWERING)}/phieu/1").text
    with reading(cast.office.database) as session:
        query = "SELECT text FROM letter WHERE kind = 'RECEIPT' AND invitation_id = :own"
        letter = session.execute(text(query), {"own": cast.grant(Role.ANSWERING).invitation_id}).scalar_one()
    printed = "Thứ Tư, 22/4/2020, 08 giờ 00"

    assert cast.office.clock.at.astimezone(HO_CHI_MINH) == datetime(2020, 4, 22, 8, tzinfo=HO_CHI_MINH)
    assert printed in page
    assert printed in letter
