"""The tables of a target's page: its figures year by year, its steps, its condition, and who is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from impact import i18n
from impact.charts.bars import sums
from impact.charts.definitions import Figure as ChartFigure
from impact.commitments.models import Target
from impact.i18n import gettext as _
from impact.indicators.small_cells import Hiding
from impact.progress.cases import CaseInputs
from impact.progress.queries import PublicFigure
from impact.progress.rules import expected, goal_of
from impact.progress.values_shown import unit_of, value_words
from impact.registry.drawn import PARTS
from impact.registry.figures_shown import baseline_counts, count_words, figure_day, in_all, of_words, table_day


@dataclass(frozen=True)
class Table:
    heads: Sequence[object]
    rows: Sequence[Sequence[object]]
    numbers: tuple[int, ...] = ()
    folds: tuple[int, ...] = ()


def figures_table(
    target: Target, case: CaseInputs, before: CaseInputs | None, figures: Sequence[PublicFigure], hiding: Hiding
) -> Table | None:
    """Year by year, with the counts behind each figure and what the path asked for by then."""
    if case.kind == "deliverable":
        return _deliveries(figures)
    if not figures and case.baseline is None:
        return None
    language, indicator, unit = i18n.current(), target.indicator, unit_of(target)
    has_counts = bool(indicator and indicator.has_counts)
    heads: list[object] = [_("Date")]
    if has_counts and indicator is not None:
        heads += [indicator.text("numerator", language), indicator.text("denominator", language)]
    is_sum = case.kind == "cumulative"
    heads += [_("This period"), _("Sum so far")] if is_sum else [_("Figure")]
    paths = [one for one in (case, before) if one is not None and _has_path(one)]
    heads += [_("Target path"), _("First target path")][: len(paths)]
    totals = _totals(case, figures)
    rows: list[list[object]] = []
    if case.baseline is not None and case.baseline_date is not None:
        start: list[object] = [_with_hint(table_day(case.baseline_date, target.baseline_is_year), _("starting point"))]
        counts = baseline_counts(target, hiding)
        hidden = counts != (target.baseline_numerator, target.baseline_denominator)
        rows.append(
            start
            + ([count_words(value, hidden) for value in counts] if has_counts else [])
            + ([""] if is_sum else [])
            + [_folded(value_words(case.baseline, unit), of_words(*counts) if has_counts else "")]
            + [_on_path(one, case.baseline_date, unit) for one in paths]
        )
    for row in figures:
        cells: list[object] = [table_day(row.on, row.on_is_year) or str(row.year or "")]
        if has_counts:
            hidden = row.suppressed
            cells += (
                ["", ""]
                if row.value is None
                else [count_words(row.numerator, hidden), count_words(row.denominator, hidden)]
            )
        if row.value is None:
            cells += ([""] if is_sum else []) + [_not_measured(row)]
        else:
            value = value_words(row.value, unit, (goal_of(case), case.baseline))
            counts_words = of_words(row.numerator, row.denominator) if has_counts else ""
            cells += [value, totals.get(row.public_id, "")] if is_sum else [_folded(value, counts_words)]
        cells += [_on_path(one, row.on, unit) for one in paths]
        rows.append(cells)
    numbers = tuple(range(1, len(heads)))
    return Table(heads, rows, numbers, (1, 2) if has_counts else ())


def _deliveries(figures: Sequence[PublicFigure]) -> Table | None:
    if not figures:
        return None
    rows = [
        [figure_day(row), _not_measured(row) if row.delivered is None else _("yes") if row.delivered else _("not yet")]
        for row in figures
    ]
    return Table([_("Date"), _("Delivered?")], rows)


def _not_measured(row: PublicFigure) -> Markup:
    why = _("not measured: %(why)s", why=row.not_measured)
    if row.known_by:
        why = _("%(why)s A figure will be known by %(day)s.", why=why, day=i18n.long_date(row.known_by))
    return Markup('<span class="unknown">%s</span>') % why


def _folded(words: str, small: str) -> Markup:
    """A cell that says a dropped column again on phones."""
    if not small:
        return Markup("<b>%s</b>") % words
    return Markup('<b>%s</b><span class="folded">%s</span>') % (words, small)


def _with_hint(words: str, hint: str) -> Markup:
    return Markup('%s <span class="hint cell-hint">%s</span>') % (words, hint)


def _totals(case: CaseInputs, figures: Sequence[PublicFigure]) -> dict[str, Markup]:
    """{public id: the sum so far} of a cumulative target."""
    start = ChartFigure(case.baseline_date, case.baseline) if case.baseline is not None and case.baseline_date else None
    known = [row for row in figures if row.on is not None]
    found = sums(start, tuple(ChartFigure(row.on, row.value) for row in known if row.on is not None))
    by_day = {entry.day: entry for entry in found}
    result = {}
    for row in known:
        entry = by_day.get(row.on) if row.on is not None else None
        if entry is not None and row.value is not None:
            words = i18n.number(entry.total)
            told = _("at least %(value)s", value=words) if entry.at_least else words
            result[row.public_id] = Markup("<b>%s</b>") % told
    return result


def _has_path(case: CaseInputs) -> bool:
    if case.condition is not None or case.baseline is None or case.baseline_date is None or case.target_date is None:
        return False
    return case.kind not in {"parity", "signed_gap", "deliverable"} and goal_of(case) not in (None, case.baseline)


def _on_path(case: CaseInputs, on: date | None, unit: str) -> str:
    """What the path asks for on this day: the line from the starting point, or through the milestones."""
    goal = goal_of(case)
    if on is None or goal is None or case.baseline is None or case.baseline_date is None or on < case.baseline_date:
        return ""
    share = expected(case, on)
    value = case.baseline + (goal - case.baseline) * Decimal(share.numerator) / Decimal(share.denominator)
    # People and things on the way are whole.
    return value_words(value.quantize(Decimal(1)) if unit in {"count", "money"} else value, unit)


def steps_table(target: Target, case: CaseInputs, today: date) -> Table | None:
    """Milestones, numbered as on the drawing."""
    if not target.milestones:
        return None
    rows: list[list[object]] = []
    for number, step in enumerate(target.milestones, start=1):
        what: object = i18n.in_its_language(step.title, target.commitment.language)
        if step.value is not None and case.kind != "deliverable":
            value = value_words(step.value, unit_of(target))
            what = Markup("%s %s") % (value, what) if what else value
        done: object = i18n.long_date(step.done_on) if step.done_on and step.done_on <= today else ""
        if case.kind == "deliverable" and not done:
            done = _("overdue") if step.on < today else _("not yet")
        row = [i18n.number(number), what, i18n.long_date(step.on)]
        rows.append([*row, done] if case.kind == "deliverable" else row)
    heads = [_("Step"), _("What"), _("Due")]
    return Table([*heads, _("Done")] if case.kind == "deliverable" else heads, rows)


def people_table(figures: Sequence[PublicFigure], unit: str) -> Table | None:
    rows = [row for row in figures if row.parts]
    if not rows:
        return None
    labels = {
        "women": _("Women"),
        "men": _("Men"),
        "other": _("Other or self-described"),
        "undisclosed": _("Not disclosed"),
    }
    asked = [name for name in PARTS if any(name in row.parts for row in rows)]
    heads = [_("Year"), *(labels[name] for name in asked), _("All")]
    body: list[list[object]] = []
    for row in rows:
        parts = [
            count_words(
                None if row.parts.get(name) is None else Decimal(row.parts[name] or 0),
                row.suppressed and name in row.parts,
            )
            for name in asked
        ]
        body.append([str(row.year), *parts, count_words(in_all(row, unit), row.suppressed)])
    return Table(heads, body, tuple(range(1, len(heads))))
