"""Which body a printed line means: the spellings of one file meet, names are never split, doubt is told."""

from datetime import date

import pytest

from consult.domain.cover_letter import read_letter
from consult.domain.recipients import Body, Directory, Found, Group

ON = date(2020, 4, 21)
LABOUR = Body(1, "ldtbxh", "Sở Lao động - Thương binh và Xã hội", ("Sở Lao động - Thương binh và Xã hội", "Sở LĐTBXH"))
PLANNING = Body(2, "khdt", "Sở Kế hoạch và Đầu tư", ("Sở Kế hoạch và Đầu tư",))
MARKET = Body(3, "qltt", "Cục Quản lý thị trường Gia Lai", ("Cục Quản lý thị trường Gia Lai",))
CULTURE = Body(4, "vhttdl", "Sở Văn hóa, Thể thao và Du lịch", ("Sở Văn hóa, Thể thao và Du lịch",))
PLEIKU = Body(5, "pleiku", "Ủy ban nhân dân thành phố Pleiku", ("Ủy ban nhân dân thành phố Pleiku",))
INNER = Body(6, "nv", "Sở Nội vụ", ("Sở Nội vụ",))
OLD = Body(7, "cu", "Sở Công nghiệp", ("Sở Công nghiệp",), valid_to=date(2008, 4, 1), successor="ct")
TOWNS = Group(
    1, "Ủy ban nhân dân các huyện, thị xã, thành phố", ("Ủy ban nhân dân các huyện, thị xã, thành phố",), (PLEIKU, OLD)
)
DIRECTORY = Directory((LABOUR, PLANNING, MARKET, CULTURE, PLEIKU, INNER, OLD), (TOWNS,), ON, "Gia Lai")


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Sở Lao động - Thương binh và Xã hội", LABOUR),
        ("Sở Lao động – Thương binh và Xã hội", LABOUR),
        ("SỞ LAO ĐỘNG-THƯƠNG BINH VÀ XÃ HỘI", LABOUR),
        ("Sở Kế hoạch và Đầu Tư", PLANNING),
        ("  Sở Kế  hoạch và\u00a0Đầu tư ; ", PLANNING),
        ("Sở Văn hoá, Thể thao và Du lịch", CULTURE),
        ("Sở Văn hóa, Thể thao và Du lịch tỉnh Gia Lai", CULTURE),
        ("Cục Quản lý thị trường tỉnh Gia lai", MARKET),
        ("Cục Quản lý thị trường", MARKET),
        ("Uỷ ban nhân dân thành phố Pleiku", PLEIKU),
        ("UBND TP. Pleiku", PLEIKU),
        ("UBND thành phố Pleiku (để phối hợp)", PLEIKU),
        ("Sở Nội vụ tỉnh", INNER),
    ],
)
def test_one_body_under_all_its_spellings(printed: str, meant: Body) -> None:
    found = DIRECTORY.meant(printed)
    assert (found.found, found.candidates) == (Found.BODY, (meant,))


@pytest.mark.parametrize(
    "printed",
    [
        "Ủy ban nhân dân các huyện, thị xã, thành phố",
        "Uỷ ban nhân dân các huyện, thị xã, thành phố.",
        "UBND các huyện, thị xã, thành phố",
    ],
)
def test_a_line_for_many_is_its_group_and_is_not_split_at_its_commas(printed: str) -> None:
    found = DIRECTORY.meant(printed)
    assert (found.found, found.candidates) == (Found.GROUP, (TOWNS,))


def test_another_tone_is_another_name_and_is_only_suggested() -> None:
    found = DIRECTORY.meant("Sở Nội vu")
    assert found.found is Found.NOTHING
    assert found.candidates[0] == INNER


def test_what_two_bodies_are_called_is_for_an_official_to_choose() -> None:
    twin = Body(8, "nv2", "Sở Nội vụ", ("Sở Nội vụ",))
    found = Directory((INNER, twin), (), ON).meant("Sở Nội vụ")
    assert (found.found, set(found.candidates)) == (Found.SEVERAL, {INNER, twin})


def test_a_body_that_is_no_more_is_meant_only_when_nobody_else_is() -> None:
    assert DIRECTORY.meant("Sở Công nghiệp").candidates == (OLD,)
    heir = Body(9, "ct", "Sở Công nghiệp", ("Sở Công nghiệp",), valid_from=date(2008, 4, 1))
    found = Directory((OLD, heir), (), ON).meant("Sở Công nghiệp")
    assert (found.found, found.candidates) == (Found.BODY, (heir,))
    assert TOWNS.present(ON) == (PLEIKU,)


def test_searching_takes_words_in_any_order_without_accents() -> None:
    assert DIRECTORY.search("dau tu ke hoach") == (PLANNING,)
    assert DIRECTORY.search("SO LDTBXH") == (LABOUR,)
    assert DIRECTORY.search("cong nghiep") == (), "a body that is no more is not found"
    assert DIRECTORY.search(" ") == ()


def test_a_directory_without_a_province_keeps_the_names_whole() -> None:
    assert Directory((MARKET,), (), ON).meant("Cục Quản lý thị trường").found is Found.NOTHING


@pytest.mark.parametrize(
    "lines",
    [
        "Kính gửi: \n- Sở Lao động - Thương binh và Xã hội; \n- Sở Văn hóa, Thể thao và Du lịch. ",
        "Kính gửi:\n\n  - Sở Lao động - Thương binh \n\nvà Xã hội;\n\n - Sở Văn hóa, Thể thao\n\nvà Du lịch.\n",
        "Kính gửi: Sở Lao động - Thương binh và Xã hội; Sở Văn hóa, Thể thao và Du lịch.",
    ],
    ids=["stray blanks", "a blank line after each wrapped one", "on one line"],
)
def test_names_with_commas_dashes_and_and_stay_whole(lines: str) -> None:
    letter = read_letter(f"Số: 1/SM\nV/v góp ý\n\n{lines}\n\nSở Mẫu đề nghị góp ý.\n", ON)
    assert letter.recipients == ("Sở Lao động - Thương binh và Xã hội", "Sở Văn hóa, Thể thao và Du lịch")
