"""From the columns of a target to what the pure rules of targets take."""

from __future__ import annotations

from decimal import Decimal

from impact.commitments.models import Target
from impact.indicators.kinds import Condition, Direction, Kind, Milestone, TargetSpec, Unit


def spec_of(target: Target) -> TargetSpec | None:
    """The target as it stands, values in the indicator's unit; None while its kind or its indicator is missing."""
    if not target.kind or target.indicator is None:
        return None
    return TargetSpec(
        kind=Kind(target.kind),
        direction=Direction(target.indicator.direction),
        unit=Unit(target.indicator.unit),
        baseline=target.baseline_value,
        baseline_date=target.baseline_date,
        baseline_due=target.baseline_due,
        value=_value(target),
        due=target.due,
        milestones=tuple(Milestone(step.on, step.value, step.title, step.done_on) for step in target.milestones),
        inner_kind=Kind(target.inner_kind) if target.inner_kind else None,
        condition=_condition(target),
        baseline_numerator=target.baseline_numerator,
        baseline_denominator=target.baseline_denominator,
        counts=target.indicator.counts,
        baseline_is_year=bool(target.baseline_is_year),
        due_is_year=bool(target.due_is_year),
    )


def _condition(target: Target) -> Condition | None:
    if not target.condition_operator or target.condition_threshold is None:
        return None
    threshold: Decimal = target.condition_threshold
    figures = tuple((figure.on, figure.value) for figure in target.condition_figures)
    return Condition(target.condition_operator, threshold, figures)


def _value(target: Target) -> Decimal | None:
    """As given; a ratio of two counts (of so many, so many) becomes one number in the indicator's unit."""
    if target.kind == "ratio" and target.value is not None and target.value_denominator and target.indicator:
        factor = 100 if target.indicator.unit == "percent" else 1
        return target.value * factor / target.value_denominator
    return target.value
