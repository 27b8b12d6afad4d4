"""How many statements a page asks of the record: few, and as many for a large round as for a small one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.actions import keying
from tests.builders import EDUCATION, POLICE, SLUG
from tests.web.cast import Cast, Role

MOST = 5


@contextmanager
def statements(cast: Cast) -> Iterator[list[str]]:
    """Collect every statement but the marks of transactions."""
    found: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.split(maxsplit=1)[0] not in ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"):
            found.append(statement)

    event.listen(cast.office.database.engine, "before_cursor_execute", note)
    yield found
    event.remove(cast.office.database.engine, "before_cursor_execute", note)


def asked(cast: Cast, role: Role, address: str) -> int:
    """Open a page twice and count what the second time asked."""
    client = cast.client(role)
    assert client.get(address).status_code == 200
    with statements(cast) as found:
        assert client.get(address).status_code == 200
    return len(found)


def grow(cast: Cast) -> None:
    """Let three agencies write 12 comments and send them twice."""
    for role in (Role.SILENT, Role.ANSWERING, Role.NEIGHBOUR):
        grant = cast.grant(role)
        for number in range(12):
            cast.office.comment(grant, ("", "1", "2.2", "2.1")[number % 4], f"Ý kiến {number}", proposed_text="Khác.")
        for _ in range(2):
            cast.office.send(grant)


@pytest.mark.parametrize(
    ("ending", "most"), [("", MOST), ("/xem-lai", 6), ("/y-kien/moi?vi-tri=2.2", MOST), ("/phieu/1", 6)]
)
def test_an_agencys_pages_ask_as_much_at_any_size(cast: Cast, ending: str, most: int) -> None:
    address = cast.page(Role.ANSWERING) + ending
    small = asked(cast, Role.ANSWERING, address)
    grow(cast)

    assert small == asked(cast, Role.ANSWERING, address) <= most


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"/ban-lam-viec/{SLUG}", 7),
        (f"/ban-lam-viec/{SLUG}?tim=so&theo=name", 8),
        (f"/ban-lam-viec/{SLUG}/chua-gui", MOST),
        (f"/ban-lam-viec/{SLUG}/tinh-hinh.xlsx", MOST),
        (f"/ban-lam-viec/{SLUG}/tep-tong-hop", 11),
        (f"/ban-lam-viec/{SLUG}/bieu-do/tien-do.svg", MOST),
        (f"/ban-lam-viec/{SLUG}/bieu-do/vi-tri.svg", MOST),
        (f"/ban-lam-viec/{SLUG}/y-kien", MOST),
        (f"/ban-lam-viec/{SLUG}/bang-tong-hop", 11),
        (f"/ban-lam-viec/{SLUG}/bang-tong-hop?tim=so+y", 12),
        ("/ban-lam-viec", MOST),
        ("/mau-bang-tong-hop/loi-van", MOST),
        ("/mau-bang-tong-hop/loi-van/administrative/practice", MOST),
    ],
)
def test_the_desk_asks_no_question_for_a_row(cast: Cast, address: str, most: int) -> None:
    small = asked(cast, Role.OFFICIAL, address)
    grow(cast)

    assert small == asked(cast, Role.OFFICIAL, address) <= most


def test_answers_on_paper_are_listed_with_few_questions(cast: Cast) -> None:
    address = f"/ban-lam-viec/{SLUG}/van-ban"
    small = asked(cast, Role.OFFICIAL, address)
    official = cast.office.official()
    for agency in (POLICE, EDUCATION, "Ủy ban nhân dân huyện Ia Pa"):
        keying.answered(cast.office, official, keying.whose(cast.office, agency), anchors=["2.2"])

    assert small == asked(cast, Role.OFFICIAL, address) <= 6


@pytest.mark.parametrize(("address", "most"), [("/", MOST), (f"/ho-so/{SLUG}", MOST + 2)])
def test_public_pages_ask_few_and_touch_no_session(cast: Cast, address: str, most: int) -> None:
    """The page of a draft asks more once a revision: it is kept."""
    client = cast.client(Role.VISITOR)
    with statements(cast) as found:
        assert client.get(address).status_code == 200

    assert len(found) <= most
    assert not any("session" in statement for statement in found)


def test_the_counter_counts(cast: Cast) -> None:
    with statements(cast) as found, cast.office.database.reading() as session:
        for _ in range(7):
            session.connection().exec_driver_sql("SELECT 1")

    assert len(found) == 7
