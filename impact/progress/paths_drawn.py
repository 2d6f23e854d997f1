"""The path of a target as a chart: needed path, reported figures, projection. From a case to the one definition of charts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from impact import charts, i18n
from impact.charts import Amendment, BarsChart, Figure, Goal, PathChart, Words
from impact.i18n import gettext as _
from impact.progress.cases import CaseInputs
from impact.progress.distances import goal_of
from impact.progress.forecast import forecast
from impact.progress.values_shown import chart_words, expected, tick_words

#: Statuses after which nobody asks whether the target will be met.
SETTLED = frozenset({"reached", "not_reached"})


def path_of(
    case: CaseInputs,
    unit: str,
    title: str,
    figures: Sequence[Figure] | None = None,
    *,
    ahead: charts.Forecast | None = None,
    before: CaseInputs | None = None,
    amendments: tuple[Amendment, ...] = (),
    due_is_year: bool = False,
) -> PathChart | BarsChart | None:
    """The case as it is counted (`rules.begun`); None for a delivery, and where there is no day or value to draw.

    `figures` are those of the case unless the page knows more of them; `before` is the case as first published.
    """
    if case.kind == "deliverable" or case.target_date is None:
        return None
    points = tuple(figures if figures is not None else (Figure(row.on, row.value) for row in case.figures))
    if case.baseline is None and not any(point.value is not None for point in points):
        return None
    start, goal = _start(case), _goal(case)
    original = _goal(before) if before else None
    original_from = _start(before) if before else None
    words = _words(case, unit, due_is_year, before)
    if case.kind == "cumulative":
        return BarsChart(title, start, goal, points, original, original_from, ahead, amendments, words)
    steps = tuple(Goal(day, value) for day, value, _done in case.milestones if value is not None)
    parity = _band(case, unit)
    return PathChart(
        title, start, goal, points, steps, original, original_from, parity, ahead, amendments, limits(case, unit), words
    )


def projection(case: CaseInputs, status: str, unit: str) -> charts.Forecast | None:
    """The 80 % band for the chart, held within the values that are possible; None where there is none."""
    if status in SETTLED or case.condition is not None or case.target_date is None:
        return None
    found = forecast(case)
    if found.kind != "band" or found.low is None or found.high is None or found.at_due is None:
        return None
    within = limits(case, unit)
    low, middle, high = (_held(expected(value, unit), within) for value in (found.low, found.at_due, found.high))
    return charts.Forecast(day=case.target_date, low=low, middle=middle, high=high)


def _held(value: Decimal, within: tuple[Decimal | None, Decimal | None]) -> Decimal:
    lowest, highest = within
    if lowest is not None:
        value = max(lowest, value)
    return value if highest is None else min(highest, value)


def limits(case: CaseInputs, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """Values that cannot be passed: 0 and 100 of a share, 0 of a count; a gap with a sign has none."""
    if case.direction == "signed_gap" or unit in {"percentage_points", "level", "points"}:
        return None, None
    return Decimal(0), Decimal(100) if unit in {"percent", "score_100"} else None


def _start(case: CaseInputs) -> Figure | None:
    if case.baseline is None or case.baseline_date is None:
        return None
    return Figure(case.baseline_date, case.baseline)


def _goal(case: CaseInputs) -> Goal | None:
    """The value to reach; for parity the edge of the band on the side of the starting point."""
    if case.target_date is None:
        return None
    if case.kind == "parity":
        if case.baseline is None:
            return None
        edge = 50 + case.band if case.baseline > 50 else 50 - case.band
        return Goal(case.target_date, edge)
    value = goal_of(case)
    return Goal(case.target_date, value) if value is not None else None


def _band(case: CaseInputs, unit: str) -> tuple[Decimal, Decimal] | None:
    if unit == "percent" and (case.kind == "parity" or case.direction == "parity"):
        return 50 - case.band, 50 + case.band
    return None


def _words(case: CaseInputs, unit: str, due_is_year: bool, before: CaseInputs | None) -> Words:
    assert case.target_date is not None
    day = str(case.target_date.year) if due_is_year else i18n.short_date(case.target_date)
    return Words(
        value=lambda value: chart_words(value, unit),
        tick=lambda value: i18n.percent(value) if unit == "percent" else tick_words(value),
        year=str,
        between=lambda low, high: _("%(low)s to %(high)s", low=low, high=high),
        at_least=lambda text: _("at least %(value)s", value=text),
        target=_("Target"),
        target_note=_("by %(day)s", day=day),
        original=_("First target") if before else "",
        forecast=_("Pace so far"),
        parity=_("Parity band"),
    )
