"""The small charts of a champion's page: the path alone, with its first, last and target value, and its years."""

from __future__ import annotations

from dataclasses import replace

from impact.charts import BarsChart, MilestoneChart, PathChart, draw, frames, web
from impact.charts.drawing import Drawing, Label
from impact.charts.spark import KEPT

#: Beside what a drawing without words keeps: every reported dot, years without a figure, and steps.
_KEPT = KEPT | {"reported-dots", "missing"}


def small(chart: PathChart | BarsChart | MilestoneChart, name: str) -> web.Figure:
    """The same definition as the large chart, on a small sheet; its text alternative stays whole."""
    drawing = draw(chart, frames.SMALL_TIMELINE) if isinstance(chart, MilestoneChart) else _bare(chart)
    markup, css = web.one(drawing, name, "chart-small")
    return web.Figure(markup, css)


def _bare(chart: PathChart | BarsChart) -> Drawing:
    plain: PathChart | BarsChart
    if isinstance(chart, PathChart):
        plain = replace(chart, forecast=None, amendments=(), milestones=(), parity=None)
    else:
        plain = replace(chart, forecast=None, amendments=())
    drawing = draw(plain, frames.SMALL)
    shapes = tuple(shape for shape in drawing.shapes if shape.role in _KEPT)
    return replace(drawing, shapes=shapes, labels=_ends(drawing.labels))


def _ends(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    """First and last value and the target's, and the first and the last year."""
    years = [label for label in labels if label.role == "year"]
    ends = [replace(label, strong=False) for label in dict.fromkeys((*years[:1], *years[-1:]))]
    told = [label for label in labels if label.role == "target" or (label.role in _REPORTED and label.strong)]
    return (*ends, *told)


_REPORTED = ("reported", "bar-value")
