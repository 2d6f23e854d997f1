"""What line and bar drawings share: grid, base line, years, amendments, and the labels at the ends of lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from impact.charts.definitions import Amendment, Figure, Forecast, Goal, Words
from impact.charts.drawing import Frame, Label, Placer, Shape, box, cross, line, spread, square, text_width
from impact.charts.scale import DayScale, ValueScale


@dataclass(frozen=True)
class End:
    """A label at the end of a line: what it says, at most two lines of it, and where the line ends."""

    role: str
    x: float
    y: float
    value: str
    word: str = ""
    note: str = ""
    strong: bool = True


def grid(frame: Frame, scale: ValueScale) -> list[Shape]:
    """Thin lines at the ticks and a strong one at the foot."""
    lines = "".join(line((frame.left, scale(t)), (frame.plot_right, scale(t))) for t in scale.ticks[1:])
    shapes = [Shape("grid", lines)] if lines else []
    return [*shapes, Shape("axis", line((frame.left, scale.bottom), (frame.plot_right, scale.bottom)))]


def tick_labels(frame: Frame, scale: ValueScale, words: Words) -> list[Label]:
    return [
        Label("tick", words.tick(Decimal(str(t)).normalize()), frame.left - frame.gap, scale(t), "end")
        for t in scale.ticks
    ]


def year_labels(frame: Frame, days: DayScale, words: Words, now: int | None) -> tuple[list[Shape], list[Label]]:
    """Marks between years, and each year's name in its middle, or every second or third when they would touch."""
    widest = max(text_width(words.year(y), frame.text, True) for y in days.years)
    every = 1
    while days.year_width * every < widest * 1.25:
        every += 1
    # The latest reported year is always among those named.
    offset = (now - days.first) % every if now is not None else 0
    foot = frame.plot_bottom
    marks = "".join(line((days(date(y, 1, 1)), foot), (days(date(y, 1, 1)), foot + 3)) for y in days.years)
    names = [
        Label("year", words.year(y), days.middle(y), foot + frame.gap + frame.text, strong=y == now)
        for y in days.years
        if (y - days.first) % every == offset
    ]
    return [Shape("year-mark", marks)], names


def missing(frame: Frame, days: DayScale, figures: Iterable[Figure]) -> list[Shape]:
    """A cross just above the base line for each figure that was due and not measured."""
    y = frame.plot_bottom - frame.dot * 3
    marks = "".join(cross(days(f.day), y, frame.dot) for f in figures if f.value is None)
    return [Shape("missing", marks)] if marks else []


def amendment_marks(frame: Frame, days: DayScale, amendments: Iterable[Amendment], placer: Placer) -> list[Shape]:
    ticks = ""
    for amendment in amendments:
        x, foot = days(amendment.day), frame.plot_bottom
        ticks += line((x, foot), (x, foot - frame.text * 1.6))
        placer.put([Label("amendment", amendment.label, x, foot - frame.text * 2.3)], needed=True)
    return [Shape("amendment", ticks)] if ticks else []


def forecast_shapes(days: DayScale, scale: ValueScale, start: tuple[float, float], forecast: Forecast) -> list[Shape]:
    """A wedge from the latest figure, and its middle."""
    x = days(forecast.day)
    low, middle, high = (scale(float(v)) for v in (forecast.low, forecast.middle, forecast.high))
    wedge = line(start, (x, high), (x, low)) + "Z"
    return [Shape("forecast-band", wedge), Shape("forecast", line(start, (x, middle)))]


def original_shapes(frame: Frame, days: DayScale, scale: ValueScale, start: Figure | None, goal: Goal) -> list[Shape]:
    """The path as first approved: dashed, with an open square at its end."""
    end = (days(goal.day), scale(float(goal.value)))
    shapes = [Shape("original-end", square(*end, frame.dot))]
    if start and start.value is not None:
        shapes.insert(0, Shape("original", line((days(start.day), scale(float(start.value))), end)))
    return shapes


def parity_shapes(
    frame: Frame, scale: ValueScale, band: tuple[Decimal, Decimal], placer: Placer, words: Words
) -> list[Shape]:
    """The band that counts as met, as far as it is in view, with its edges dotted."""
    low, high = float(band[0]), float(band[1])
    if low >= scale.highest or high <= scale.lowest:
        return []
    top, bottom = scale(min(high, scale.highest)), scale(max(low, scale.lowest))
    edges = "".join(
        line((frame.left, scale(edge)), (frame.plot_right, scale(edge)))
        for edge in (low, high)
        if scale.lowest <= edge <= scale.highest
    )
    if words.parity and frame.words:
        y = bottom - frame.text * 0.8 if bottom - top > frame.text * 1.5 else bottom + frame.text * 0.8
        placer.put([Label("parity", words.parity, frame.left + frame.gap, y, "start", number=False)])
    shapes = [Shape("parity-edge", edges)] if edges else []
    # A band of no height, seen edge on at the top of the scale, is the edge only.
    return [Shape("parity", box(frame.left, top, frame.plot_right, bottom)), *shapes] if bottom - top > 1 else shapes


def end_labels(frame: Frame, ends: list[End], placer: Placer, edges: Iterable[tuple[float, float]] = ()) -> list[Shape]:
    """Stack the labels to the right of the lines' ends, moved apart as little as it takes.

    `edges` are heights that a label must not be struck through by, each with the direction (-1 up, 1 down) to give
    way in. Gives back a patch in the colour of the paper for labels that stand on the grid.
    """
    leading = frame.text * 1.28
    texts: list[list[Label]] = []
    for end in ends:
        first = f"{end.word} {end.value}".strip() if frame.words else end.value
        x = end.x + frame.dot + frame.gap
        rows = [Label(end.role, first, x, 0, "start", strong=end.strong, number=not (frame.words and end.word))]
        if frame.words and end.note:
            rows.append(Label(end.role, end.note, x, 0, "start", number=False))
        texts.append(rows)
    # Blocks of one or two lines: spread their middles by the mean of neighbouring heights, the larger to be safe.
    tallest = max((len(rows) for rows in texts), default=1)
    middles = spread(
        [end.y for end in ends],
        leading * tallest * 1.02,
        frame.text * tallest * 0.7,
        frame.plot_bottom - frame.text * 0.7,
    )
    patches = ""
    for rows, middle in zip(texts, middles, strict=True):
        for edge, way in edges:
            if len(rows) == 1 and rows[0].x < frame.plot_right and abs(middle - edge) < frame.text * 0.6:
                middle = edge + way * frame.text * 0.75
        half = len(rows) * leading / 2
        right = max(r.x + text_width(r.text, frame.text * 1.3, r.strong) for r in rows)
        if rows[0].x < frame.plot_right:
            patches += box(rows[0].x - 1, middle - half, min(right, frame.plot_right), middle + half)
        for i, label in enumerate(rows):
            y = middle + (i - (len(rows) - 1) / 2) * leading
            placer.put([Label(label.role, label.text, label.x, y, "start", label.strong, label.number)], needed=True)
    return [Shape("patch", patches)] if patches else []
