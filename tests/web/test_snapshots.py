"""What one request or one synthesis reads is of one moment, whatever others do meanwhile."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import event

from consult.actions import commenting
from consult.store.database import Database, reading, writing
from consult.store.queries.places import place_of
from consult.store.queries.synthesis_rows import opinions, summary
from tests.builders import EDUCATION, OPENS, POLICE, Office


def test_a_synthesis_agrees_with_itself_when_an_agency_sends_meanwhile(anywhere: Office) -> None:
    first, second = anywhere.grant(POLICE), anywhere.grant(EDUCATION)
    for grant in (first, second):
        anywhere.comment(grant)
    anywhere.send(first)
    facts = anywhere.facts()
    with reading(anywhere.database) as session:
        around = summary(session, facts, OPENS)
        anywhere.send(second)
        assert len(tuple(opinions(session, facts))) == around.opinions == 1


@contextmanager
def _after_the_door(database: Database, act: Callable[[], None]) -> Iterator[None]:
    """Let a colleague ``act`` right after the first statement of the block that asks for a grant."""
    waiting = [act]

    def step_in(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        if waiting and statement.startswith("SELECT") and "session_grant" in statement:
            waiting.pop()()

    event.listen(database.engine, "after_cursor_execute", step_in)
    yield
    event.remove(database.engine, "after_cursor_execute", step_in)
    assert not waiting


def _take_back(office: Office, anchor: str) -> None:
    grant = office.grant()
    with reading(office.database) as session:
        place = place_of(session, grant.invitation_id, anchor)
    with writing(office.database) as session:
        commenting.disagree(session, grant, (place.id,), office.clock())


def test_a_page_is_not_kept_with_what_a_colleague_did_after_the_door(anywhere: Office) -> None:
    visitor, grant = anywhere.entered(), anywhere.grant()
    page = f"/gop-y/{grant.code}"
    anywhere.comment(grant, "2.2")
    with _after_the_door(anywhere.database, lambda: anywhere.agree(grant, "2.1")):
        visitor.open(page)
    assert 'name="disagree" value="2.1"' in visitor.open(page)
    _take_back(anywhere, "2.1")
    assert 'name="disagree" value="2.1"' not in visitor.open(page)
