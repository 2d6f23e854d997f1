"""The charts of a target on its public page: from its inputs and public figures to the one definition of charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from markupsafe import Markup

from impact import i18n
from impact.charts import (
    Amendment,
    BarsChart,
    Figure,
    Goal,
    MilestoneChart,
    PathChart,
    StackChart,
    StackRow,
    Step,
    Words,
)
from impact.commitments.models import Target
from impact.i18n import gettext as _
from impact.progress.cases import CaseInputs
from impact.progress.queries import PublicFigure
from impact.progress.rules import begun, goal_of
from impact.progress.verdicts import Standing
from impact.registry.figures_shown import chart_words, figure_day, in_all, tick_words, unit_of, value_words
from impact.registry.outlook import band

PARTS = ("women", "men", "other", "undisclosed")
TargetChart = PathChart | BarsChart | MilestoneChart


def chart_of(
    target: Target, standing: Standing, figures: Sequence[PublicFigure], title: str, today: date
) -> TargetChart | None:
    """The path of a target, or None where there is no day to draw it to, or nothing on the way."""
    case = begun(standing.found.inputs)
    if case.target_date is None:
        return None
    if case.kind == "deliverable":
        return _milestones(target, case, title, today)
    points = tuple(Figure(row.on, row.value) for row in figures if row.on is not None and row.on <= today)
    if case.baseline is None and not any(point.value is not None for point in points):
        return None
    start, goal = _start(case), _goal(case)
    before = standing.found.original
    original = _goal(before) if before else None
    original_from = _start(before) if before else None
    amendments = _amendments(target)
    words = _words(target, case, before)
    if case.kind == "cumulative":
        ahead = band(case, standing.verdict.status, limits(case, unit_of(target)))
        return BarsChart(title, start, goal, points, original, original_from, ahead, amendments, words)
    steps = tuple(Goal(day, value) for day, value, _done in case.milestones if value is not None)
    return PathChart(
        title,
        start,
        goal,
        points,
        steps,
        original,
        original_from,
        _band(case, unit_of(target)),
        None if target.kind == "conditional" else band(case, standing.verdict.status, limits(case, unit_of(target))),
        amendments,
        limits(case, unit_of(target)),
        words,
    )


def _amendments(target: Target) -> tuple[Amendment, ...]:
    """A tick on the time axis for each approved amendment that touched this target."""
    marks = []
    for row in target.commitment.amendments:
        day = row.effective_on or (row.approved_at.date() if row.approved_at else None)
        if row.number is not None and day is not None and _is_about(row.changes, target):
            marks.append(Amendment(day, _("A%(number)s", number=row.number)))
    return tuple(marks)


def _is_about(changes: Sequence[dict[str, object]], target: Target) -> bool:
    return any(change.get("target") == target.public_id for change in changes)


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


def limits(case: CaseInputs, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """Values that cannot be passed: 0 and 100 of a share, 0 of a count; a gap with a sign has none."""
    if case.direction == "signed_gap" or unit in {"percentage_points", "level", "points"}:
        return None, None
    return Decimal(0), Decimal(100) if unit in {"percent", "score_100"} else None


def _words(target: Target, case: CaseInputs, before: CaseInputs | None) -> Words:
    unit = unit_of(target)
    day = str(case.target_date.year) if target.due_is_year and case.target_date else i18n.short_date(case.target_date)
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


def _milestones(target: Target, case: CaseInputs, title: str, today: date) -> MilestoneChart | None:
    """A deliverable on its time line; None without a day on which it begins."""
    begins = case.baseline_date or target.commitment.starts_on
    if begins is None or case.target_date is None or begins >= case.target_date:
        return None
    answers = sorted(case.figures, key=lambda figure: figure.on)
    delivered = next((figure.on for figure in answers if figure.delivered), None)
    steps = tuple(Step(day, done if done and done <= today else None) for day, _value, done in sorted(case.milestones))
    words = Words(tick=tick_words, year=str, target=_("Due"))
    return MilestoneChart(title, begins, case.target_date, today, steps, delivered, words)


def people_chart(figures: Sequence[PublicFigure], title: str, unit: str) -> StackChart | None:
    """Who is counted, a bar a year; years in which women or men are withheld have none."""
    rows = [
        StackRow(str(row.year), _parts(row), int(everybody))
        for row in figures
        for everybody in [in_all(row, unit)]
        if everybody is not None and _parts(row)[0] is not None and _parts(row)[1] is not None
    ]
    if not rows:
        return None
    return StackChart(title, tuple(rows), i18n.direction() == "rtl", Words(value=lambda value: i18n.number(value)))


def _parts(row: PublicFigure) -> tuple[int | None, int | None, int | None, int | None]:
    women, men, other, undisclosed = (_part(row, name) for name in PARTS)
    return women, men, other, undisclosed


def _part(row: PublicFigure, name: str) -> int | None:
    """A part that was not asked for is 0 of the bar; one that is withheld is unknown."""
    if name in {"women", "men"}:
        return row.parts.get(name)
    return row.parts.get(name, 0)


def chart_title(title: Markup, figures: Sequence[PublicFigure], unit: str) -> str:
    """The text alternative: the promise and every figure, in one paragraph."""
    told = [
        _("%(day)s: %(value)s", day=figure_day(row), value=value_words(row.value, unit))
        if row.value is not None
        else _("%(day)s: not measured", day=figure_day(row))
        for row in figures
        if row.delivered is None
    ]
    plain = title.striptags()
    if not told:
        return plain
    return _("%(promise)s. Figures: %(figures)s.", promise=plain, figures="; ".join(told))
