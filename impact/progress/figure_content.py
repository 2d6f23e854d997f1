"""A figure as plain values, to merge what two people wrote at once: the same three-way merge as for commitments."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from impact.commitments.content import as_json, merge
from impact.commitments.operations import Conflict
from impact.indicators.small_cells import PARTS
from impact.progress.models import Figure
from impact.progress.steps import NAMES, done_on, steps_of

TEXTS = ("parts_note", "not_measured", "method_change", "source", "narrative", "worked", "obstacles", "next_steps")
NUMBERS = ("value", "numerator", "denominator")
FIELDS = ("on", *NUMBERS, "delivered", "known_by", "method_bridged", *PARTS, *TEXTS)


def _plain(value: Any) -> Any:
    """One spelling for each value: counts and numbers alike, and nothing for an empty text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal):
        return as_json(Decimal(value))
    if isinstance(value, str):
        return value.strip() or None
    return as_json(value)


def content_of(figure: Figure) -> dict[str, Any]:
    """{field: plain value} as saved now; a refused number is the text that was typed."""
    found = {name: figure.parts.get(name) if name in PARTS else getattr(figure, name) for name in FIELDS}
    found |= {name: done_on(figure, step) for name, step in steps_of(figure)}
    return {name: _plain(figure.typed.get(name, value)) for name, value in found.items()}


def _print_of(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def seen_of(figure: Figure) -> dict[str, str]:
    """{field: fingerprint}: what a form carries along to know later what a colleague changed meanwhile."""
    return {name: _print_of(value) for name, value in content_of(figure).items()}


def merged(figure: Figure, data: Mapping[str, Any], seen: Mapping[str, str]) -> dict[str, Any]:
    """`data` of `enter_figure` without the fields that only a colleague changed. Raises Conflict with both versions."""
    typed = dict(data.get("typed") or {})
    theirs = content_of(figure)
    mine = {name: _plain(typed.get(name, data[name])) for name in (*FIELDS, *NAMES) if name in data and name in theirs}
    base = {}
    for name in mine:
        # The text that was seen is one of the two, or neither: then both changed it.
        same = [value for value in (theirs[name], mine[name]) if _print_of(value) == seen.get(name)]
        base[name] = same[0] if same else object()
    found = merge(base, mine, theirs)
    if found.conflicts:
        raise Conflict(found.conflicts)
    left_out = {name for name in mine if found.values[name] != mine[name]}
    kept = {name: value for name, value in data.items() if name not in left_out}
    kept["typed"] = {name: text for name, text in typed.items() if name not in left_out}
    return kept
