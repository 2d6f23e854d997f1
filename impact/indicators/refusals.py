"""What cannot be a target or a figure, refused where it is typed, with words that say what to do.

A problem of rank `error` stops; one of rank `warning` needs an answer. Messages are gettext ids with typed values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as default
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from impact.indicators.kinds import (
    KINDS,
    MAY_BE_NEGATIVE,
    PARITY_SHARES,
    RISING,
    Direction,
    Kind,
    TargetSpec,
    Unit,
    Value,
    allowed_kinds,
    parity_gap,
    reach,
)
from impact.messages import gettext_noop as N_

ERROR = "error"
WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """Something about one field. `message` is a gettext id, `values` fill it, `rank` is `error` or `warning`."""

    field: str
    message: str
    values: Mapping[str, Any] = default(default_factory=dict)
    rank: str = ERROR


def refusals(spec: TargetSpec, today: date, complete: bool = True) -> list[Problem]:
    """All that is wrong with a target, in the order of the form. A draft (`complete` false) may have gaps."""
    problems = _of_kind(spec, complete) + _of_baseline(spec, today, complete)
    problems += _of_value(spec, complete) + _of_dates(spec, today, complete)
    if not any(problem.rank == ERROR for problem in problems):
        problems += _of_milestones(spec)
    return problems


def figure_refusals(
    spec: TargetSpec,
    on: date | None,
    value: Decimal | None,
    today: date,
    numerator: Decimal | None = None,
    denominator: Decimal | None = None,
) -> list[Problem]:
    """All that is wrong with a figure of a target; `value` is in the indicator's unit, None where not measured."""
    problems = _of_counts(spec, numerator, denominator, "numerator", "denominator")
    if on is not None and on > today:
        problems.append(Problem("on", N_("A figure cannot be dated in the future. Give a date up to today.")))
    if on is not None and spec.baseline_date is not None and on < spec.baseline_date and not _waits(spec):
        problems.append(
            Problem(
                "on",
                N_("This figure is dated before the baseline (%(baseline_date)s). Give a later date."),
                {"baseline_date": spec.baseline_date},
            )
        )
    if value is None:
        return problems
    if spec.effective_kind is Kind.CUMULATIVE and value < 0:
        problems.append(
            Problem(
                "value",
                N_(
                    "The figure of a period is added to the sum, so it cannot be negative. Correct an earlier one there."
                ),
            )
        )
    elif spec.effective_kind is not Kind.DELIVERABLE:
        problems += _of_amount(spec, value, "value")
    return problems


def _waits(spec: TargetSpec) -> bool:
    """A conditional target takes its baseline from the condition's figure, not from what was typed."""
    return spec.kind is Kind.CONDITIONAL


def _of_kind(spec: TargetSpec, complete: bool) -> list[Problem]:
    allowed = allowed_kinds(spec.direction, spec.counts)
    name = "kind"
    kind: Kind | None = spec.kind
    problems: list[Problem] = []
    if spec.kind is Kind.CONDITIONAL:
        name, kind = "inner_kind", spec.inner_kind
        if kind is Kind.CONDITIONAL:
            return [Problem(name, N_("A condition cannot contain another condition. Choose a different kind."))]
        if complete and kind is None:
            problems.append(Problem(name, N_("Choose what is to be reached once the condition is met.")))
        if complete and spec.condition is None:
            problems.append(Problem("condition", N_("Give the condition: below or above which figure is it met?")))
        if spec.condition is not None and spec.condition.operator not in {"below", "above"}:
            problems.append(Problem("condition", N_("Choose whether the condition is met below or above the figure.")))
    if kind is Kind.ZERO and _may_be_negative(spec):
        problems.append(
            Problem(name, N_("This indicator can be negative, so zero is not its lowest value. Choose another kind."))
        )
    elif kind is not None and kind not in allowed:
        problems.append(
            Problem(
                name,
                N_("“%(kind)s” does not suit the direction of this indicator. Choose one of the kinds offered for it."),
                {"kind": _Label(KINDS[kind].label)},
            )
        )
    return problems


@dataclass(frozen=True)
class _Label:
    """A message id as a value of another message."""

    message: str


def _may_be_negative(spec: TargetSpec) -> bool:
    return (
        spec.direction is Direction.SIGNED_GAP
        or spec.unit in MAY_BE_NEGATIVE
        or (spec.baseline is not None and spec.baseline < 0)
    )


def _of_baseline(spec: TargetSpec, today: date, complete: bool) -> list[Problem]:
    problems = _of_counts(
        spec, spec.baseline_numerator, spec.baseline_denominator, "baseline_numerator", "baseline_denominator"
    )
    if spec.effective_kind is Kind.DELIVERABLE or _waits(spec):
        return problems + _start_in_future(spec, today)
    if spec.baseline is None:
        if complete and spec.baseline_due is None:
            problems.append(
                Problem("baseline", N_("Give the baseline, or the date by which you will have measured it."))
            )
    else:
        # A share that follows from two counts was not typed: what is wrong with it is said of the counts.
        if not problems:
            problems += _of_amount(spec, spec.baseline, "baseline")
        if complete and spec.baseline_date is None:
            problems.append(Problem("baseline_date", N_("Give the date of the baseline.")))
    if spec.baseline_due is not None and spec.due is not None and spec.baseline_due >= spec.due:
        problems.append(
            Problem(
                "baseline_due", N_("The baseline has to be measured before the target is due. Choose an earlier day.")
            )
        )
    return problems + _start_in_future(spec, today)


def _start_in_future(spec: TargetSpec, today: date) -> list[Problem]:
    if spec.baseline_date is None or spec.baseline_date <= today:
        return []
    return [Problem("baseline_date", N_("The baseline cannot be dated in the future. Give the date it was measured."))]


def _of_counts(
    spec: TargetSpec, numerator: Decimal | None, denominator: Decimal | None, part_field: str, total_field: str
) -> list[Problem]:
    if denominator is not None and denominator <= 0:
        return [Problem(total_field, N_("The total has to be more than 0. With nobody to count there is no share."))]
    if numerator is not None and numerator < 0:
        return [Problem(part_field, N_("A count cannot be below 0."))]
    if spec.is_share and numerator is not None and denominator is not None and numerator > denominator:
        return [Problem(part_field, N_("A part cannot be larger than its total"))]
    return []


def _of_amount(spec: TargetSpec, amount: Decimal, name: str) -> list[Problem]:
    """A value that was typed and that its unit cannot have."""
    if spec.is_share and amount > 100:
        return [
            Problem(
                name, N_("%(value)s is more than the whole: a share goes up to 100%%."), {"value": _value(spec, amount)}
            )
        ]
    if spec.is_share and amount < 0:
        return [Problem(name, N_("A share cannot be below 0%%. Check the number."))]
    if spec.unit is Unit.COUNT and spec.direction is not Direction.SIGNED_GAP and amount < 0:
        return [Problem(name, N_("A count cannot be below 0."))]
    return []


def _value(spec: TargetSpec, amount: Decimal) -> Value:
    return Value(amount, spec.unit)


def _of_value(spec: TargetSpec, complete: bool) -> list[Problem]:
    kind, b, value = spec.effective_kind, spec.baseline, spec.value
    # What a conditional target starts from is known only when its condition is met.
    if _waits(spec):
        b = None
        spec = replace(spec, baseline=None)
    if kind is None:
        return []
    if kind is Kind.PARITY:
        if b is not None and parity_gap(b, spec.band) == 0:
            return [
                Problem(
                    "baseline",
                    N_("The baseline is already between %(low)s and %(high)s, so there is no way left to parity."),
                    {"low": _value(spec, 50 - spec.band), "high": _value(spec, 50 + spec.band)},
                )
            ]
        return []
    if value is None and KINDS[kind].needs_value:
        return [Problem("value", N_("Give the value of the target."))] if complete else []
    if value is not None:
        problems = _of_factor(kind, b, value, spec.direction)
        if problems:
            return problems
        if kind in {Kind.LEVEL, Kind.RATIO, Kind.CUMULATIVE} and (found := _of_amount(spec, value, "value")):
            return found
    t = reach(spec)
    return [] if t is None or b is None else _of_reach(spec, kind, b, t)


def _of_factor(kind: Kind, b: Decimal | None, value: Decimal, direction: Direction) -> list[Problem]:
    """A factor, a change or a gap that cannot be, whatever the baseline, and one that this baseline does not allow."""
    if kind in {Kind.MULTIPLY, Kind.RELATIVE} and b is not None and b <= 0:
        return [
            Problem(
                "value",
                N_("From a baseline of 0 or less nothing can be multiplied. Give a level or a change in points."),
            )
        ]
    if kind is Kind.MULTIPLY:
        if value <= 0:
            return [Problem("value", N_("The factor has to be more than 0: 3 for three times the baseline."))]
        if value == 1:
            return [Problem("value", N_("One time the baseline is no change. Give another factor."))]
        if direction is Direction.DOWN and value > 1:
            return [Problem("value", N_("This indicator should fall, so the factor has to be below 1: 0.5 for half."))]
    if kind is Kind.RELATIVE:
        if value == 0:
            return [Problem("value", N_("A change of 0%% is no change. Give another number."))]
        if value <= -100:
            return [
                Problem(
                    "value", N_("Nothing can fall by 100%% or more of itself. To end at zero, choose “Bring to zero”.")
                )
            ]
    if kind is Kind.SIGNED_GAP and value < 0:
        return [Problem("value", N_("Give the gap that may be left as 0 or more; it holds on both sides."))]
    return []


def _of_reach(spec: TargetSpec, kind: Kind, b: Decimal, t: Decimal) -> list[Problem]:
    """The value to reach, t, set against the baseline b."""
    values = {"target": _value(spec, t), "baseline": _value(spec, b)}
    name = "value" if KINDS[kind].needs_value else "baseline"
    if kind is Kind.SIGNED_GAP:
        if abs(t) < abs(b):
            return []
        return [
            Problem(
                name, N_("The gap to reach (%(target)s) has to be smaller than the baseline (%(baseline)s)."), values
            )
        ]
    if kind is Kind.CUMULATIVE and t <= b:
        return [
            Problem(name, N_("The sum to reach (%(target)s) has to be more than the baseline (%(baseline)s)."), values)
        ]
    if t == b:
        return [
            Problem(
                name,
                N_("The target (%(target)s) is the baseline itself, so nothing would change. Give another."),
                values,
            )
        ]
    if spec.is_share and not 0 <= t <= 100:
        return [Problem(name, N_("This comes to %(target)s. A share lies between 0%% and 100%%."), values)]
    if spec.unit is Unit.COUNT and t < 0:
        return [Problem(name, N_("This comes to %(target)s. A count cannot be below 0."), values)]
    against = (spec.direction in RISING and t < b) or (spec.direction is Direction.DOWN and t > b)
    if spec.direction in PARITY_SHARES and parity_gap(b, spec.band) <= parity_gap(t, spec.band):
        against = True
    if against:
        return [
            Problem(
                name,
                N_("From %(baseline)s to %(target)s is not the way this indicator should go. Is that meant?"),
                values,
                WARNING,
            )
        ]
    return []


def _of_dates(spec: TargetSpec, today: date, complete: bool) -> list[Problem]:
    problems = []
    if spec.due is None:
        if complete:
            problems.append(Problem("due", N_("Give the date by which the target is to be reached.")))
    elif spec.baseline_date is not None and spec.due <= spec.baseline_date:
        problems.append(
            Problem(
                "due",
                N_("The target has to be due after its baseline (%(baseline_date)s). Choose a later day."),
                {"baseline_date": spec.baseline_date},
            )
        )
    if spec.condition is not None and any(on > today for on, _ in spec.condition.figures):
        problems.append(Problem("condition", N_("A figure of the condition cannot be dated in the future.")))
    return problems


def _of_milestones(spec: TargetSpec) -> list[Problem]:
    problems: list[Problem] = []
    in_order = spec.milestones_in_order
    start = None if _waits(spec) else spec.baseline_date
    for milestone in in_order:
        early = start is not None and milestone.on <= start
        if early or (spec.due is not None and milestone.on >= spec.due):
            problems.append(
                Problem(
                    "milestones",
                    N_("The milestone of %(on)s has to lie after the baseline and before the day the target is due."),
                    {"on": milestone.on},
                )
            )
    for earlier, later in pairwise(in_order):
        if earlier.on == later.on:
            problems.append(
                Problem(
                    "milestones",
                    N_("Two milestones are dated %(on)s. Keep one of them, or move one."),
                    {"on": later.on},
                )
            )
    if problems or spec.effective_kind is Kind.DELIVERABLE:
        return problems
    for milestone in in_order:
        if milestone.value is None:
            return [Problem("milestones", N_("Give the value of the milestone of %(on)s."), {"on": milestone.on})]
        problems += [replace(found, field="milestones") for found in _of_amount(spec, milestone.value, "value")]
    return problems or _of_way(spec, start)


def _of_way(spec: TargetSpec, start: date | None) -> list[Problem]:
    """Each milestone has to be nearer to the target than the one before it, and none may reach or pass it."""
    if spec.baseline is None or start is None:
        return []
    left = _left(spec, spec.baseline)
    if left is None:
        return []
    for milestone in spec.milestones_in_order:
        assert milestone.value is not None
        now = _left(spec, milestone.value)
        if now is None or not 0 < now < left:
            return [
                Problem(
                    "milestones",
                    N_(
                        "The milestone of %(on)s (%(value)s) does not lie on the way from the one before it to the target."
                    ),
                    {"on": milestone.on, "value": _value(spec, milestone.value)},
                )
            ]
        left = now
    return []


def _left(spec: TargetSpec, value: Decimal) -> Decimal | None:
    """How much of the way is left from this value: positive before the target, 0 at it, negative beyond it."""
    if spec.effective_kind is Kind.PARITY:
        return parity_gap(value, spec.band)
    t = reach(spec)
    if t is None or spec.baseline is None:
        return None
    if spec.effective_kind is Kind.SIGNED_GAP:
        return abs(value) - abs(t)
    return t - value if t > spec.baseline else value - t
