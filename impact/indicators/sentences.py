"""A target as one sentence, computed from its numbers: a message id per kind with typed values.

Whole sentences only, so that every language can order its words: a kind has one for a baseline that is a year, one for a
baseline that is a day, and one for a baseline that is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from impact.indicators.kinds import RISING, Direction, Kind, Missing, TargetSpec, Unit, Value, reach
from impact.messages import gettext_noop as N_


@dataclass(frozen=True)
class Sentence:
    """A gettext message id and the typed values that fill it."""

    message: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Forms:
    """The same sentence for a baseline in a year, on a day, without a date, and without any baseline."""

    year: str
    day: str
    bare: str
    undated: str = ""


_RAISE = _Forms(
    N_("Raise %(what)s from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Raise %(what)s from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Raise %(what)s to %(target)s by %(due)s"),
    N_("Raise %(what)s from %(baseline)s to %(target)s by %(due)s"),
)
_REDUCE = _Forms(
    N_("Reduce %(what)s from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Reduce %(what)s from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Reduce %(what)s to %(target)s by %(due)s"),
    N_("Reduce %(what)s from %(baseline)s to %(target)s by %(due)s"),
)
_BRING = _Forms(
    N_("Bring %(what)s from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Bring %(what)s from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Bring %(what)s to %(target)s by %(due)s"),
    N_("Bring %(what)s from %(baseline)s to %(target)s by %(due)s"),
)
_DOUBLE = _Forms(
    N_("Double %(what)s from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Double %(what)s from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Double %(what)s by %(due)s"),
    N_("Double %(what)s from %(baseline)s to %(target)s by %(due)s"),
)
_TREBLE = _Forms(
    N_("Treble %(what)s from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Treble %(what)s from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Treble %(what)s by %(due)s"),
    N_("Treble %(what)s from %(baseline)s to %(target)s by %(due)s"),
)
_HALVE = _Forms(
    N_("Halve %(what)s from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Halve %(what)s from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Halve %(what)s by %(due)s"),
    N_("Halve %(what)s from %(baseline)s to %(target)s by %(due)s"),
)
_MULTIPLY = _Forms(
    N_("Multiply %(what)s by %(factor)s, from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Multiply %(what)s by %(factor)s, from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Multiply %(what)s by %(factor)s by %(due)s"),
    N_("Multiply %(what)s by %(factor)s, from %(baseline)s to %(target)s by %(due)s"),
)
_GROW = _Forms(
    N_("Raise %(what)s by %(change)s, from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Raise %(what)s by %(change)s, from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Raise %(what)s by %(change)s by %(due)s"),
    N_("Raise %(what)s by %(change)s, from %(baseline)s to %(target)s by %(due)s"),
)
_SHRINK = _Forms(
    N_("Reduce %(what)s by %(change)s, from %(baseline)s in %(baseline_date)s to %(target)s by %(due)s"),
    N_("Reduce %(what)s by %(change)s, from %(baseline)s (%(baseline_date)s) to %(target)s by %(due)s"),
    N_("Reduce %(what)s by %(change)s by %(due)s"),
    N_("Reduce %(what)s by %(change)s, from %(baseline)s to %(target)s by %(due)s"),
)
_CUMULATIVE = _Forms(
    N_("Count up %(what)s from %(baseline)s in %(baseline_date)s to a total of %(target)s by %(due)s"),
    N_("Count up %(what)s from %(baseline)s (%(baseline_date)s) to a total of %(target)s by %(due)s"),
    N_("Count up %(what)s to a total of %(target)s by %(due)s"),
    N_("Count up %(what)s from %(baseline)s to a total of %(target)s by %(due)s"),
)
_ZERO = _Forms(
    N_("Bring %(what)s from %(baseline)s in %(baseline_date)s to zero by %(due)s"),
    N_("Bring %(what)s from %(baseline)s (%(baseline_date)s) to zero by %(due)s"),
    N_("Bring %(what)s to zero by %(due)s"),
    N_("Bring %(what)s from %(baseline)s to zero by %(due)s"),
)
_PARITY = _Forms(
    N_("Bring %(what)s from %(baseline)s in %(baseline_date)s to between %(low)s and %(high)s by %(due)s"),
    N_("Bring %(what)s from %(baseline)s (%(baseline_date)s) to between %(low)s and %(high)s by %(due)s"),
    N_("Bring %(what)s to between %(low)s and %(high)s by %(due)s"),
    N_("Bring %(what)s from %(baseline)s to between %(low)s and %(high)s by %(due)s"),
)
_SIGNED_GAP = _Forms(
    N_("Close %(what)s from %(baseline)s in %(baseline_date)s to at most %(target)s on either side by %(due)s"),
    N_("Close %(what)s from %(baseline)s (%(baseline_date)s) to at most %(target)s on either side by %(due)s"),
    N_("Close %(what)s to at most %(target)s on either side by %(due)s"),
    N_("Close %(what)s from %(baseline)s to at most %(target)s on either side by %(due)s"),
)
_DELIVER = N_("Deliver, by %(day)s: %(what)s")
_DELIVER_BARE = N_("Deliver %(what)s by %(due)s")
_IF_BELOW = N_("If the figure falls below %(threshold)s, then: %(then)s")
_IF_ABOVE = N_("If the figure rises above %(threshold)s, then: %(then)s")

#: What a gap is called, for the live sentence beside the fields.
NO_BASELINE = Missing(N_("a baseline"))
NO_BASELINE_DATE = Missing(N_("a date"))
NO_TARGET = Missing(N_("a target"))
NO_DUE = Missing(N_("a due date"))
NO_CONDITION = Missing(N_("a figure"))
NO_THEN = Missing(N_("a target"))
NO_DELIVERY = Missing(N_("what is to be delivered"))
#: The same of a published target whose source gives no date.
UNKNOWN_DUE = Missing(N_("a date not given"))


def sentence(spec: TargetSpec, what: Any, gaps: bool = False) -> Sentence:
    """The target in words. `what` is the indicator's noun phrase in the reader's language, or says itself in any.

    With `gaps` (while drafting) what was not given yet stands in the sentence as a Missing; without, a sentence is chosen
    that does not need it. Numbers are Value, dates date, or the year as text where only the year is known.
    """
    if spec.kind is Kind.CONDITIONAL:
        return _conditional(spec, what, gaps)
    values: dict[str, Any] = {
        "what": what,
        "due": _day(spec.due, spec.due_is_year) or (NO_DUE if gaps else UNKNOWN_DUE),
    }
    if spec.kind is Kind.DELIVERABLE:
        return _delivery(spec, values, gaps)
    forms = _forms(spec)
    target = reach(spec)
    needed = dict(values)
    if spec.kind is Kind.PARITY:
        needed |= {"low": Value(50 - spec.band, spec.unit), "high": Value(50 + spec.band, spec.unit)}
    elif spec.kind is not Kind.ZERO:
        needed["target"] = NO_TARGET if target is None else Value(target, spec.unit)
    if forms is _MULTIPLY:
        needed["factor"] = NO_TARGET if spec.value is None else spec.value
    if forms in (_GROW, _SHRINK):
        needed["change"] = NO_TARGET if spec.value is None else Value(abs(spec.value), _unit_of_change(spec))
    message = _choose(spec, forms, gaps)
    if message is not forms.bare:
        needed["baseline"] = NO_BASELINE if spec.baseline is None else Value(spec.baseline, spec.unit)
        needed["baseline_date"] = _day(spec.baseline_date, spec.baseline_is_year) or NO_BASELINE_DATE
    return Sentence(message, {name: value for name, value in needed.items() if f"%({name})s" in message})


def _delivery(spec: TargetSpec, values: Mapping[str, Any], gaps: bool) -> Sentence:
    """What is delivered stands in its writer's words; the indicator's own noun only where there are none."""
    if spec.delivered is None and not gaps:
        return Sentence(_DELIVER_BARE, values)
    return Sentence(_DELIVER, {"what": spec.delivered or NO_DELIVERY, "day": values["due"]})


def _choose(spec: TargetSpec, forms: _Forms, gaps: bool) -> str:
    if spec.baseline is None and not gaps:
        return forms.bare
    if spec.baseline_date is None and not gaps:
        return forms.undated
    return forms.year if spec.baseline_is_year else forms.day


def _day(day: date | None, is_year: bool) -> date | str | None:
    return str(day.year) if day is not None and is_year else day


def _unit_of_change(spec: TargetSpec) -> str:
    """A relative change is in per cent; a change of a share in percentage points, of anything else in its unit."""
    if spec.kind is Kind.RELATIVE:
        return Unit.PERCENT
    return Unit.PERCENTAGE_POINTS if spec.unit is Unit.PERCENT else spec.unit


def _forms(spec: TargetSpec) -> _Forms:
    value = spec.value
    if spec.kind is Kind.MULTIPLY:
        return {Decimal(2): _DOUBLE, Decimal(3): _TREBLE, Decimal("0.5"): _HALVE}.get(value or Decimal(0), _MULTIPLY)
    if spec.kind in {Kind.RELATIVE, Kind.POINTS}:
        falls = value < 0 if value is not None else spec.direction is Direction.DOWN
        return _SHRINK if falls else _GROW
    fixed = {
        Kind.CUMULATIVE: _CUMULATIVE,
        Kind.ZERO: _ZERO,
        Kind.PARITY: _PARITY,
        Kind.SIGNED_GAP: _SIGNED_GAP,
    }.get(spec.kind)
    if fixed is not None:
        return fixed
    if spec.baseline is not None and value is not None:
        return _REDUCE if value < spec.baseline else _RAISE
    if spec.direction in RISING:
        return _RAISE
    # Without a baseline nobody knows from which side a share or a ratio comes.
    return _REDUCE if spec.direction is Direction.DOWN else _BRING


def _conditional(spec: TargetSpec, what: Any, gaps: bool) -> Sentence:
    then: Sentence | Missing = NO_THEN
    if spec.inner_kind is not None and spec.inner_kind is not Kind.CONDITIONAL:
        # The baseline of a conditional target is the figure that triggers it: it is not in the promise.
        inner = replace(spec, kind=spec.inner_kind, inner_kind=None, condition=None, baseline=None, baseline_date=None)
        then = sentence(inner, what, gaps=False)
    if spec.condition is None:
        return Sentence(_IF_BELOW, {"threshold": NO_CONDITION, "then": then})
    message = _IF_BELOW if spec.condition.operator == "below" else _IF_ABOVE
    return Sentence(message, {"threshold": Value(spec.condition.threshold, spec.unit), "then": then})
