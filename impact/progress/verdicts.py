"""The status of targets in the database: inputs gathered in a few queries, then the pure rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import current_app

from impact.commitments.models import Target
from impact.progress.cases import CaseInputs, TargetInputs, inputs_of_all
from impact.progress.rules import Refused, Verdict, check, status


@dataclass(frozen=True)
class Standing:
    """How a target stands: the computed verdict, the one against the original where they differ, and the inputs."""

    verdict: Verdict
    found: TargetInputs
    against_original: Verdict | None = None

    @property
    def override(self) -> str:
        return self.found.override


def limits() -> tuple[Decimal, Decimal]:
    """(on track from, slightly behind from) as shares of 1, from the settings."""
    settings = current_app.extensions["settings"]
    return Decimal(settings.on_track_from) / 100, Decimal(settings.slightly_behind_from) / 100


def verdicts_of(targets: Sequence[Target], today: date) -> dict[int, Standing]:
    """{target id: how it stands}; the number of queries does not depend on the number of targets."""
    result = {}
    for target_id, found in inputs_of_all(targets, today).items():
        against = _judged(found.original) if found.original else None
        verdict = _judged(found.inputs)
        differs = against is not None and against.status != verdict.status
        result[target_id] = Standing(verdict, found, against if differs else None)
    return result


def verdict_of(target: Target, today: date) -> Standing:
    return verdicts_of([target], today)[target.id]


def _judged(case: CaseInputs) -> Verdict:
    try:
        # A missing date is told by the rule itself, in words for readers; the check speaks to whoever types.
        if case.condition is None and case.target_date is not None:
            check(case)
        return status(case, *limits())
    except Refused as why:
        return Verdict("cannot_say", reason=str(why))
