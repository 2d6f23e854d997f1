"""Texts that are read and never stored: a target as it is being typed, and a text as it was signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from impact.commitments.content import FIELDS, as_json, fields_of_target, from_json
from impact.commitments.models import Commitment, Revision, Target
from impact.commitments.operations import assign


def sketch_of(target: Target | None, data: Mapping[str, Any], typed: Mapping[str, str]) -> Target:
    """The target that saving these fields would make, outside of any session."""
    made = Target(position=0, public_id="sketch", typed=dict(typed), scope="", baseline_source="", method="")
    made.condition_words, made.condition_operator = "", ""
    stored = fields_of_target(target) if target is not None else {}
    assign(made, {**stored, **{name: as_json(value) for name, value in data.items()}})
    return made


def as_it_was(commitment: Commitment, revision: Revision) -> tuple[Mapping[str, Any], list[Target]]:
    """(the fields, the targets) of the text that this revision kept."""
    fields = {name: from_json(name, revision.content.get(name)) for name in FIELDS}
    targets = []
    for kept in revision.content["targets"]:
        target = sketch_of(None, {}, {})
        target.public_id = kept["public_id"]
        assign(target, {name: value for name, value in kept.items() if name != "public_id"})
        targets.append(target)
    return fields, targets
