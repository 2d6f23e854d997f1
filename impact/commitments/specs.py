"""From the columns of a target to what the pure rules of targets take: as it is in force, as it was, as it would be.

What approved amendments changed is undone from the newest to the first, so the original is known for ever.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import current_app

from impact.commitments.content import TARGET_FIELDS, from_json
from impact.commitments.models import ConditionFigure, Target
from impact.commitments.models import Milestone as Step
from impact.indicators.kinds import Condition, Direction, Kind, Milestone, TargetSpec, Unit, Written
from impact.indicators.models import Indicator
from impact.indicators.sentences import Sentence, sentence
from impact.indicators.small_cells import Counts, coarse, hiding_for


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
        delivered=_delivered(target),
    )


def _delivered(target: Target) -> Written | None:
    is_delivery = (target.inner_kind or target.kind) == "deliverable"
    return Written(target.scope, target.written_in) if is_delivery and target.scope else None


def _condition(target: Target) -> Condition | None:
    if not target.condition_operator or target.condition_threshold is None:
        return None
    threshold: Decimal = target.condition_threshold
    figures = tuple((figure.on, figure.value) for figure in target.conditions_in_force)
    return Condition(target.condition_operator, threshold, figures)


def _value(target: Target) -> Decimal | None:
    """As given; a ratio of two counts (of so many, so many) becomes one number in the indicator's unit."""
    if target.kind == "ratio" and target.value is not None and target.value_denominator and target.indicator:
        factor = 100 if target.indicator.unit == "percent" else 1
        return target.value * factor / target.value_denominator
    return target.value


def share_of(top: Decimal, total: Decimal, unit: str) -> Decimal:
    """The figure that follows from two counts, in the indicator's unit."""
    return (top * (100 if unit == "percent" else 1) / total).quantize(Decimal("0.000001"))


def starting_share(top: Decimal, total: Decimal, target: Target) -> Decimal:
    """The share a target starts from, as everybody will read it.

    Where a group behind it is small it is rounded as the yearly values are: from more digits the two counts could be
    read back. It is rounded here, where it is born, so that the sentence, the sum of the status and every page say the
    same. Sources that are public already are left as they are.
    """
    assert target.indicator is not None
    unit = target.indicator.unit
    share = share_of(top, total, unit)
    # A target that is only being typed belongs to no commitment yet: it is read for its sentence, and never stored.
    is_recorded = target.commitment is not None and target.commitment.champion.is_recorded
    if target.indicator.public_office or is_recorded:
        return share
    threshold = int(current_app.extensions["settings"].suppression_threshold)
    hidden = hiding_for([Counts(top, total, {})], threshold, share=unit == "percent")
    return coarse(share, None, unit) if hidden.counts else share


def milestones_from(rows: Iterable[Mapping[str, Any]], before: Sequence[Step]) -> list[Step]:
    """Milestones from their JSON values; a step that was there before is still done if it was done."""
    done = {(step.on, step.title): step.done_on for step in before} | {
        step.title: step.done_on for step in before if step.title
    }
    found = []
    for row in rows:
        day, title = date.fromisoformat(row["on"]), row.get("title") or ""
        on_day = done.get((day, title), done.get(title) if title else None)
        found.append(Step(on=day, value=from_json("value", row.get("value")), title=title, done_on=on_day))
    return found


def with_values(target: Target, values: Mapping[str, Any]) -> Target:
    """A copy that never reaches the database, with other JSON values in some of its fields."""
    columns = {
        name: from_json(name, values[name]) if name in values else getattr(target, name)
        for name in TARGET_FIELDS
        if name not in {"indicator", "milestones"}
    }
    copy = Target(public_id=target.public_id, position=target.position, typed={}, **columns)
    copy.indicator, copy.copied_language = target.indicator, target.written_in
    if "milestones" in values:
        copy.milestones = milestones_from(values["milestones"], target.milestones)
    else:
        copy.milestones = [
            Step(on=step.on, value=step.value, title=step.title, done_on=step.done_on) for step in target.milestones
        ]
    copy.condition_figures = [
        ConditionFigure(on=figure.on, value=figure.value, source=figure.source) for figure in target.conditions_in_force
    ]
    return copy


def read_change(text: Any) -> Any:
    """One side of an amendment's change: JSON text, or what was stored before values were JSON."""
    try:
        value = json.loads(text) if isinstance(text, str) else text
    except ValueError:
        value = text
    return None if value == "" else value


def before_amendment(target: Target, number: int) -> Target | None:
    """The target as it stood before the amendment of this number; None where nothing of it has changed since."""
    changed: dict[str, Any] = {}
    for amendment in sorted(target.commitment.amendments, key=lambda row: -(row.number or 0)):
        if (amendment.number or 0) < number:
            break
        for change in amendment.changes:
            if change.get("target") == target.public_id:
                name = str(change["field"])
                value = read_change(change.get("old"))
                changed[name] = "" if value is None and name in _NEVER_NULL else value
    return with_values(target, changed) if changed else None


#: Columns of text, where nothing is the empty text.
_NEVER_NULL = frozenset({"scope", "baseline_source", "method", "condition_words", "condition_operator"})


def original_of(target: Target) -> Target | None:
    """The target as first published; None where no amendment changed it."""
    return before_amendment(target, 1)


def original_spec_of(target: Target) -> TargetSpec | None:
    """Baseline, dates and value as first published; None where they are the ones in force."""
    original = original_of(target)
    spec = spec_of(original) if original is not None else None
    return spec if spec != spec_of(target) else None


@dataclass(frozen=True)
class Noun:
    """What an indicator measures, said in the language of whoever reads it."""

    indicator: Indicator

    def in_language(self, language: str) -> str:
        return self.indicator.text("short_what", language) or self.indicator.text("name", language)


def sentence_for(target: Target, *, gaps: bool = False) -> Sentence | None:
    """The target in words, for any language; None while its kind or its indicator is missing."""
    spec = spec_of(target)
    if spec is None or target.indicator is None:
        return None
    return sentence(spec, Noun(target.indicator), gaps)
