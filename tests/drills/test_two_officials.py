"""Two officials answer the same comment at the same moment, 200 times, each in a process of their own."""

from http import HTTPStatus
from pathlib import Path

import pytest
from sqlalchemy import select, update

from consult.demo.visitor import Visitor
from consult.domain.terms import Stance
from consult.settings import Settings
from consult.store.database import Database, connect, reading, writing
from consult.store.responses import Response
from tests.builders import OFFICIAL, OPENS, SLUG, Clock, Office, settings_in
from tests.racing import meet, race

ROUNDS = 200
COLLEAGUE = "dongnghiep@stttt.example"

pytestmark = pytest.mark.drill


def _office(url: str, folder: Path) -> Office:
    database = connect(url)
    settings: Settings = settings_in(folder, database)
    return Office(database, settings, Clock(OPENS))


def _sentence(database: Database) -> str:
    with reading(database) as session:
        return session.scalars(select(Response.sentence)).one()


def _post(visitor: Visitor, key: str, sentence: str) -> bool:
    """Answer by the page that was opened; True when it was stored."""
    form = visitor.form(f"/y-kien/{key}")
    typed = {"disposition": "NOTED", "sentence": sentence}
    response = visitor._client.post(form.action, data={**form.fields, **typed}, base_url="http://consult.example")
    assert response.status_code in (HTTPStatus.SEE_OTHER, HTTPStatus.CONFLICT)
    return response.status_code == HTTPStatus.SEE_OTHER


def _answer(url: str, folder: Path, email: str, key: str) -> tuple[int, int, int]:
    """Open, answer at the same moment as the colleague, look; return how often stored, refused, and lost."""
    office = _office(url, folder)
    visitor = office.signed_in(email)
    stored = refused = lost = 0
    for number in range(ROUNDS):
        sentence = f"Ghi nhận ({email}, {number})."
        visitor.open(f"/ban-lam-viec/{SLUG}/y-kien/{key}")
        meet()
        mine = _post(visitor, key, sentence)
        meet()
        stored, refused = stored + mine, refused + (not mine)
        lost += mine and _sentence(office.database) != sentence
        meet()
    return stored, refused, lost


def _overwrite(url: str, folder: Path, email: str, key: str) -> tuple[int, int, int]:
    """Write over whatever stands, without a version: what must not be done."""
    office, lost = _office(url, folder), 0
    for number in range(ROUNDS):
        sentence = f"Ghi nhận ({email}, {number})."
        meet()
        with writing(office.database) as session:
            session.execute(update(Response).values(sentence=sentence))
        meet()
        lost += _sentence(office.database) != sentence
        meet()
    return ROUNDS, 0, lost


@pytest.fixture
def key(office: Office) -> str:
    """Give a comment in force."""
    grant = office.grant()
    made = office.comment(grant)
    office.send(grant, Stance.DISAGREES)
    return made


def _two(office: Office, act: object, key: str) -> tuple[int, int, int]:
    url, folder = str(office.database.engine.url), office.settings.instance
    first, second = race(act, (url, folder, OFFICIAL, key), (url, folder, COLLEAGUE, key))  # type: ignore[arg-type]
    stored, refused, lost = (one + other for one, other in zip(first, second, strict=True))
    return stored, refused, lost


def test_each_round_has_one_answer_and_one_conflict(office: Office, key: str) -> None:
    stored, refused, lost = _two(office, _answer, key)
    print(f"\ntwo officials: {stored} stored, {refused} conflicts, {lost} lost")
    assert (stored, refused, lost) == (ROUNDS, ROUNDS, 0)


def test_without_versions_every_round_would_lose_one(office: Office, key: str) -> None:
    office.signed_in()
    visitor = office.signed_in(COLLEAGUE)
    visitor.open(f"/ban-lam-viec/{SLUG}/y-kien/{key}")
    assert _post(visitor, key, "nền")
    stored, refused, lost = _two(office, _overwrite, key)
    print(f"\ntwo officials without versions: {stored} stored, {refused} conflicts, {lost} lost")
    assert (stored, refused, lost) == (2 * ROUNDS, 0, ROUNDS)
