"""From the rows of an amendment to what the report prints of it: each change with what stood before, for ever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from impact.commitments.labels import LABELS, UNSEEN
from impact.commitments.models import Amendment, Target
from impact.commitments.proposals import REASON_LABELS
from impact.indicators.kinds import Kind
from impact.messages import gettext_noop as N_
from reports.target_facts import AmendmentFacts, Change
from reports.values import Day, Number, Sentence, Text, Value

_DAYS = frozenset({"due", "baseline_date", "baseline_due", "ends_on"})
_NUMBERS = frozenset({"value", "value_denominator", "baseline_value", "baseline_numerator", "baseline_denominator"})


def words(text: str, language: str) -> Text | None:
    """What somebody wrote; None where nothing was."""
    return Text(language, text.strip()) if text and text.strip() else None


def amendment_facts(amendment: Amendment, target: Target, language: str) -> AmendmentFacts | None:
    """What the amendment changed of this target, or of its commitment as a whole; None where nothing."""
    rows = [
        row
        for row in amendment.changes
        if row.get("target") in {target.public_id, ""} and row.get("field") not in UNSEEN
    ]
    if not rows or amendment.number is None:
        return None
    approved = amendment.effective_on or (amendment.approved_at.date() if amendment.approved_at else None)
    return AmendmentFacts(
        number=amendment.number,
        changes=tuple(_change(row, target, language) for row in rows),
        reason=REASON_LABELS.get(amendment.reason_code, ""),
        note=words(amendment.note, language),
        requested_on=None if amendment.is_recorded else amendment.requested_at.date(),
        recommended_on=amendment.recommended_at.date() if amendment.recommended_at else None,
        approved_on=approved,
        is_recorded=amendment.is_recorded,
    )


def _change(row: Mapping[str, Any], target: Target, language: str) -> Change:
    name = str(row["field"])
    before, after = (_changed(name, json.loads(row[side]), target, language) for side in ("old", "new"))
    return Change(LABELS.get(name, name), before, after)


def _changed(name: str, value: Any, target: Target, language: str) -> Value | None:
    if value is None or value == "":
        return None
    if name in _DAYS:
        return Day(date.fromisoformat(str(value)))
    if name in _NUMBERS:
        return Number(Decimal(str(value)), _unit_of(name, target))
    if isinstance(value, list):
        return _steps([_step(step, target, language) for step in value])
    return Text(language, str(value))


def _steps(steps: list[Value]) -> Value | None:
    """Several steps as one value, each still typed, so that every language writes its days."""
    if not steps:
        return None
    first, *others = steps
    rest = _steps(others)
    return first if rest is None else Sentence(N_("%(first)s; %(rest)s"), {"first": first, "rest": rest})


def _step(step: Mapping[str, Any], target: Target, language: str) -> Value:
    """A milestone: its day, and its value or what is done by then."""
    day = Day(date.fromisoformat(str(step["on"])))
    said: Value | None = None
    if step.get("value"):
        said = Number(Decimal(str(step["value"])), _unit_of("value", target))
    elif step.get("title"):
        said = Text(language, str(step["title"]))
    return day if said is None else Sentence(N_("%(day)s: %(step)s"), {"day": day, "step": said})


def _unit_of(name: str, target: Target) -> str:
    unit = target.indicator.unit if target.indicator else ""
    if name == "baseline_value":
        return unit
    if name != "value":
        return "count"
    match target.kind:
        case Kind.RELATIVE:
            return "percent"
        case Kind.POINTS:
            return "percentage_points" if unit == "percent" else unit
        case Kind.MULTIPLY | Kind.RATIO:
            return ""
    return unit
