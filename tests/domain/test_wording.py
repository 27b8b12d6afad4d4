"""Words as stored, sorted, searched and printed."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.window import HO_CHI_MINH, Window, closing_before, closing_through
from consult.domain.wording import (
    clean,
    clean_line,
    counted,
    match_key,
    opening_words,
    printed_deadline,
    printed_moment,
    read_date,
    search_key,
    short_date,
    sort_key,
)

OPENS = datetime(2020, 4, 21, 8, 0, tzinfo=HO_CHI_MINH)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("dòng một\x0bdòng hai", "dòng một\ndòng hai"),
        ("lie\u0302\u0301n", "liến"),
        ("a\x00b\x1fc\ufffe\udc80d", "abcd"),
        ("  thụt \t \nxuống  ", "thụt\nxuống"),
        ("bảng\tcột", "bảng\tcột"),
        ("\u202eđảo chiều", "\u202eđảo chiều"),
        ("\n\n", ""),
    ],
)
def test_clean(typed: str, stored: str) -> None:
    assert clean(typed) == stored


@given(st.text(st.characters(codec=None), max_size=200))
def test_clean_twice_is_clean_once_and_fits_xml(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert all(char in "\t\n" or ord(char) >= 0x20 for char in once)
    once.encode("utf-8")


def test_clean_takes_long_runs_of_blanks_in_one_pass() -> None:
    text = ("x" + " " * 50_000) * 4 + "y"
    assert clean(text) == text


def test_a_line_is_one_line() -> None:
    assert clean_line("  Sở\r\nNội  vụ\t") == "Sở Nội vụ"


def test_names_sort_as_in_a_vietnamese_dictionary() -> None:
    names = [
        "Sở Khoa học",
        "Đài",
        "Sở Kế hoạch",
        "Dài",
        "mạ",
        "má",
        "mã",
        "mả",
        "mà",
        "ma",
        "Ma",
        "mă",
        "Đức Cơ",
        "Chư Sê",
    ]
    assert sorted(names, key=sort_key) == [
        "Chư Sê",
        "Dài",
        "Đài",
        "Đức Cơ",
        "ma",
        "Ma",
        "mà",
        "mả",
        "mã",
        "má",
        "mạ",
        "mă",
        "Sở Kế hoạch",
        "Sở Khoa học",
    ]


def test_searching_needs_no_accents() -> None:
    assert search_key("Ủy ban nhân dân huyện Đức Cơ") == "uy ban nhan dan huyen duc co"
    assert search_key("Uỷ ban") == search_key("Ủy ban") == search_key("uy  BAN")


def test_names_match_whatever_the_place_of_the_tone_and_no_further() -> None:
    assert match_key("CỘNG HOÀ") == match_key("Cộng hòa")
    assert match_key("Uỷ ban nhân dân") == match_key("Ủy  ban nhân dân")
    assert match_key("Công an tỉnh:") == match_key("Công an tỉnh")
    assert match_key("Sở Nội vụ") != match_key("Sở Nội vu")
    assert match_key("Ðức") == match_key("Đức")


@pytest.mark.parametrize(
    ("day", "short"),
    [
        (date(2020, 4, 27), "27/4/2020"),
        (date(2020, 1, 5), "05/01/2020"),
        (date(2020, 2, 29), "29/02/2020"),
        (date(2020, 3, 1), "01/3/2020"),
    ],
)
def test_dates_as_offices_write_them(day: date, short: str) -> None:
    assert short_date(day) == short


@pytest.mark.parametrize(
    "typed", ["27/4/2020", "27/04/2020", "27-4-2020", "27.4.2020", " 27 / 4 / 2020 ", "2020-04-27"]
)
def test_dates_as_people_type_them(typed: str) -> None:
    assert read_date(typed) == date(2020, 4, 27)


@pytest.mark.parametrize("typed", ["", "31/2/2020", "27/4", "mai", "4/27/2020"])
def test_what_is_no_date(typed: str) -> None:
    assert read_date(typed) is None


def test_moments_and_deadlines_in_words() -> None:
    assert printed_moment(datetime(2020, 4, 26, 17, 5, tzinfo=HO_CHI_MINH)) == "Chủ nhật, 26/4/2020, 17 giờ 05"
    assert printed_deadline(closing_before(OPENS, date(2020, 4, 27))) == "đến hết Chủ nhật, 26/4/2020 (24 giờ 00)"
    assert printed_deadline(closing_through(OPENS, date(2020, 4, 27))) == "đến hết Thứ Hai, 27/4/2020 (24 giờ 00)"
    at_five = Window(OPENS, datetime(2020, 4, 27, 17, 0, tzinfo=HO_CHI_MINH))
    assert printed_deadline(at_five) == "trước 17 giờ 00, Thứ Hai, 27/4/2020"


def test_counts_and_opening_words() -> None:
    assert (counted(7), counted(28), counted(0)) == ("07", "28", "00")
    assert opening_words("một hai ba bốn", limit=3) == "một hai ba…"
    assert opening_words("một hai", limit=3) == "một hai"
