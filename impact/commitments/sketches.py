"""Texts that are read and never stored: a target as it is being typed, and a text as it was signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select

from impact.commitments.content import FIELDS, TARGET_FIELDS, as_json, fields_of_target, from_json
from impact.commitments.models import Commitment, Revision, Target
from impact.commitments.operations import assign
from impact.commitments.specs import milestones_from
from impact.db import db
from impact.indicators.models import Indicator


def sketch_of(target: Target | None, data: Mapping[str, Any], typed: Mapping[str, str]) -> Target:
    """The target that saving these fields would make, outside of any session."""
    made = Target(position=0, public_id="sketch", typed=dict(typed), scope="", baseline_source="", method="")
    made.condition_words, made.condition_operator = "", ""
    stored = fields_of_target(target) if target is not None else {}
    assign(made, {**stored, **{name: as_json(value) for name, value in data.items()}})
    return made


def as_it_was(commitment: Commitment, revision: Revision) -> tuple[Mapping[str, Any], list[Target]]:
    """(the fields, the targets) of the text that this revision kept."""
    [kept] = texts_of([revision.content], commitment.targets)
    return {name: getattr(kept, name) for name in FIELDS}, list(kept.targets)


def texts_of(contents: Iterable[Mapping[str, Any]], known: Iterable[Target] = ()) -> list[Commitment]:
    """The texts that revisions kept, outside of any session. Indicators of `known` targets are not asked for again."""
    contents = list(contents)
    indicators = {target.indicator.code: target.indicator for target in known if target.indicator is not None}
    codes = {str(row.get("indicator") or "") for content in contents for row in content.get("targets") or []}
    unknown = codes - set(indicators) - {""}
    if unknown:
        rows = db.session.scalars(select(Indicator).where(Indicator.code.in_(unknown)))
        indicators |= {row.code: row for row in rows}
    return [_text_of(content, indicators) for content in contents]


def _text_of(content: Mapping[str, Any], indicators: Mapping[str, Indicator]) -> Commitment:
    fields = {name: from_json(name, content.get(name)) for name in FIELDS}
    text = Commitment(typed={}, warning_answers={}, **fields)
    text.targets = [_target_of(row, number, indicators) for number, row in enumerate(content.get("targets") or [], 1)]
    return text


def _target_of(row: Mapping[str, Any], number: int, indicators: Mapping[str, Indicator]) -> Target:
    columns = {
        name: from_json(name, row.get(name)) for name in TARGET_FIELDS if name not in {"indicator", "milestones"}
    }
    target = Target(public_id=str(row.get("public_id") or number), position=number, typed={}, **columns)
    target.indicator = indicators.get(str(row.get("indicator") or ""))
    target.milestones = milestones_from(row.get("milestones") or [], [])
    return target
