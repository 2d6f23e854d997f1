"""The whole text of a commitment as plain values: for revisions, for what a leader signs, and for merging two edits.

Numbers are text without needless zeros and days are ISO text, so that the same text always has the same digest.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from impact.commitments.models import Commitment, Target

#: The fields of a commitment and of a target that people write.
FIELDS = ("headline", "why", "actions", "responsible", "themes", "language", "starts_on", "ends_on")
TARGET_FIELDS = (
    "indicator",
    "scope",
    "kind",
    "baseline_value",
    "baseline_numerator",
    "baseline_denominator",
    "baseline_date",
    "baseline_is_year",
    "baseline_source",
    "baseline_due",
    "value",
    "value_denominator",
    "due",
    "due_is_year",
    "method",
    "inner_kind",
    "condition_words",
    "condition_operator",
    "condition_threshold",
    "milestones",
)


def as_json(value: Any) -> Any:
    """The value as JSON holds it, in one way only: 30, 30.0 and 30.000000 are all "30"."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return "0" if text in {"", "-0"} else text
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): as_json(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_json(item) for item in value]
    return value


_DAYS = frozenset({"starts_on", "ends_on", "baseline_date", "baseline_due", "due"})
_NUMBERS = frozenset(
    {
        "baseline_value",
        "baseline_numerator",
        "baseline_denominator",
        "value",
        "value_denominator",
        "condition_threshold",
    }
)


def from_json(name: str, value: Any) -> Any:
    """The value as the column of this name holds it."""
    if value is None:
        return None
    if name in _DAYS:
        return date.fromisoformat(value)
    if name in _NUMBERS:
        return Decimal(value)
    return value


def fields_of_target(target: Target) -> dict[str, Any]:
    """{field: JSON value} of a target, its indicator as its code and its milestones in the order of their days."""
    found = {name: as_json(getattr(target, name)) for name in TARGET_FIELDS if name not in {"indicator", "milestones"}}
    steps = sorted(target.milestones, key=lambda step: (step.on, step.title))
    found["indicator"] = target.indicator.code if target.indicator else None
    found["milestones"] = [as_json({"on": step.on, "value": step.value, "title": step.title}) for step in steps]
    return {name: found[name] for name in TARGET_FIELDS}


def content_of(commitment: Commitment) -> dict[str, Any]:
    """Everything that is promised: the fields, and each target with its address."""
    content = {name: as_json(getattr(commitment, name)) for name in FIELDS}
    content["targets"] = [
        {"public_id": target.public_id, **fields_of_target(target)}
        for target in sorted(commitment.targets, key=lambda target: target.position)
    ]
    return content


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256, in hexadecimal, of the content as canonical JSON (keys in order, no spaces, UTF-8)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Merge:
    """What is to be stored, and the fields on which two people differ: {field: (mine, theirs)}."""

    values: Mapping[str, Any]
    conflicts: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)


def merge(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> Merge:
    """Three versions of the same fields, one by one: whoever changed a field is followed; both, and it is a conflict."""
    values: dict[str, Any] = {}
    conflicts: dict[str, tuple[Any, Any]] = {}
    for name, own in mine.items():
        before, other = base.get(name), theirs.get(name)
        if own in (before, other):
            values[name] = other
        elif other == before:
            values[name] = own
        else:
            conflicts[name] = (own, other)
    return Merge(values, conflicts)
