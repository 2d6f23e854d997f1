"""The drawing of a `StackChart`: who is counted, filling from the inline start."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from impact.charts.definitions import PEOPLE, StackChart
from impact.charts.drawing import Drawing, Frame, Label, Shape, box, text_width

ROLES = {"women": "women", "men": "men", "other": "other", "undisclosed": "undisclosed"}
GAP = 1.0


def fitting(frame: Frame, rows: int) -> Frame:
    """The sheet with the height its rows take."""
    return replace(frame, height=frame.top + frame.bottom + rows * row_height(frame))


def row_height(frame: Frame) -> float:
    return frame.text * 2.4


def draw(chart: StackChart, frame: Frame) -> Drawing:
    """Geometry on a sheet whose `left` margin holds the row names and `right` the totals (mirrored right to left).

    Withheld parts share what the known parts leave of the total, as one hatch without a number.
    """
    sheet = fitting(frame, len(chart.rows))
    width = sheet.plot_right - sheet.left
    paths = dict.fromkeys((*PEOPLE, "withheld"), "")
    labels: list[Label] = []

    def x(place: float) -> float:
        return sheet.width - place if chart.rtl else place

    for i, row in enumerate(chart.rows):
        top = sheet.top + i * row_height(sheet) + sheet.text * 0.3
        bottom = top + row_height(sheet) - sheet.text * 0.6
        middle = (top + bottom) / 2
        labels.append(
            Label(
                "row",
                row.label,
                x(sheet.left - sheet.gap),
                middle,
                "start" if chart.rtl else "end",
                number=row.label.isdigit(),
            )
        )
        known = sum(part for part in row.parts if part is not None)
        pieces = [(PEOPLE[j], part) for j, part in enumerate(row.parts) if part]
        if None in row.parts and row.total > known:
            pieces.append(("withheld", row.total - known))
        place = sheet.left
        whole = max(row.total, known) or 1
        for name, count in pieces:
            length = width * count / whole
            left, right = sorted((x(place), x(place + length)))
            # Neighbours are parted by a gap, but a sliver is never made to vanish by it.
            right = max(right - GAP, left + 0.5)
            paths[name] += box(left, top, right, bottom)
            text = chart.words.value(Decimal(count))
            if name != "withheld" and text_width(text, sheet.text) + sheet.gap * 2 < length:
                labels.append(Label(f"on-{name}", text, x(place + sheet.gap), middle, "end" if chart.rtl else "start"))
            place += length
        labels.append(
            Label(
                "total",
                chart.words.value(Decimal(row.total)),
                x(sheet.plot_right + sheet.gap),
                middle,
                "end" if chart.rtl else "start",
            )
        )
    shapes = tuple(Shape(role, d) for role, d in paths.items() if d)
    return Drawing(sheet, chart.title, shapes, tuple(labels))
