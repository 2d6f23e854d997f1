"""Every figure in one table, group by group, then tables of groups of people where the organisation gives them."""

from __future__ import annotations

from typing import Any

from reports import drawn, fit
from reports.contents import numbered
from reports.sections.method import method_runs_over
from reports.snapshot_types import Snapshot
from reports.target_facts import TargetFacts
from reports.words import Words

#: counted, out of, figure, path
COLUMNS = 4
#: A group is one piece, because its head spans its rows. What is too tall for a page becomes several, each with the head.
TALLEST_GROUP = 420.0
DAY_AND_NAME = (11.5, 28)


def pieces(lines: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The lines of a target in groups that a page holds."""
    found: list[list[dict[str, Any]]] = [[]]
    tall = 0.0
    for line in lines:
        takes = fit.height(f"{line['day']} {line['what']}", DAY_AND_NAME) + 2.25
        if found[-1] and tall + takes > TALLEST_GROUP:
            found.append([])
            tall = 0.0
        found[-1].append(line)
        tall += takes
    return found


def spans(cells: list[str]) -> list[tuple[str, int]]:
    """(text, columns): words take the empty cells before them; a number keeps to its column. One alone takes the row."""
    if len(cells) == 1:
        return [(cells[0], COLUMNS)]
    result: list[tuple[str, int]] = []
    empty = 0
    for cell in cells:
        if not cell:
            empty += 1
            continue
        is_number = any(letter.isdigit() for letter in cell)
        if empty and is_number:
            result.append(("", empty))
        result.append((cell, 1 if is_number else empty + 1))
        empty = 0
    return [*result, ("", empty)] if empty else result


def lines(target: TargetFacts, snapshot: Snapshot, w: Words) -> list[dict[str, Any]]:
    """Starting point, figures and target, each with day, numerator, denominator, value and path."""
    unit = target.indicator.unit
    result: list[dict[str, Any]] = []
    totals = drawn.totals(target) if target.kind == "cumulative" else {}

    def line(day: str, what: str, cells: list[str], looks: str = "") -> None:
        result.append({"day": day, "what": what, "cells": spans(cells), "looks": looks})

    def counted(value: Any) -> str:
        return w.number(value, 0) if value is not None else ""

    base = target.baseline
    if base is not None and target.kind != "deliverable":
        value = w.value(base.value, unit) if base.value is not None else w.gettext("to be measured")
        line(
            w.day(base.on) if base.on else "",
            w.gettext("starting point"),
            [
                counted(base.numerator),
                counted(base.denominator),
                value,
                "" if base.value is None or target.begins else value,
            ],
        )
    for figure in target.figures:
        if target.kind == "deliverable":
            continue
        path = w.value(figure.expected, unit) if figure.expected is not None else ""
        if figure.value is None:
            line(w.day(figure.on), "", ["", "", w.gettext("not measured"), path], "missing")
            continue
        value = w.value(totals.get(figure.year, figure.value), unit)
        line(w.day(figure.on), "", [counted(figure.numerator), counted(figure.denominator), value, path])
    for step in target.milestones if target.kind == "deliverable" else ():
        done = w.day(step.done_on) if step.done_on else w.gettext("not done yet")
        line(w.day(step.on), w.plain(step.name), [done])
    if target.on is not None:
        goal = drawn.goal_value(target, snapshot.settings)
        value = (
            w.value(goal, unit) if goal is not None else w.gettext("to deliver") if target.kind == "deliverable" else ""
        )
        line(w.day(target.on), w.gettext("target"), ["", "", "", value], "goal")
    return result


def groups(snapshot: Snapshot, w: Words) -> list[dict[str, Any]]:
    result = []
    for group in snapshot.annex:
        rows = [
            {
                "year": w.year(row.year),
                "cells": [
                    (w.count(row.parts[name]) if name in row.parts else "", isinstance(row.parts.get(name), str))
                    for name in ("women", "men")
                ]
                + [(w.count(row.total), isinstance(row.total, str))],
                "share": w.number(row.share, 1) if row.share is not None else "",
            }
            for row in group.rows
        ]
        result.append({"name": group.name, "rows": rows})
    return result


def context(snapshot: Snapshot, w: Words) -> dict[str, Any]:
    return {
        "flows": method_runs_over(snapshot, w),
        "blocks": [
            {"item": item, "lines": piece}
            for item in numbered(snapshot)
            for piece in pieces(lines(item.target, snapshot, w))
        ],
        "groups": groups(snapshot, w),
    }
