"""A comment saved for good through the whole application, against a bare Flask view that writes the same rows.

Both stand on SQLite with a write-ahead log and ``synchronous=FULL``: an answer means that the disk has it.
"""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

from flask import Flask, request

from benchmarks.calling import WRITTEN, Request, cookie_of, raw_connection, seen
from benchmarks.measure import Line, against_floor
from benchmarks.record import published_office
from tests.builders import POLICE, Office

BOUND = 4.0
_CLAUSES = 40
_PLACE = "1.2"


def lines(folder: Path) -> Iterator[Line]:
    """Measure a new comment posted with its CSRF token."""
    office = published_office(folder, _CLAUSES)
    save = _Save(office)
    with seen(office.database, WRITTEN) as statements:
        save()
    connection = raw_connection(office.database)
    written = [each for each in statements if not each.sql.startswith("SELECT")]
    posted = save.key
    bare = Flask("floor")

    @bare.post("/gop-y/<code>/y-kien/<key>")
    def comment(code: str, key: str) -> tuple[str, int]:
        content = request.form["content"]
        connection.execute("BEGIN IMMEDIATE")
        for each in written:
            values = [
                key if value == posted else content if value == save.form["content"] else value for value in each.values
            ]
            connection.execute(each.sql, values)
        connection.execute("COMMIT")
        return "", 303

    yield against_floor("durable save of a comment", save, lambda: save(bare), BOUND, 400)
    connection.close()
    office.database.dispose()


class _Save:
    """A person who posts the same form again and again, each time as a new comment."""

    def __init__(self, office: Office) -> None:
        visitor = office.entered(POLICE)
        self._app, self._cookie = office.app, cookie_of(visitor)
        self._address = f"/gop-y/{office.address(POLICE).code}/y-kien"
        visitor.open(f"{self._address}/moi?vi-tri={_PLACE}")
        fields = visitor.form_with("content").fields
        self.form = fields | {"content": "Đề nghị nêu rõ cơ quan chủ trì và thời hạn thực hiện.", "reason": "Cho rõ."}
        self.form["proposed_text"] = fields["proposed_text"].replace("kịp thời", "chủ động")
        self.key = ""

    def __call__(self, app: Flask | None = None) -> None:
        self.key = uuid4().hex
        path = f"{self._address}/{self.key}?vi-tri={_PLACE}"
        Request.to(path, self._cookie, "POST").send(app or self._app, self.form)
