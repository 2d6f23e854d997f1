"""What the fields of a commitment and of a target are called, and their values as a reader is shown them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from impact.commitments.models import Commitment, Target
from impact.indicators.kinds import Unit, Value
from impact.messages import gettext_noop as N_

LABELS = {
    "headline": N_("Headline"),
    "why": N_("Why it matters"),
    "actions": N_("Actions planned"),
    "responsible": N_("Who is responsible"),
    "themes": N_("Themes"),
    "language": N_("Language"),
    "starts_on": N_("Start"),
    "ends_on": N_("End"),
    "indicator": N_("Indicator"),
    "scope": N_("Who or what is counted"),
    "kind": N_("Kind of target"),
    "baseline_value": N_("Starting point"),
    "baseline_numerator": N_("Starting point: numerator"),
    "baseline_denominator": N_("Starting point: denominator"),
    "baseline_date": N_("Date of the starting point"),
    "baseline_source": N_("Source of the starting point"),
    "baseline_due": N_("Starting point to be measured by"),
    "value": N_("Target"),
    "value_denominator": N_("Target: of how many"),
    "due": N_("Target date"),
    "method": N_("Method"),
    "milestones": N_("Milestones"),
    "inner_kind": N_("Kind of target, once the condition is met"),
    "condition_words": N_("Condition"),
    "condition_threshold": N_("Threshold of the condition"),
    "warning_answers": N_("Answers to warnings"),
}
OF_TARGET = N_("Target %(number)s: %(field)s")
#: Said with the day beside them.
UNSEEN = frozenset({"due_is_year", "baseline_is_year"})


class _Step:
    """One milestone: a message with its day and what should be so by then."""

    message = N_("%(day)s: %(step)s")

    def __init__(self, day: Any, step: Any) -> None:
        self.values = {"day": day, "step": step}


def readable(thing: Target | Commitment, name: str) -> Any:
    """The value of a field as `i18n.show` takes it: an amount with its unit, a day, a list of steps or a text."""
    value = getattr(thing, name)
    if value is None or value == "":
        return ""
    if not isinstance(thing, Target):
        return value
    if name in {"due", "baseline_date"} and getattr(thing, f"{name.removesuffix('_date')}_is_year"):
        return str(value.year)
    if name == "milestones":
        return [_Step(step.on, _amount(thing, step.value) if step.value is not None else step.title) for step in value]
    if name == "baseline_value" or (name == "value" and isinstance(value, Decimal)):
        return _amount(thing, value, is_target=name == "value")
    return value


def _amount(target: Target, value: Decimal, is_target: bool = False) -> Any:
    """A level is in the indicator's unit; a factor and a ratio's count are bare; a change is in its own."""
    kind = target.inner_kind or target.kind
    if target.indicator is None or (is_target and kind in {None, "multiply", "ratio"}):
        return value
    unit = target.indicator.unit
    if is_target and kind == "relative":
        unit = Unit.PERCENT
    if is_target and kind == "points" and unit == Unit.PERCENT:
        unit = Unit.PERCENTAGE_POINTS
    return Value(value, unit)
