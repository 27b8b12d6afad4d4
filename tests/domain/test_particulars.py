"""What a new round begins with, and how it is called in addresses."""

from datetime import datetime, timedelta

import pytest

from consult.domain.dates import names_day
from consult.domain.deadline_wording import closing_of
from consult.domain.particulars import slug_of, usual_window, usual_wording
from consult.domain.window import HO_CHI_MINH


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2020, 4, day, hour, minute, second, tzinfo=HO_CHI_MINH)


def test_a_new_round_opens_this_minute_and_closes_at_the_end_of_work_in_twenty_days() -> None:
    window = usual_window(at(21, 9, 14, 37))
    assert window.opens_at == at(21, 9, 14)
    assert window.closes_at == datetime(2020, 5, 11, 17, 0, tzinfo=HO_CHI_MINH)


@pytest.mark.parametrize(("day", "closes"), [(17, 7), (18, 8), (19, 11), (20, 11), (21, 11)])
def test_a_close_on_a_weekend_rolls_on_to_monday(day: int, closes: int) -> None:
    assert usual_window(at(day)).closes_at == datetime(2020, 5, closes, 17, 0, tzinfo=HO_CHI_MINH)


def test_late_in_the_evening_the_day_is_that_of_ho_chi_minh_city() -> None:
    """18:00 in UTC is the next day's first hour here."""
    assert usual_window(at(17) + timedelta(hours=16)).closes_at.day == 8


@pytest.mark.parametrize(
    ("closes", "wording"),
    [
        (at(27, 17), "trước 17 giờ 00 ngày 27/4/2020"),
        (at(27, 0), "đến hết ngày 26/4/2020"),
        (at(5, 9, 5), "trước 09 giờ 05 ngày 05/4/2020"),
        (at(17, 17), "trước 17 giờ 00 ngày 17/4/2020"),
    ],
)
def test_the_wording_of_a_moment_means_that_moment(closes: datetime, wording: str) -> None:
    assert usual_wording(closes) == wording
    assert closing_of(wording) == closes


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Quy chế Đô thị", "quy-che-do-thi-2026"),
        ("  “Hoà/Hòa” – số 12/2026/QĐ-UBND…", "hoa-hoa-so-12-2026-qd-ubnd-2026"),
        ("…!?", "ho-so-2026"),
        (
            "một hai ba bốn năm sáu bảy tám chín mười một hai ba",
            "mot-hai-ba-bon-nam-sau-bay-tam-chin-muoi-mot-hai-2026",
        ),
        ("ă" * 80, "a" * 50 + "-2026"),
    ],
)
def test_a_title_becomes_a_name_for_addresses(title: str, slug: str) -> None:
    assert slug_of(title, 2026) == slug


@pytest.mark.parametrize(
    ("text", "named"), [("31/2/2020", True), ("2020-02-31", True), ("hôm nay", False), ("", False)]
)
def test_a_date_that_does_not_exist_is_still_written_as_one(text: str, named: bool) -> None:
    assert names_day(text) is named
