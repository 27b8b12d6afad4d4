"""Who a draft names and is not asked: whole names, the longest first, headings before texts, never the lead agency."""

from datetime import date

import pytest

from consult.domain.named_bodies import Names, first_places, not_asked
from consult.domain.recipients import Body, Directory, Group

ON = date(2020, 4, 21)
POLICE = Body(1, "ca", "Công an tỉnh", ("Công an tỉnh",))
LABOUR = Body(2, "ld", "Sở Lao động - Thương binh và Xã hội", ("Sở Lao động - Thương binh và Xã hội", "Sở"))
LEAD = Body(3, "tt", "Sở Thông tin và Truyền thông", ("Sở Thông tin và Truyền thông",))
DISTRICT = Body(4, "h", "Ủy ban nhân dân huyện Mẫu", ("Ủy ban nhân dân huyện Mẫu",))
GONE = Body(5, "g", "Ủy ban nhân dân huyện Cũ", ("Ủy ban nhân dân huyện Cũ",), valid_to=date(2019, 1, 1))
DISTRICTS = Group(1, "Ủy ban nhân dân các huyện", ("Ủy ban nhân dân các huyện",), (DISTRICT, GONE))
DIRECTORY = Directory((POLICE, LABOUR, LEAD, DISTRICT, GONE), (DISTRICTS,), ON, "Gia Lai")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Giao Sở Lao động – Thương binh và Xã hội, Công an tỉnh phối hợp.", ["labour", "police"]),
        ("Công an tỉnh Gia Lai chủ trì", ["police"]),
        ("Uỷ ban nhân dân các huyện", ["districts"]),
        ("Sở chủ trì", []),
        ("công  an\ntỉnh", ["police"]),
        ("Công an các xã", []),
    ],
)
def test_whole_names_in_any_spelling(text: str, named: list[str]) -> None:
    names = Names(
        [
            ("Công an tỉnh", "police"),
            ("Sở Lao động - Thương binh và Xã hội", "labour"),
            ("Sở", "any"),
            ("Ủy ban nhân dân các huyện", "districts"),
        ]
    )
    assert list(names.found_in(text)) == named


def test_a_name_within_a_longer_one_names_nobody() -> None:
    names = Names([("Ban Dân tộc", "short"), ("Ban Dân tộc và Tôn giáo", "long")])
    assert list(names.found_in("Ban Dân tộc và Tôn giáo; Ban Dân tộc.")) == ["long", "short"]


def test_a_heading_is_the_place_before_an_earlier_text() -> None:
    names = Names([("Công an tỉnh", "police")])
    texts = [(1, False, "phối hợp với Công an tỉnh"), (2, True, "Công an tỉnh:"), (3, True, "Công an tỉnh")]
    assert first_places(names, texts) == {"police": 2}


def test_who_is_named_and_not_asked() -> None:
    texts = [
        (1, True, "Sở Thông tin và Truyền thông"),
        (2, False, "phối hợp với Sở Lao động - Thương binh và Xã hội và Công an tỉnh"),
        (3, True, "Ủy ban nhân dân các huyện"),
    ]
    found = not_asked(DIRECTORY, {POLICE.id}, texts, ["Sở Thông tin và Truyền thông tỉnh Gia Lai"])
    assert [(each.who, each.place, each.missing) for each in found] == [
        (DISTRICTS, 3, (DISTRICT.id,)),
        (LABOUR, 2, (LABOUR.id,)),
    ]
    assert not_asked(DIRECTORY, {POLICE.id, LABOUR.id, DISTRICT.id}, texts, [LEAD.name]) == ()
