"""Public pages: what everybody sees, and what only those see who were asked."""

from datetime import timedelta

import pytest

from consult.store.database import writing
from tests.builders import SLUG
from tests.web.cast import AT, OTHER_SLUG, Cast, Role

TITLE = "Tăng cường công tác quản lý, cung cấp, sử dụng dịch vụ Internet"


def test_the_front_page_lists_what_the_public_may_read(cast: Cast) -> None:
    for role in Role:
        page = cast.client(role).get("/").text
        assert f"/ho-so/{SLUG}" in page
        assert OTHER_SLUG not in page


@pytest.mark.parametrize("role", [Role.FOREIGN, Role.OUTSIDER])
def test_those_who_were_asked_and_the_office_read_it(cast: Cast, role: Role) -> None:
    answer = cast.client(role).get(f"/ho-so/{OTHER_SLUG}")

    assert answer.status_code == 200
    assert TITLE in answer.text


def test_nobody_else_can_tell_that_it_is_there(cast: Cast) -> None:
    for role in (Role.VISITOR, Role.SILENT, Role.OFFICIAL):
        client = cast.client(role)
        hidden, nowhere = client.get(f"/ho-so/{OTHER_SLUG}"), client.get("/ho-so/khong-co")
        assert (hidden.status_code, hidden.data) == (nowhere.status_code, nowhere.data)


def test_a_session_that_is_over_reads_no_more(cast: Cast) -> None:
    cast.restore(AT + timedelta(days=14))
    assert cast.client(Role.FOREIGN).get(f"/ho-so/{OTHER_SLUG}").status_code == 404
    cast.restore(AT + timedelta(days=14) - timedelta(seconds=1))
    assert cast.client(Role.FOREIGN).get(f"/ho-so/{OTHER_SLUG}").status_code == 200


def test_an_idle_session_reads_no_more(cast: Cast) -> None:
    cast.office.clock.at = AT + timedelta(hours=12)

    assert cast.client(Role.FOREIGN).get(f"/ho-so/{OTHER_SLUG}").status_code == 404


def test_an_unpublished_round_is_not_there(cast: Cast) -> None:
    with writing(cast.office.database) as session:
        session.connection().exec_driver_sql("UPDATE round SET published_at = NULL")
    for role in Role:
        assert cast.client(role).get(f"/ho-so/{SLUG}").status_code == 404
        assert f"/ho-so/{SLUG}" not in cast.client(role).get("/").text
