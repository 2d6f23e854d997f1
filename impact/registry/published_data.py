"""The published figures of one target as a file of rows: exactly what its page shows, in codes and plain numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from impact.cells import safe
from impact.commitments.models import Target
from impact.progress.queries import PublicFigure, public_figure
from impact.progress.values_shown import unit_of
from impact.progress.verdicts import Standing
from impact.registry.drawn import PARTS
from impact.registry.figures_shown import baseline_counts

HEADS = (
    "row", "date", "date_is_year", "value", "unit", "numerator", "denominator", *PARTS, "withheld", "delivered",
    "not_measured", "source",
)  # fmt: skip


def figures_of(target: Target, standing: Standing) -> list[PublicFigure]:
    return [public_figure(figure, target, standing.found.hiding) for figure in standing.found.figures]


def as_csv(target: Target, standing: Standing) -> str:
    """UTF-8 text with a mark at its beginning, as spreadsheets expect; withheld counts are empty and say so."""
    unit = unit_of(target)
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(HEADS)
    if target.baseline_value is not None:
        top, whole = baseline_counts(target, standing.found.hiding)
        hidden = (top, whole) != (target.baseline_numerator, target.baseline_denominator)
        start = _row("baseline", target.baseline_date, bool(target.baseline_is_year), target.baseline_value, unit)
        parts = [""] * len(PARTS)
        source = safe(target.baseline_source)
        writer.writerow([*start, _plain(top), _plain(whole), *parts, _yes(hidden), "", "", source])
    for row in figures_of(target, standing):
        delivered = "" if row.delivered is None else _yes(row.delivered) or "no"
        counts = [_plain(row.numerator), _plain(row.denominator), *(_plain(row.parts.get(name)) for name in PARTS)]
        words = [_yes(row.suppressed), delivered, safe(row.not_measured), safe(row.source)]
        writer.writerow([*_row("figure", row.on, row.on_is_year, row.value, unit), *counts, *words])
    goal = standing.verdict.goal
    if target.due is not None:
        end = _row("target", target.due, bool(target.due_is_year), goal, unit)
        writer.writerow([*end, *[""] * (len(HEADS) - len(end))])
    return "\ufeff" + sheet.getvalue()


def _row(what: str, on: date | None, is_year: bool, value: Decimal | None, unit: str) -> list[str]:
    return [what, on.isoformat() if on else "", _yes(is_year), _plain(value), unit]


def _yes(flag: bool) -> str:
    return "yes" if flag else ""


def _plain(value: Decimal | int | None) -> str:
    """19.000000 → 19; a negative number is a number, not a formula."""
    return "" if value is None else f"{Decimal(value).normalize():f}"


def find(targets: Sequence[Target], number: int) -> Target | None:
    """The target at this place of the page, from 1."""
    return targets[number - 1] if 1 <= number <= len(targets) else None
