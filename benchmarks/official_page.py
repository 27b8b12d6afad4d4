"""The official's page with 200 comments, against the same SELECTs by sqlite3 and a plain Jinja template.

The floor has the same text for the reader, no catalogue, no macro and no application around it; that both say the same
is checked before the clock runs.
"""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, Template

from benchmarks.calling import Request, Statement, cookie_of, raw_connection, seen
from benchmarks.measure import Line, against_floor, counted
from benchmarks.record import published_office, put_comments_in_force
from consult.domain.terms import CommentKind, Disposition, Stance
from consult.web.words import WORDS
from tests.builders import SLUG, Office

BOUND = 2.0
MOST_QUERIES = 5
CLAUSES, COMMENTS = 40, 200
# The catalogue may find better words than those written out in the plain template.
_MAY_DIFFER = 0.05
_ADDRESS = f"/ban-lam-viec/{SLUG}/y-kien"
_COLUMNS = (
    *("key", "code", "words", "agency", "stance", "letter_number", "letter_date", "late", "channel", "basis"),
    *(
        "clause_id",
        "anchor",
        "cited",
        "clause_text",
        "kind",
        "content",
        "proposed_text",
        "reason",
        "redline",
        "disposition",
        "sentence",
    ),
)


def lines(folder: Path) -> Iterator[Line]:
    """Measure the page that lists every comment in force."""
    office = published_office(folder, CLAUSES)
    put_comments_in_force(office, COMMENTS)
    request = Request.to(_ADDRESS, cookie_of(office.signed_in()))
    request.send(office.app)
    with seen(office.database) as statements:
        page = request.send(office.app).decode()
    name = f"official's page, {CLAUSES} clauses, {COMMENTS} comments"
    yield counted(f"{name}: queries", len(statements), MOST_QUERIES)
    plain = _Plain(office, statements)
    compare(page, plain.page())
    yield against_floor(name, lambda: request.send(office.app), plain.page, BOUND, 150)
    plain.connection.close()
    office.database.dispose()


class _Plain:
    """The floor: raw rows into a plain template."""

    def __init__(self, office: Office, statements: Sequence[Statement]) -> None:
        self.connection: sqlite3.Connection = raw_connection(office.database)
        self._statements = statements
        self._words = _words(office)
        self._around = {"title": office.facts().title, "address": _ADDRESS}
        loader = FileSystemLoader(Path(__file__).parent)
        self._template: Template = Environment(autoescape=True, loader=loader).get_template("official_page.html")

    def page(self) -> str:
        """Read the rows and render them."""
        for statement in self._statements:
            rows = self.connection.execute(statement.sql, statement.values).fetchall()
        comments = [self._readable(dict(zip(_COLUMNS, row, strict=False))) for row in rows]
        places = [(head, list(group)) for head, group in groupby(comments, lambda comment: comment["cited"])]
        answered = sum(bool(comment["disposition"]) for comment in comments)
        return self._template.render(
            places=places, total=len(comments), answered=answered, words=self._words, **self._around
        )

    @staticmethod
    def _readable(comment: dict[str, object]) -> dict[str, object]:
        comment["redline"] = json.loads(str(comment["redline"])) if comment["redline"] else ()
        return comment


def _words(office: Office) -> dict[str, str]:
    with office.app.test_request_context("/"):
        return {member.name: str(WORDS[member]) for kind in (Stance, CommentKind, Disposition) for member in kind}


def compare(ours: str, floor: str) -> None:
    """Raise when hardly every word of our page stands on the plain one, between ``<main>`` and ``</main>``."""
    said, expected = (Counter(_said(page)) for page in (ours, floor))
    missing = (said - expected).total()
    if missing > _MAY_DIFFER * said.total():
        raise RuntimeError(f"the plain page lacks {missing} of {said.total()} words: {list(said - expected)[:12]}")


def _said(page: str) -> list[str]:
    body = page[page.index("<main") : page.index("</main>")]
    return unescape(re.sub(r"<[^>]*>", " ", body)).split()
