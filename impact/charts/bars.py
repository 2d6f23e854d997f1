"""The drawing of a `BarsChart`: a sum that grows, from zero, before the path to its target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from impact.charts.axes import (
    End,
    amendment_marks,
    end_labels,
    forecast_shapes,
    grid,
    missing,
    original_shapes,
    tick_labels,
    year_labels,
)
from impact.charts.definitions import BarsChart, Figure
from impact.charts.drawing import Drawing, Frame, Label, Placer, Shape, box, line, square, text_width
from impact.charts.scale import ValueScale, day_scale, ticks


@dataclass(frozen=True)
class Sum:
    """The count at a day: what there was before, what this period added, and whether a period is missing in it."""

    day: date
    before: Decimal
    added: Decimal
    at_least: bool

    @property
    def total(self) -> Decimal:
        return self.before + self.added


def sums(baseline: Figure | None, figures: tuple[Figure, ...]) -> list[Sum]:
    """Add the periods up in order of their days; a period not measured makes every later sum an "at least"."""
    total = baseline.value if baseline and baseline.value is not None else Decimal(0)
    incomplete = False
    result = []
    for figure in sorted(figures, key=lambda f: f.day):
        if figure.value is None:
            incomplete = True
            continue
        result.append(Sum(figure.day, total, figure.value, incomplete))
        total += figure.value
    return result


def draw(chart: BarsChart, frame: Frame) -> Drawing:
    """Geometry of the chart on this sheet."""
    bars = sums(chart.baseline, chart.figures)
    start = chart.baseline
    goals = [g for g in (chart.target, chart.original) if g]
    values = [float(s.total) for s in bars] + [float(g.value) for g in goals]
    values += [float(chart.forecast.high)] if chart.forecast else []
    values += [float(start.value)] if start and start.value is not None else []
    scale = ValueScale(ticks(values, from_zero=True, limits=(0.0, None)), frame.plot_bottom, frame.top)
    all_days = [f.day for f in chart.figures] + [g.day for g in goals] + [a.day for a in chart.amendments]
    all_days += [f.day for f in (start, chart.original_from, chart.forecast) if f]
    days = day_scale(all_days or [date(1970, 1, 1)], frame.left, frame.plot_right)
    placer = Placer(frame)
    half = min(days.year_width * 0.28, frame.text * 2.6)

    shapes = grid(frame, scale)
    year_shapes, years = year_labels(frame, days, chart.words, bars[-1].day.year if bars else None)
    shapes += year_shapes
    labels = [*tick_labels(frame, scale, chart.words), *years]
    ground = len(shapes)
    ends: list[End] = []
    if chart.forecast and bars:
        last = bars[-1]
        shapes += forecast_shapes(days, scale, (days(last.day), scale(float(last.total))), chart.forecast)
        low, high = chart.words.value(chart.forecast.low), chart.words.value(chart.forecast.high)
        between = chart.words.between(low, high)
        worded = frame.words and bool(chart.words.forecast)
        ends.append(
            End(
                "forecast",
                days(chart.forecast.day),
                scale(float(chart.forecast.middle)),
                chart.words.forecast if worded else between,
                note=between if worded else "",
                strong=False,
            )
        )
    if chart.original:
        shapes += original_shapes(frame, days, scale, chart.original_from or start, chart.original)
        x, y = days(chart.original.day), scale(float(chart.original.value))
        text = f"{chart.words.original if frame.words else ''} {chart.words.value(chart.original.value)}".strip()
        step = frame.dot + frame.gap + frame.text * 0.6
        placer.put(
            [Label("original", text, x, y - step), Label("original", text, x - frame.gap * 2, y, "end")], needed=True
        )
    if chart.target:
        x, y = days(chart.target.day), scale(float(chart.target.value))
        if start and start.value is not None:
            shapes.append(Shape("target", line((days(start.day), scale(float(start.value))), (x, y))))
        ends.append(
            End("target", x, y, chart.words.value(chart.target.value), chart.words.target, chart.words.target_note)
        )
    shapes[ground:ground] = end_labels(frame, ends, placer)
    before, now, patches = "", "", ""
    for bar in bars:
        x, foot = days(bar.day), scale.bottom
        left, right = max(x - half, frame.left), min(x + half, frame.plot_right)
        middle, top = scale(float(bar.before)), scale(float(bar.total))
        if bar.before > 0:
            before += box(left, middle, right, foot)
        now += box(left, top, right, middle)
        written = chart.words.value(bar.total)
        text = chart.words.at_least(written) if bar.at_least else written
        fits = text_width(text, frame.text) < right - left and foot - top > frame.text * 1.8
        inside = fits and middle - top > frame.text * 1.5
        y = top + frame.text * 0.95 if inside else top - frame.text * 0.8
        # A number wider than its bar is narrowed by nothing: it stands above the bar, on a patch of its own.
        if not inside:
            wide = text_width(text, frame.text, bar is bars[-1]) / 2
            patches += box(x - wide, y - frame.text * 0.6, x + wide, y + frame.text * 0.55)
        role = "bar-value" if inside else "reported"
        placer.put([Label(role, text, x, y, strong=bar is bars[-1])], needed=True)
        placer.reserve(left, top, right, foot)
    if patches:
        shapes.append(Shape("patch", patches))
    if before:
        shapes.append(Shape("bar-before", before))
    if now:
        shapes.append(Shape("bar-now", now))
    shapes += missing(frame, days, chart.figures)
    shapes += amendment_marks(frame, days, chart.amendments, placer)
    if chart.target:
        shapes.append(
            Shape("target-end", square(days(chart.target.day), scale(float(chart.target.value)), frame.dot * 1.2))
        )
    return Drawing(frame, chart.title, tuple(shapes), (*labels, *placer.labels), scale.lowest)
