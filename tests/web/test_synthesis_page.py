"""The table at the desk: what is unanswered on top, filtered, each row with the way to its answer."""

import re
from dataclasses import dataclass

import pytest

from consult.demo.visitor import Visitor
from tests.builders import OPENS, POLICE, SLUG, Office
from tests.concluded import KEPT, PLANNING, answer_all_ways, in_force, respond

ADDRESS = f"/ban-lam-viec/{SLUG}/bang-tong-hop"


@dataclass
class Desk:
    """An official at the table of the answered round; ``answered`` is the key of the comment with a response."""

    visitor: Visitor
    answered: str
    keys: tuple[str, ...]

    def rows(self, query: str = "") -> list[str]:
        """Return the keys of the rows that an address shows, from above."""
        return re.findall(r'id="r-([0-9a-f]+)"', self.visitor.open(f"{ADDRESS}{query}"))


@pytest.fixture
def desk(office: Office) -> Desk:
    office.clock.at = OPENS
    answer_all_ways(office)
    every = in_force(office)
    respond(office, every[0])
    return Desk(office.signed_in(), every[0].key, tuple(comment.key for comment in every))


def test_what_is_unanswered_stands_on_top_and_every_comment_once(desk: Desk) -> None:
    general, second, third = desk.keys
    assert desk.rows() == [second, third, general]
    assert desk.rows("?theo=document") == [general, second, third]


def test_each_row_leads_to_where_it_is_answered(desk: Desk) -> None:
    page = desk.visitor.open(ADDRESS)
    for key in desk.keys:
        assert f'href="/ban-lam-viec/{SLUG}/y-kien/{key}"' in page
    assert KEPT in page
    assert page.count("Chưa có ý kiến tiếp thu, giải trình</p>") == 2


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("?loc=unanswered", (1, 2)),
        ("?loc=answered", (0,)),
        ("?loc=late", ()),
        ("?loc=changed", ()),
        ("?ket-qua=not_accepted", (0,)),
        ("?ket-qua=accepted", ()),
        ("?ket-qua=nothing-of-the-kind", (1, 2, 0)),
        ("?muc=0:", (0,)),
        ("?muc=9:khong-co", (1, 2, 0)),
        ("?tim=ra+soat+the+thuc", (0,)),
        ("?tim=RÀ+SOÁT", (0,)),
        ("?tim=giu+nguyen", (0,)),
        ("?tim=ke+hoach+dau+tu", (2,)),
        ("?tim=muc+2.2", (1, 2)),
        ("?tim=chang+ai+noi", ()),
        ("?trang=99", (1, 2, 0)),
        ("?trang=-1", (1, 2, 0)),
    ],
)
def test_rows_are_filtered(desk: Desk, query: str, places: tuple[int, ...]) -> None:
    assert desk.rows(query) == [desk.keys[place] for place in places]


def test_rows_of_one_agency(office: Office, desk: Desk) -> None:
    police, planning = office.address(POLICE).code, office.address(PLANNING).code
    assert desk.rows(f"?co-quan={planning}") == [desk.keys[2]]
    assert desk.rows(f"?co-quan={police}&loc=unanswered") == [desk.keys[1]]
    assert f'<option value="{planning}" lang="vi" selected>' in desk.visitor.open(f"{ADDRESS}?co-quan={planning}")


def test_a_comment_that_is_sent_in_other_words_waits_again(office: Office, desk: Desk) -> None:
    grant = office.grant(POLICE)
    office.comment(grant, "1", "Đề nghị bổ sung.")
    office.send(grant)
    assert len(desk.rows("?loc=unanswered")) == 3
    assert desk.rows("?loc=answered") == [desk.answered]


def test_a_long_table_is_cut_into_pages(office: Office, desk: Desk) -> None:
    grant = office.grant("Tỉnh đoàn Gia Lai")
    for number in range(100):
        office.comment(grant, ("1", "2.1")[number % 2], f"Ý kiến {number}")
    office.send(grant)
    first, second = desk.rows(), desk.rows("?trang=2")
    assert (len(first), len(second)) == (100, 3)
    assert len({*first, *second}) == 103
    assert second[-1] == desk.answered


def test_nothing_was_said(office: Office) -> None:
    page = office.signed_in().open(ADDRESS)
    assert "Không có ý kiến góp ý cụ thể đối với nội dung dự thảo." in page
