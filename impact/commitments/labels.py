"""What the fields of a commitment and of a target are called, and their values as a reader is shown them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from impact.commitments.models import Commitment, Target
from impact.indicators.kinds import KINDS, Kind, Unit, Value
from impact.indicators.models import Indicator
from impact.indicators.sentences import Sentence
from impact.indicators.themes import THEMES
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

#: What a reader is shown of a commitment's text and of a target, in this order. Some rows say several fields at once.
ROWS_OF_TEXT = ("headline", "why", "actions", "responsible", "themes", "language", "starts_on", "ends_on")
ROWS_OF_TARGET = (
    "indicator",
    "scope",
    "kind",
    "inner_kind",
    "condition_words",
    "baseline_value",
    "baseline_source",
    "baseline_due",
    "value",
    "due",
    "milestones",
    "method",
)
#: {row: the other fields that it says}
SAYS_ALSO: Mapping[str, tuple[str, ...]] = {
    "condition_words": ("condition_operator", "condition_threshold"),
    "baseline_value": ("baseline_numerator", "baseline_denominator", "baseline_date", "baseline_is_year"),
    "value": ("value_denominator",),
    "due": ("due_is_year",),
}

_LANGUAGES = {
    "ar": N_("Arabic"),
    "zh": N_("Chinese"),
    "en": N_("English"),
    "fr": N_("French"),
    "ru": N_("Russian"),
    "es": N_("Spanish"),
}
_THEMES = {theme.key: theme.label for theme in THEMES}
_CONDITIONS = {
    "below": N_("If the figure falls below %(threshold)s"),
    "above": N_("If the figure rises above %(threshold)s"),
}
_COUNTED = N_("%(part)s of %(whole)s")
_WITH_COUNTS = N_("%(value)s (%(counts)s)")
_ON_DAY = N_("%(value)s, %(day)s")
_STEP = N_("%(day)s: %(step)s")
_TIMES = N_("%(number)s times the starting point")


@dataclass(frozen=True)
class IndicatorName:
    """What an indicator is called, said in the language of whoever reads it."""

    indicator: Indicator

    def in_language(self, language: str) -> str:
        return self.indicator.text("name", language)


def fields_said(row: str) -> tuple[str, ...]:
    """The fields that a row says, its own first."""
    return (row, *SAYS_ALSO.get(row, ()))


def readable(thing: Target | Commitment, row: str) -> Any:
    """What a row says, as `i18n.show` takes it: a text as it was written, an amount, a day, a list; "" for nothing."""
    if isinstance(thing, Target) and row in _OF_TARGET:
        return _OF_TARGET[row](thing)
    value = getattr(thing, row)
    if value is None or value == "":
        return ""
    if row == "language":
        return Sentence(_LANGUAGES[value]) if value in _LANGUAGES else value
    if row == "themes":
        return [Sentence(_THEMES[key]) if key in _THEMES else key for key in value] or ""
    return value


def in_full(value: Any, part: Decimal | None, whole: Decimal | None, day: Any = None) -> Any:
    """A figure with the two counts it comes from and its day: 19% (76 of 400), 30 April 2015. "" for nothing."""
    counts = Sentence(_COUNTED, {"part": part, "whole": whole}) if part is not None and whole is not None else None
    said = value if value is not None else counts
    if value is not None and counts is not None:
        said = Sentence(_WITH_COUNTS, {"value": value, "counts": counts})
    if said is None or not day:
        return day or "" if said is None else said
    return Sentence(_ON_DAY, {"value": said, "day": day})


def _indicator(target: Target) -> Any:
    if target.indicator is None:
        return ""
    return Sentence(N_("%(name)s (%(code)s)"), {"name": IndicatorName(target.indicator), "code": target.indicator.code})


def _kind(kind: str | None) -> Any:
    return Sentence(KINDS[Kind(kind)].label) if kind else ""


def _condition(target: Target) -> Any:
    words = target.condition_words or ""
    if not target.condition_operator or target.condition_threshold is None:
        return words
    threshold: Any = target.condition_threshold
    if target.indicator is not None:
        threshold = Value(threshold, target.indicator.unit)
    said = Sentence(_CONDITIONS[target.condition_operator], {"threshold": threshold})
    return [said, words] if words else said


def _starting_point(target: Target) -> Any:
    value = target.baseline_value
    return in_full(
        None if value is None else _amount(target, value),
        target.baseline_numerator,
        target.baseline_denominator,
        _day(target.baseline_date, target.baseline_is_year),
    )


def _goal(target: Target) -> Any:
    if target.value is None:
        return ""
    if (target.inner_kind or target.kind) == "multiply":
        return Sentence(_TIMES, {"number": target.value})
    if target.value_denominator is not None:
        return Sentence(_COUNTED, {"part": target.value, "whole": target.value_denominator})
    return _amount(target, target.value, is_goal=True)


def _day(day: date | None, is_year: bool | None) -> Any:
    return str(day.year) if day is not None and is_year else day or ""


def _milestones(target: Target) -> Any:
    steps = sorted(target.milestones, key=lambda step: (step.on, step.title or ""))
    return [
        Sentence(_STEP, {"day": step.on, "step": step.title if step.value is None else _amount(target, step.value)})
        for step in steps
    ] or ""


def _amount(target: Target, value: Decimal, is_goal: bool = False) -> Any:
    """A level is in the indicator's unit; a ratio's count is bare; a change is in its own."""
    kind = target.inner_kind or target.kind
    if target.indicator is None or (is_goal and kind in {None, "ratio"}):
        return value
    unit = target.indicator.unit
    if is_goal and kind == "relative":
        unit = Unit.PERCENT
    if is_goal and kind == "points" and unit == Unit.PERCENT:
        unit = Unit.PERCENTAGE_POINTS
    return Value(value, unit)


_OF_TARGET = {
    "indicator": _indicator,
    "kind": lambda target: _kind(target.kind),
    "inner_kind": lambda target: _kind(target.inner_kind),
    "condition_words": _condition,
    "baseline_value": _starting_point,
    "value": _goal,
    "due": lambda target: _day(target.due, target.due_is_year),
    "milestones": _milestones,
}
#: Said with the day beside them.
UNSEEN = frozenset({"due_is_year", "baseline_is_year"})
