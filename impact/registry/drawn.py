"""The charts of a target on its public page: from its inputs and public figures to the one definition of charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from impact import i18n
from impact.charts import (
    Amendment,
    BarsChart,
    Figure,
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
from impact.progress.paths_drawn import path_of, projection
from impact.progress.queries import PublicFigure
from impact.progress.rules import begun
from impact.progress.values_shown import tick_words, unit_of, value_words
from impact.progress.verdicts import Standing
from impact.registry.figures_shown import figure_day, in_all

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
    # Where a way began only when a condition was met, the chart shows no wedge; a sum of periods always had one.
    shows_ahead = target.kind != "conditional" or case.kind == "cumulative"
    return path_of(
        case,
        unit_of(target),
        title,
        points,
        ahead=projection(case, standing.verdict.status, unit_of(target)) if shows_ahead else None,
        before=standing.found.original,
        amendments=_amendments(target),
        due_is_year=bool(target.due_is_year),
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
