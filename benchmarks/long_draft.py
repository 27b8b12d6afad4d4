"""Opening a draft of 1,500 clauses against one of 40, by a reader and by an agency: kept pages, and cold ones."""

from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from benchmarks.calling import Request, cookie_of
from benchmarks.measure import Line, against_floor
from benchmarks.record import published_office
from consult.app import create_app
from tests.builders import EDUCATION, SLUG, Office

BOUND = 1.5
SHORT, LONG = 40, 1500


def lines(folder: Path) -> Iterator[Line]:
    """Measure the reader's and the agency's page; a cold page is that of an application that has just started."""
    short, long = published_office(folder, SHORT), published_office(folder, LONG)
    yield from _pair("reader", (long, _reader()), (short, _reader()))
    yield from _pair("agency", (long, _agency(long)), (short, _agency(short)))
    for office in (short, long):
        office.database.dispose()


def _pair(who: str, ours: tuple[Office, Request], floor: tuple[Office, Request]) -> Iterator[Line]:
    (long, asked), (short, least) = ours, floor
    name = f"{who}'s page, {LONG} clauses against {SHORT}"
    yield against_floor(name, lambda: asked.send(long.app), lambda: least.send(short.app), BOUND, 1000)
    fresh, other = _cold(long, 21), _cold(short, 21)
    yield against_floor(f"{name}, cold", lambda: asked.send(next(fresh)), lambda: least.send(next(other)), None, 15)


def _reader() -> Request:
    return Request.to(f"/ho-so/{SLUG}")


def _agency(office: Office) -> Request:
    return Request.to(f"/gop-y/{office.address(EDUCATION).code}", cookie_of(office.entered(EDUCATION)))


def _cold(office: Office, times: int) -> Iterator[Flask]:
    """Give applications that have kept nothing yet; each is warmed by a page that has no draft."""
    apps = [create_app(office.settings, office.clock, office.database) for _ in range(times)]
    for app in apps:
        Request.to("/").send(app)
    return iter(apps)
