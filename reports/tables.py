"""Tables of figures as data: heads and rows of cells, so that one template sets them all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from impact.messages import gettext_noop as N_
from reports import drawn
from reports.snapshot_types import Snapshot
from reports.target_facts import PROTECTING, WITHHELD, FigureFacts, TargetFacts
from reports.words import Words

PARTS = drawn.PARTS
PART_HEADS = (N_("Women"), N_("Men"), N_("Other or self-described"), N_("Not disclosed"))


@dataclass(frozen=True)
class Cell:
    """`looks` is a class of the style sheet, `span` the columns it covers."""

    text: str
    looks: str = ""
    span: int = 1


@dataclass(frozen=True)
class Row:
    head: str
    after: str
    cells: tuple[Cell, ...]
    looks: str = ""


@dataclass(frozen=True)
class Table:
    caption: str
    caption_rest: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    #: classes of the columns' widths, the first column's too
    widths: tuple[str, ...] = ()


def reference_day(target: TargetFacts, w: Words) -> str:
    """31 July, when all figures are of the same day of their year; else nothing."""
    days = {(f.on.month, f.on.day) for f in target.figures}
    return w.day_and_month(target.figures[0].on) if len(days) == 1 else ""


def unit_name(unit: str, w: Words) -> str:
    names = {
        "percent": w.gettext("Per cent"),
        "percentage_points": w.gettext("Percentage points"),
        "count": w.gettext("Number"),
        "ratio": w.gettext("Ratio of two figures"),
        "index": w.gettext("Index"),
        "money": w.gettext("US dollars"),
        "weeks": w.gettext("Weeks"),
        "hours": w.gettext("Hours"),
        "points": w.gettext("Points"),
        "score_100": w.gettext("Score from 0 to 100"),
        "per_1000": w.gettext("Per 1,000"),
        "rate_per_100k": w.gettext("Per 100,000"),
    }
    return names.get(unit, w.gettext("Value"))


def count_cell(part: int | str | None, w: Words) -> Cell:
    if part is None:
        return Cell(w.gettext("not given"), "soft")
    return Cell(w.count(part), "withheld" if part in (WITHHELD, PROTECTING) else "")


def figures(target: TargetFacts, snapshot: Snapshot, w: Words) -> Table:
    """The figures of a target year by year, with what they were divided by, the path and the difference to it."""
    if target.kind == "deliverable":
        return steps(target, w)
    unit = target.indicator.unit
    is_sum = target.kind == "cumulative"
    has_parts = any(f.parts for f in target.figures)
    # Numerator and whole are shown apart from the parts only where the parts do not say them.
    divided = not has_parts and any(f.numerator is not None and f.denominator is not None for f in target.figures)
    share = w.gettext("Women, %%") if has_parts and unit == "percent" else unit_name(unit, w)
    part_heads = [w.gettext(head) for head in PART_HEADS] if has_parts else []
    heads = [*part_heads]
    if has_parts and not is_sum:
        heads.append(w.gettext("All"))
    if divided:
        heads += [
            w.plain(target.indicator.numerator) or w.gettext("Counted"),
            w.plain(target.indicator.denominator) or w.gettext("Out of"),
        ]
    heads += [w.gettext("This year"), w.gettext("In all")] if is_sum else [share]
    heads += [w.gettext("Path"), w.gettext("To the path")]
    totals = drawn.totals(target) if is_sum else {}
    width = len(heads)
    rows = []
    base = target.baseline
    if base is not None:
        on = w.year(base.on.year) if base.on else ""
        if base.value is None:
            due = (
                w.gettext("to be measured by %(day)s", day=w.day(base.due)) if base.due else w.gettext("to be measured")
            )
            rows.append(Row(on, w.gettext("starting point"), (Cell(due, "unknown", width),)))
        else:
            fill = width - 3 - (1 if is_sum else 0)
            cells = base_cells(target, fill, divided, w)
            values = [Cell(w.value(base.value, unit))]
            rows.append(
                Row(
                    on,
                    w.gettext("starting point"),
                    (
                        *cells,
                        *([Cell("")] if is_sum else []),
                        *values,
                        Cell("" if target.begins else w.value(base.value, unit), "path"),
                        Cell(""),
                    ),
                )
            )
    milestones = {m.on: m.value for m in target.milestones if m.value is not None}
    for figure in sorted(target.figures, key=lambda f: f.on):
        current = figure.year == snapshot.year
        after = ""
        if figure.on in milestones:
            after = w.gettext("milestone %(value)s", value=w.short(milestones[figure.on] or Decimal(0), unit))
        if target.begins and figure.on == target.begins.on:
            after = w.gettext("condition met")
        looks = "now" if current else ""
        if figure.value is None:
            rows.append(Row(w.year(figure.year), after, (Cell(w.gettext("not measured"), "unknown", width),), looks))
            continue
        total = totals.get(figure.year) if is_sum else figure.value
        rows.append(
            Row(w.year(figure.year), after, tuple(figure_cells(target, figure, total, has_parts, divided, w)), looks)
        )
    if target.on is not None:
        goal = drawn.goal_value(target, snapshot.settings)
        written = w.value(goal, unit) if goal is not None else w.gettext("not known")
        day = Cell("", "", width - 2) if width > 2 else None
        rows.append(
            Row(
                w.year(target.on.year),
                w.gettext("target"),
                tuple(c for c in (day, Cell(written, "path"), Cell("")) if c),
                "goal",
            )
        )
    notes = []
    parts = {part for f in target.figures for part in f.parts.values()}
    if parts & {WITHHELD, PROTECTING}:
        notes.append(
            w.gettext(
                "Counts of fewer than %(few)s people are withheld, and so is a second count that would give them away.",
                few=w.number(Decimal(snapshot.settings.threshold), 0),
            )
        )
    notes += [w.plain(f.method_change) for f in target.figures if f.method_change]
    if is_sum and any(f.value is None for f in target.figures):
        notes.append(w.gettext("A year is missing: later totals are the least there can be."))
    return Table(
        w.gettext("Figures per year"),
        w.plain(target.scope),
        reference_day(target, w),
        tuple(heads),
        tuple(rows),
        tuple(notes),
        widths(len(heads), has_parts),
    )


def shortened(table: Table, most: int, w: Words) -> Table:
    """The table with its latest rows only, where the page has no room for all; the annex has every figure."""
    extra = len(table.rows) - most
    if extra <= 0:
        return table
    note = w.gettext("Earlier years are in the annex.")
    return replace(table, rows=(table.rows[0], *table.rows[1 + extra :]), notes=(*table.notes, note))


def widths(count: int, has_parts: bool) -> tuple[str, ...]:
    """Parts of people need room for their names; the rest share what is left."""
    if not has_parts:
        return ("f-first", *("",) * count)
    return ("f-narrow", "c-small", "c-small", "c-wide", "c-mid", *("",) * (count - 4))


def base_cells(target: TargetFacts, width: int, divided: bool, w: Words) -> tuple[Cell, ...]:
    """The starting point's numerator and denominator where the table has their columns."""
    base = target.baseline
    if width <= 0:
        return ()
    if base and base.numerator is not None and base.denominator is not None:
        numerator, whole = Cell(w.number(base.numerator, 0)), Cell(w.number(base.denominator, 0))
        if divided:
            return numerator, whole
        # Women stand first and all last among the columns of parts.
        return (numerator, *(() if width < 3 else (Cell(w.gettext("not given"), "soft", width - 2),)), whole)
    return (Cell("", "", width),)


def figure_cells(
    target: TargetFacts, figure: FigureFacts, total: Decimal | None, has_parts: bool, divided: bool, w: Words
) -> list[Cell]:
    unit, is_sum = target.indicator.unit, target.kind == "cumulative"
    cells = []
    if has_parts:
        cells += [count_cell(figure.parts.get(name), w) for name in PARTS]
        if not is_sum:
            cells.append(Cell(w.number(figure.denominator, 0) if figure.denominator is not None else ""))
    if divided:
        cells += [Cell(w.number(v, 0) if v is not None else "") for v in (figure.numerator, figure.denominator)]
    if is_sum and figure.value is not None:
        cells.append(Cell(w.value(figure.value, unit)))
    cells.append(Cell(w.value(total, unit) if total is not None else ""))
    if figure.expected is None or total is None:
        return [*cells, Cell(""), Cell("")]
    return [*cells, Cell(w.value(figure.expected, unit), "path"), Cell(w.difference(total - figure.expected, unit))]


def steps(target: TargetFacts, w: Words) -> Table:
    """The steps of a deliverable: due and done."""
    rows = []
    for i, step in enumerate(target.milestones, start=1):
        done = Cell(w.day(step.done_on)) if step.done_on else Cell(w.gettext("not done yet"), "unknown")
        rows.append(Row(f"{i}", w.plain(step.name), (Cell(w.day(step.on)), done)))
    delivered = (
        Cell(w.day(target.delivered_on)) if target.delivered_on else Cell(w.gettext("not delivered yet"), "unknown")
    )
    rows.append(Row("", w.gettext("The whole"), (Cell(w.day(target.on)), delivered), "goal"))
    return Table(
        w.gettext("Steps"),
        w.plain(target.scope),
        w.gettext("Step"),
        (w.gettext("Due"), w.gettext("Done")),
        tuple(rows),
        (),
        ("f-first", "", ""),
    )
