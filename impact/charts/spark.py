"""A small drawing of a path or a sum, with no words: for one line of a table."""

from __future__ import annotations

from dataclasses import replace

from impact.charts import bars, path
from impact.charts.definitions import BarsChart, PathChart, Spark
from impact.charts.drawing import Drawing, Frame, Shape, dot

KEPT = {"target", "target-end", "original", "original-end", "reported", "bar-before", "bar-now", "axis"}


def draw(spark: Spark, frame: Frame) -> Drawing:
    """The same geometry as the large chart, with only lines, ends, bars and the latest dot kept."""
    chart = spark.chart
    if isinstance(chart, BarsChart):
        drawing = bars.draw(replace(chart, forecast=None, amendments=()), frame)
        return replace(drawing, title="", shapes=tuple(s for s in drawing.shapes if s.role in KEPT), labels=())
    bare = replace(chart, forecast=None, amendments=(), milestones=(), parity=None)
    drawing = path.draw(bare, frame)
    shapes = [s for s in drawing.shapes if s.role in KEPT]
    dots = next((s.d for s in drawing.shapes if s.role == "reported-dots"), "")
    if dots:
        # Circles follow each other as "M…Z"; the last is the latest figure. A lone figure has no line to show it.
        latest = "M" + dots.removeprefix("M").split("M")[-1]
        shapes.append(Shape("reported-dots", latest))
        lone = lone_dots(bare, frame, dots)
        if lone:
            shapes.append(Shape("reported-small", lone))
    return replace(drawing, title="", shapes=tuple(shapes), labels=())


def lone_dots(chart: PathChart, frame: Frame, dots: str) -> str:
    """Smaller dots for figures that no line touches, because the years beside them were not measured."""
    reported = sorted(
        [*((chart.baseline,) if chart.baseline and chart.baseline.value is not None else ()), *chart.figures],
        key=lambda f: f.day,
    )
    measured = [f for f in reported if f.value is not None]
    alone = {run[0] for run in path.runs(reported) if len(run) == 1} - {measured[-1]}
    pieces = dots.removeprefix("M").split("M")
    small = ""
    for figure, piece in zip(measured, pieces, strict=True):
        if figure in alone:
            start = piece.split("a")[0].split()
            small += dot(float(start[0]) + frame.dot, float(start[1]), frame.dot * 0.6)
    return small
