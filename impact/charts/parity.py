"""The drawing of a `ParityChart`: ratios as bars from zero, each with the mark of its benchmark.

A name stands above its bar, on as many lines as it takes, so that the chart holds on a phone and in every language.
"""

from __future__ import annotations

from dataclasses import replace

from impact.charts.definitions import ParityChart, ParityRow
from impact.charts.drawing import Drawing, Frame, Label, Shape, box, line, text_width

#: Where the sheet ends; a longer bar is cut there, its number is not.
HIGHEST = 1.2


def wrapped(text: str, size: float, width: float) -> list[str]:
    """The text in lines about as wide as this at most; a single word is never broken."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def draw(chart: ParityChart, frame: Frame) -> Drawing:
    """Geometry on a sheet whose height is that of its rows; right to left it is mirrored."""
    leading, bar = frame.text * 1.3, frame.text * 0.9
    shapes = {"no-data": "", "bar-gap": "", "bar-now": "", "benchmark": ""}
    labels: list[Label] = []
    wide = frame.plot_right - frame.left
    y = frame.top

    def x(part: float) -> float:
        place = frame.left + wide * min(part, HIGHEST) / HIGHEST
        return frame.width - place if chart.rtl else place

    def across(first: float, last: float, top: float) -> str:
        left, right = sorted((x(first), x(last)))
        return box(left, top, right, top + bar)

    for row in chart.rows:
        value = row.words
        room = wide - text_width(value, frame.text, True) - frame.gap * 2
        for text in wrapped(row.label, frame.text, room):
            y += leading
            labels.append(Label("row", text, x(0), y - leading / 2, "end" if chart.rtl else "start", number=False))
        labels.append(
            Label(
                "reported" if row.value is not None else "tick", value, x(HIGHEST), y - leading / 2,
                "start" if chart.rtl else "end", strong=row.value is not None, number=row.value is not None,
            )
        )  # fmt: skip
        y += frame.text * 0.15
        _bars(shapes, row, across, y)
        mark = x(row.benchmark)
        shapes["benchmark"] += line((mark, y - frame.text * 0.2), (mark, y + bar + frame.text * 0.2))
        y += bar + frame.text
    sheet = replace(frame, height=y + frame.bottom)
    return Drawing(sheet, chart.title, tuple(Shape(role, d) for role, d in shapes.items() if d), tuple(labels))


def _bars(shapes: dict[str, str], row: ParityRow, across: object, y: float) -> None:
    assert callable(across)
    if row.value is None:
        shapes["no-data"] += across(0, row.benchmark, y)
        return
    if row.value < row.benchmark:
        shapes["bar-gap"] += across(row.value, row.benchmark, y)
    if row.value > 0:
        shapes["bar-now"] += across(0, row.value, y)
