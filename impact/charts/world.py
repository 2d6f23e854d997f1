"""The drawing of a `MapChart`: one path for each class, so that a map of two hundred areas stays small."""

from __future__ import annotations

from collections.abc import Iterable

from impact.charts.definitions import MapChart
from impact.charts.drawing import Drawing, Frame, Shape, dot

#: How many shades there are, from the lightest to the darkest; fewer classes are spread over them.
SHADES = 5


def shade(one: int, number: int) -> int:
    """The shade of a class: the first is the lightest, the last the darkest; a single one stands in the middle."""
    return round(one * (SHADES - 1) / (number - 1)) if number > 1 else SHADES // 2


def draw(chart: MapChart, frame: Frame) -> Drawing:
    """Geometry on the map's own sheet. Words and numbers stand beside it, never in it."""
    with_data = {code: f"gap-{shade(one, chart.number)}" for code, one in chart.classes.items()}
    shapes = [Shape("sea", chart.outline)]
    bare = [code for code in chart.areas if code not in with_data and code not in chart.apart]
    shapes += _areas("no-data", chart, bare)
    shapes += _areas("apart", chart, [code for code in chart.areas if code in chart.apart])
    roles = [f"gap-{number}" for number in range(SHADES)]
    for role in roles:
        shapes += _areas(role, chart, [code for code in chart.areas if with_data.get(code) == role])
    hollow = [code for code in chart.points if code in chart.hollow and code not in with_data]
    shapes += _points("hollow", chart, frame, hollow)
    for role in roles:
        shapes += _points(f"{role} point", chart, frame, [code for code in chart.points if with_data.get(code) == role])
    return Drawing(frame, chart.title, tuple(shapes), ())


def _areas(role: str, chart: MapChart, codes: Iterable[str]) -> list[Shape]:
    d = "".join(chart.areas[code] for code in codes)
    return [Shape(role, d)] if d else []


def _points(role: str, chart: MapChart, frame: Frame, codes: Iterable[str]) -> list[Shape]:
    d = "".join(dot(*chart.points[code], frame.dot) for code in codes)
    return [Shape(role, d)] if d else []
