"""An agency sees its own page and nothing of another's: neither by an address, nor by what changes on its page."""

import re

import pytest

from consult.domain.terms import Stance
from consult.store.database import Session, reading, writing
from consult.store.queries.own_answer import OwnComment, own_comment
from consult.web import commenting
from tests.builders import EDUCATION, POLICE
from tests.web import requests
from tests.web.cast import ANSWER, AT, DRAFTED, Cast, Role
from tests.web.pages import Page, without_fresh_values

pytestmark = pytest.mark.slow

OWN = ("", "/nguoi-gop-y", "/xem-lai", "/y-kien/moi", "/y-kien/moi?vi-tri=2.2")


def own_pages(cast: Cast, role: Role) -> list[str]:
    """Open every page of an agency."""
    more = ("/phieu/1", f"/y-kien/{cast.record.comment_key}") if role is Role.ANSWERING else ()
    client = cast.client(role)
    pages = [client.get(cast.page(role) + ending) for ending in (*OWN, *more)]
    assert [page.status_code for page in pages] == [200] * len(pages)
    return [page.text for page in pages]


def test_every_address_on_an_agencys_pages_is_shut_to_another(cast: Cast) -> None:
    addresses = {found for html in own_pages(cast, Role.ANSWERING) for found in Page(html).addresses()}
    own = {(method, where) for method, where in addresses if where.startswith(cast.page(Role.ANSWERING))}
    other = cast.client(Role.SILENT)
    refused = other.get("/gop-y/zzzzzzzzzz")

    assert len(own) > 20
    for method, where in own:
        answer = other.get(where) if method == "GET" else other.post(where, {"version": "1"})
        assert (answer.status_code, answer.data) == (404, refused.data), f"{method} {where}"


def test_every_id_on_an_agencys_pages_is_worth_nothing_to_another(cast: Cast) -> None:
    pages = "".join(own_pages(cast, Role.ANSWERING))
    ids = set(re.findall(r"\b[0-9a-f]{32}\b|\b[0-9a-f]{64}\b", pages)) | {cast.record.codes[Role.ANSWERING]}
    other, page = cast.client(Role.SILENT), cast.page(Role.SILENT)

    assert cast.record.comment_key in ids
    for each in ids:
        assert other.get(f"{page}/y-kien/{each}").status_code == 404, each
        assert other.post(f"{page}/y-kien/{each}/rut", {"version": "1"}).status_code == 404, each
    for ending in ("", "/rut"):
        where = f"{page}/y-kien/{cast.record.comment_key}{ending}"
        for version in ("0", "1"):
            assert other.post(where, {**requests.comment("silent"), "version": version}).status_code == 404
    assert other.get(f"{page}/phieu/1").status_code == 404
    assert ANSWER in cast.client(Role.ANSWERING).get(cast.page(Role.ANSWERING)).text


def test_without_the_agency_in_the_query_the_replay_would_find_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = cast.grant(Role.ANSWERING).invitation_id

    def anybodys(session: Session, _invitation_id: int, key: str) -> OwnComment | None:
        return own_comment(session, theirs, key)

    monkeypatch.setattr(commenting, "own_comment", anybodys)
    answer = cast.client(Role.SILENT).get(f"{cast.page(Role.SILENT)}/y-kien/{cast.record.comment_key}")

    assert answer.status_code == 200
    assert ANSWER in answer.text


def test_an_agencys_pages_stay_the_same_byte_for_byte_when_others_answer(cast: Cast) -> None:
    before = list(map(without_fresh_values, own_pages(cast, Role.SILENT)))

    neighbour = cast.client(Role.NEIGHBOUR)
    page = cast.page(Role.NEIGHBOUR)
    with reading(cast.office.database) as session:
        words = requests.comment("silent")
        assert own_comment(session, cast.grant(Role.NEIGHBOUR).invitation_id, cast.record.drafted_key)
    assert neighbour.post(f"{page}/y-kien/{requests.MADE_UP_KEY}", words).status_code == 303
    assert neighbour.post(f"{page}/thong-nhat", {"agree": "*"}).status_code == 303
    cast.office.send(cast.grant(Role.NEIGHBOUR), Stance.DISAGREES)
    answering = cast.client(Role.ANSWERING)
    assert answering.post(f"{cast.page(Role.ANSWERING)}/phieu/1/thu-hoi").status_code == 303
    official = cast.client(Role.OFFICIAL)
    assert official.post("/ban-lam-viec/gia-lai-2020/nhac").status_code == 303

    assert list(map(without_fresh_values, own_pages(cast, Role.SILENT))) == before
    assert not any(words in html for html in before for words in (ANSWER, DRAFTED))


def test_the_comparison_sees_one_comment(cast: Cast) -> None:
    before = list(map(without_fresh_values, own_pages(cast, Role.SILENT)))
    cast.office.comment(cast.grant(Role.SILENT))

    assert list(map(without_fresh_values, own_pages(cast, Role.SILENT))) != before


@pytest.mark.parametrize("address", ["/", "/ho-so/gia-lai-2020", "/ho-so/gia-lai-2020/gui-lai-lien-ket"])
def test_the_public_learns_nothing_of_answers(cast: Cast, address: str) -> None:
    before = without_fresh_values(cast.client(Role.VISITOR).get(address).text)
    with writing(cast.office.database) as session:
        session.connection().exec_driver_sql("UPDATE submission SET in_force = 0")
    cast.office.send(cast.grant(Role.NEIGHBOUR))

    assert without_fresh_values(cast.client(Role.VISITOR).get(address).text) == before


def test_no_address_and_no_form_tells_a_running_number(cast: Cast) -> None:
    for html in own_pages(cast, Role.ANSWERING):
        page = Page(html)
        for _, where in page.addresses():
            path = (
                where.split("?")[0]
                .split("#")[0]
                .replace("/phieu/1", "")
                .replace("/tai-lieu/1", "")
                .replace("/ban-scan/1", "")
            )
            assert not any(segment.isdecimal() for segment in path.split("/")), where
        for name, value in page.values():
            assert not value.isdecimal() or name in ("version", "corrections", "agree", "disagree"), (name, value)


def test_the_codes_of_agencies_tell_no_order(cast: Cast) -> None:
    with reading(cast.office.database) as session:
        rows = session.connection().exec_driver_sql("SELECT code FROM invitation ORDER BY id").scalars().all()

    assert len(set(rows)) == len(rows)
    assert all(re.fullmatch("[2-9a-hj-km-np-z]{10}", code) for code in rows)
    assert rows != sorted(rows)


def test_one_installations_pages_are_not_kept_for_another(cast: Cast) -> None:
    page = cast.client(Role.SILENT).get(cast.page(Role.SILENT)).text
    with writing(cast.office.database) as session:
        session.connection().exec_driver_sql("UPDATE consultation SET title = 'Một dự thảo khác'")
    del cast.office.app

    assert "Một dự thảo khác" not in page
    assert "Một dự thảo khác" in cast.client(Role.SILENT).get(cast.page(Role.SILENT)).text
    assert cast.office.clock.at == AT


@pytest.mark.parametrize(("role", "name"), [(Role.SILENT, POLICE), (Role.ANSWERING, EDUCATION)])
def test_whose_page_it_is_stands_on_every_page(cast: Cast, role: Role, name: str) -> None:
    for html in own_pages(cast, role):
        identity = html.split('class="identity"')[1].split("</section>")[0]
        assert name in identity
        assert "/dang-xuat" in identity
