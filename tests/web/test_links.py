"""Links from letters: opening them does nothing, their button works as often as it may, and none is told apart."""

import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import text

from consult.actions import appointing, entering
from consult.demo.post import NotingTransport
from consult.domain.links import new_token
from consult.domain.terms import LetterKind
from consult.mail.transport import FolderTransport
from consult.mail.worker import deliver_all
from consult.server import post_office
from consult.store.database import reading, writing
from tests.builders import EDUCATION, LEAD_AGENCY, OFFICIAL, POLICE, SLUG
from tests.web.cast import OTHER_LEAD_AGENCY, Cast, Client, Role
from tests.web.pages import without_fresh_values
from tests.web.requests import sign_in_token

OUTSIDER = "chuyenvien@snv.example"


def sessions(cast: Cast) -> int:
    with reading(cast.office.database) as session:
        return int(session.execute(text("SELECT count(*) FROM session")).scalar_one())


def letters(cast: Cast, kind: LetterKind, to: str) -> int:
    query = text("SELECT count(*) FROM letter WHERE kind = :kind AND to_address = :to")
    with reading(cast.office.database) as session:
        return int(session.execute(query, {"kind": kind.name, "to": to}).scalar_one())


@pytest.mark.parametrize("kind", ["invitation", "sign-in", "revocation"])
def test_a_scanner_may_open_a_link_fifty_times(cast: Cast, kind: str) -> None:
    invitation = cast.office.link()
    links = {
        "invitation": invitation,
        "sign-in": f"/dang-nhap/{sign_in_token(cast)}",
        "revocation": f"{invitation}/thu-hoi",
    }
    scanner, before = Client(cast.app), sessions(cast)
    for method in ("GET", "HEAD") * 25:
        assert scanner.ask(method, links[kind]).status_code == 200

    assert sessions(cast) == before
    assert Client(cast.app).post(links[kind]).status_code in (200, 303)


def test_a_sign_in_link_works_once(cast: Cast) -> None:
    link = f"/dang-nhap/{sign_in_token(cast)}"

    assert Client(cast.app).post(link).status_code == 303
    assert Client(cast.app).post(link).status_code == 404


def race(cast: Cast, control: str) -> tuple[Sequence[int], int]:
    """Let two processes press the same button; return the statuses and how many sessions were begun."""
    link, before = f"/dang-nhap/{sign_in_token(cast)}", sessions(cast)
    command = [sys.executable, "-m", "tests.web.racing", str(cast.path.parent), str(cast.office.database.engine.url)]
    racers = [
        subprocess.Popen([*command, link, control], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for racer in racers:
        assert racer.stdout and racer.stdout.readline() == "ready\n"
    for racer in racers:
        assert racer.stdin
        racer.stdin.write("go\n")
        racer.stdin.flush()
    statuses = sorted(int(racer.communicate()[0]) for racer in racers)
    return statuses, sessions(cast) - before


@pytest.mark.slow
def test_of_two_at_once_one_is_signed_in(cast: Cast) -> None:
    assert race(cast, "on") == ([303, 404], 1)


@pytest.mark.slow
def test_without_the_control_both_would_be(cast: Cast) -> None:
    assert race(cast, "off") == ([303, 303], 2)


def test_links_that_do_not_work_are_not_told_apart(cast: Cast) -> None:
    used, expired, fresh = (f"/dang-nhap/{sign_in_token(cast)}" for _ in range(3))
    Client(cast.app).post(fresh)
    revoked = cast.office.link()
    Client(cast.app).post(f"{revoked}/thu-hoi")
    other = cast.office.link(EDUCATION).rsplit("/", 1)[1]
    cast.office.clock.at += timedelta(minutes=31)
    late = f"/dang-nhap/{sign_in_token(cast)}"
    cast.office.clock.at += timedelta(minutes=30)
    client = cast.client(Role.VISITOR)

    pages = [
        client.post(link)
        for link in (used, expired, fresh, late, f"/dang-nhap/{new_token()}", f"/dang-nhap/{used[-5:]}")
    ]
    pages += [
        client.ask(method, link, data={"csrf_token": client.token()} if method == "POST" else None)
        for method in ("GET", "POST")
        for link in (revoked, f"{revoked}/thu-hoi", f"{revoked[:-1]}", re.sub("[^/]+$", other, revoked))
    ]

    assert {(page.status_code, page.data) for page in pages} == {(404, pages[0].data)}
    for name in (POLICE, LEAD_AGENCY, cast.record.codes[Role.SILENT], SLUG):
        assert name not in pages[0].text


def test_the_page_of_a_dead_link_says_what_to_do(cast: Cast) -> None:
    page = cast.client(Role.VISITOR).get(f"/moi/{cast.record.codes[Role.SILENT]}/{new_token()}").text

    assert "<h1>Liên kết này không dùng được</h1>" in page
    assert "hộp thư công vụ" in page
    assert 'href="/"' in page


def test_an_officials_newer_link_ends_the_older_one(cast: Cast) -> None:
    older, newer = sign_in_token(cast), sign_in_token(cast)

    assert Client(cast.app).post(f"/dang-nhap/{older}").status_code == 404
    assert Client(cast.app).post(f"/dang-nhap/{newer}").status_code == 303


def test_a_refused_link_leaves_the_browser_signed_in(cast: Cast) -> None:
    client = cast.client(Role.OFFICIAL)

    assert client.post(f"/dang-nhap/{new_token()}").status_code == 404
    assert client.get("/ban-lam-viec").status_code == 200


def test_the_link_page_shows_whose_link_it_is_and_who_may_use_it(cast: Cast) -> None:
    page = cast.client(Role.VISITOR).get(cast.office.link()).text

    assert f"Đề nghị {POLICE} góp ý" in page or POLICE in page
    assert "<form" in page


def test_coming_in_is_told_to_the_official_address_with_a_link_that_revokes(cast: Cast) -> None:
    before = letters(cast, LetterKind.ENTERED, "congan@gialai.example")
    cast.office.entered()

    assert letters(cast, LetterKind.ENTERED, "congan@gialai.example") == before + 1
    with reading(cast.office.database) as session:
        query = "SELECT text FROM letter WHERE kind = 'ENTERED' AND to_address = 'congan@gialai.example'"
        assert "mau@congan.gialai.example" in " ".join(session.execute(text(query)).scalars())


def test_known_and_unknown_addresses_get_the_same_answer(cast: Cast) -> None:
    known, unknown = Client(cast.app), Client(cast.app)
    for client, email in ((known, OFFICIAL), (unknown, "ai-do@khong-co.example")):
        client.get("/dang-nhap")
        client.email = email  # type: ignore[attr-defined]
    answers = [client.post("/dang-nhap", {"email": client.email}) for client in (known, unknown)]  # type: ignore[attr-defined]

    assert answers[0].status_code == answers[1].status_code == 200
    assert without_fresh_values(answers[0].text) == without_fresh_values(answers[1].text)
    assert OFFICIAL not in answers[0].text
    names = [[name for name, _ in answer.headers] for answer in answers]
    assert names[0] == names[1]
    assert letters(cast, LetterKind.SIGN_IN, OFFICIAL) == 1


def test_asking_too_often_gets_the_same_answer_too(cast: Cast) -> None:
    client, answers = Client(cast.app), []
    for _ in range(7):
        cast.office.clock.at += timedelta(seconds=1)
        answers.append(client.post("/dang-nhap", {"email": OFFICIAL}))

    assert {(answer.status_code, without_fresh_values(answer.text)) for answer in answers} == {
        (200, without_fresh_values(answers[0].text))
    }
    assert letters(cast, LetterKind.SIGN_IN, OFFICIAL) == entering.LINKS_PER_SUBJECT


def test_an_agency_with_and_without_a_mailbox_get_the_same_answer(cast: Cast) -> None:
    with writing(cast.office.database) as session:
        session.execute(text("UPDATE invitation SET email = NULL WHERE name = :name"), {"name": EDUCATION})
    client = Client(cast.app)
    address = f"/ho-so/{SLUG}/gui-lai-lien-ket"
    codes = (cast.record.codes[Role.SILENT], cast.record.codes[Role.ANSWERING])
    answers = [client.post(address, {"agency": code}) for code in codes]

    assert answers[0].status_code == answers[1].status_code == 200
    assert answers[0].data == answers[1].data


def ask(cast: Cast, email: str, source: str) -> None:
    with writing(cast.office.database) as session:
        entering.ask_sign_in(session, email, source, 30, cast.office.clock())


@pytest.mark.slow
def test_a_thousand_asks_send_five_letters_and_shut_nobody_else_out(cast: Cast) -> None:
    with writing(cast.office.database) as session:
        for number in range(1000):
            moment = cast.office.clock() + timedelta(seconds=number)
            entering.ask_sign_in(session, OFFICIAL, f"192.0.2.{number}", 30, moment)
    ask(cast, OUTSIDER, "198.51.100.7")

    assert letters(cast, LetterKind.SIGN_IN, OFFICIAL) == 5
    assert letters(cast, LetterKind.SIGN_IN, OUTSIDER) == 1
    cast.office.clock.at += timedelta(hours=1)
    ask(cast, OFFICIAL, "198.51.100.7")
    assert letters(cast, LetterKind.SIGN_IN, OFFICIAL) == 6


def test_one_source_cannot_write_to_everybody(cast: Cast) -> None:
    emails = [f"chuyenvien{number}@snv.example" for number in range(100)]
    with writing(cast.office.database) as session:
        for email in emails:
            appointing.add_official(session, email, "Chuyên viên", OTHER_LEAD_AGENCY, cast.office.clock())
            entering.ask_sign_in(session, email, "192.0.2.1", 30, cast.office.clock())

    assert sum(letters(cast, LetterKind.SIGN_IN, email) for email in emails) == entering.LINKS_PER_SOURCE


def test_a_source_that_is_shut_out_uses_up_nobodys_allowance(cast: Cast) -> None:
    with writing(cast.office.database) as session:
        for number in range(1000):
            entering.ask_sign_in(session, f"{number}@khong-co.example", "192.0.2.1", 30, cast.office.clock())
        for _ in range(10):
            entering.ask_sign_in(session, OFFICIAL, "192.0.2.1", 30, cast.office.clock())
    ask(cast, OFFICIAL, "198.51.100.7")

    assert letters(cast, LetterKind.SIGN_IN, OFFICIAL) == 1


@pytest.mark.slow
def test_no_link_that_left_by_mail_stands_in_the_record(cast: Cast) -> None:
    """Every address that letters carried, against the bytes of the database with its log."""
    Client(cast.app).post("/dang-nhap", {"email": OFFICIAL})
    Client(cast.app).post(f"/ho-so/{SLUG}/gui-lai-lien-ket", {"agency": cast.record.codes[Role.SILENT]})
    folder = cast.path.parent / "outbox"
    noting = NotingTransport(FolderTransport(folder))
    deliver_all(post_office(cast.office.settings, cast.office.database, noting), cast.office.clock, Event())
    links = list(noting.links.values())
    for link in links:
        Client(cast.app).post(link)
    cookies = list(cast.record.cookies.values())
    written = b"".join(file.read_bytes() for file in cast.path.parent.glob("cast.sqlite3*"))

    assert {kind for kind, _ in noting.links} >= {"invitation", "sign_in", "link_again", "entered", "receipt"}
    assert cast.record.codes[Role.SILENT].encode() in written
    for secret in (*(link.split("?")[0].removesuffix("/thu-hoi").rsplit("/", 1)[1] for link in links), *cookies):
        assert len(secret) == 43
        assert secret.encode() not in written
