"""The plots of the board as SVG: values in, bytes out. pygal lays them out; what stands in the file is decided here.

What pygal adds to shapes and words is taken out in ``svg_picture``. Colours are those of the site.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pygal
from lxml import etree

from consult.documents.svg_picture import INK, SVG, above, drawn, remove, written
from consult.domain.dates import short_date
from consult.domain.progress import Day
from consult.domain.window import local

_NAVY, _LATE, _RED = "#0b3a5b", "#744600", "#a3171c"
# From no comment to the most; the words on the three darkest are white. All pairs reach 4.5:1.
_HEAT = ("#ffffff", "#eaf1f5", "#c4d8e5", "#8fb5cd", "#2f6f99", "#0b3a5b")
_ON_DARK = _HEAT[4:]
_MOST_LABELS = 9
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Spot:
    """A place of the draft on the strip: what is printed under it, what it is called, the comments on it."""

    label: str
    name: str
    comments: int


@dataclass(frozen=True)
class Course:
    """Answers over time: the days with answers, the window, how many were asked, and the moment of the picture."""

    days: Sequence[Day]
    opens_at: datetime
    closes_at: datetime
    asked: int
    now: datetime


def course_plot(course: Course) -> bytes:
    """Return the plot of answers over time against the deadline, the late part marked; 900 × 340."""
    chart = pygal.XY(
        **_plain(900, 340),
        stroke=True,
        dots_size=3,
        include_x_axis=True,
        xrange=(0.0, _hours(course, _last(course))),
        range=(0, max(course.asked, 1)),
        y_labels=_round_numbers(course.asked),
        x_labels=[{"value": _hours(course, at), "label": short_date(at.date())} for at in _labelled(course)],
    )
    chart.add("", _steps(course, lambda day: day.total))
    chart.add("", _steps(course, lambda day: day.late) if any(day.late for day in course.days) else [])
    closes = _hours(course, course.closes_at)
    chart.add("", [(closes, 0), (closes, max(course.asked, 1))], show_dots=False)
    root = drawn(chart, "Số cơ quan đã gửi ý kiến theo thời gian so với thời hạn")
    _paint_course(root, course)
    return written(root)


def strip_plot(spots: Sequence[Spot]) -> bytes:
    """Return the heat strip of comments over the draft: a cell a place, darker the more was said; height 150."""
    most = max((spot.comments for spot in spots), default=0)
    every = -(-len(spots) // 30)
    chart = pygal.Bar(
        **_plain(max(900, 12 * len(spots)), 150),
        show_y_labels=False,
        show_y_guides=False,
        spacing=0,
        range=(0, 1),
        x_labels=[spot.label if number % every == 0 else "" for number, spot in enumerate(spots)],
    )
    chart.add("", [1 for _ in spots])
    root = drawn(chart, "Số ý kiến góp ý theo vị trí trong dự thảo")
    for cell, spot in zip(root.iter(f"{SVG}rect"), spots, strict=False):
        _paint_cell(cell, spot, _heat(spot.comments, most))
    return written(root)


def _plain(width: int, height: int) -> dict[str, object]:
    return {
        "js": (),
        "width": width,
        "height": height,
        "explicit_size": True,
        "show_legend": False,
        "pretty_print": False,
        "margin": 16,
        "margin_right": 44,
        "x_label_rotation": 0,
        "truncate_label": -1,
    }


def _round_numbers(most: int) -> list[int]:
    """Return at most six even marks from 0 to the number of agencies."""
    step = max(1, -(-most // 5))
    return [*range(0, max(most, 1), step), max(most, 1)] if most % step else [*range(0, max(most, 1) + 1, step)]


def _last(course: Course) -> datetime:
    """Return where the axis ends: after the close and after the last answer."""
    ends = [course.closes_at + 12 * _HOUR]
    if course.days:
        ends.append(_end(course.days[-1].day))
    return max(ends)


def _end(day: date) -> datetime:
    return _midnight(day + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.fromisoformat(f"{day.isoformat()}T00:00:00+07:00")


def _hours(course: Course, at: datetime) -> float:
    return max(0.0, round((at - course.opens_at) / _HOUR, 2))


def _labelled(course: Course) -> list[datetime]:
    """Return the midnights that are named under the axis, some of them where there are many."""
    first, last = local(course.opens_at).date() + timedelta(days=1), local(_last(course)).date()
    every = max(1, -(-((last - first).days + 1) // _MOST_LABELS))
    return [_midnight(first + timedelta(days=number)) for number in range(0, (last - first).days + 1, every)]


def _steps(course: Course, number: Callable[[Day], int]) -> list[tuple[float, int]]:
    """Return the corners of the stairs: flat up to a day with answers, and up to its number by the end of that day."""
    corners = [(0.0, 0)]
    for day in course.days:
        corners += [(_hours(course, _midnight(day.day)), corners[-1][1]), (_hours(course, _end(day.day)), number(day))]
    return [*corners, (max(corners[-1][0], _hours(course, min(course.now, _last(course)))), corners[-1][1])]


def _heat(comments: int, most: int) -> str:
    return _HEAT[0] if not comments else _HEAT[max(1, -(-comments * (len(_HEAT) - 1) // most))]


def _paint_course(root: etree._Element, course: Course) -> None:
    looks = (
        {"stroke": _NAVY, "stroke-width": "2.5"},
        {"stroke": _LATE, "stroke-width": "2.5", "stroke-dasharray": "2 4"},
        {"stroke": _RED, "stroke-width": "2", "stroke-dasharray": "8 5"},
    )
    for number, look in enumerate(looks):
        for group in [each for each in root.iter(f"{SVG}g") if f"serie-{number} " in f"{each.get('class') or ''} "]:
            for path in group.iter(f"{SVG}path"):
                path.attrib.update([*look.items(), ("fill", "none")])
                _name_line(path, number, course)
            for dot in group.iter(f"{SVG}circle"):
                dot.set("fill", look["stroke"])
    _title_dots(root, course)


def _title_dots(root: etree._Element, course: Course) -> None:
    """Keep a dot for the end of each day with answers, which says its numbers; corners in between have none."""
    lines = [group for group in root.iter(f"{SVG}g") if (group.get("class") or "").startswith("series")]
    for group in lines:
        dots = list(group.iter(f"{SVG}circle"))
        kept = dots[2::2][: len(course.days)]
        for dot in dots:
            if dot not in kept:
                remove(above(dot))
        late = "serie-1 " in (group.get("class") or "")
        for dot, day in zip(kept, course.days, strict=False):
            if late and not day.late:
                remove(above(dot))
            words = f"{day.late} gửi sau thời hạn" if late else f"{day.total} cơ quan đã gửi"
            etree.SubElement(dot, f"{SVG}title").text = f"{short_date(day.day)}: {words}"


def _name_line(path: etree._Element, number: int, course: Course) -> None:
    """Write the name of a line beside its end, so that no colour must be looked up."""
    x, y = (path.get("d") or "").replace("M", "").replace("L", "").split()[-2:]
    last = course.days[-1] if course.days else Day(local(course.now).date(), 0, 0, 0)
    said = (f"Đã gửi: {last.total}/{course.asked}", f"Gửi sau thời hạn: {last.late}", "Hết thời hạn")[number]
    near = {"x": str(float(x) - 6), "y": str(max(float(y) - 7, 12.0)), "text-anchor": "end", "font-weight": "600"}
    words = etree.SubElement(above(path), f"{SVG}text", {**near, "fill": (_NAVY, _LATE, _RED)[number]})
    words.text = said


def _paint_cell(cell: etree._Element, spot: Spot, colour: str) -> None:
    cell.attrib.update({"fill": colour, "stroke": "#6f7d8a", "stroke-width": "1"})
    etree.SubElement(cell, f"{SVG}title").text = f"{spot.name}: {spot.comments}"
    middle = float(cell.get("x") or 0) + float(cell.get("width") or 0) / 2
    height = float(cell.get("y") or 0) + float(cell.get("height") or 0) / 2 + 5
    ink = "#ffffff" if colour in _ON_DARK else INK
    place = {"x": f"{middle:.2f}", "y": f"{height:.2f}", "text-anchor": "middle", "fill": ink, "font-weight": "600"}
    etree.SubElement(above(cell), f"{SVG}text", place).text = str(spot.comments)
