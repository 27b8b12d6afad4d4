"""The plots: plain pictures with the figures they were given, the same bytes each time, nothing that acts."""

import re
from datetime import date, timedelta

import pytest
from lxml import etree

from consult.documents.plots import Course, Spot, course_plot, strip_plot
from consult.domain.progress import Day
from tests.builders import CLOSES, OPENS

DAYS = (Day(date(2020, 4, 21), 3, 3, 0), Day(date(2020, 4, 24), 17, 20, 0), Day(date(2020, 4, 28), 2, 22, 2))
COURSE = Course(DAYS, OPENS, CLOSES, 28, CLOSES + timedelta(days=3))
SPOTS = (
    Spot("Chung", "Ý kiến chung", 4),
    Spot("1", "mục 1 <script>", 0),
    Spot("2", 'mục 2 "&"', 11),
    Spot("3", "3", 1),
)
ALLOWED = {"svg", "title", "g", "path", "text", "rect", "circle"}


def titles(picture: bytes, of: str) -> list[str]:
    return [element.text or "" for element in etree.fromstring(picture).iterfind(f".//{{*}}{of}/{{*}}title")]


@pytest.mark.parametrize("picture", [course_plot(COURSE), strip_plot(SPOTS)])
def test_a_picture_holds_shapes_and_words_alone(picture: bytes) -> None:
    root = etree.fromstring(picture)
    assert {etree.QName(element).localname for element in root.iter(etree.Element)} <= ALLOWED
    assert not list(root.iter(etree.Comment, etree.PI))
    names = {name for element in root.iter(etree.Element) for name in element.attrib}
    assert not names & {"id", "style", "class", "href"}
    assert not [name for name in names if name.startswith(("on", "{"))]
    assert re.findall(rb"https?://[^\"]+", picture) == [b"http://www.w3.org/2000/svg"]


def test_the_same_values_give_the_same_bytes() -> None:
    assert course_plot(COURSE) == course_plot(COURSE)
    assert strip_plot(SPOTS) == strip_plot(SPOTS)


def test_the_figures_are_those_of_the_days() -> None:
    assert titles(course_plot(COURSE), "circle") == [
        "21/4/2020: 3 cơ quan đã gửi",
        "24/4/2020: 20 cơ quan đã gửi",
        "28/4/2020: 22 cơ quan đã gửi",
        "28/4/2020: 2 gửi sau thời hạn",
    ]
    words = etree.fromstring(course_plot(COURSE)).itertext()
    assert {"Hết thời hạn", "Đã gửi: 22/28", "Gửi sau thời hạn: 2"} <= set(words)


def test_the_figures_are_those_of_the_places() -> None:
    picture = strip_plot(SPOTS)
    assert titles(picture, "rect") == ["Ý kiến chung: 4", "mục 1 <script>: 0", 'mục 2 "&": 11', "3: 1"]
    fills = [cell.get("fill") for cell in etree.fromstring(picture).iter("{*}rect")]
    assert fills[1] == "#ffffff"
    assert fills[2] == "#0b3a5b"
    assert fills[0] != fills[3]


@pytest.mark.parametrize(
    "course",
    [
        Course((), OPENS, CLOSES, 0, OPENS),
        Course((), OPENS, CLOSES, 28, OPENS - timedelta(days=3)),
        Course((Day(date(2020, 4, 20), 1, 1, 0),), OPENS, CLOSES, 1, OPENS),
        Course(DAYS, OPENS, CLOSES + timedelta(days=400), 3500, CLOSES),
    ],
)
def test_edges_can_be_drawn(course: Course) -> None:
    found = titles(course_plot(course), "circle")
    assert len([words for words in found if words.endswith("đã gửi")]) == len(course.days)


@pytest.mark.parametrize("number", [0, 1, 300])
def test_a_strip_of_any_length_can_be_drawn(number: int) -> None:
    assert len(titles(strip_plot([Spot(str(each), "x", each) for each in range(number)]), "rect")) == number
