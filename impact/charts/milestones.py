"""The drawing of a `MilestoneChart`: steps of a deliverable on its time line, numbered as in the list beside it."""

from __future__ import annotations

from decimal import Decimal

from impact.charts.axes import year_labels
from impact.charts.definitions import MilestoneChart
from impact.charts.drawing import Drawing, Frame, Label, Placer, Shape, dot, line, square
from impact.charts.scale import day_scale


def draw(chart: MilestoneChart, frame: Frame) -> Drawing:
    """Geometry of the time line. A step done is a filled dot on its day, a step overdue or to come an open one."""
    all_days = [chart.start, chart.due, chart.today, *(s.due for s in chart.steps)]
    all_days += [s.done for s in chart.steps if s.done] + ([chart.delivered] if chart.delivered else [])
    days = day_scale(all_days, frame.left, frame.plot_right)
    foot = frame.plot_bottom
    rail = (frame.top + foot) / 2
    placer = Placer(frame)
    year_shapes, years = year_labels(frame, days, chart.words, chart.today.year)
    shapes = [Shape("axis", line((frame.left, foot), (frame.plot_right, foot))), *year_shapes]
    shapes.append(Shape("target", line((days(chart.start), rail), (days(chart.due), rail))))
    until = max(chart.start, min(chart.delivered or chart.today, chart.due))
    if until > chart.start:
        shapes.append(Shape("elapsed", line((days(chart.start), rail), (days(until), rail))))
    shapes.append(Shape("today", line((days(chart.today), frame.top), (days(chart.today), foot))))
    done, late, ahead = "", "", ""
    radius = frame.dot * 1.6
    for i, step in enumerate(chart.steps, start=1):
        day = step.done or step.due
        x = days(day)
        if step.done:
            done += dot(x, rail, radius)
        elif step.due <= chart.today:
            late += dot(x, rail, radius)
        else:
            ahead += dot(x, rail, radius)
        step_up = radius + frame.gap * 0.6 + frame.text * 0.6
        name = chart.words.tick(Decimal(i))
        placer.put(
            [Label("step", name, x, y, strong=bool(step.done)) for y in (rail - step_up, rail + step_up)], needed=True
        )
    shapes += [Shape(role, d) for role, d in (("step-done", done), ("step-late", late), ("step-ahead", ahead)) if d]
    end = days(chart.due)
    shapes.append(Shape("target-end" if chart.delivered else "deliverable-end", square(end, rail, frame.dot * 1.8)))
    if frame.words and chart.words.target:
        x = end + frame.dot * 2 + frame.gap
        placer.put([Label("target", chart.words.target, x, rail, "start", strong=True, number=False)], needed=True)
    return Drawing(frame, chart.title, tuple(shapes), (*years, *placer.labels))
