"""The board of 3,500 agencies and 5,000 comments, asked for through WSGI.

Floor: the statements that our page sends, run through sqlite3 alone, with their rows in a plain Jinja template. Their
pages must say the same before the clock runs. The number of queries is counted: it may not grow with the agencies.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template
from sqlalchemy import insert, select

from benchmarks.calling import Request, Statement, cookie_of, raw_connection, seen
from benchmarks.measure import Line, against_floor, counted
from benchmarks.official_page import compare
from benchmarks.record import published_office, put_comments_in_force
from consult.domain.board import Mark
from consult.domain.terms import LetterKind, LetterState, Stance
from consult.store.answers import Invitation, Submission
from consult.store.database import writing
from consult.store.directory import Agency
from consult.store.outbox import Letter
from consult.store.queries.board import BoardLine
from consult.web.words import WORDS
from tests.builders import OPENS, SLUG, Office

BOUND = 2.0
MOST_QUERIES = 8
AGENCIES, COMMENTS = 3500, 5000
_ADDRESS = f"/ban-lam-viec/{SLUG}"
# The columns of the three statements whose rows are printed or counted.
_MARK, _LINE, _PLACE = len(Mark._fields), len(BoardLine._fields), 10
_STANCES = (Stance.AGREES, Stance.AGREES, Stance.AGREES, Stance.NO_OPINION)


def lines(folder: Path) -> Iterator[Line]:
    """Measure the board's first page."""
    office = published_office(folder, 40)
    put_comments_in_force(office, COMMENTS)
    add_agencies(office, AGENCIES)
    request = Request.to(_ADDRESS, cookie_of(office.signed_in()))
    request.send(office.app)
    with seen(office.database, ("SELECT", "WITH")) as statements:
        page = request.send(office.app).decode()
    name = f"board, {AGENCIES} agencies, {COMMENTS} comments"
    yield counted(f"{name}: queries", len(statements), MOST_QUERIES)
    plain = _Plain(office, statements)
    compare(page, plain.page())
    yield against_floor(name, lambda: request.send(office.app), plain.page, BOUND, 60)
    plain.connection.close()
    office.database.dispose()


def add_agencies(office: Office, agencies: int) -> None:
    """Ask so many agencies in all, in groups of 500; every second new one has answered, all were written to."""
    with writing(office.database) as session:
        round_id, listed = office.facts().id, len(session.scalars(select(Invitation.id)).all())
        for number in range(listed, agencies):
            agency = session.execute(insert(Agency).values(**_agency(number)).returning(Agency.id)).scalar_one()
            asked = insert(Invitation).values(**_invitation(number, round_id, agency)).returning(Invitation.id)
            invitation = session.execute(asked).scalar_one()
            session.execute(insert(Letter).values(**_letter(number, round_id, invitation)))
            if number % 2:
                session.execute(insert(Submission).values(**_answer(number, invitation)))


def _agency(number: int) -> dict[str, object]:
    name = f"Ủy ban nhân dân xã Mẫu số {number}"
    return {"code": f"xa-{number}", "name": name, "short_name": "", "kind": "xa", "sort_key": name, "search_key": name}


def _invitation(number: int, round_id: int, agency: int) -> dict[str, object]:
    return {
        "round_id": round_id,
        "agency_id": agency,
        "code": f"xa{number:08d}",
        "name": f"Ủy ban nhân dân xã Mẫu số {number}",
        "short_name": "",
        "email": f"xa{number}@gialai.example",
        "group_line": f"Ủy ban nhân dân các xã, nhóm {number // 500}",
        "line": 100 + number // 500,
        "member": number,
    }


def _letter(number: int, round_id: int, invitation: int) -> dict[str, object]:
    letter = {"key": f"invitation:{invitation}:1", "public_id": f"{number:032x}", "kind": LetterKind.INVITATION}
    words = dict.fromkeys(("to_address", "to_name", "reply_to", "subject", "text", "html", "last_error"), "")
    sent = {"state": LetterState.SENT, "sent_at": OPENS, "due_at": OPENS, "created_at": OPENS, "attempts": 1}
    return letter | words | sent | {"round_id": round_id, "invitation_id": invitation}


def _answer(number: int, invitation: int) -> dict[str, object]:
    words = dict.fromkeys(("sender_name", "sender_email", "posted", "digest"), "")
    named = {"key": f"{number:032x}", "code": f"XA-{number}", "letter_number": f"{number}/UBND"}
    state = {"stance": _STANCES[number % 4], "late": False, "sent_at": OPENS, "in_force": True, "version": 1}
    return words | named | state | {"invitation_id": invitation}


class _Plain:
    """The floor: raw rows into a plain template."""

    def __init__(self, office: Office, statements: Sequence[Statement]) -> None:
        self.connection: sqlite3.Connection = raw_connection(office.database)
        self._statements = statements
        with office.app.test_request_context("/"):
            self._words = {member.name: str(WORDS[member]) for member in Stance}
        self._title = office.facts().title
        loader = FileSystemLoader(Path(__file__).parent)
        self._template: Template = Environment(autoescape=True, loader=loader).get_template("board.html")

    def page(self) -> str:
        """Read the rows and render them."""
        rows = [self.connection.execute(statement.sql, statement.values).fetchall() for statement in self._statements]
        marks, shown, places = (self._found(rows, columns) for columns in (_MARK, _LINE, _PLACE))
        sent = sum(row[6] is not None for row in marks)
        return self._template.render(
            address=_ADDRESS,
            title=self._title,
            lines=shown,
            words=self._words,
            sent=sent,
            all=len(marks),
            places=places,
        )

    @staticmethod
    def _found(rows: Sequence[Sequence[Sequence[object]]], columns: int) -> Sequence[Sequence[object]]:
        """Return the rows of the statement that has so many columns and the most rows."""
        return max((found for found in rows if found and len(found[0]) == columns), key=len)
