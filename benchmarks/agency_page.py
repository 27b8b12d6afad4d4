"""The agency's page, warm, against a bare Flask view that runs the same SQL by sqlite3 and returns the same bytes.

Both are opened by Flask's client, as everything in process is; without it only the two applications are left, and the
ratio is shown for what it says about ours.
"""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from benchmarks.calling import Request, cookie_of, raw_connection, seen
from benchmarks.measure import Line, against_floor, counted
from benchmarks.record import anchors, published_office
from consult.actions import commenting
from consult.store.database import writing
from consult.store.queries.places import place_of
from tests.builders import EDUCATION, Office

BOUND = 2.5
MOST_QUERIES = 5
SIZES = (40, 400)
_OWN = 5


def lines(folder: Path) -> Iterator[Line]:
    """Measure the page of an agency with five comments and five agreements, at each size of the draft."""
    for clauses in SIZES:
        office = published_office(folder, clauses)
        yield from _at_size(office, clauses)
        office.database.dispose()


def _at_size(office: Office, clauses: int) -> Iterator[Line]:
    _answer_in_part(office)
    visitor = office.entered(EDUCATION)
    code = office.address(EDUCATION).code
    request = Request.to(f"/gop-y/{code}", cookie_of(visitor))
    request.send(office.app)
    with seen(office.database) as statements:
        body = request.send(office.app)
    name = f"agency's page, {clauses} clauses"
    yield counted(f"{name}: queries", len(statements), MOST_QUERIES)
    bare, connection = Flask("floor"), raw_connection(office.database)

    @bare.get("/gop-y/<code>")
    def page(code: str) -> bytes:
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement.sql, statement.values).fetchall()
        connection.execute("ROLLBACK")
        return body

    ours, floor = (app.test_client(use_cookies=False) for app in (office.app, bare))
    yield against_floor(name, lambda: request.get(ours), lambda: request.get(floor), BOUND, 1000)
    yield against_floor(f"{name}, no client", lambda: request.send(office.app), lambda: request.send(bare), None, 1000)
    connection.close()


def _answer_in_part(office: Office) -> None:
    grant = office.grant(EDUCATION)
    places = anchors(office)
    for number, anchor in enumerate(places[1 : _OWN + 1]):
        change = "Giao các cơ quan liên quan chủ trì thực hiện." if number % 2 else ""
        office.comment(grant, anchor, reason="Cho đầy đủ.", proposed_text=change)
    with writing(office.database) as session:
        ids = tuple(place_of(session, grant.invitation_id, anchor).id for anchor in places[_OWN + 1 : 2 * _OWN + 1])
        commenting.agree(session, grant, ids, office.clock())
