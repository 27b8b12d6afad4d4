"""Words as stored, sorted, searched and printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.wording import (
    clean,
    clean_line,
    counted,
    match_key,
    opening_words,
    search_key,
    sort_key,
)


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


def test_counts_and_opening_words() -> None:
    assert [counted(number) for number in (7, 28, 0, 1000, 12345)] == ["07", "28", "00", "1.000", "12.345"]
    assert opening_words("một hai ba bốn", limit=3) == "một hai ba…"
    assert opening_words("một hai", limit=3) == "một hai"
