"""The drawing of a `PathChart`: reported figures against the path to the target."""

from __future__ import annotations

from datetime import date

from impact.charts.axes import (
    End,
    amendment_marks,
    end_labels,
    forecast_shapes,
    grid,
    missing,
    original_shapes,
    parity_shapes,
    tick_labels,
    year_labels,
)
from impact.charts.definitions import Figure, PathChart
from impact.charts.drawing import Anchor, Drawing, Frame, Label, Placer, Shape, dot, line, square
from impact.charts.scale import DayScale, ValueScale, day_scale, ticks


def values_of(chart: PathChart) -> list[float]:
    """Every value that must be in view; the parity band only where it begins within reach of them."""
    values = [f.value for f in (chart.baseline, chart.original_from, *chart.figures) if f and f.value is not None]
    values += [g.value for g in (chart.target, chart.original, *chart.milestones) if g]
    if chart.forecast:
        values += [chart.forecast.low, chart.forecast.high]
    numbers = [float(v) for v in values]
    if chart.parity and numbers:
        room = max(max(numbers) - min(numbers), 5.0)
        numbers += [edge for edge in map(float, chart.parity) if min(numbers) - room <= edge <= max(numbers) + room]
    if chart.whole_scale:
        numbers += [float(limit) for limit in chart.limits if limit is not None]
    return numbers


def days_of(chart: PathChart) -> list[date]:
    days = [f.day for f in (chart.baseline, chart.original_from, *chart.figures) if f]
    days += [g.day for g in (chart.target, chart.original, *chart.milestones, chart.forecast) if g]
    return days + [a.day for a in chart.amendments] or [date(1970, 1, 1)]


def target_points(chart: PathChart, days: DayScale, scale: ValueScale) -> list[tuple[float, float]]:
    """The path from the baseline through the milestones to the target; empty without a baseline."""
    if not (chart.target and chart.baseline and chart.baseline.value is not None):
        return []
    stops = sorted((*chart.milestones, chart.target), key=lambda g: g.day)
    start = (days(chart.baseline.day), scale(float(chart.baseline.value)))
    return [start, *((days(g.day), scale(float(g.value))) for g in stops)]


def runs(figures: list[Figure]) -> list[list[Figure]]:
    """The figures in unbroken stretches: a year not measured breaks the line."""
    stretches: list[list[Figure]] = [[]]
    for figure in figures:
        if figure.value is None:
            stretches.append([])
        else:
            stretches[-1].append(figure)
    return [stretch for stretch in stretches if stretch]


def height_of_path(points: list[tuple[float, float]], x: float) -> float | None:
    """Where the target path runs at `x`, or None outside it."""
    for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
        if x1 <= x <= x2:
            return y1 + (y2 - y1) * (x - x1) / (x2 - x1) if x2 > x1 else y2
    return None


def sidesteps(frame: Frame) -> tuple[tuple[float, Anchor], ...]:
    return (0.0, "middle"), (frame.dot, "end"), (-frame.gap * 0.4, "start")


def value_labels(
    chart: PathChart,
    frame: Frame,
    stretch: list[Figure],
    place: dict[Figure, tuple[float, float]],
    path: list[tuple[float, float]],
    placer: Placer,
) -> None:
    """Write the values on the side away from the path: the latest and the first for certain, the others where free."""
    latest, first = stretch[-1], stretch[0]
    for figure in dict.fromkeys((latest, first, *stretch)):
        assert figure.value is not None
        x, y = place[figure]
        along = height_of_path(path, x)
        below = along is not None and along <= y
        step = frame.dot + frame.gap * 0.6 + frame.text * 0.6
        strong = figure in (latest, first)
        text = chart.words.value(figure.value)
        sides = [y + step, y - step] if below else [y - step, y + step]
        # Straight above or below first, then to one side of it, then a little further off.
        candidates = [
            Label("reported", text, x + shift, y + (side - y) * further, anchor, strong)
            for further in (1.0, 1.35)
            for shift, anchor in sidesteps(frame)
            for side in sides
            if side < frame.plot_bottom - frame.text * 0.6
        ]
        if candidates:
            placer.put(candidates, needed=figure is latest or figure is first)


def draw(chart: PathChart, frame: Frame) -> Drawing:
    """Geometry of the chart on this sheet. Raises nothing: what is missing is left out or shown as missing."""
    scale = ValueScale(
        ticks(values_of(chart), limits=tuple(None if v is None else float(v) for v in chart.limits)),  # type: ignore[arg-type]
        bottom=frame.plot_bottom,
        top=frame.top,
    )
    days = day_scale(days_of(chart), frame.left, frame.plot_right)
    placer = Placer(frame)
    # The numbers of the value axis stand left of the plot: nothing else does.
    placer.reserve(-frame.width, 0, frame.left - frame.gap / 2, frame.height)
    reported = sorted(
        ([chart.baseline] if chart.baseline and chart.baseline.value is not None else []) + list(chart.figures),
        key=lambda f: f.day,
    )
    measured = [f for f in reported if f.value is not None]
    place = {f: (days(f.day), scale(float(f.value))) for f in measured if f.value is not None}
    path = target_points(chart, days, scale)
    for x, y in place.values():
        placer.reserve(x - frame.dot, y - frame.dot, x + frame.dot, y + frame.dot)

    placer.reserve_line(path)
    for run in runs(reported):
        placer.reserve_line([place[f] for f in run])
    first = chart.original_from or chart.baseline
    if chart.original and first and first.value is not None:
        end = (days(chart.original.day), scale(float(chart.original.value)))
        placer.reserve_line([(days(first.day), scale(float(first.value))), end])
    shapes = grid(frame, scale)
    labels = tick_labels(frame, scale, chart.words) if values_of(chart) else []
    year_shapes, years = year_labels(frame, days, chart.words, measured[-1].day.year if measured else None)
    shapes += year_shapes
    labels += years
    if chart.parity:
        shapes += parity_shapes(frame, scale, chart.parity, placer, chart.words)
    ground = len(shapes)
    ends: list[End] = []
    if chart.forecast and measured:
        shapes += forecast_shapes(days, scale, place[measured[-1]], chart.forecast)
        low, high = chart.words.value(chart.forecast.low), chart.words.value(chart.forecast.high)
        between = chart.words.between(low, high)
        ends.append(
            End(
                "forecast",
                days(chart.forecast.day),
                scale(float(chart.forecast.middle)),
                between if not chart.words.forecast or not frame.words else chart.words.forecast,
                note=between if chart.words.forecast else "",
                strong=False,
            )
        )
    if chart.original:
        shapes += original_shapes(frame, days, scale, chart.original_from or chart.baseline, chart.original)
    if chart.target:
        x, y = days(chart.target.day), scale(float(chart.target.value))
        if path:
            shapes.append(Shape("target", line(*path)))
        stops = "".join(
            line(
                (days(g.day), scale(float(g.value)) - frame.dot * 2),
                (days(g.day), scale(float(g.value)) + frame.dot * 2),
            )
            for g in chart.milestones
        )
        if stops:
            shapes.append(Shape("milestone", stops))
        shapes.append(Shape("target-end", square(x, y, frame.dot * 1.2)))
        placer.reserve(x - frame.dot, y - frame.dot, x + frame.dot, y + frame.dot)
        ends.append(
            End("target", x, y, chart.words.value(chart.target.value), chart.words.target, chart.words.target_note)
        )
    edges: list[tuple[float, float]] = []
    if chart.parity:
        # A label on the band's edge gives way to the side outside the band.
        edges = [(scale(float(chart.parity[0])), 1), (scale(float(chart.parity[1])), -1)]
    shapes[ground:ground] = end_labels(frame, ends, placer, edges)
    shapes += missing(frame, days, chart.figures)
    shapes += amendment_marks(frame, days, chart.amendments, placer)
    if measured:
        lines = "".join(line(*(place[f] for f in run)) for run in runs(reported) if len(run) > 1)
        if lines:
            shapes.append(Shape("reported", lines))
        shapes.append(Shape("reported-dots", "".join(dot(*place[f], frame.dot) for f in measured)))

    if measured:
        value_labels(chart, frame, measured, place, path, placer)
    original_label(chart, frame, days, scale, placer)
    for goal in chart.milestones:
        x, y = days(goal.day), scale(float(goal.value))
        away = frame.dot * 2 + frame.gap * 0.4 + frame.text * 0.6
        text = chart.words.value(goal.value)
        placer.put([Label("milestone", text, x, y - away), Label("milestone", text, x, y + away)])
    return Drawing(frame, chart.title, tuple(shapes), (*labels, *placer.labels), scale.lowest)


def original_label(chart: PathChart, frame: Frame, days: DayScale, scale: ValueScale, placer: Placer) -> None:
    """The superseded target says so above its square, or beside or under it where that is taken."""
    if not chart.original:
        return
    x, y = days(chart.original.day), scale(float(chart.original.value))
    value = chart.words.value(chart.original.value)
    texts = [f"{chart.words.original} {value} {chart.words.original_note}".strip()] if frame.words else []
    texts += [f"{chart.words.original} {value}".strip()] if frame.words else []
    texts.append(value)
    step = frame.dot + frame.gap * 0.6 + frame.text * 0.6
    options = []
    for text in texts:
        number = text == value
        options += [Label("original", text, x, y - step, number=number)]
        options += [Label("original", text, x + frame.dot, y - step, "end", number=number)]
        options += [Label("original", text, x - frame.dot - frame.gap, y, "end", number=number)]
        options += [Label("original", text, x, y + step, number=number)]
    placer.put(options, needed=True)
